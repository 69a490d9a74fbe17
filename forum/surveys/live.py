"""Who watches a topic hears that a poll in it stands otherwise, and asks how: not everybody sees the same of it."""

from forum.core.live import current_live
from forum.surveys.events import PollChanged
from forum.surveys.queries import topic_id_of


def announce_poll(happened: PollChanged) -> None:
    """At once: somebody voted, or the poll was closed."""
    topic_id = topic_id_of(happened.poll_id)
    live, room = current_live(), f"topic:{topic_id}"
    for language in live.watched_languages(room):
        live.send(f"{room}:{language}", "poll:changed", {"topic": topic_id, "poll": happened.poll_id})
