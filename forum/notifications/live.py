"""Sockets: the bell. Every member's sockets are in a room of their own from the start."""

from forum.core.live import Live, current_live
from forum.notifications import queries
from forum.notifications.events import NoticeAdded


def answer(_live: Live) -> None:
    """Nothing to answer: notices only go out."""


def announce_notice(happened: NoticeAdded) -> None:
    """At once: tell the member's pages how many notices wait."""
    live, room = current_live(), f"member:{happened.member_id}"
    if live.is_watched(room):
        unread = queries.count_unread(happened.member_id)
        live.send(room, "notice:added", {"notice": happened.notice_id, "unread": unread})
