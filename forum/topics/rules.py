"""Who may do what with topics and posts. `topic` and `post` are rows of `queries` or of the tables: what is asked of
them is named alike. Whether the reader may see the topic at all is `may_read`."""

from typing import Protocol

from forum.core.reader import Reader
from forum.spaces.rules import may_read_space
from forum.topics.models import PostState, TopicState


class TopicSeen(Protocol):
    """What the rules want to know of a topic."""

    space_kind: str
    belongs: bool
    state: str
    author_id: int


class PostSeen(Protocol):
    """What the rules want to know of a post."""

    author_id: int
    state: str


def may_read(reader: Reader, topic: TopicSeen) -> bool:
    """The visibility door; `queries.visible_topics` is its twin."""
    return may_read_space(reader, topic.space_kind, belongs=topic.belongs)


def may_moderate(reader: Reader, topic: TopicSeen) -> bool:
    """Moderators and above, where they may read."""
    return reader.is_staff and may_read(reader, topic)


def may_start_topic(reader: Reader, *, space_kind: str, belongs: bool) -> bool:
    """Every member, in a space that they may see."""
    return reader.is_authenticated and may_read_space(reader, space_kind, belongs=belongs)


def may_reply(reader: Reader, topic: TopicSeen) -> bool:
    """Every member, in an open topic that they may see."""
    return reader.is_authenticated and topic.state == TopicState.OPEN and may_read(reader, topic)


def may_react(reader: Reader, topic: TopicSeen, post: PostSeen) -> bool:
    """Every member where they may read, also in a closed topic; not to what they wrote themselves."""
    is_author = post.author_id == reader.id
    return reader.is_authenticated and not is_author and post.state == PostState.SHOWN and may_read(reader, topic)


def may_edit_post(reader: Reader, topic: TopicSeen, post: PostSeen) -> bool:
    """The author while the topic is open; moderators always. A hidden post stays as it is."""
    if post.state == PostState.HIDDEN or not may_read(reader, topic):
        return False
    is_author = reader.is_authenticated and post.author_id == reader.id
    return (is_author and topic.state == TopicState.OPEN) or may_moderate(reader, topic)


def may_edit_topic(reader: Reader, topic: TopicSeen) -> bool:
    """Title, open or closed: who started it, and moderators."""
    is_author = reader.is_authenticated and topic.author_id == reader.id
    return (is_author and may_read(reader, topic)) or may_moderate(reader, topic)


def may_hide_post(reader: Reader, topic: TopicSeen) -> bool:
    """Moderators hide and show again."""
    return may_moderate(reader, topic)
