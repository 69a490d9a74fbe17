"""Other words, another title, open or closed, hidden or shown."""

from collections.abc import Iterable

from sqlalchemy import update

from forum.core import audit, clock
from forum.core.db import db
from forum.core.errors import Conflict, Forbidden, Invalid
from forum.core.events import record
from forum.core.languages import direction, direction_of, slug
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.topics import rules
from forum.topics.actions.counting import count_change, member_id_of
from forum.topics.actions.texts import check_title, check_words
from forum.topics.events import PostEdited, PostHidden, PostShown, TopicChanged
from forum.topics.models import LanguageSource, Post, PostState, PostVersion, Topic, TopicState
from forum.topics.queries import TopicSeen


def edit_post(
    topic: TopicSeen, post: Post, *, by: Reader, words: str, version: int, language: str | None = None
) -> None:
    """Put other words in a post. `version` is the one that the editor saw: Conflict when it is no longer the last."""
    if not rules.may_edit_post(by, topic, post):
        raise Forbidden
    text = check_words(words, language=language, author=by, fallback=post.language)
    if post.version != version:
        raise _edited_meanwhile(post, words)
    if text.words == post.words and text.language == post.language:
        return
    now = clock.now()
    claimed = db.session.execute(
        update(Post)
        .where(Post.id == post.id, Post.version == version)
        .values(version=version + 1)
        .execution_options(synchronize_session=False)
    )
    if claimed.rowcount == 0:  # type: ignore[attr-defined]
        db.session.refresh(post)
        raise _edited_meanwhile(post, words)
    db.session.add(
        PostVersion(
            post_id=post.id,
            version=version,
            words=post.words,
            html=post.html,
            renderer=post.renderer,
            language=post.language,
            replaced_at=now,
            replaced_by_id=member_id_of(by),
        )
    )
    post.version = version + 1
    post.words, post.html, post.renderer = text.words, text.rendered.html, text.rendered.renderer
    post.language, post.direction = text.language, text.direction
    if language:
        post.language_source = LanguageSource.CORRECTED if by.id != post.author_id else text.source
    post.edited_at, post.change = now, count_change(topic.id)
    if by.id != post.author_id:
        audit.note("post edited", actor_id=by.id, subject=("post", post.id))
    record(PostEdited(post.id))


def _edited_meanwhile(post: Post, words: str) -> Conflict:
    message = _("Somebody changed this post while you were writing. Below are their text and yours; nothing is lost.")
    return Conflict(message, theirs=post.words, yours=words, version=post.version)


def hide_post(topic: TopicSeen, post: Post, *, by: Reader, why: str) -> None:
    """Take a post out of sight; a line stays. The first post of a topic stays in sight: close the topic instead."""
    if not rules.may_hide_post(by, topic):
        raise Forbidden
    if post.number == 1:
        raise Invalid(_("The first post carries its topic and cannot be hidden alone."))
    if post.state == PostState.SHOWN:
        post.state, post.change = PostState.HIDDEN, count_change(topic.id, shown=-1)
        audit.note("post hidden", actor_id=by.id, subject=("post", post.id), why=why)
        record(PostHidden(post.id))


def show_post(topic: TopicSeen, post: Post, *, by: Reader) -> None:
    """Bring a hidden post back."""
    if not rules.may_hide_post(by, topic):
        raise Forbidden
    if post.state == PostState.HIDDEN:
        post.state, post.change = PostState.SHOWN, count_change(topic.id, shown=1)
        audit.note("post shown", actor_id=by.id, subject=("post", post.id))
        record(PostShown(post.id))


def edit_topic(topic: TopicSeen, *, by: Reader, title: str) -> None:
    """Give a topic another title."""
    if not rules.may_edit_topic(by, topic):
        raise Forbidden
    title = check_title(title)
    _change_head(topic, title=title, slug=slug(title), direction=direction(title, default=direction_of(topic.language)))


def close_topic(topic: TopicSeen, *, by: Reader) -> None:
    """No replies any more; twice does no harm."""
    _set_state(topic, TopicState.CLOSED, by)


def open_topic(topic: TopicSeen, *, by: Reader) -> None:
    """Replies again."""
    _set_state(topic, TopicState.OPEN, by)


def _set_state(topic: TopicSeen, state: TopicState, by: Reader) -> None:
    if not rules.may_edit_topic(by, topic):
        raise Forbidden
    if topic.state != state:
        _change_head(topic, state=state)
        audit.note(f"topic {state}", actor_id=by.id, subject=("topic", topic.id))


def move_topics(topic_ids: Iterable[int], *, space_id: int) -> None:
    """Put topics into another space. Who asks for it has checked whether they may, and bumps the access stamp."""
    for topic_id in topic_ids:
        change = count_change(topic_id)
        moved = update(Topic).where(Topic.id == topic_id).values(head_change=change, space_id=space_id)
        db.session.execute(moved)
        record(TopicChanged(topic_id))


def _change_head(topic: TopicSeen, **values: str) -> None:
    change = count_change(topic.id)
    db.session.execute(update(Topic).where(Topic.id == topic.id).values(head_change=change, **values))
    record(TopicChanged(topic.id))
