"""Posts with their bylines, and what is around them. As column tuples: docs/decisions/0004-fragments.md says why."""

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import Row, Select, and_, bindparam, case, exists, func, literal, or_, select
from sqlalchemy.orm import aliased

from forum.core.db import Id, db, run
from forum.core.errors import NotFound
from forum.core.reader import Reader
from forum.members.models import Member
from forum.municipalities.models import Municipality, MunicipalityName
from forum.municipalities.queries import named
from forum.topics.models import POSTS_PER_PAGE, AcceptedAnswer, Mention, Post, PostRedirect, PostVersion, Topic
from forum.topics.queries.cards import cards_column
from forum.topics.queries.door import TopicSeen, visible_topics
from forum.topics.queries.quotes import answers_column, quoted_column

MOST_CHANGES = 100  # a longer gap is quicker as a reload
MOST_ANSWERS = 100  # to one post, on one page
DEEPEST_ANSWER = 30


@cache
def post_rows(language: str) -> Select:
    """Posts with their bylines, as `_post.html` wants them. Kept: making it costs more than asking it."""
    municipality = aliased(MunicipalityName, name="byline_municipality")
    answered = aliased(Post, name="answered")
    topic = aliased(Topic, name="its_topic")
    answered_author = aliased(Member, name="answered_author")
    return (
        select(
            Post.id,
            Post.topic_id,
            Post.number,
            Post.position,
            Post.author_id,
            Post.byline,
            case((Post.state == "shown", Post.html), else_="").label("html"),
            Post.language,
            Post.direction,
            Post.state,
            Post.version,
            Post.change,
            Post.reactions,
            quoted_column().label("quoted"),
            cards_column(language).label("cards"),
            answers_column().label("answers"),
            exists().where(AcceptedAnswer.post_id == Post.id, AcceptedAnswer.rests.is_(False)).label("is_accepted"),
            select(topic.question).where(topic.id == Post.topic_id).scalar_subquery().label("question"),
            Post.created_at,
            Post.edited_at,
            Member.display_name.label("author"),
            Member.name_language.label("author_language"),
            Member.version.label("author_version"),
            Member.photo_id.label("author_photo"),
            Post.municipality_id,
            (Post.municipality_id != func.coalesce(Member.municipality_id, 0)).label("is_then"),
            municipality.name.label("municipality"),
            Municipality.country,
            answered.number.label("answered_number"),
            answered_author.display_name.label("answered_author"),
            answered_author.name_language.label("answered_language"),
        )
        .join(Member, Member.id == Post.author_id)
        .outerjoin(municipality, named(municipality, Post.municipality_id, language))
        .outerjoin(Municipality, Municipality.id == Post.municipality_id)
        .outerjoin(answered, answered.id == Post.reply_to_id)
        .outerjoin(answered_author, answered_author.id == answered.author_id)
    )


def posts_on_page(topic: TopicSeen, page: int, language: str, *, size: int = POSTS_PER_PAGE) -> Sequence[Row]:
    """The posts of one page, by position; a topic that the reader has passed the door of."""
    last = page * size
    query = post_rows(language).where(Post.topic_id == topic.id, Post.position > last - size, Post.position <= last)
    return db.session.execute(query.order_by(Post.position)).all()


def posts_and_answer(topic: TopicSeen, page: int, language: str) -> tuple[Sequence[Row], Row | None]:
    """The posts of one page and the accepted answer, wherever it stands, in one statement."""
    if topic.accepted_id is None:
        return posts_on_page(topic, page, language), None
    last = page * POSTS_PER_PAGE
    here = and_(Post.position > last - POSTS_PER_PAGE, Post.position <= last)
    query = post_rows(language).where(Post.topic_id == topic.id, or_(here, Post.id == topic.accepted_id))
    rows = db.session.execute(query.order_by(Post.position)).all()
    on_page = [row for row in rows if last - POSTS_PER_PAGE < row.position <= last]
    return on_page, next((row for row in rows if row.id == topic.accepted_id), None)


def changed_posts(topic: TopicSeen, *, since: int, language: str) -> Sequence[Row] | None:
    """What happened to posts after this change, in the order of the page; None when a reload is the better answer.

    Topics begin with change 1: who says 0 has no page whose head could be an older one, and gets all posts.
    """
    if since > topic.change or 0 < since < topic.head_change:
        return None
    query = post_rows(language).where(Post.topic_id == topic.id, Post.change > since)
    rows = db.session.execute(query.order_by(Post.position).limit(MOST_CHANGES + 1)).all()
    return None if len(rows) > MOST_CHANGES else rows


@cache
def _post_row(language: str) -> Select:
    return post_rows(language).where(Post.id == bindparam("post_id", type_=Id))


def get_post_row(post_id: int, language: str) -> Row:
    """One post for its fragment. For the live push, whose room stands behind the door."""
    return run(_post_row(language), post_id=post_id).one()


def get_post(post_id: int, *, reader: Reader) -> Post:
    """A post in a topic that the reader may see, or NotFound."""
    query = select(Post).join(Topic, Topic.id == Post.topic_id).where(Post.id == post_id, visible_topics(reader))
    post = db.session.scalar(query)
    if post is None:
        raise NotFound
    return post


def answers_to(post: Post, language: str) -> Sequence[Row]:
    """The posts that answer this one, and those that answer them, in the order of the topic."""
    first = select(Post.id, literal(1).label("depth")).where(Post.reply_to_id == post.id)
    answers = first.cte("answers", recursive=True)
    deeper = select(Post.id, answers.c.depth + 1).join(answers, Post.reply_to_id == answers.c.id)
    answers = answers.union_all(deeper.where(answers.c.depth < DEEPEST_ANSWER))
    query = post_rows(language).where(Post.topic_id == post.topic_id, Post.id.in_(select(answers.c.id)))
    return db.session.execute(query.order_by(Post.position).limit(MOST_ANSWERS)).all()


def titles_around(
    reader: Reader, *, topic_ids: Collection[int], post_ids: Collection[int]
) -> dict[tuple[str, int], Row]:
    """{("topic" or "post", id): topic's id, title, language, direction, state; the post's number} of what is still
    there for the reader."""
    columns = (Topic.id, Topic.title, Topic.language, Topic.direction, Topic.state)
    topics = select(*columns, literal(None).label("number"), Topic.id.label("about")).where(Topic.id.in_(topic_ids))
    posts = select(*columns, Post.number, Post.id.label("about")).join(Post).where(Post.id.in_(post_ids))
    found = {}
    for kind, query in (("topic", topics), ("post", posts)):
        found |= {(kind, row.about): row for row in db.session.execute(query.where(visible_topics(reader)))}
    return found


def find_post_numbered(topic: TopicSeen, number: int) -> Post | None:
    """The post with this number, or the one that had it before it moved within the topic."""
    moved = select(PostRedirect.post_id).where(PostRedirect.topic_id == topic.id, PostRedirect.number == number)
    query = select(Post).where(
        Post.topic_id == topic.id, or_(Post.number == number, Post.id == moved.scalar_subquery())
    )
    return db.session.scalar(query)


def first_number_after(topic: TopicSeen, number: int) -> int:
    """The first number behind this one that a post has; the last post's where there is none."""
    query = select(func.min(Post.number)).where(Post.topic_id == topic.id, Post.number > number)
    return db.session.scalar(query) or topic.last_number


def first_number_since(topic: TopicSeen, moment: datetime) -> int:
    """The number of the first post of this moment or later; the last post's where there is none."""
    query = select(Post.number).where(Post.topic_id == topic.id, Post.created_at >= moment)
    return db.session.scalar(query.order_by(Post.position).limit(1)) or topic.last_number


def versions_of(post: Post) -> list[PostVersion]:
    """The texts that a post had before, the oldest first."""
    query = select(PostVersion).where(PostVersion.post_id == post.id)
    return list(db.session.scalars(query.order_by(PostVersion.version)))


def last_language_of(author_id: int) -> str | None:
    """The language in which a member wrote last."""
    return db.session.scalar(select(Post.language).where(Post.author_id == author_id).order_by(Post.id.desc()).limit(1))


_answered = aliased(Post, name="answered")
_post_told = (
    select(
        Post.id,
        Post.topic_id,
        Post.number,
        Post.author_id,
        Post.state,
        Post.created_at,
        Topic.space_id,
        _answered.author_id.label("answered_author_id"),
    )
    .join(Topic, Topic.id == Post.topic_id)
    .outerjoin(_answered, _answered.id == Post.reply_to_id)
    .where(Post.id == bindparam("post_id", type_=Id))
)


def find_post_told(post_id: int) -> Row | None:
    """What those who tell of a post need: where it stands, who wrote it and whom it answers."""
    return run(_post_told, post_id=post_id).one_or_none()


_mentioned = select(Mention.member_id).where(Mention.post_id == bindparam("post_id", type_=Id))


def mentioned_in(post_id: int) -> list[int]:
    """The members whom a post speaks to."""
    return list(run(_mentioned, post_id=post_id).scalars())


_topic_id = select(Post.topic_id).where(Post.id == bindparam("post_id", type_=Id))


def topic_id_of(post_id: int) -> int:
    """The topic in which a post stands."""
    return run(_topic_id, post_id=post_id).scalar_one()
