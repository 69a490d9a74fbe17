"""Themes and tags: the tree, what topics carry, what is in use."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import Row, Select, String, func, literal, select, union_all

from forum.core.db import db
from forum.core.errors import NotFound
from forum.core.languages import direction_of, sort_key
from forum.core.reader import Reader
from forum.topics.models import Tag, Theme, ThemeName, Topic, TopicTag, TopicTheme
from forum.topics.queries.door import visible_topics

RECENT = 500  # the topics whose tags are in use
MOST_SHOWN = 100


class Label(NamedTuple):
    """A theme or a tag as a topic carries it."""

    id: int
    name: str
    direction: str


class Labels(NamedTuple):
    """What a topic carries."""

    themes: tuple[Label, ...] = ()
    tags: tuple[Label, ...] = ()


class Branch(NamedTuple):
    """A theme in the tree; `depth` is 0 at the root."""

    id: int
    parent_id: int | None
    name: str
    position: int
    depth: int
    is_retired: bool


def theme_tree(language: str) -> list[Branch]:
    """All themes, each followed by those below it."""
    query = select(Theme.id, Theme.parent_id, Theme.position, Theme.is_retired, ThemeName.name)
    query = query.join(ThemeName, (ThemeName.theme_id == Theme.id) & (ThemeName.language == language))
    below: dict[int | None, list[Row]] = {}
    for row in db.session.execute(query):
        below.setdefault(row.parent_id, []).append(row)

    def grow(parent: int | None, depth: int) -> Iterable[Branch]:
        sisters = sorted(below.get(parent, ()), key=lambda row: (row.position, sort_key(row.name, language)))
        for row in sisters:
            yield Branch(row.id, row.parent_id, row.name, row.position, depth, row.is_retired)
            yield from grow(row.id, depth + 1)

    return list(grow(None, 0))


def find_branch(tree: Sequence[Branch], theme_id: int | None) -> Branch | None:
    """One theme of the tree."""
    return next((branch for branch in tree if branch.id == theme_id), None)


def subtree(tree: Sequence[Branch], theme_id: int) -> list[int]:
    """The ids of a theme and of all below it."""
    found = {theme_id}
    for branch in tree:  # a parent stands before its children
        if branch.parent_id in found:
            found.add(branch.id)
    return sorted(found)


def path_to(tree: Sequence[Branch], theme_id: int) -> list[Branch]:
    """The themes above a theme, from the root."""
    found: list[Branch] = []
    here = find_branch(tree, theme_id)
    while here is not None and (here := find_branch(tree, here.parent_id)) is not None:
        found.insert(0, here)
    return found


def get_theme(theme_id: int) -> Theme:
    """One theme, or NotFound."""
    theme = db.session.get(Theme, theme_id)
    if theme is None:
        raise NotFound
    return theme


def theme_names(theme_id: int) -> dict[str, str]:
    """{language: name}."""
    rows = db.session.execute(select(ThemeName.language, ThemeName.name).where(ThemeName.theme_id == theme_id))
    return {row.language: row.name for row in rows}


def label_selects(topic_ids: Sequence[int], language: str) -> list[Select]:
    """Selects of (topic_id, what, id, name, one, other), to be joined with others of the same shape into one
    statement; `labels_from` reads the rows."""
    no = literal("", String)
    themes = (
        select(TopicTheme.topic_id, literal("theme", String).label("what"), Theme.id, ThemeName.name)
        .add_columns(no.label("one"), no.label("other"))
        .join(Theme, Theme.id == TopicTheme.theme_id)
        .join(ThemeName, (ThemeName.theme_id == Theme.id) & (ThemeName.language == language))
        .where(TopicTheme.topic_id.in_(topic_ids))
    )
    tags = (
        select(TopicTag.topic_id, literal("tag", String).label("what"), Tag.id, Tag.name)
        .add_columns(Tag.direction.label("one"), no.label("other"))
        .join(Tag, Tag.id == TopicTag.tag_id)
        .where(TopicTag.topic_id.in_(topic_ids))
    )
    return [themes, tags]


def labels_from(rows: Iterable[Row], language: str) -> Labels:
    """The labels among the rows of one topic."""
    found: dict[str, list[Label]] = {"theme": [], "tag": []}
    for row in rows:
        if row.what in found:
            found[row.what].append(Label(row.id, row.name, row.one or direction_of(language)))
    themes, tags = (sorted(found[what], key=lambda label: sort_key(label.name, language)) for what in ("theme", "tag"))
    return Labels(tuple(themes), tuple(tags))


def labels_for(topic_ids: Iterable[int], language: str) -> dict[int, Labels]:
    """{topic id: labels} of topics that the reader was already shown."""
    ids = list(topic_ids)
    rows: dict[int, list[Row]] = {id: [] for id in ids}
    if ids:
        for row in db.session.execute(union_all(*label_selects(ids, language))):
            rows[row.topic_id].append(row)
    return {id: labels_from(own, language) for id, own in rows.items()}


def tags_in_use(reader: Reader) -> list[Row]:
    """(id, name, direction, topics) of the tags on the latest topics that the reader may see, the most used first. A
    tag of private topics only is not there for others."""
    latest = (
        select(Topic.id)
        .where(visible_topics(reader))
        .order_by(Topic.last_post_at.desc(), Topic.id.desc())
        .limit(RECENT)
        .subquery()
    )
    number = func.count().label("topics")
    query = (
        select(Tag.id, Tag.name, Tag.direction, number)
        .join(TopicTag, TopicTag.tag_id == Tag.id)
        .join(latest, latest.c.id == TopicTag.topic_id)
        .group_by(Tag.id, Tag.name, Tag.direction)
        .order_by(number.desc(), Tag.name)
        .limit(MOST_SHOWN)
    )
    return list(db.session.execute(query).all())
