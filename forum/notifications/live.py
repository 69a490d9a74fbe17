"""Sockets: the bell. Every member's sockets are in a room of their own from the start."""

from forum.core.live import Live, current_live
from forum.notifications import queries
from forum.notifications.events import NoticeAdded


def answer(_live: Live) -> None:
    """Nothing to answer: notices only go out."""


def announce_notice(happened: NoticeAdded) -> None:
    """At once: tell the member's pages how many notices wait."""
    member_id = queries.member_id_of(happened.notice_id)
    if member_id is not None:
        count = queries.count_unread(member_id)
        current_live().send(f"member:{member_id}", "notice:added", {"notice": happened.notice_id, "unread": count})
