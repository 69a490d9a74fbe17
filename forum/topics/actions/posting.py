"""Starting a topic and replying."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Row, bindparam, insert, select, update

from forum.core import clock, submissions
from forum.core.db import db, run
from forum.core.errors import Conflict, Forbidden, Invalid, NotFound, Refused
from forum.core.events import record
from forum.core.languages import direction, direction_of, slug
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.drafts.actions import forget_draft
from forum.drafts.models import DraftKind
from forum.following.actions import follow_as_author
from forum.holding.actions import hold
from forum.municipalities.queries import country_of
from forum.spaces.models import Space
from forum.spaces.queries import belongs
from forum.topics import queries, rules
from forum.topics.actions.answering import check_kind
from forum.topics.actions.attaching import check_files, keep_files
from forum.topics.actions.counting import count_answers, member_id_of
from forum.topics.actions.holding import find_before, kept_as, must_wait, waits_as
from forum.topics.actions.labelling import check_tags, check_themes, put_tags, put_themes
from forum.topics.actions.linking import keep_links
from forum.topics.actions.mentions import mentioned
from forum.topics.actions.quoting import check_quotes, keep_quotes
from forum.topics.actions.reading import mark_read
from forum.topics.actions.texts import Text, check_title, check_words
from forum.topics.events import PostAdded, TopicStarted
from forum.topics.models import Mention, Post, QuestionState, ReadMark, Topic, TopicKind, TopicState
from forum.topics.queries import TopicSeen


@dataclass(frozen=True)
class Done:
    """What an action made, and whether an earlier sending of the same form had made it already. `held` is the id of
    what waits for a moderator instead: there is no post and no topic then."""

    id: int
    number: int
    was_done: bool = False
    held: int | None = None


def start_topic(
    *,
    space_id: int,
    author: Reader,
    title: str,
    words: str,
    language: str | None = None,
    themes: Sequence[int] = (),
    tags: Sequence[str] = (),
    kind: str | None = None,
    key: str | None = None,
    within: int | None = None,
    seen_by_moderator: bool = False,
) -> Done:
    """Open a topic with its first post. `language` None has it detected. `key` makes a second sending harmless, the
    same one `within` another workshop a Conflict. What was held and is approved was `seen_by_moderator`."""
    space = _get_space(space_id, author)
    if not rules.may_start_topic(author, space_kind=space.kind, belongs=space.belongs):
        raise Forbidden
    body = submissions.body_hash("topic", space_id, within, title, words, language, list(themes), list(tags), kind)
    earlier = submissions.find_earlier(member_id=member_id_of(author), key=key, body=body)
    if earlier is not None:
        held = find_before(earlier)
        return Done(id=held.topic_id or 0 if held else earlier, number=1, was_done=True, held=waits_as(held))
    title = check_title(title)
    text = check_words(words, language=language, author=author, title=title)
    quoted = check_quotes(text.rendered.html, author=author, space_id=space_id)
    text, attached = check_files(text, author=author, space_id=space_id)
    themes, named = check_themes(themes), check_tags(tags)
    asks = check_kind(kind) == TopicKind.QUESTION
    if not seen_by_moderator and must_wait(author):
        more = {"title": title, "workshop_id": within, "themes": list(themes), "tags": list(tags), "kind": kind or ""}
        held = hold(author, space_id=space_id, chosen=language or "", **text.held(), **more)
        _forget_begun(author, space_id, within)
        submissions.remember(member_id=member_id_of(author), key=key, body=body, subject_id=kept_as(held))
        return Done(id=0, number=0, held=held)
    now = clock.now()
    topic = Topic(
        space_id=space_id,
        author_id=member_id_of(author),
        municipality_id=author.municipality_id,
        country=country_of(author.municipality_id),
        title=title,
        language=text.language,
        language_source=text.source,
        direction=direction(title, default=direction_of(text.language)),
        slug=slug(title),
        question=QuestionState.OPEN if asks else None,
        created_at=now,
        last_post_at=now,
        last_author_id=member_id_of(author),
    )
    db.session.add(topic)
    db.session.flush()
    put_themes(topic.id, themes)
    put_tags(topic.id, named)
    post_id = _add_post(topic.id, author, text, number=1, position=1, change=1, reply_to_id=None)
    keep_quotes(post_id, quoted)
    keep_links(post_id, text.rendered.html)
    keep_files(post_id, attached)
    if not seen_by_moderator:
        _forget_begun(author, space_id, within)
    follow_as_author(member_id_of(author), "topic", topic.id)
    run(insert(ReadMark), member_id=member_id_of(author), topic_id=topic.id, number=1, read_at=now)
    submissions.remember(member_id=member_id_of(author), key=key, body=body, subject_id=topic.id)
    record(TopicStarted(topic.id))
    record(PostAdded(post_id))
    return Done(id=topic.id, number=1)


def _forget_begun(author: Reader, space_id: int, within: int | None) -> None:
    """The draft was sent."""
    kind, subject_id = (DraftKind.WORKSHOP, within) if within else (DraftKind.SPACE, space_id)
    forget_draft(member_id_of(author), kind, subject_id)


_count_reply = (
    update(Topic)
    .where(Topic.id == bindparam("topic_id"), Topic.state == TopicState.OPEN)
    .values(
        last_number=Topic.last_number + 1,
        last_position=Topic.last_position + 1,
        post_count=Topic.post_count + 1,
        change=Topic.change + 1,
        last_post_at=bindparam("last_post_at"),
        last_author_id=bindparam("last_author_id"),
    )
    .returning(Topic.last_number, Topic.last_position, Topic.change)
)


def reply(
    topic: TopicSeen,
    *,
    author: Reader,
    words: str,
    language: str | None = None,
    reply_to: int | None = None,
    key: str | None = None,
    seen_by_moderator: bool = False,
) -> Done:
    """Add a post. `reply_to` is the number of the post that it answers. Returns the post's id and number."""
    may = rules.may_reply(author, topic)
    text = check_words(words, language=language, author=author) if may else None
    body = submissions.body_hash("reply", topic.id, words, language, reply_to)
    earlier = submissions.find_earlier(member_id=member_id_of(author), key=key, body=body)
    if earlier is not None:
        held = find_before(earlier)
        post_id = held.post_id if held else earlier
        return Done(id=post_id or 0, number=_number_of(post_id), was_done=True, held=waits_as(held))
    if text is None:
        raise _no_reply(topic, author)
    quoted = check_quotes(text.rendered.html, author=author, space_id=topic.space_id)
    text, attached = check_files(text, author=author, space_id=topic.space_id)
    answered = _find_answered(topic, reply_to)
    if not seen_by_moderator and must_wait(author):
        more = {"topic_id": topic.id, "space_id": topic.space_id, "reply_to": reply_to, "chosen": language or ""}
        waits = hold(author, **text.held(), **more)
        if topic.draft is not None:
            forget_draft(member_id_of(author), DraftKind.TOPIC, topic.id)
        submissions.remember(member_id=member_id_of(author), key=key, body=body, subject_id=kept_as(waits))
        return Done(id=0, number=0, held=waits)
    counted = run(_count_reply, topic_id=topic.id, last_post_at=clock.now(), last_author_id=author.id).one_or_none()
    if counted is None:
        raise Conflict(_("This topic was closed while you were writing. Your words are still here."))
    post_id = _add_post(
        topic.id,
        author,
        text,
        number=counted.last_number,
        position=counted.last_position,
        change=counted.change,
        reply_to_id=answered,
    )
    keep_quotes(post_id, quoted)
    keep_links(post_id, text.rendered.html)
    keep_files(post_id, attached)
    _after_own_post(topic, author, counted.last_number, is_sent_now=not seen_by_moderator)
    submissions.remember(member_id=member_id_of(author), key=key, body=body, subject_id=post_id)
    record(PostAdded(post_id))
    count_answers(topic.id, answered)
    return Done(id=post_id, number=counted.last_number)


def _after_own_post(topic: TopicSeen, author: Reader, number: int, *, is_sent_now: bool) -> None:
    """The draft was sent, unless they have begun another meanwhile; who writes follows; and who had read everything has
    read their own post too."""
    if is_sent_now and topic.draft is not None:
        forget_draft(member_id_of(author), DraftKind.TOPIC, topic.id)
    if topic.level is None:
        follow_as_author(member_id_of(author), "topic", topic.id)
    if topic.read_number >= number - 1:
        mark_read(topic, reader=author, number=number)


def _no_reply(topic: TopicSeen, author: Reader) -> Refused:
    if topic.state == TopicState.CLOSED and rules.may_read(author, topic):
        return Conflict(_("This topic is closed. Your words are still here; you may start a new topic with them."))
    return Forbidden()


def _find_answered(topic: TopicSeen, number: int | None) -> int | None:
    if number is None:
        return None
    post = queries.find_post_numbered(topic, number)
    if post is None:
        raise Invalid(fields={"reply_to": _("The post that you answer is not in this topic.")})
    return post.id


def _get_space(space_id: int, reader: Reader) -> Row:
    """The space's kind and whether the reader belongs to it; NotFound hides what they may not see."""
    query = select(Space.kind, belongs(reader, Space.id).label("belongs")).where(Space.id == space_id)
    space = db.session.execute(query).one_or_none()
    if space is None or not rules.may_read_space(reader, space.kind, belongs=space.belongs):
        raise NotFound
    return space


def _number_of(post_id: int | None) -> int:
    if post_id is None:
        return 0
    return db.session.execute(select(Post.number).where(Post.id == post_id)).scalar_one()


_add_row = insert(Post).returning(Post.id)


def _add_post(
    topic_id: int, author: Reader, text: Text, *, number: int, position: int, change: int, reply_to_id: int | None
) -> int:
    """Returns the post's id."""
    post_id = run(
        _add_row,
        topic_id=topic_id,
        number=number,
        position=position,
        author_id=member_id_of(author),
        municipality_id=author.municipality_id,
        reply_to_id=reply_to_id,
        words=text.words,
        html=text.rendered.html,
        renderer=text.rendered.renderer,
        language=text.language,
        language_source=text.source,
        direction=text.direction,
        change=change,
        created_at=clock.now(),
    ).scalar_one()
    for member_id in mentioned(text.words) if "@" in text.words else ():
        db.session.add(Mention(post_id=post_id, member_id=member_id))
    return post_id
