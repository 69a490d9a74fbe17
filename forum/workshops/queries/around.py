"""Topics of a workshop, and what of workshops stands beside topics."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Row, Select, String, case, func, literal, select, union_all
from sqlalchemy.orm import aliased
from sqlalchemy.sql import ColumnElement

from forum.core.db import db
from forum.core.paging import Page
from forum.core.reader import Reader
from forum.spaces.models import Space
from forum.surveys.queries import poll_select
from forum.topics import queries as topics
from forum.topics.models import Topic
from forum.topics.queries.cards import Link, Seen, line
from forum.workshops.models import Workshop, WorkshopText, WorkshopTopic

PAGE = 20


def topics_of(
    workshop_id: int, *, reader: Reader, language: str, cursor: str | None = None, size: int = PAGE
) -> Page[Row]:
    """Topics of a workshop, the newest reply first; each row also has its `phase`."""
    query = (
        topics.topic_rows(reader, language)
        .add_columns(WorkshopTopic.phase, WorkshopTopic.talk_id)
        .join(WorkshopTopic, WorkshopTopic.topic_id == Topic.id)
        .where(WorkshopTopic.workshop_id == workshop_id)
    )
    return topics.by_latest(query, cursor=cursor, size=size)


def topic_ids_in(workshop_id: int) -> Select[tuple[int]]:
    """The ids of a workshop's topics, to narrow a list that passes the door by itself."""
    return select(WorkshopTopic.topic_id).where(WorkshopTopic.workshop_id == workshop_id)


def place_of(topic_id: ColumnElement[int], language: str) -> ColumnElement[str]:
    """For a query of topics that their readers see: the title of a topic's workshop, or None."""
    text, kept = aliased(WorkshopText), aliased(WorkshopTopic)
    query = select(text.title).join(kept, kept.workshop_id == text.workshop_id)
    return query.where(kept.topic_id == topic_id, text.language == language).scalar_subquery()


def card_lines(link: Link, language: str, seen: Seen) -> Select[tuple[str]]:
    """Cards of workshops that posts link to: see topics/queries/cards.py."""
    workshop, text, space = aliased(Workshop), aliased(WorkshopText), aliased(Space)
    day = case((workshop.is_date_approximate, ""), else_=func.substr(workshop.starts_wall, 1, 10))
    card = line(
        mark=link.mark,
        kind=literal("workshops"),
        id=link.target_id,
        title=text.title,
        language=literal(language),
        number=workshop.kind,
        where=text.place,
        beginning=text.summary,
        words_language=literal(language),
        day=day,
    )
    return (
        select(card)
        .select_from(link.table)
        .join(workshop, workshop.id == link.target_id)
        .join(space, space.id == workshop.space_id)
        .join(text, (text.workshop_id == workshop.id) & (text.language == language))
        .where(link.kind == "workshops", seen(space.id, space.kind))
    )


class Stamp(NamedTuple):
    """The workshop that a topic belongs to; `language` is the title's."""

    workshop_id: int
    title: str
    colour: str
    language: str


class Around(NamedTuple):
    """What stands beside a topic's title."""

    stamp: Stamp | None = None
    labels: topics.Labels = topics.Labels()
    polls: tuple[Row, ...] = ()  # id, name (what is asked), one (direction), other (language)


def around(topic_ids: Iterable[int], language: str) -> dict[int, Around]:
    """{topic id: its workshop, themes, tags and polls} for topics that the reader was already shown, in one statement.

    A topic lives in its workshop's space or in a narrower one, so who sees the one may see the other.
    """
    ids = list(topic_ids)
    if not ids:
        return {}
    stamps = (
        select(
            WorkshopTopic.topic_id,
            literal("stamp", String).label("what"),
            WorkshopTopic.workshop_id.label("id"),
            WorkshopText.title.label("name"),
            Workshop.colour.label("one"),
            func.coalesce(WorkshopText.written_in, language).label("other"),
        )
        .join(Workshop, Workshop.id == WorkshopTopic.workshop_id)
        .join(WorkshopText, (WorkshopText.workshop_id == Workshop.id) & (WorkshopText.language == language))
        .where(WorkshopTopic.topic_id.in_(ids))
    )
    rows: dict[int, list[Row]] = defaultdict(list)
    for row in db.session.execute(union_all(stamps, poll_select(ids), *topics.label_selects(ids, language))):
        rows[row.topic_id].append(row)
    return {id: Around(_stamp(own), topics.labels_from(own, language), _polls(own)) for id, own in rows.items()}


def _stamp(rows: Iterable[Row]) -> Stamp | None:
    return next((Stamp(row.id, row.name, row.one, row.other) for row in rows if row.what == "stamp"), None)


def _polls(rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple(sorted((row for row in rows if row.what == "poll"), key=lambda row: row.id))
