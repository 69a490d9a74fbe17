"""Every read of workshops. Texts come in the reader's language; each workshop has all four, see `actions`."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Row, Select, String, case, func, literal, select, union_all
from sqlalchemy.orm import aliased
from sqlalchemy.sql import ColumnElement

from forum.core import clock
from forum.core.db import db
from forum.core.errors import NotFound
from forum.core.paging import Page, page_of
from forum.core.reader import Reader
from forum.members.models import Member
from forum.spaces import queries as spaces
from forum.spaces.models import LONGEST_SPACE_NAME, Space
from forum.surveys.queries import poll_select
from forum.topics import queries as topics
from forum.topics.models import Topic
from forum.topics.queries.cards import Link, Seen, line
from forum.workshops.models import (
    LanguageRole,
    Objective,
    ObjectiveText,
    Speaker,
    SpeakerText,
    Talk,
    TalkLanguage,
    TalkText,
    Workshop,
    WorkshopLanguage,
    WorkshopLink,
    WorkshopText,
    WorkshopTopic,
)

PAGE = 20
MOST_COMING = 100  # so many are announced at a time at most; they are shown without paging


def workshop_rows(reader: Reader, language: str) -> Select:
    """Workshops that the reader may see, with their texts in this language."""
    belongs = spaces.belongs(reader, Workshop.space_id).label("belongs")
    topics_space = aliased(Space, name="topics_space")
    return (
        select(
            Workshop.id,
            Workshop.kind,
            Workshop.space_id,
            Space.kind.label("space_kind"),
            belongs,
            topics_space.id.label("topics_space_id"),
            topics_space.kind.label("topics_kind"),
            spaces.belongs(reader, topics_space.id).label("topics_belongs"),
            Workshop.zone,
            Workshop.starts_at,
            Workshop.ends_at,
            Workshop.starts_wall,
            Workshop.ends_wall,
            Workshop.is_date_approximate,
            Workshop.is_online,
            Workshop.country,
            Workshop.colour,
            WorkshopText.title,
            WorkshopText.summary,
            WorkshopText.html,
            WorkshopText.place,
        )
        .join(Space, Space.id == Workshop.space_id)
        .join(topics_space, topics_space.id == func.coalesce(Workshop.topics_space_id, Workshop.space_id))
        .join(WorkshopText, (WorkshopText.workshop_id == Workshop.id) & (WorkshopText.language == language))
        .where(spaces.visible_to(reader, Workshop.space_id))
    )


def get_workshop(workshop_id: int, *, reader: Reader, language: str) -> Row:
    """One workshop, or NotFound."""
    row = db.session.execute(workshop_rows(reader, language).where(Workshop.id == workshop_id)).one_or_none()
    if row is None:
        raise NotFound
    return row


def coming(reader: Reader, language: str, *, size: int = PAGE) -> list[Row]:
    """What is not over yet, the next first."""
    query = workshop_rows(reader, language).where(Workshop.ends_at >= clock.now())
    return list(db.session.execute(query.order_by(Workshop.starts_at, Workshop.id).limit(size)).all())


def past(reader: Reader, language: str, *, cursor: str | None = None) -> Page[Row]:
    """What is over, the last first."""
    query = workshop_rows(reader, language).where(Workshop.ends_at < clock.now())
    return page_of(query, [Workshop.starts_at, Workshop.id], cursor=cursor, size=PAGE, descending=True)


def languages_of(workshop_ids: Iterable[int]) -> dict[int, dict[LanguageRole, list[str]]]:
    """{workshop id: {spoken: […], interpretation: […]}}."""
    found: dict[int, dict[LanguageRole, list[str]]] = defaultdict(lambda: {role: [] for role in LanguageRole})
    query = select(WorkshopLanguage).where(WorkshopLanguage.workshop_id.in_(list(workshop_ids)))
    for row in db.session.scalars(query.order_by(WorkshopLanguage.language)):
        found[row.workshop_id][LanguageRole(row.role)].append(row.language)
    return found


def objectives_of(workshop_id: int, language: str) -> list[str]:
    """What the workshop wants to reach, in order."""
    query = (
        select(ObjectiveText.text)
        .join(Objective, Objective.id == ObjectiveText.objective_id)
        .where(Objective.workshop_id == workshop_id, ObjectiveText.language == language)
    )
    return list(db.session.scalars(query.order_by(Objective.position)))


def talks_of(workshop_id: int, language: str) -> list[dict]:
    """The programme: id, title, languages, speakers (member_id, name, name_language, role, organisation)."""
    query = (
        select(Talk.id, TalkText.title)
        .join(TalkText, (TalkText.talk_id == Talk.id) & (TalkText.language == language))
        .where(Talk.workshop_id == workshop_id)
        .order_by(Talk.position)
    )
    talks = [{"id": row.id, "title": row.title, "languages": [], "speakers": []} for row in db.session.execute(query)]
    by_id = {talk["id"]: talk for talk in talks}
    spoken = select(TalkLanguage).where(TalkLanguage.talk_id.in_(list(by_id))).order_by(TalkLanguage.language)
    for row in db.session.scalars(spoken):
        by_id[row.talk_id]["languages"].append(row.language)
    for row in db.session.execute(_speakers(list(by_id), language)):
        by_id[row.talk_id]["speakers"].append(row)
    return talks


def _speakers(talk_ids: list[int], language: str) -> Select:
    return (
        select(
            Speaker.talk_id,
            Speaker.member_id,
            Member.display_name.label("member_name"),
            Member.name_language,
            SpeakerText.name,
            SpeakerText.role,
            SpeakerText.organisation,
        )
        .join(SpeakerText, (SpeakerText.speaker_id == Speaker.id) & (SpeakerText.language == language))
        .outerjoin(Member, Member.id == Speaker.member_id)
        .where(Speaker.talk_id.in_(talk_ids))
        .order_by(Speaker.position)
    )


def prepared_by(workshop_id: int, *, reader: Reader, language: str) -> list[Row]:
    """The workshops that this one prepares, as far as the reader may see them."""
    return _linked(WorkshopLink.prepares_id, WorkshopLink.workshop_id == workshop_id, reader, language)


def leading_to(workshop_id: int, *, reader: Reader, language: str) -> list[Row]:
    """The workshops that this one follows up, as far as the reader may see them."""
    return _linked(WorkshopLink.workshop_id, WorkshopLink.prepares_id == workshop_id, reader, language)


def _linked(other: ColumnElement[int], which: ColumnElement[bool], reader: Reader, language: str) -> list[Row]:
    query = workshop_rows(reader, language).where(Workshop.id.in_(select(other).where(which)))
    return list(db.session.execute(query.order_by(Workshop.starts_at)).all())


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
    """The workshop that a topic belongs to."""

    workshop_id: int
    title: str
    colour: str
    phase: str


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
            WorkshopTopic.phase.label("other"),
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


def phase_at(workshop: Row, moment: datetime) -> str:
    """Is this moment before, during or after the workshop?"""
    if moment < workshop.starts_at:
        return "before"
    return "during" if moment <= workshop.ends_at else "after"


def get_row(workshop_id: int) -> Workshop:
    """The workshop's own row, for those who passed the door already."""
    return db.session.get_one(Workshop, workshop_id)


def titles_of(workshop_id: int) -> dict[str, str]:
    """{language: title}, short enough to name a space."""
    query = select(WorkshopText.language, WorkshopText.title).where(WorkshopText.workshop_id == workshop_id)
    return {row.language: row.title[:LONGEST_SPACE_NAME] for row in db.session.execute(query)}


def topic_ids_of(workshop_id: int) -> list[int]:
    """The ids of all its topics."""
    return list(db.session.scalars(select(WorkshopTopic.topic_id).where(WorkshopTopic.workshop_id == workshop_id)))
