"""What an edit changes for those whom a post speaks to."""

from collections.abc import Iterable

from sqlalchemy import Row, delete, select, update

from forum.core import clock
from forum.core.db import db, insert
from forum.core.events import record
from forum.notifications.actions import tell, who_hears
from forum.notifications.events import NoticeAdded, NoticeTaken
from forum.notifications.models import Notice, NoticeKind, ToldPost
from forum.spaces.queries import who_may_read
from forum.topics.events import PostEdited
from forum.topics.models import Post, PostState
from forum.topics.queries import find_post_told, mentioned_in


def notify_of_edit(happened: PostEdited) -> None:
    """Later: whom the post speaks to only now is told, once; whom it speaks to no longer loses the notice, unless it
    was read. Telling twice changes nothing."""
    post = find_post_told(happened.post_id)
    if post is None or post.state != PostState.SHOWN:
        return
    query = select(ToldPost.member_id, ToldPost.kind).where(ToldPost.post_id == post.id)
    told: dict[int, str] = {row.member_id: row.kind for row in db.session.execute(query)}
    heard = {member for member, kind in told.items() if kind == NoticeKind.MENTION}
    hears = who_hears(post)
    spoken_to = {member for member, kind in hears.items() if kind == NoticeKind.MENTION}
    _tell_newly(who_may_read(post.space_id, spoken_to - heard), told, post)
    for member in sorted(heard - {*mentioned_in(post.id), post.answered_author_id}):
        _take_back(member, post, still_hears=hears.get(member) == NoticeKind.REPLY)


def _tell_newly(members: Iterable[int], told: dict[int, str], post: Row) -> None:
    """Those who were told of the post as a reply, and have not read the notice, find it is to them."""
    fresh = []
    for member in members:
        notice = _unread_of(member, post) if member in told else None
        if notice is None:
            fresh.append(member)
        else:
            notice.kind, notice.updated_at = NoticeKind.MENTION, clock.now()
            record(NoticeAdded(notice.id, member))
        row = insert(ToldPost).values(member_id=member, post_id=post.id, kind=NoticeKind.MENTION)
        changed = row.on_conflict_do_update(index_elements=["member_id", "post_id"], set_={"kind": row.excluded.kind})
        db.session.execute(changed)
    db.session.flush()
    if fresh:
        tell(dict.fromkeys(fresh, NoticeKind.MENTION), post)


def _take_back(member: int, post: Row, *, still_hears: bool) -> None:
    """The post is no longer to this member; `still_hears`: as a follower they hear of it all the same."""
    mine = (ToldPost.member_id == member) & (ToldPost.post_id == post.id)
    if still_hears:
        db.session.execute(update(ToldPost).where(mine).values(kind=NoticeKind.REPLY))
    else:
        db.session.execute(delete(ToldPost).where(mine))
    notice = _unread_of(member, post)
    if notice is None:
        return
    left = _told_in(notice)
    if not left:
        db.session.delete(notice)
    else:
        notice.count, notice.first_number, notice.last_post_id = len(left), left[0].number, left[-1].id
        to_them = any(row.kind == NoticeKind.MENTION for row in left)
        notice.kind = NoticeKind.MENTION if to_them else NoticeKind.REPLY
    db.session.flush()
    record(NoticeTaken(notice.id, member))


def _unread_of(member: int, post: Row) -> Notice | None:
    """The notice that waits and counts this post."""
    last = select(Post.number).where(Post.id == Notice.last_post_id).scalar_subquery()
    query = select(Notice).where(
        Notice.member_id == member,
        Notice.topic_id == post.topic_id,
        Notice.read_at.is_(None),
        Notice.first_number <= post.number,
        last >= post.number,
    )
    return db.session.scalar(query.with_for_update().execution_options(populate_existing=True))


def _told_in(notice: Notice) -> list[Row]:
    """(id, number, kind) of the posts that a notice tells of, in their order."""
    last = select(Post.number).where(Post.id == notice.last_post_id).scalar_subquery()
    query = (
        select(Post.id, Post.number, ToldPost.kind)
        .join(ToldPost, ToldPost.post_id == Post.id)
        .where(ToldPost.member_id == notice.member_id, Post.topic_id == notice.topic_id)
        .where(Post.number >= notice.first_number, Post.number <= last)
        .order_by(Post.number)
    )
    return list(db.session.execute(query))
