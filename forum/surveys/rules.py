"""Who may do what with polls. Whether a topic may be seen at all is the door of topics."""

from datetime import datetime

from forum.core.reader import Reader
from forum.surveys.models import Poll, Results, Voice
from forum.topics.models import TopicState
from forum.topics.queries import TopicSeen
from forum.topics.rules import may_edit_topic, may_read


def is_open(poll: Poll, now: datetime) -> bool:
    """Does it take votes?"""
    return poll.closed_at is None and (poll.closes_at is None or now < poll.closes_at)


def shows_results(poll: Poll, now: datetime) -> bool:
    """May readers see how it stands?"""
    return poll.results == Results.AT_ONCE or not is_open(poll, now)


def may_open_poll(reader: Reader, topic: TopicSeen) -> bool:
    """Who started the topic, and moderators, while it is open."""
    return topic.state == TopicState.OPEN and may_edit_topic(reader, topic)


def may_close_poll(reader: Reader, topic: TopicSeen) -> bool:
    """The same, also when the topic is closed."""
    return may_edit_topic(reader, topic)


def may_vote(reader: Reader, topic: TopicSeen) -> bool:
    """Every member where they may read."""
    return reader.is_authenticated and may_read(reader, topic)


def voter_id_of(reader: Reader, poll: Poll) -> int | None:
    """Whose voice this reader casts; None for who has none."""
    return reader.id if poll.voice == Voice.MEMBER else reader.municipality_id
