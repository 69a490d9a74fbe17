"""Notices as JSON."""

from typing import Any

from sqlalchemy import Row

from forum.core.api import moment


def notice_shape(notice: Row) -> dict[str, Any]:
    """One line behind the bell. `first_number` is the first new post; `post` the newest, by `author`."""
    return {
        "id": notice.id,
        "kind": notice.kind,
        "topic": {"id": notice.topic_id, "title": notice.title, "language": notice.language},
        "count": notice.count,
        "first_number": notice.first_number,
        "post": {"id": notice.post_id, "number": notice.number},
        "author": notice.author,
        "updated_at": moment(notice.updated_at),
        "read_at": moment(notice.read_at),
    }
