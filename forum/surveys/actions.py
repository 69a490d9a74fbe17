"""Every write to polls."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, delete, or_, select, update

from forum.core import audit, clock, submissions
from forum.core.db import db, insert
from forum.core.errors import Conflict, Forbidden, Invalid
from forum.core.events import record
from forum.core.languages import clean_title, detect, direction, direction_of, fold
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.municipalities.events import MunicipalityMerged
from forum.surveys import rules
from forum.surveys.events import PollChanged
from forum.surveys.models import (
    LONGEST_OPTION,
    LONGEST_QUESTION,
    MOST_OPTIONS,
    MOST_POLLS,
    Ballot,
    Choice,
    Poll,
    PollKind,
    PollOption,
    Results,
    Voice,
)
from forum.surveys.queries import polls_of
from forum.topics.actions import change_head
from forum.topics.queries import TopicSeen

LONGEST_OPEN = timedelta(days=366)


def open_poll(
    topic: TopicSeen,
    *,
    by: Reader,
    question: str,
    options: Sequence[str],
    kind: str = PollKind.SINGLE,
    voice: str = Voice.MEMBER,
    results: str = Results.AT_ONCE,
    closes_at: datetime | None = None,
    key: str | None = None,
) -> int:
    """Ask something in a topic; the poll's id. `key` makes a second sending harmless."""
    if not rules.may_open_poll(by, topic):
        raise Forbidden
    body = submissions.body_hash("poll", topic.id, question, list(options), kind, voice, results, str(closes_at))
    earlier = submissions.find_earlier(member_id=by.member_id, key=key, body=body)
    if earlier is not None:
        return earlier
    question = clean_title(question)
    names = [name for name in map(clean_title, options) if name]
    _check(topic, question, names, kind=kind, voice=voice, results=results, closes_at=closes_at)
    change_head(topic.id)
    language = detect(question, fallback=topic.language) or topic.language
    poll = Poll(
        topic_id=topic.id,
        author_id=by.member_id,
        question=question,
        language=language,
        direction=direction(question, default=direction_of(language)),
        kind=PollKind(kind),
        voice=Voice(voice),
        results=Results(results),
        created_at=clock.now(),
        closes_at=closes_at,
    )
    db.session.add(poll)
    db.session.flush()
    for position, name in enumerate(names, start=1):
        db.session.add(
            PollOption(
                poll_id=poll.id, position=position, words=name, direction=direction(name, default=poll.direction)
            )
        )
    submissions.remember(member_id=by.member_id, key=key, body=body, subject_id=poll.id)
    return poll.id


def _check(
    topic: TopicSeen,
    question: str,
    names: Sequence[str],
    *,
    kind: str,
    voice: str,
    results: str,
    closes_at: datetime | None,
) -> None:
    wrong = {}
    if not question:
        wrong["question"] = _("Please fill this in.")
    elif len(question) > LONGEST_QUESTION:
        wrong["question"] = _("A question has at most %(num)s characters.", num=LONGEST_QUESTION)
    if len(names) < 2:
        wrong["options"] = _("A poll needs two options at least, each on its own line.")
    elif len(names) > MOST_OPTIONS:
        wrong["options"] = _("A poll has at most %(num)s options.", num=MOST_OPTIONS)
    elif any(len(name) > LONGEST_OPTION for name in names):
        wrong["options"] = _("An option has at most %(num)s characters.", num=LONGEST_OPTION)
    elif len({fold(name) for name in names}) < len(names):
        wrong["options"] = _("Two options are the same.")
    for field, value, known in (("kind", kind, PollKind), ("voice", voice, Voice), ("results", results, Results)):
        if value not in list(known):
            wrong[field] = _("Choose one of these.")
    if closes_at is not None and not clock.now() < closes_at < clock.now() + LONGEST_OPEN:
        wrong["closes_at"] = _("Choose a time to come, within a year.")
    if wrong:
        raise Invalid(fields=wrong)
    if len(polls_of(topic.id)) >= MOST_POLLS:
        raise Invalid(_("A topic has at most %(num)s polls.", num=MOST_POLLS))


def vote(topic: TopicSeen, poll: Poll, *, by: Reader, options: Sequence[int]) -> None:
    """Cast the voice that the reader has, or cast it anew; the best first where options are ranked."""
    voter_id = _voter(topic, poll, by)
    _check_choice(poll, options)
    _count(poll)
    said = {"member_id": by.member_id, "cast_at": clock.now()}
    row = insert(Ballot).values(poll_id=poll.id, voter_id=voter_id, **said)
    row = row.on_conflict_do_update(index_elements=["poll_id", "voter_id"], set_=said)
    ballot_id = db.session.scalar(row.returning(Ballot.id))
    db.session.execute(delete(Choice).where(Choice.ballot_id == ballot_id))
    ranked = poll.kind == PollKind.RANKED
    for place, option_id in enumerate(options, start=1):
        db.session.add(Choice(ballot_id=ballot_id, option_id=option_id, rank=place if ranked else 1))
    record(PollChanged(poll.id))


def withdraw_vote(topic: TopicSeen, poll: Poll, *, by: Reader) -> None:
    """Say nothing after all; twice does no harm."""
    voter_id = _voter(topic, poll, by)
    _count(poll)
    ballots = select(Ballot.id).where(Ballot.poll_id == poll.id, Ballot.voter_id == voter_id)
    db.session.execute(delete(Choice).where(Choice.ballot_id.in_(ballots)))
    db.session.execute(delete(Ballot).where(Ballot.poll_id == poll.id, Ballot.voter_id == voter_id))
    record(PollChanged(poll.id))


def take_back_open_votes(member_id: int) -> None:
    """Who leaves says nothing more where the vote is still on. What was counted at a poll's end stays counted, and the
    voice of a municipality is the municipality's."""
    now = clock.now()
    is_open = and_(Poll.closed_at.is_(None), or_(Poll.closes_at.is_(None), Poll.closes_at > now))
    query = select(Poll.id).join(Ballot, Ballot.poll_id == Poll.id)
    mine = query.where(Ballot.member_id == member_id, Poll.voice == Voice.MEMBER, is_open)
    for poll_id in db.session.scalars(mine.order_by(Poll.id)).all():
        db.session.execute(delete(Ballot).where(Ballot.poll_id == poll_id, Ballot.member_id == member_id))
        db.session.execute(update(Poll).where(Poll.id == poll_id).values(change=Poll.change + 1))
        record(PollChanged(poll_id))


def make_votes_over(stays_id: int, goes_id: int) -> None:
    """One person has one voice: where both accounts voted, the vote of the one that stays counts."""
    query = select(Ballot, Poll).join(Poll, Poll.id == Ballot.poll_id)
    for ballot, poll in db.session.execute(query.where(Ballot.member_id == goes_id, Poll.voice == Voice.MEMBER)).all():
        twice = select(Ballot.id).where(Ballot.poll_id == poll.id, Ballot.voter_id == stays_id)
        if db.session.scalar(twice) is None:
            ballot.voter_id = stays_id
            continue
        db.session.execute(delete(Choice).where(Choice.ballot_id == ballot.id))
        db.session.execute(delete(Ballot).where(Ballot.id == ballot.id))
        db.session.execute(update(Poll).where(Poll.id == poll.id).values(change=Poll.change + 1))
        record(PollChanged(poll.id))
    db.session.flush()


def close_poll(topic: TopicSeen, poll: Poll, *, by: Reader) -> None:
    """No votes any more; twice does no harm."""
    if not rules.may_close_poll(by, topic):
        raise Forbidden
    if rules.is_open(poll, clock.now()):
        poll.closed_at = clock.now()
        if by.id != poll.author_id:
            audit.note("poll closed", actor_id=by.id, subject=("poll", poll.id))
        record(PollChanged(poll.id))


def _voter(topic: TopicSeen, poll: Poll, by: Reader) -> int:
    if not rules.may_vote(by, topic):
        raise Forbidden
    voter_id = rules.voter_id_of(by, poll)
    if voter_id is None:
        raise Forbidden(_("Here each municipality has one voice, and you belong to none."))
    return voter_id


def _check_choice(poll: Poll, options: Sequence[int]) -> None:
    known = set(db.session.scalars(select(PollOption.id).where(PollOption.poll_id == poll.id)))
    if not options:
        raise Invalid(fields={"options": _("Choose an option.")})
    if len(set(options)) < len(options) or not set(options) <= known:
        raise Invalid(fields={"options": _("Choose among the options of this poll, each once.")})
    if poll.kind == PollKind.SINGLE and len(options) > 1:
        raise Invalid(fields={"options": _("Choose one option only.")})


def _count(poll: Poll) -> None:
    """Votes of one poll come one after the other, and none after its end."""
    now = clock.now()
    still = or_(Poll.closes_at.is_(None), Poll.closes_at > now)
    counted = update(Poll).where(Poll.id == poll.id, Poll.closed_at.is_(None), still).values(change=Poll.change + 1)
    counted = counted.returning(Poll.change).execution_options(synchronize_session=False)
    if db.session.scalar(counted) is None:
        raise Conflict(_("This poll is closed."))


def follow_merger(happened: MunicipalityMerged) -> None:
    """Together: two municipalities are one and have one voice, the one that was cast last. What was closed before
    stays as it was counted."""
    now, both = clock.now(), (happened.municipality_id, happened.into_id)
    still = (
        Poll.voice == Voice.MUNICIPALITY,
        Poll.closed_at.is_(None),
        or_(Poll.closes_at.is_(None), Poll.closes_at > now),
    )
    query = select(Ballot).join(Poll, Poll.id == Ballot.poll_id).where(Ballot.voter_id.in_(both), *still)
    cast: dict[int, list[Ballot]] = {}
    for ballot in db.session.scalars(query.order_by(Ballot.cast_at, Ballot.id)):
        cast.setdefault(ballot.poll_id, []).append(ballot)
    for poll_id, (*older, last) in cast.items():
        for ballot in older:
            db.session.execute(delete(Choice).where(Choice.ballot_id == ballot.id))
            db.session.delete(ballot)
        db.session.flush()  # before the last one takes the place of the first
        last.voter_id = happened.into_id
        changed = update(Poll).where(Poll.id == poll_id).values(change=Poll.change + 1)
        db.session.execute(changed.execution_options(synchronize_session=False))
        record(PollChanged(poll_id))
