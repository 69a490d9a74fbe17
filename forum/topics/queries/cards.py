"""Cards for what posts link to: topics, posts, members, municipalities, and what features above add.

A card is one line of fields, so that it comes along with the posts in their one statement, and so that the line itself
says in the key of a kept fragment what the card shows. Nothing of it is stored: what is renamed, hidden or closed to
some of the readers is so in the next statement.
"""

from collections.abc import Callable, Collection, Iterable
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, String, case, cast, exists, func, literal, or_, select, union_all
from sqlalchemy.orm import aliased

from forum.core.db import Id, db, fixed, lined
from forum.core.reader import Reader
from forum.core.text import excerpt, shortened
from forum.members.models import Member, MemberState
from forum.municipalities.models import Municipality, MunicipalityName
from forum.municipalities.queries import named
from forum.spaces.models import Space, SpaceKind
from forum.spaces.queries import visible_to
from forum.topics.models import Post, PostLink, PostRedirect, PostState, Topic

END = "\x1f"  # between two fields; no text of ours holds a control sign
BEGINNING = 700  # characters of HTML, of which the first words are shown
WORDS = 140


class Link(NamedTuple):
    """A table of links and its columns: PostLink, or what is only being written."""

    table: Any
    mark: Any
    kind: Any
    target_id: Any


Seen = Callable[[Any, Any], ColumnElement[bool]]  # (id of a space, its kind) -> all who read the link may read there
Kind = Callable[[Link, str, Seen], Select[tuple[str]]]
Place = Callable[[ColumnElement[int], str], ColumnElement[str]]


class Card(NamedTuple):
    """What a card shows. Fields that a kind does not have are empty."""

    mark: str
    kind: str  # topics, posts, … as in addresses
    id: str
    title: str
    language: str = ""  # of the title
    direction: str = ""
    number: str = ""  # of a post in its topic; of a workshop its kind
    where: str = ""  # the workshop of a topic
    author: str = ""
    author_language: str = ""
    municipality: str = ""
    country: str = ""
    beginning: str = ""  # HTML or words, cut off somewhere
    words_language: str = ""
    words_direction: str = ""
    day: str = ""  # YYYY-MM-DD

    @property
    def words(self) -> str:
        """The first words of what is linked to."""
        if self.kind not in ("topics", "posts"):
            return shortened(self.beginning, WORDS)
        cut = self.beginning.rfind("<")  # a tag that was cut in two goes
        return excerpt(self.beginning[:cut] if cut > self.beginning.rfind(">") else self.beginning, WORDS)

    @property
    def date(self) -> date | None:
        """When it takes place."""
        return date.fromisoformat(self.day) if self.day else None


def line(**fields: Any) -> ColumnElement[str]:
    """The fields of a card in one text."""
    parts = [func.replace(func.coalesce(cast(fields.pop(name, ""), String), ""), "\n", " ") for name in Card._fields]
    text = parts[0]
    for part in parts[1:]:
        text = text + END + part
    return text


def _post_lines(link: Link, language: str, seen: Seen, *, kind: str) -> Select[tuple[str]]:
    """Of topics, by their first post, and of posts."""
    topic, post, space = aliased(Topic, name="card_topic"), aliased(Post, name="card_post"), aliased(Space)
    author, town, town_name = aliased(Member), aliased(Municipality), aliased(MunicipalityName)
    place = _above["place"]
    card = line(
        mark=link.mark,
        kind=literal(kind),
        id=link.target_id,
        title=topic.title,
        language=topic.language,
        direction=topic.direction,
        number=post.number if kind == "posts" else "",
        where=place(topic.id, language) if place else "",
        author=author.display_name,
        author_language=author.name_language,
        municipality=town_name.name,
        country=town.country,
        beginning=func.substr(post.html, 1, BEGINNING),
        words_language=post.language,
        words_direction=post.direction,
    )
    if kind == "posts":
        query = select(card).select_from(link.table).join(post, post.id == link.target_id)
        query = query.join(topic, topic.id == post.topic_id)
    else:
        query = select(card).select_from(link.table).join(topic, topic.id == link.target_id)
        query = query.join(post, (post.topic_id == topic.id) & (post.number == 1))
    return (
        query.join(space, space.id == topic.space_id)
        .join(author, author.id == post.author_id)
        .outerjoin(town_name, named(town_name, post.municipality_id, language))
        .outerjoin(town, town.id == post.municipality_id)
        .where(link.kind == kind, post.state == PostState.SHOWN, seen(space.id, space.kind))
    )


def _topics(link: Link, language: str, seen: Seen) -> Select[tuple[str]]:
    return _post_lines(link, language, seen, kind="topics")


def _posts(link: Link, language: str, seen: Seen) -> Select[tuple[str]]:
    return _post_lines(link, language, seen, kind="posts")


def _members(link: Link, language: str, _seen: Seen) -> Select[tuple[str]]:
    """Everybody sees the pages of members; an account that became another's is that one."""
    asked, member = aliased(Member), aliased(Member)
    town, town_name = aliased(Municipality), aliased(MunicipalityName)
    card = line(
        mark=link.mark,
        kind=literal("members"),
        id=member.id,
        title=member.display_name,
        language=member.name_language,
        municipality=town_name.name,
        country=town.country,
        beginning=member.post_held,
    )
    return (
        select(card)
        .select_from(link.table)
        .join(asked, asked.id == link.target_id)
        .join(member, member.id == func.coalesce(asked.merged_into_id, asked.id))
        .outerjoin(town_name, named(town_name, member.municipality_id, language))
        .outerjoin(town, town.id == member.municipality_id)
        .where(link.kind == "members", member.state != MemberState.ERASED)
    )


def _municipalities(link: Link, language: str, _seen: Seen) -> Select[tuple[str]]:
    """Everybody sees these too; one that was merged into another is the other."""
    asked, town, town_name = aliased(Municipality), aliased(Municipality), aliased(MunicipalityName)
    card = line(
        mark=link.mark,
        kind=literal("municipalities"),
        id=town.id,
        title=town_name.name,
        language=literal(language),
        country=town.country,
    )
    return (
        select(card)
        .select_from(link.table)
        .join(asked, asked.id == link.target_id)
        .join(town, town.id == func.coalesce(asked.merged_into_id, asked.id))
        .join(town_name, named(town_name, town.id, language))
        .where(link.kind == "municipalities")
    )


_kinds: dict[str, Kind] = {"topics": _topics, "posts": _posts, "members": _members, "municipalities": _municipalities}
_above: dict[str, Place | None] = {"place": None}


def know_above(*, kinds: dict[str, Kind], place: Place) -> None:
    """What features above can be linked to, and where a topic belongs; see wiring.LINKED."""
    _kinds.update(kinds)
    _above["place"] = place


def linkable() -> tuple[str, ...]:
    """The kinds of places that have cards."""
    return tuple(_kinds)


def cards_column(language: str) -> ColumnElement[str]:
    """For a query of posts: a line for each link of Post whose target all readers of Post may see."""
    here = aliased(Topic, name="card_here")

    def seen(space_id: Any, kind: Any) -> ColumnElement[bool]:
        return or_(space_id == here.space_id, kind == SpaceKind.PUBLIC)

    text: ColumnElement[str] | None = None
    for make in _kinds.values():
        row = aliased(PostLink)
        query = make(Link(row, row.mark, row.kind, row.target_id), language, seen)
        lines = query.with_only_columns(lined(query.selected_columns[0]))
        lines = lines.join(here, here.id == Post.topic_id).where(row.post_id == Post.id)
        part = func.coalesce(lines.correlate(Post).scalar_subquery() + "\n", "")
        text = part if text is None else text + part
    has_links = exists().where(PostLink.post_id == Post.id).correlate(Post)  # most posts have none: ask that first
    return fixed(f"cards {language}", case((has_links, text), else_=None))


def cards_of(post: Row) -> list[Card]:
    """What `cards_column` says of a row."""
    return _read((post.cards or "").split("\n"))


def cards_for(
    targets: Collection[tuple[str, str, int]], *, reader: Reader, language: str, space_id: int | None
) -> list[Card]:
    """Cards for (mark, kind, id) that are not written yet: of what the reader may see and, where it is known in which
    space it will stand, all its readers too."""
    if not targets:
        return []
    rows = [
        select(literal(mark).label("mark"), literal(kind).label("kind"), literal(id, Id).label("target_id"))
        for mark, kind, id in targets
    ]
    written = union_all(*rows).subquery()

    def seen(id: Any, kind: Any) -> ColumnElement[bool]:
        mine = visible_to(reader, id)
        return mine if space_id is None else mine & or_(id == space_id, kind == SpaceKind.PUBLIC)

    link = Link(written, written.c.mark, written.c.kind, written.c.target_id)
    known = {kind for _mark, kind, _id in targets}
    queries = [make(link, language, seen) for kind, make in _kinds.items() if kind in known]
    return _read(db.session.scalars(union_all(*queries))) if queries else []


def _read(lines: Iterable[str]) -> list[Card]:
    return [Card(*one.split(END)) for one in lines if one]


def targets_of(marks: Collection[str]) -> list[tuple[str, str, int]]:
    """(mark, kind, id) of what marks in HTML name; a post named by its number is found, if it is there."""
    found = []
    for mark in marks:
        kind, id, *number = mark.split("/")
        if not number:
            found.append((mark, kind, int(id)))
        elif post_id := db.session.scalar(_numbered(int(id), int(number[0])).limit(1)):
            found.append((mark, "posts", post_id))
    return found


def _numbered(topic_id: int, number: int) -> Select[tuple[int]]:
    moved = select(PostRedirect.post_id).where(PostRedirect.topic_id == topic_id, PostRedirect.number == number)
    return select(Post.id).where(
        Post.topic_id == topic_id, or_(Post.number == number, Post.id == moved.scalar_subquery())
    )


def is_linked(kind: str, target: int | Select[tuple[int]]) -> bool:
    """Does any post link to it? `target`: an id, or a query of them."""
    which = PostLink.target_id.in_(target) if isinstance(target, Select) else PostLink.target_id == target
    return db.session.scalar(select(exists().where(PostLink.kind == kind, which))) or False
