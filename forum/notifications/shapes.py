"""Notices as JSON."""

from typing import Any

from sqlalchemy import Row

from forum.core.api import moment


def notice_shape(notice: Row) -> dict[str, Any]:
    """One line behind the bell. `first_number` is the first new post; `post` the newest, by `author`. News of a space
    have `space` instead of `topic` and `post`; `author` is then who asks, or who was let in."""
    of_topic = notice.topic_id is not None
    return {
        "id": notice.id,
        "kind": notice.kind,
        "topic": {"id": notice.topic_id, "title": notice.title, "language": notice.language} if of_topic else None,
        "space": None if of_topic else {"id": notice.space_id, "name": notice.space},
        "count": notice.count,
        "first_number": notice.first_number,
        "post": {"id": notice.post_id, "number": notice.number} if of_topic else None,
        "author": notice.author,
        "updated_at": moment(notice.updated_at),
        "read_at": moment(notice.read_at),
    }
