"""Every read of polls."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Row, Select, String, case, func, literal, select

from forum.core import clock
from forum.core.db import db
from forum.core.errors import NotFound
from forum.core.reader import Reader
from forum.surveys.models import Ballot, Choice, Poll, PollKind, PollOption
from forum.surveys.rules import is_open, shows_results, voter_id_of
from forum.topics.models import Topic
from forum.topics.queries import visible_topics


def get_poll(poll_id: int, *, reader: Reader) -> Poll:
    """A poll in a topic that the reader may see, or NotFound."""
    query = select(Poll).join(Topic, Topic.id == Poll.topic_id).where(Poll.id == poll_id, visible_topics(reader))
    poll = db.session.scalar(query)
    if poll is None:
        raise NotFound
    return poll


def polls_of(topic_id: int) -> Sequence[Poll]:
    """The polls of a topic that the reader has passed the door of, the oldest first."""
    return db.session.scalars(select(Poll).where(Poll.topic_id == topic_id).order_by(Poll.id)).all()


def poll_select(topic_ids: Sequence[int]) -> Select:
    """The polls of topics in the shape of `topics.queries.label_selects`, to be joined with those."""
    return select(
        Poll.topic_id,
        literal("poll", String).label("what"),
        Poll.id,
        Poll.question.label("name"),
        Poll.direction.label("one"),
        Poll.language.label("other"),
    ).where(Poll.topic_id.in_(topic_ids))


def topic_id_of(poll_id: int) -> int | None:
    """The topic in which a poll stands."""
    return db.session.scalar(select(Poll.topic_id).where(Poll.id == poll_id))


def options_of(poll: Poll) -> Sequence[Row]:
    """(id, words, direction, voices, firsts, points) of each option in its place. `voices` chose it, `firsts` put it
    first; of n options the first of a ranking has n points, the last one, and what was not chosen none."""
    number = select(func.count()).where(PollOption.poll_id == poll.id).scalar_subquery()
    query = (
        select(
            PollOption.id,
            PollOption.words,
            PollOption.direction,
            func.count(Choice.ballot_id).label("voices"),
            func.coalesce(func.sum(case((Choice.rank == 1, 1), else_=0)), 0).label("firsts"),
            func.coalesce(func.sum(number + 1 - Choice.rank), 0).label("points"),
        )
        .outerjoin(Choice, Choice.option_id == PollOption.id)
        .where(PollOption.poll_id == poll.id)
        .group_by(PollOption.id, PollOption.words, PollOption.direction, PollOption.position)
        .order_by(PollOption.position)
    )
    return db.session.execute(query).all()


def count_ballots(poll: Poll) -> int:
    """How many voices were cast."""
    return db.session.scalar(select(func.count()).where(Ballot.poll_id == poll.id)) or 0


class Cast(NamedTuple):
    """The reader's voice: the options in its order, and whether a colleague cast it for the municipality."""

    options: list[int]
    by_another: bool


def find_cast(poll: Poll, reader: Reader) -> Cast | None:
    """The voice that the reader, or their municipality, has cast."""
    voter_id = voter_id_of(reader, poll)
    if voter_id is None:
        return None
    query = (
        select(Choice.option_id, Ballot.member_id)
        .join(Ballot, Ballot.id == Choice.ballot_id)
        .where(Ballot.poll_id == poll.id, Ballot.voter_id == voter_id)
        .order_by(Choice.rank, Choice.option_id)
    )
    rows = db.session.execute(query).all()
    return Cast([row.option_id for row in rows], rows[0].member_id != reader.id) if rows else None


class PollSeen(NamedTuple):
    """A poll as one reader sees it; `options` count nothing while results are hidden."""

    poll: Poll
    options: Sequence[Row]
    ballots: int
    cast: Cast | None
    is_open: bool
    shows_results: bool

    @property
    def most(self) -> int:
        """The greatest count of an option, at least one: what a full bar stands for."""
        return max([1, *(self.count(option) for option in self.options)])

    def count(self, option: Row) -> int:
        """What an option is measured by."""
        return option.points if self.poll.kind == PollKind.RANKED else option.voices


def poll_seen(poll: Poll, reader: Reader) -> PollSeen:
    """The poll for this reader."""
    now = clock.now()
    return PollSeen(
        poll,
        options_of(poll),
        count_ballots(poll),
        find_cast(poll, reader),
        is_open(poll, now),
        shows_results(poll, now),
    )
