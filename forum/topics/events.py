"""What happened to topics and posts."""

from forum.core.events import fact


@fact
class TopicStarted:
    """There is a new topic, with its first post."""

    topic_id: int


@fact
class TopicChanged:
    """A topic's head is another one: title, open or closed."""

    topic_id: int


@fact
class ThemeAdded:
    """The tree has a theme more."""

    theme_id: int


@fact
class ThemeChanged:
    """A theme has other names or another place, is offered no more or again."""

    theme_id: int


@fact
class PostAdded:
    """Somebody replied."""

    post_id: int


@fact
class PostEdited:
    """A post has other words."""

    post_id: int


@fact
class PostAnswered:
    """A post has another number of answers."""

    post_id: int


@fact
class PostReacted:
    """Somebody reacted to a post, or took it back."""

    post_id: int


@fact
class PostHidden:
    """A post was taken out of sight."""

    post_id: int


@fact
class PostShown:
    """A hidden post is back."""

    post_id: int
