"""Who may do what with topics and posts. `topic` and `post` are rows of `queries` or of the tables: what is asked of
them is named alike. Whether the reader may see the topic at all is `may_read`."""

from datetime import datetime, timedelta
from typing import Protocol

from forum.core import clock
from forum.core.reader import Reader
from forum.core.site import current_site
from forum.spaces.rules import may_read_space
from forum.topics.models import PostState, TopicState

EDIT_WINDOW = timedelta(days=60)
"""How long authors may change or take back what they wrote: later it is a part of what others have built upon."""


class TopicSeen(Protocol):
    """What the rules want to know of a topic."""

    space_kind: str
    belongs: bool
    state: str
    question: str | None
    keeper_id: int | None
    author_id: int


class PostSeen(Protocol):
    """What the rules want to know of a post."""

    number: int
    author_id: int
    state: str
    created_at: datetime


def may_read(reader: Reader, topic: TopicSeen) -> bool:
    """The visibility door; `queries.visible_topics` is its twin."""
    return may_read_space(reader, topic.space_kind, belongs=topic.belongs)


def may_moderate(reader: Reader, topic: TopicSeen) -> bool:
    """Moderators and above, where they may read."""
    return reader.is_staff and may_read(reader, topic)


def may_start_topic(reader: Reader, *, space_kind: str, belongs: bool) -> bool:
    """Every member, in a space that they may see; staff alone where the settings of the site say so."""
    if current_site().starters == "staff" and not reader.is_staff:
        return False
    return reader.is_authenticated and may_read_space(reader, space_kind, belongs=belongs)


def may_reply(reader: Reader, topic: TopicSeen) -> bool:
    """Every member, in an open topic that they may see."""
    return reader.is_authenticated and topic.state == TopicState.OPEN and may_read(reader, topic)


def may_react(reader: Reader, topic: TopicSeen, post: PostSeen) -> bool:
    """Every member where they may read, also in a closed topic; not to what they wrote themselves."""
    is_author = post.author_id == reader.id
    return reader.is_authenticated and not is_author and post.state == PostState.SHOWN and may_read(reader, topic)


def may_bookmark(reader: Reader, topic: TopicSeen, post: PostSeen, *, is_kept: bool) -> bool:
    """Every member, what they may read. Of a post that went out of sight they may still change the note."""
    return reader.is_authenticated and may_read(reader, topic) and (is_kept or post.state == PostState.SHOWN)


def may_edit_post(reader: Reader, topic: TopicSeen, post: PostSeen) -> bool:
    """The author for sixty days while the topic is open; moderators always. What is out of sight stays as it is."""
    if post.state != PostState.SHOWN or not may_read(reader, topic):
        return False
    return _may_author(reader, topic, post) or may_moderate(reader, topic)


def may_delete_post(reader: Reader, topic: TopicSeen, post: PostSeen) -> bool:
    """The author takes a reply back, as long as they may edit it."""
    return post.state == PostState.SHOWN and post.number > 1 and _may_author(reader, topic, post)


def may_restore_post(reader: Reader, topic: TopicSeen, post: PostSeen) -> bool:
    """The author who took it back, as long; moderators always."""
    return post.state == PostState.DELETED and (_may_author(reader, topic, post) or may_moderate(reader, topic))


def _may_author(reader: Reader, topic: TopicSeen, post: PostSeen) -> bool:
    is_author = reader.is_authenticated and post.author_id == reader.id
    is_young = clock.now() - post.created_at < EDIT_WINDOW
    return is_author and is_young and topic.state == TopicState.OPEN and may_read(reader, topic)


def may_edit_topic(reader: Reader, topic: TopicSeen) -> bool:
    """Title, open or closed: who started it, and moderators."""
    is_author = reader.is_authenticated and topic.author_id == reader.id
    return (is_author and may_read(reader, topic)) or may_moderate(reader, topic)


def may_accept(reader: Reader, topic: TopicSeen) -> bool:
    """Who asks a question says which post answers it, who took it over from them, and moderators."""
    if topic.question is None:
        return False
    is_keeper = reader.is_authenticated and topic.keeper_id == reader.id
    return (is_keeper and may_read(reader, topic)) or may_edit_topic(reader, topic)


def can_answer(topic: TopicSeen, post: PostSeen) -> bool:
    """A reply in sight can be the answer of a question."""
    return topic.question is not None and post.number > 1 and post.state == PostState.SHOWN


def may_manage_themes(reader: Reader) -> bool:
    """Moderators and above keep the tree of themes."""
    return reader.is_staff


def may_hide_post(reader: Reader, topic: TopicSeen) -> bool:
    """Moderators hide and show again."""
    return may_moderate(reader, topic)
