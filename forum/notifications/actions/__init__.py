"""Every write to notices."""

from collections.abc import Iterable
from functools import cache

from sqlalchemy import Insert, Row, case, delete, select, update
from sqlalchemy.sql import ColumnElement

from forum.core import clock
from forum.core.db import db, dialect, insert
from forum.core.errors import NotFound
from forum.core.events import record
from forum.core.reader import Reader
from forum.following.models import Level
from forum.following.queries import followers
from forum.handovers.events import HandoverConfirmed, HandoverDeclined, HandoverWithdrawn, SuccessorNamed
from forum.handovers.models import Handover, HandoverState
from forum.handovers.queries import find_told as find_handover
from forum.holding.events import HeldPostDecided, PostHeld
from forum.holding.models import HeldPost, HeldState
from forum.holding.queries import find_held
from forum.members.events import RoleTaken
from forum.members.queries import reader_for
from forum.members.queries.staff import managers, moderators
from forum.notifications.actions.agenda import forget_requests
from forum.notifications.actions.closing import forget_closings
from forum.notifications.actions.subjects import tell_of_subject
from forum.notifications.actions.surveys import forget_surveys
from forum.notifications.events import NoticeAdded
from forum.notifications.models import Notice, NoticeKind, ToldPost
from forum.spaces.events import MemberLetIn, SpaceAsked, SpaceChanged, SpaceDeclined, SpaceLeft, SpaceRequestEnded
from forum.spaces.queries import has_request, members_of, who_may_read
from forum.spaces.rules import may_manage_spaces
from forum.topics.events import PostAdded
from forum.topics.models import Post, PostState, Topic
from forum.topics.queries import find_post_told, mentioned_in


def notify_of_post(happened: PostAdded) -> None:
    """Later: tell followers of a new post; telling twice changes nothing."""
    post = find_post_told(happened.post_id)
    if post is None or post.state != PostState.SHOWN:
        return
    kinds = who_hears(post)
    members = _not_told_yet({one: kinds[one] for one in who_may_read(post.space_id, kinds)}, post.id)
    if members:
        tell({member_id: kinds[member_id] for member_id in members}, post)


def who_hears(post: Row) -> dict[int, NoticeKind]:
    """{member id: why}: followers of the topic, and those spoken to unless they muted it; never the author."""
    levels = followers("topic", post.topic_id, at=post.created_at)
    spoken_to = set(mentioned_in(post.id))
    if post.answered_author_id is not None:
        spoken_to.add(post.answered_author_id)
    hears = {member: NoticeKind.REPLY for member, level in levels.items() if level == Level.ALL}
    hears |= {member: NoticeKind.MENTION for member in spoken_to if levels.get(member) != Level.MUTED}
    hears.pop(post.author_id, None)
    return hears


def _not_told_yet(kinds: dict[int, NoticeKind], post_id: int) -> list[int]:
    """Note that these members are told of this post, and why; returns those who were not told before."""
    rows = [{"member_id": member_id, "post_id": post_id, "kind": kind} for member_id, kind in kinds.items()]
    return sorted(db.session.scalars(_tell_once(dialect()), rows)) if rows else []


@cache
def _tell_once(name: str) -> Insert:
    return insert(ToldPost, name).on_conflict_do_nothing().returning(ToldPost.member_id)


def tell(kinds: dict[int, NoticeKind], post: Row) -> None:
    """Add notices, or count one more in those that wait. One statement: several workers may tell the posts of one topic
    in any order, at the same time."""
    now = clock.now()
    same = {"topic_id": post.topic_id, "first_number": post.number, "last_post_id": post.id, "count": 1}
    rows = [
        {"member_id": member_id, "kind": kind, "created_at": now, "updated_at": now, **same}
        for member_id, kind in kinds.items()
    ]
    for notice in db.session.execute(_count_notices(dialect()), rows):
        record(NoticeAdded(notice.id, notice.member_id))


@cache
def _count_notices(name: str) -> Insert:
    """Add notices, or count one more in those that wait."""
    row = insert(Notice, name)
    new = row.excluded
    row = row.on_conflict_do_update(
        index_elements=["member_id", "topic_id"],
        index_where=Notice.read_at.is_(None),
        set_={
            "kind": case((new.kind == NoticeKind.MENTION, new.kind), else_=Notice.kind),
            "count": Notice.count + 1,
            "first_number": case((new.first_number < Notice.first_number, new.first_number), else_=Notice.first_number),
            "last_post_id": case((new.last_post_id > Notice.last_post_id, new.last_post_id), else_=Notice.last_post_id),
            "updated_at": new.updated_at,
        },
    )
    return row.returning(Notice.id, Notice.member_id)


def mark_read(reader: Reader, notice_id: int) -> None:
    """The member has seen one notice."""
    notice = db.session.get(Notice, notice_id)
    if notice is None or notice.member_id != reader.id:
        raise NotFound
    if notice.read_at is None:
        notice.read_at = clock.now()


def mark_all_read(reader: Reader) -> None:
    """The member has seen them all."""
    _unread(reader, Notice.member_id == reader.id)


def mark_topic_read(reader: Reader, topic_id: int, *, number: int) -> None:
    """Who has read a topic up to this number needs no notice of it."""
    up_to = select(Post.id).where(Post.topic_id == topic_id, Post.number <= number)
    _unread(reader, (Notice.topic_id == topic_id) & Notice.last_post_id.in_(up_to))


def _unread(reader: Reader, which: ColumnElement[bool]) -> None:
    mine = Notice.member_id == reader.id
    db.session.execute(update(Notice).where(mine, Notice.read_at.is_(None), which).values(read_at=clock.now()))


def notify_of_request(happened: SpaceAsked) -> None:
    """Later: tell those who manage spaces that somebody asks to join one."""
    if not has_request(happened.space_id, happened.member_id):
        return
    told = [manager.id for manager in managers() if manager.id != happened.member_id]
    _tell_of_space(told, NoticeKind.ASKED, happened.space_id, happened.member_id)


def notify_of_joining(happened: MemberLetIn) -> None:
    """Later: tell a member that they see a space now."""
    if happened.member_id in members_of(happened.space_id):
        _tell_of_space([happened.member_id], NoticeKind.JOINED, happened.space_id, happened.member_id)


def notify_of_declining(happened: SpaceDeclined) -> None:
    """Later: tell a member that they were not let in."""
    _tell_of_space([happened.member_id], NoticeKind.DECLINED, happened.space_id, happened.member_id)


def _tell_of_space(member_ids: Iterable[int], kind: NoticeKind, space_id: int, actor_id: int) -> None:
    now = clock.now()
    same = {"kind": kind, "space_id": space_id, "actor_id": actor_id, "count": 1, "first_number": 0}
    rows = [{"member_id": one, "created_at": now, "updated_at": now, **same} for one in member_ids]
    if rows:
        told = insert(Notice).on_conflict_do_nothing().returning(Notice.id, Notice.member_id)
        for notice in db.session.execute(told, rows):
            record(NoticeAdded(notice.id, notice.member_id))


def notify_successor(happened: SuccessorNamed) -> None:
    """Later: tell a member that they are asked to take over, as long as it waits."""
    handover = find_handover(happened.handover_id)
    if handover is not None and handover.state == HandoverState.WAITING:
        _tell_of_handover(NoticeKind.SUCCESSOR, handover, handover.successor_id, actor_id=handover.leaver_id)


def notify_of_handover(happened: HandoverConfirmed | HandoverDeclined) -> None:
    """Later: tell who leaves what the successor said, and the successor no more that they are asked."""
    handover = find_handover(happened.handover_id)
    if handover is not None:
        forget_asking(happened)
        kind = NoticeKind.HANDED if isinstance(happened, HandoverConfirmed) else NoticeKind.NOT_HANDED
        _tell_of_handover(kind, handover, handover.leaver_id, actor_id=handover.successor_id)


def forget_asking(happened: HandoverConfirmed | HandoverDeclined | HandoverWithdrawn) -> None:
    """Later: what is decided or taken back waits behind nobody's bell."""
    asked = (Notice.subject_kind == "handover", Notice.subject_id == happened.handover_id)
    db.session.execute(delete(Notice).where(*asked, Notice.kind == NoticeKind.SUCCESSOR))


def notify_of_held(happened: PostHeld) -> None:
    """Later: tell those who moderate, where they may read, that something waits."""
    held = find_held(happened.held_id)
    if held is not None and held.state == HeldState.WAITING:
        staff = {*moderators(), *(manager.id for manager in managers())} - {held.author_id}
        told = sorted(who_may_read(held.space_id, staff))
        tell_of_subject(NoticeKind.HELD, ("held", held.id), told, actor_id=held.author_id)


def notify_of_decision(happened: HeldPostDecided) -> None:
    """Later: tell who wrote it what became of it, and nobody any more that it waits."""
    held = find_held(happened.held_id)
    if held is None:
        return
    waits = (Notice.subject_kind == "held", Notice.subject_id == held.id, Notice.kind == NoticeKind.HELD)
    db.session.execute(delete(Notice).where(*waits))
    kinds = {HeldState.APPROVED: NoticeKind.APPROVED, HeldState.DECLINED: NoticeKind.REFUSED}
    kind = kinds.get(HeldState(held.state))
    if kind is not None:
        tell_of_subject(kind, ("held", held.id), [held.author_id], actor_id=held.author_id)


def _tell_of_handover(kind: NoticeKind, handover: Handover, member_id: int, *, actor_id: int) -> None:
    tell_of_subject(kind, ("handover", handover.id), [member_id], actor_id=actor_id)


def forget_request(happened: SpaceRequestEnded) -> None:
    """Later: a request that is decided or withdrawn waits behind nobody's bell."""
    which = (Notice.space_id == happened.space_id, Notice.actor_id == happened.member_id)
    db.session.execute(delete(Notice).where(Notice.kind == NoticeKind.ASKED, *which))


def forget_left_space(happened: SpaceLeft) -> None:
    """Together: who leaves a space keeps no notices of it."""
    _forget_hidden(happened.member_id)
    mine = (Notice.member_id == happened.member_id, Notice.space_id == happened.space_id)
    db.session.execute(delete(Notice).where(*mine, Notice.kind != NoticeKind.ASKED))
    forget_requests(happened.space_id)
    forget_closings(happened.space_id)
    forget_surveys(happened.space_id)


def forget_lost_role(happened: RoleTaken) -> None:
    """Together: who is no longer staff keeps no notices of the staff's space, nor of requests."""
    _forget_hidden(happened.member_id)
    if not may_manage_spaces(reader_for(happened.member_id)):
        asked = (Notice.member_id == happened.member_id, Notice.kind == NoticeKind.ASKED)
        db.session.execute(delete(Notice).where(*asked))


def forget_closed_space(happened: SpaceChanged) -> None:
    """Together: a space that was open to more people takes its notices along."""
    inside = select(Topic.id).where(Topic.space_id == happened.space_id)
    told = list(db.session.scalars(select(Notice.member_id).where(Notice.topic_id.in_(inside)).distinct()))
    lost = sorted(set(told) - set(who_may_read(happened.space_id, told)))
    db.session.execute(delete(Notice).where(Notice.topic_id.in_(inside), Notice.member_id.in_(lost)))
    named = Notice.kind.in_((NoticeKind.JOINED, NoticeKind.DECLINED))
    told = list(db.session.scalars(select(Notice.member_id).where(Notice.space_id == happened.space_id, named)))
    lost = sorted(set(told) - set(who_may_read(happened.space_id, told)))
    db.session.execute(delete(Notice).where(Notice.space_id == happened.space_id, named, Notice.member_id.in_(lost)))
    forget_requests(happened.space_id)
    forget_closings(happened.space_id)
    forget_surveys(happened.space_id)


def _forget_held(member_id: int) -> None:
    """What waits where the member does not moderate, or may not read, is not told to them any more."""
    theirs = (Notice.member_id == member_id, Notice.kind == NoticeKind.HELD)
    query = select(HeldPost.id, HeldPost.space_id).join(Notice, Notice.subject_id == HeldPost.id).where(*theirs)
    staff = {*moderators(), *(manager.id for manager in managers())}  # the active ones
    seen = staff & {member_id}
    lost = [row.id for row in db.session.execute(query) if not who_may_read(row.space_id, seen)]
    db.session.execute(delete(Notice).where(*theirs, Notice.subject_id.in_(lost)))


def _forget_hidden(member_id: int) -> None:
    theirs = Notice.member_id == member_id
    told_of = select(Topic.space_id).join(Notice, Notice.topic_id == Topic.id).where(theirs).distinct()
    lost = [space_id for space_id in db.session.scalars(told_of) if not who_may_read(space_id, [member_id])]
    hidden = select(Topic.id).where(Topic.space_id.in_(lost))
    _forget_held(member_id)
    db.session.execute(
        delete(Notice).where(theirs, Notice.topic_id.in_(hidden)).execution_options(synchronize_session=False)
    )
