"""Other words, another title, open or closed, hidden or shown."""

from collections.abc import Iterable, Sequence

from sqlalchemy import update

from forum.core import audit, clock, stamps
from forum.core.db import db
from forum.core.errors import Conflict, Forbidden, Invalid
from forum.core.events import record
from forum.core.languages import direction, direction_of, slug
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.drafts.actions import forget_draft
from forum.drafts.models import DraftKind
from forum.topics import queries, rules
from forum.topics.actions.answering import check_kind, reopen_question, rest_answer, wake_answer
from forum.topics.actions.attaching import check_files, files_before, keep_files
from forum.topics.actions.counting import change_head, count_answers, count_change, member_id_of
from forum.topics.actions.labelling import check_tags, check_themes, put_tags, put_themes, themes_on
from forum.topics.actions.linking import keep_links, retell_post, retell_topic
from forum.topics.actions.mentions import keep_mentions
from forum.topics.actions.quoting import check_quotes, keep_quotes
from forum.topics.actions.texts import check_reason, check_title, check_words
from forum.topics.events import PostEdited, PostHidden, PostShown, TopicChanged
from forum.topics.models import (
    LanguageSource,
    Post,
    PostState,
    PostVersion,
    QuestionState,
    Topic,
    TopicKind,
    TopicState,
    kept_language,
)
from forum.topics.queries import TopicSeen


def edit_post(
    topic: TopicSeen, post: Post, *, by: Reader, words: str, version: int, language: str | None = None, reason: str = ""
) -> None:
    """Put other words in a post. `version` is the one that the editor saw: Conflict when it is no longer the last."""
    if not rules.may_edit_post(by, topic, post):
        raise Forbidden
    language = language or kept_language(post)
    text, reason = check_words(words, language=language, author=by, fallback=post.language), check_reason(reason)
    if post.version != version:
        raise _edited_meanwhile(post, words)
    if text.words == post.words and text.language == post.language:
        forget_draft(member_id_of(by), DraftKind.POST, post.id)
        return
    before = queries.quoted_by(post.id)
    quoted = check_quotes(text.rendered.html, author=by, space_id=topic.space_id, known=before)
    shown_before = files_before(post.id)
    text, attached = check_files(text, author=by, space_id=topic.space_id, before=shown_before)
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
            reason=reason,
        )
    )
    keep_links(post.id, text.rendered.html, before=post.html)
    post.version = version + 1
    post.words, post.html, post.renderer = text.words, text.rendered.html, text.rendered.renderer
    if text.language != post.language:
        by_another = text.source == LanguageSource.DECLARED and by.id != post.author_id
        post.language_source = LanguageSource.CORRECTED if by_another else text.source
    post.language, post.direction = text.language, text.direction
    keep_quotes(post.id, quoted, before=before)
    keep_files(post.id, attached, before=shown_before)
    keep_mentions(post.id, text.words)
    post.edited_at, post.change = now, count_change(topic.id)
    if by.id != post.author_id:
        audit.note("post edited", actor_id=by.id, subject=("post", post.id))
    forget_draft(member_id_of(by), DraftKind.POST, post.id)
    record(PostEdited(post.id))
    retell_post(post)
    if post.id == topic.accepted_id:
        change_head(topic.id)  # it stands at the top too


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
        _take_out(topic, post, PostState.HIDDEN)
        audit.note("post hidden", actor_id=by.id, subject=("post", post.id), why=why)


def show_post(topic: TopicSeen, post: Post, *, by: Reader) -> None:
    """Bring a hidden post back."""
    if not rules.may_hide_post(by, topic):
        raise Forbidden
    if post.state == PostState.HIDDEN:
        _bring_back(topic, post)
        audit.note("post shown", actor_id=by.id, subject=("post", post.id))


def delete_post(topic: TopicSeen, post: Post, *, by: Reader) -> None:
    """The author takes a reply back: a line says so, and it can be brought back. Twice does no harm."""
    if post.author_id == by.id and post.state == PostState.DELETED:
        return
    if post.author_id == by.id and post.number == 1:
        raise Invalid(_("The first post carries its topic and cannot be taken back alone. You may close the topic."))
    if not rules.may_delete_post(by, topic, post):
        raise Forbidden
    _take_out(topic, post, PostState.DELETED)
    audit.note("post deleted", actor_id=by.id, subject=("post", post.id))


def restore_post(topic: TopicSeen, post: Post, *, by: Reader) -> None:
    """Bring back what its author took back."""
    if post.author_id == by.id and post.state == PostState.SHOWN:
        return
    if not rules.may_restore_post(by, topic, post):
        raise Forbidden
    _bring_back(topic, post)
    audit.note("post restored", actor_id=by.id, subject=("post", post.id))


def _take_out(topic: TopicSeen, post: Post, state: PostState) -> None:
    post.state, post.change = state, count_change(topic.id, shown=-1)
    rest_answer(topic, post)
    record(PostHidden(post.id))
    retell_post(post)
    db.session.flush()
    count_answers(topic.id, post.reply_to_id)


def _bring_back(topic: TopicSeen, post: Post) -> None:
    post.state, post.change = PostState.SHOWN, count_change(topic.id, shown=1)
    wake_answer(topic, post)
    record(PostShown(post.id))
    retell_post(post)
    db.session.flush()
    count_answers(topic.id, post.reply_to_id)


def edit_topic(
    topic: TopicSeen,
    *,
    by: Reader,
    title: str,
    themes: Sequence[int] | None = None,
    tags: Sequence[str] | None = None,
    kind: str | None = None,
) -> None:
    """Give a topic another title, other themes or tags, make it a question or a discussion; None leaves as it is."""
    if not rules.may_edit_topic(by, topic):
        raise Forbidden
    title = check_title(title)
    checked = None if themes is None else check_themes(themes, kept=themes_on(topic.id))
    named = None if tags is None else check_tags(tags)
    question = topic.question
    if kind is not None:
        question = None if check_kind(kind) == TopicKind.DISCUSSION else question or QuestionState.OPEN
    if question is None:
        reopen_question(topic)
    if checked is not None:
        put_themes(topic.id, checked)
    if named is not None:
        put_tags(topic.id, named)
    change_head(
        topic.id,
        title=title,
        slug=slug(title),
        direction=direction(title, default=direction_of(topic.language)),
        question=question,
    )
    if title != topic.title:
        retell_topic(topic.id)


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
        change_head(topic.id, state=state)
        audit.note(f"topic {state}", actor_id=by.id, subject=("topic", topic.id))


def move_topics(topic_ids: Iterable[int], *, space_id: int) -> None:
    """Put topics into another space. Who asks for it has checked whether they may, and bumps the access stamp."""
    for topic_id in topic_ids:
        change = count_change(topic_id)
        moved = update(Topic).where(Topic.id == topic_id).values(head_change=change, space_id=space_id)
        db.session.execute(moved)
        record(TopicChanged(topic_id))
    stamps.bump(stamps.NAMES)  # posts elsewhere that quote from them name their authors, or no longer
