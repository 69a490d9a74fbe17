"""Reads of handovers. What a successor may not read is left out and not named."""

from collections.abc import Sequence

from sqlalchemy import Row, or_, select

from forum.core.db import db
from forum.core.errors import NotFound
from forum.core.reader import Reader
from forum.drafts.models import Draft, DraftKind
from forum.drafts.queries import drafts_of
from forum.following.models import Follow, Level
from forum.handovers.models import Handover, HandoverState
from forum.handovers.rules import may_see_handover
from forum.members.models import Member, MemberState
from forum.spaces.models import Space
from forum.spaces.queries import visible_to
from forum.topics.models import QuestionState, Topic
from forum.topics.queries import visible_topics
from forum.workshops.models import Workshop

MOST = 500  # of one kind, in one handover


def get_handover(handover_id: int, *, reader: Reader) -> Handover:
    """One that concerns the reader, or NotFound."""
    found = db.session.get(Handover, handover_id)
    if found is None or not may_see_handover(reader, found):
        raise NotFound
    return found


def find_waiting(leaver_id: int) -> Handover | None:
    """The one of this member that waits for its successor."""
    query = select(Handover).where(Handover.leaver_id == leaver_id, Handover.state == HandoverState.WAITING)
    return db.session.scalar(query)


def find_told(handover_id: int) -> Handover | None:
    """One, for those who tell of it."""
    return db.session.get(Handover, handover_id)


def colleagues(member: Member) -> Sequence[Row]:
    """(id, display_name, post_held) of the other active members of a member's municipality."""
    query = select(Member.id, Member.display_name, Member.post_held).where(
        Member.municipality_id == member.municipality_id, Member.state == MemberState.ACTIVE, Member.id != member.id
    )
    return db.session.execute(query.order_by(Member.sort_key, Member.id).limit(MOST)).all()


def open_questions(leaver_id: int, *, reader: Reader) -> Sequence[Row]:
    """(id, title, language, direction) of the open questions that the leaver asked or took over, as far as this reader
    may read them."""
    query = select(Topic.id, Topic.title, Topic.language, Topic.direction).where(
        or_(Topic.author_id == leaver_id, Topic.keeper_id == leaver_id),
        Topic.question == QuestionState.OPEN,
        visible_topics(reader),
    )
    return db.session.execute(query.order_by(Topic.last_post_at.desc(), Topic.id.desc()).limit(MOST)).all()


def followed_topics(leaver_id: int, *, reader: Reader) -> dict[int, Level]:
    """{topic id: how much} of what the leaver follows and this reader may read; what is muted is followed by nobody."""
    query = (
        select(Follow.subject_id, Follow.level)
        .join(Topic, Topic.id == Follow.subject_id)
        .where(Follow.member_id == leaver_id, Follow.subject_kind == "topic", Follow.level != Level.MUTED)
        .where(visible_topics(reader))
    )
    return {row.subject_id: Level(row.level) for row in db.session.execute(query.order_by(Follow.subject_id))}


def chosen_drafts(handover: Handover, *, reader: Reader) -> list[Draft]:
    """The leaver's drafts that were chosen, are still there, and are meant for what this reader may read."""
    chosen = {(str(kind), int(id)) for kind, id in handover.drafts}
    drafts = [one for one in drafts_of(handover.leaver_id) if (one.subject_kind, one.subject_id) in chosen]
    open_to = {kind: _readable(kind, [one.subject_id for one in drafts], reader) for kind in HANDED}
    return [one for one in drafts if one.subject_id in open_to.get(DraftKind(one.subject_kind), ())]


HANDED = (DraftKind.TOPIC, DraftKind.SPACE, DraftKind.WORKSHOP)  # other words for one's own posts are nobody else's


def _readable(kind: DraftKind, ids: list[int], reader: Reader) -> set[int]:
    if kind == DraftKind.TOPIC:
        query = select(Topic.id).where(visible_topics(reader))
    elif kind == DraftKind.SPACE:
        query = select(Space.id).where(visible_to(reader, Space.id))
    else:
        query = select(Workshop.id).where(visible_to(reader, Workshop.space_id))
    table = {DraftKind.TOPIC: Topic, DraftKind.SPACE: Space, DraftKind.WORKSHOP: Workshop}[kind]
    return set(db.session.scalars(query.where(table.id.in_(ids))))
