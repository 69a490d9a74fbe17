"""Sockets: the bell. Every member's sockets are in a room of their own from the start."""

from forum.core.live import Live, current_live
from forum.notifications import queries
from forum.notifications.events import NoticeAdded, NoticeTaken


def answer(_live: Live) -> None:
    """Nothing to answer: notices only go out."""


def announce_notice(happened: NoticeAdded) -> None:
    """At once: tell the member's pages how many notices wait."""
    _tell_pages("notice:added", happened)


def announce_taken(happened: NoticeTaken) -> None:
    """At once: the same when one was taken back."""
    _tell_pages("notice:taken", happened)


def _tell_pages(event: str, happened: NoticeAdded | NoticeTaken) -> None:
    live, room = current_live(), f"member:{happened.member_id}"
    if live.is_watched(room):
        unread = queries.count_unread(happened.member_id)
        live.send(room, event, {"notice": happened.notice_id, "unread": unread})
