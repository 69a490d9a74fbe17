"""Sockets: who wrote what was held hears at once that it was answered; their open pages show it."""

from forum.core.live import Live, current_live
from forum.holding.events import HeldPostDecided
from forum.holding.queries import find_held


def answer(_live: Live) -> None:
    """Nothing to answer: decisions only go out."""


def announce_decision(happened: HeldPostDecided) -> None:
    """At once: to the pages of its author, in the room that every member's sockets are in."""
    held, live = find_held(happened.held_id), current_live()
    if held is not None and live.is_watched(room := f"member:{held.author_id}"):
        live.send(room, "held:decided", {"held": held.id, "topic": held.topic_id})
