"""Notices as JSON."""

from typing import Literal, TypedDict

from sqlalchemy import Row

from forum.core.api import Instant, NamedShape, moment
from forum.members.queries.names import name_or_former
from forum.notifications.models import NoticeKind


class NoticedTopicShape(TypedDict):
    """The topic of a notice; `language` is the title's."""

    id: int
    title: str
    language: str


class NoticedPostShape(TypedDict):
    """The post of a notice and its number in the topic."""

    id: int
    number: int


class NoticedSubjectShape(TypedDict):
    """What a notice is about that concerns the member alone; `kind` is the noun of its address."""

    kind: Literal["handover", "held", "request", "survey", "workshop"]
    id: int


class NoticeShape(TypedDict):
    """One line behind the bell. `first_number` is the first new post; `post` the newest, by `author`. News of a space
    have `space` instead of `topic` and `post`; `author` is then who asks, or who was let in. What concerns the
    member alone has `subject`."""

    id: int
    kind: NoticeKind
    topic: NoticedTopicShape | None
    space: NamedShape | None
    subject: NoticedSubjectShape | None
    count: int
    first_number: int | None
    post: NoticedPostShape | None
    author: str | None
    updated_at: Instant
    read_at: Instant | None


class UnreadShape(TypedDict):
    """How many notices still wait."""

    unread: int


def notice_shape(notice: Row) -> NoticeShape:
    """A row of `notices_of`."""
    of_topic = notice.topic_id is not None
    return {
        "id": notice.id,
        "kind": notice.kind,
        "topic": {"id": notice.topic_id, "title": notice.title, "language": notice.language} if of_topic else None,
        "space": {"id": notice.space_id, "name": notice.space} if notice.space_id is not None else None,
        "subject": {"kind": notice.subject_kind, "id": notice.subject_id} if notice.subject_kind else None,
        "count": notice.count,
        "first_number": notice.first_number,
        "post": {"id": notice.post_id, "number": notice.number} if of_topic else None,
        "author": name_or_former(notice.author),
        "updated_at": moment(notice.updated_at),
        "read_at": moment(notice.read_at),
    }
