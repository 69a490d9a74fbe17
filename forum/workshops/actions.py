"""Every write to workshops."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Row

from forum.core import audit, clock
from forum.core.db import db
from forum.core.errors import Forbidden, Invalid
from forum.core.events import record
from forum.core.languages import LANGUAGES, NoSuchTime, clean_line, wall_to_utc, zone_name
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.core.text import render
from forum.spaces.actions import change_kind, open_space
from forum.spaces.models import Space, SpaceKind
from forum.topics.actions import Done, move_topics
from forum.topics.actions import start_topic as start_plain_topic
from forum.workshops import queries, rules
from forum.workshops.events import WorkshopAdded, WorkshopTopicStarted
from forum.workshops.models import (
    COLOURS,
    LanguageRole,
    Objective,
    ObjectiveText,
    Phase,
    Speaker,
    SpeakerText,
    Talk,
    TalkLanguage,
    TalkText,
    Workshop,
    WorkshopKind,
    WorkshopLanguage,
    WorkshopLink,
    WorkshopText,
    WorkshopTopic,
)

ByLanguage = Mapping[str, str]


@dataclass(frozen=True)
class SpeakerPlan:
    """Who speaks: a member, or a name in each language."""

    role: ByLanguage
    organisation: ByLanguage
    name: ByLanguage = field(default_factory=dict)
    member_id: int | None = None


@dataclass(frozen=True)
class TalkPlan:
    """One talk to be: titles by language, the languages it is held in, its speakers."""

    title: ByLanguage
    languages: Sequence[str]
    speakers: Sequence[SpeakerPlan]


@dataclass(frozen=True)
class WorkshopPlan:
    """A workshop to be. Times are wall times in `zone`; texts are by language, all four."""

    kind: WorkshopKind
    zone: str
    starts: datetime
    ends: datetime
    is_online: bool
    colour: str
    title: ByLanguage
    summary: ByLanguage
    words: ByLanguage
    place: ByLanguage = field(default_factory=dict)
    country: str | None = None
    is_date_approximate: bool = False
    spoken: Sequence[str] = ()
    interpretation: Sequence[str] = ()
    objectives: Sequence[ByLanguage] = ()
    talks: Sequence[TalkPlan] = ()


def add_workshop(plan: WorkshopPlan, *, space_id: int, by: Reader | None) -> Workshop:
    """Announce a webinar or workshop; `by` None is the operator at the command line."""
    if by is not None and not rules.may_manage_workshops(by):
        raise Forbidden
    if plan.ends <= plan.starts:
        raise Invalid(fields={"ends": _("It must end after it begins.")})
    if plan.colour not in COLOURS:
        raise Invalid(fields={"colour": _("Choose one of the colours.")})
    workshop = Workshop(
        kind=plan.kind,
        space_id=space_id,
        zone=plan.zone,
        starts_wall=plan.starts.strftime("%Y-%m-%dT%H:%M"),
        ends_wall=plan.ends.strftime("%Y-%m-%dT%H:%M"),
        starts_at=_moment("starts", plan.starts, plan.zone),
        ends_at=_moment("ends", plan.ends, plan.zone),
        is_date_approximate=plan.is_date_approximate,
        is_online=plan.is_online,
        country=plan.country,
        colour=plan.colour,
        created_at=clock.now(),
        changed_at=clock.now(),
    )
    db.session.add(workshop)
    db.session.flush()
    _write_texts(workshop, plan)
    _write_programme(workshop, plan)
    record(WorkshopAdded(workshop.id))
    audit.note("workshop announced", actor_id=by and by.id, subject=("workshop", workshop.id))
    return workshop


def _moment(field: str, wall: datetime, zone: str) -> datetime:
    """The moment of a wall time; clocks jump over an hour in spring, and nobody can meet in it."""
    try:
        return wall_to_utc(wall, zone)
    except NoSuchTime:
        message = _(
            "The clocks in %(city)s go forward on that day: %(time)s does not exist. Choose another time.",
            city=zone_name(zone),
            time=f"{wall:%H:%M}",
        )
        raise Invalid(fields={field: message}) from None


def _write_texts(workshop: Workshop, plan: WorkshopPlan) -> None:
    for language in LANGUAGES:
        rendered = render(plan.words[language], language=language)
        db.session.add(
            WorkshopText(
                workshop_id=workshop.id,
                language=language,
                title=clean_line(plan.title[language]),
                summary=plan.summary[language],
                words=plan.words[language],
                html=rendered.html,
                renderer=rendered.renderer,
                place=clean_line(plan.place.get(language, "")),
            )
        )
    for role, languages in (
        (LanguageRole.SPOKEN, plan.spoken),
        (LanguageRole.INTERPRETATION, plan.interpretation),
    ):
        for language in languages:
            db.session.add(WorkshopLanguage(workshop_id=workshop.id, role=role, language=language))


def _write_programme(workshop: Workshop, plan: WorkshopPlan) -> None:
    for position, texts in enumerate(plan.objectives, start=1):
        objective = Objective(workshop_id=workshop.id, position=position)
        db.session.add(objective)
        db.session.flush()
        for language in LANGUAGES:
            db.session.add(ObjectiveText(objective_id=objective.id, language=language, text=texts[language]))
    for position, talk_plan in enumerate(plan.talks, start=1):
        _write_talk(Talk(workshop_id=workshop.id, position=position), talk_plan)


def _write_talk(talk: Talk, plan: TalkPlan) -> None:
    db.session.add(talk)
    db.session.flush()
    for language in LANGUAGES:
        db.session.add(TalkText(talk_id=talk.id, language=language, title=clean_line(plan.title[language])))
    for language in plan.languages:
        db.session.add(TalkLanguage(talk_id=talk.id, language=language))
    for position, speaker_plan in enumerate(plan.speakers, start=1):
        speaker = Speaker(talk_id=talk.id, position=position, member_id=speaker_plan.member_id)
        db.session.add(speaker)
        db.session.flush()
        for language in LANGUAGES:
            db.session.add(
                SpeakerText(
                    speaker_id=speaker.id,
                    language=language,
                    name=speaker_plan.name.get(language) or speaker_plan.name.get("en", ""),
                    role=speaker_plan.role.get(language, ""),
                    organisation=speaker_plan.organisation.get(language, ""),
                )
            )


def link_workshops(workshop: Workshop, *, prepares: Workshop) -> None:
    """Say that one prepares the other."""
    if workshop.id == prepares.id:
        raise Invalid(_("A workshop does not prepare itself."))
    if db.session.get(WorkshopLink, (workshop.id, prepares.id)) is None:
        db.session.add(WorkshopLink(workshop_id=workshop.id, prepares_id=prepares.id))


def change_audience(workshop: Workshop, *, kind: str, by: Reader | None) -> None:
    """Say who reads the workshop's topics, from now on and those that are there: one of `rules.AUDIENCES`. They get a
    space of their own as soon as it is not the workshop's."""
    if by is not None and not rules.may_manage_workshops(by):
        raise Forbidden
    space = db.session.get_one(Space, workshop.topics_space_id or workshop.space_id)
    if space.kind == kind:
        return
    if not rules.may_have_audience(db.session.get_one(Space, workshop.space_id).kind, kind):
        raise Invalid(fields={"kind": _("Choose who may read its topics.")})
    if workshop.topics_space_id is None:
        space = open_space(kind=SpaceKind(kind), names=queries.titles_of(workshop.id), by=by)
        workshop.topics_space_id = space.id
        move_topics(queries.topic_ids_of(workshop.id), space_id=space.id)
    change_kind(space, kind=SpaceKind(kind), by=by)


def start_topic(
    workshop: Row,
    *,
    author: Reader,
    title: str,
    words: str,
    language: str | None = None,
    themes: Sequence[int] = (),
    tags: Sequence[str] = (),
    kind: str | None = None,
    key: str | None = None,
) -> Done:
    """Start a topic in a workshop, in the space of its topics and, by the clock, in its phase."""
    done = start_plain_topic(
        space_id=workshop.topics_space_id,
        author=author,
        title=title,
        words=words,
        language=language,
        themes=themes,
        tags=tags,
        kind=kind,
        key=key,
        within=workshop.id,
    )
    if not done.was_done:
        phase = Phase(queries.phase_at(workshop, clock.now()))
        db.session.add(WorkshopTopic(topic_id=done.id, workshop_id=workshop.id, phase=phase, talk_id=None))
        record(WorkshopTopicStarted(workshop.id, done.id))
    return done
