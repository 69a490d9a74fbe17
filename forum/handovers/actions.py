"""Every write to handovers."""

from collections.abc import Sequence

from sqlalchemy import update

from forum.core import audit, clock
from forum.core.db import db, insert
from forum.core.errors import Conflict, Forbidden, Invalid
from forum.core.events import record
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.core.text import MAX_WORDS
from forum.drafts.actions import forget_draft, keep_draft
from forum.drafts.models import Draft, DraftKind
from forum.drafts.queries import find_draft
from forum.following.models import Follow, Origin
from forum.handovers import mailings, queries, rules
from forum.handovers.events import HandoverConfirmed, HandoverDeclined, HandoverWithdrawn, SuccessorNamed
from forum.handovers.models import Handover, HandoverState
from forum.members.models import Member, MemberState
from forum.members.queries import get_member, reader_for
from forum.topics.actions import keep_questions


def name_successor(
    leaver: Member, *, successor_id: int, by: Reader, drafts: Sequence[tuple[str, int]] = ()
) -> Handover:
    """Ask a colleague to take over; one who was asked before is asked no more. Only the leaver hands over drafts."""
    if not rules.may_hand_over(by, leaver.id):
        raise Forbidden
    if leaver.municipality_id is None:
        raise Invalid(_("Who belongs to no municipality has nothing to hand over."))
    successor = db.session.get(Member, successor_id)
    if successor is None or not _may_succeed(successor, leaver, leaver.municipality_id):
        raise Invalid(fields={"successor": _("Please choose a colleague of the same municipality.")})
    before = queries.find_waiting(leaver.id)
    if before is not None:
        _end(before, HandoverState.WITHDRAWN)
        record(HandoverWithdrawn(before.id))
    chosen = _own_drafts(leaver, drafts) if by.id == leaver.id else []
    handover = Handover(
        state=HandoverState.WAITING,
        leaver_id=leaver.id,
        successor_id=successor.id,
        municipality_id=leaver.municipality_id,
        named_by_id=by.id,
        drafts=chosen,
        created_at=clock.now(),
    )
    db.session.add(handover)
    db.session.flush()
    _note("successor named", handover, by)
    record(SuccessorNamed(handover.id))
    mailings.named(handover, leaver=leaver, successor=successor)
    if by.id != leaver.id and leaver.state == MemberState.ACTIVE:
        mailings.announced(handover, leaver=leaver, successor=successor)
    return handover


def _may_succeed(successor: Member, leaver: Member, municipality_id: int) -> bool:
    is_colleague = successor.municipality_id == municipality_id and successor.id != leaver.id
    return is_colleague and successor.state == MemberState.ACTIVE


def _own_drafts(leaver: Member, drafts: Sequence[tuple[str, int]]) -> list[list[str | int]]:
    wanted = [(kind, id) for kind, id in drafts if kind in list(queries.HANDED)]
    return [[kind, id] for kind, id in wanted if find_draft(leaver.id, DraftKind(kind), id) is not None]


def confirm(handover: Handover, *, by: Reader) -> None:
    """The successor takes over: follows, the drafts that were chosen, and the questions that still wait, each as far
    as they may read what it belongs to."""
    leaver, successor = _deciding(handover, by)
    if not _may_succeed(successor, leaver, handover.municipality_id):
        raise Conflict(_("You belong to another municipality in the meantime, so you cannot take over."))
    _end(handover, HandoverState.CONFIRMED)
    reader = reader_for(successor.id)
    _hand_over_follows(leaver, reader)
    _hand_over_drafts(handover, reader)
    keep_questions([row.id for row in queries.open_questions(leaver.id, reader=reader)], keeper_id=successor.id)
    _note("handover confirmed", handover, by)
    record(HandoverConfirmed(handover.id))
    mailings.confirmed(handover, leaver=leaver, successor=successor)


def _hand_over_follows(leaver: Member, reader: Reader) -> None:
    """What the successor chose before stays as it is; the leaver goes on following until they choose otherwise."""
    for topic_id, level in queries.followed_topics(leaver.id, reader=reader).items():
        row = {"member_id": reader.member_id, "subject_kind": "topic", "subject_id": topic_id, "level": level}
        follow = insert(Follow).values(**row, origin=Origin.CHOICE, since=clock.now())
        db.session.execute(follow.on_conflict_do_nothing())


def _hand_over_drafts(handover: Handover, reader: Reader) -> None:
    """Below what the successor has begun there, if they have. What finds no room stays with the leaver."""
    for draft in queries.chosen_drafts(handover, reader=reader):
        kind, own = (
            DraftKind(draft.subject_kind),
            find_draft(reader.member_id, DraftKind(draft.subject_kind), draft.subject_id),
        )
        if _took(draft, own, kind, reader):
            forget_draft(handover.leaver_id, kind, draft.subject_id)


def _took(draft: Draft, own: Draft | None, kind: DraftKind, reader: Reader) -> bool:
    words = f"{own.words}\n\n{draft.words}".strip() if own else draft.words
    title = (own and own.title) or draft.title
    if len(words) > MAX_WORDS:
        return False
    try:
        keep_draft(
            reader.member_id,
            kind,
            draft.subject_id,
            words=words,
            title=title,
            language=draft.language,
            reply_to=own.reply_to if own else draft.reply_to,
        )
    except Invalid:  # too many drafts
        return False
    return True


def decline(handover: Handover, *, by: Reader) -> None:
    """The successor does not take over."""
    leaver, successor = _deciding(handover, by)
    _end(handover, HandoverState.DECLINED)
    _note("handover declined", handover, by)
    record(HandoverDeclined(handover.id))
    if leaver.state == MemberState.ACTIVE:
        mailings.declined(handover, leaver=leaver, successor=successor)


def withdraw(handover: Handover, *, by: Reader) -> None:
    """The leaver, or a manager, takes it back."""
    if not rules.may_hand_over(by, handover.leaver_id):
        raise Forbidden
    _end(handover, HandoverState.WITHDRAWN)
    _note("handover withdrawn", handover, by)
    record(HandoverWithdrawn(handover.id))


def _deciding(handover: Handover, by: Reader) -> tuple[Member, Member]:
    """(leaver, successor) of a handover that the reader may decide."""
    if not rules.may_decide(by, handover):
        raise Forbidden
    return get_member(handover.leaver_id), get_member(handover.successor_id)


def _end(handover: Handover, state: HandoverState) -> None:
    """Of two who answer at once one is told."""
    waiting = (Handover.id == handover.id, Handover.state == HandoverState.WAITING)
    ended = update(Handover).where(*waiting).values(state=state, decided_at=clock.now()).returning(Handover.id)
    if db.session.scalar(ended.execution_options(synchronize_session=False)) is None:
        raise Conflict(_("This handover has been answered or taken back in the meantime."))
    db.session.refresh(handover)


def _note(what: str, handover: Handover, by: Reader) -> None:
    said = {"leaver": handover.leaver_id, "successor": handover.successor_id}
    audit.note(what, actor_id=by.id, subject=("handover", handover.id), **said)
