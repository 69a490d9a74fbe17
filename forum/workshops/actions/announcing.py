"""Announcing a workshop and changing what was announced."""

from collections.abc import Iterable

from sqlalchemy import delete

from forum.core import audit, clock, stamps
from forum.core.db import db
from forum.core.errors import Invalid
from forum.core.events import record
from forum.core.languages import LANGUAGES, clean_body, clean_line, clean_title, known_zone
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.core.text import MAX_WORDS, render
from forum.spaces.queries import readable_spaces
from forum.workshops import queries
from forum.workshops.actions.plans import ByLanguage, WorkshopPlan, in_all, stand_in
from forum.workshops.actions.programme import (
    add_session,
    add_talk,
    check_manager,
    check_sessions_within,
    write_objectives,
)
from forum.workshops.actions.times import moment_of, wall
from forum.workshops.events import WorkshopAdded, WorkshopChanged
from forum.workshops.models import (
    COLOURS,
    LONGEST_SUMMARY,
    LONGEST_WORKSHOP_TITLE,
    LanguageRole,
    Workshop,
    WorkshopKind,
    WorkshopLanguage,
    WorkshopLink,
    WorkshopText,
)

LONGEST = {WorkshopKind.WEBINAR: 2, WorkshopKind.WORKSHOP: 60}  # days; more is a slip of the keyboard


def add_workshop(plan: WorkshopPlan, *, space_id: int, by: Reader | None) -> Workshop:
    """Announce a webinar or workshop; `by` None is the operator at the command line. Raises Forbidden and Invalid."""
    check_manager(by)
    if by is not None and space_id not in {row.id for row in readable_spaces(by, "en")}:
        raise Invalid(fields={"space": _("Choose who sees it.")})
    _check(plan)
    workshop = Workshop(space_id=space_id, created_at=clock.now())
    _set(workshop, plan)
    db.session.add(workshop)
    db.session.flush()
    _write_texts(workshop, plan)
    write_objectives(workshop, plan.objectives)
    for session in plan.sessions:
        add_session(workshop, session, by=by)
    for talk in plan.talks:
        add_talk(workshop, talk, by=by)
    record(WorkshopAdded(workshop.id))
    audit.note("workshop announced", actor_id=by and by.id, subject=("workshop", workshop.id))
    return workshop


def change_workshop(workshop: Workshop, plan: WorkshopPlan, *, by: Reader | None) -> None:
    """Announce something else instead; sessions and talks stay, and sessions must still lie within it."""
    check_manager(by)
    _check(plan)
    before = (workshop.starts_at, workshop.ends_at)
    _set(workshop, plan)
    workshop.revision += 1
    if before != (workshop.starts_at, workshop.ends_at):
        workshop.schedule += 1
    db.session.execute(delete(WorkshopText).where(WorkshopText.workshop_id == workshop.id))
    db.session.execute(delete(WorkshopLanguage).where(WorkshopLanguage.workshop_id == workshop.id))
    db.session.flush()
    check_sessions_within(workshop)
    _write_texts(workshop, plan)
    write_objectives(workshop, plan.objectives)
    stamps.bump(stamps.NAMES)  # titles stand on kept pages of topics
    record(WorkshopChanged(workshop.id))
    audit.note("workshop changed", actor_id=by and by.id, subject=("workshop", workshop.id))


def _check(plan: WorkshopPlan) -> None:
    wrong: dict[str, str] = {}
    if not known_zone(plan.zone):
        raise Invalid(fields={"zone": _("Choose a time zone.")})
    if plan.ends <= plan.starts:
        wrong["ends"] = _("It must end after it begins.")
    elif (plan.ends - plan.starts).days > LONGEST[WorkshopKind(plan.kind)]:
        wrong["ends"] = _("That is longer than such an event can be.")
    if plan.colour not in COLOURS:
        wrong["colour"] = _("Choose one of the colours.")
    if not plan.is_online and not any(plan.place.values()):
        wrong[f"place_{_first(plan.title)}"] = _("Say where it is held.")
    if not {*plan.spoken, *plan.interpretation} <= set(LANGUAGES):
        wrong["spoken"] = _("Choose one of the four languages.")
    wrong |= _check_texts(plan)
    if wrong:
        raise Invalid(fields=wrong)


def _check_texts(plan: WorkshopPlan) -> dict[str, str]:
    """A language is given whole or not at all: half a page in another language is nobody's."""
    wrong: dict[str, str] = {}
    given = [one for one in LANGUAGES if any((part.get(one) or "").strip() for part in (plan.title, plan.summary))]
    for language in given or ("en",):
        for name, part, longest in (
            ("title", plan.title, LONGEST_WORKSHOP_TITLE),
            ("summary", plan.summary, LONGEST_SUMMARY),
        ):
            text = (part.get(language) or "").strip()
            if not text:
                wrong[f"{name}_{language}"] = _("Please fill this in.")
            elif len(text) > longest:
                wrong[f"{name}_{language}"] = _("At most %(num)s characters.", num=longest)
    for language in LANGUAGES:
        if len(plan.words.get(language) or "") > MAX_WORDS:
            wrong[f"words_{language}"] = _("At most %(num)s characters.", num=MAX_WORDS)
        elif (plan.words.get(language) or "").strip() and language not in given:
            wrong[f"title_{language}"] = _("Please fill this in.")
    return wrong


def _first(texts: ByLanguage) -> str:
    return stand_in(texts) if any(texts.values()) else "en"


def _set(workshop: Workshop, plan: WorkshopPlan) -> None:
    workshop.kind, workshop.zone, workshop.colour = plan.kind, plan.zone, plan.colour
    workshop.starts_wall, workshop.ends_wall = wall(plan.starts), wall(plan.ends)
    workshop.starts_at = moment_of("starts", plan.starts, plan.zone)
    workshop.ends_at = moment_of("ends", plan.ends, plan.zone)
    workshop.is_date_approximate, workshop.is_online = plan.is_date_approximate, plan.is_online
    workshop.country = plan.country
    if workshop.ends_at > clock.now():
        workshop.closed_at = None  # what is to come again has no record yet
    workshop.changed_at = clock.now()


def _write_texts(workshop: Workshop, plan: WorkshopPlan) -> None:
    for language, title, other in in_all(plan.title):
        source = other or language
        words = clean_body(plan.words.get(source) or "")
        rendered = render(words, language=source)
        db.session.add(
            WorkshopText(
                workshop_id=workshop.id,
                language=language,
                written_in=other,
                title=clean_title(title),
                summary=clean_body(plan.summary[source]),
                words=words,
                html=rendered.html,
                renderer=rendered.renderer,
                place="" if plan.is_online else clean_line(plan.place.get(source) or plan.place[stand_in(plan.place)]),
            )
        )
    for role, languages in (
        (LanguageRole.SPOKEN, plan.spoken),
        (LanguageRole.INTERPRETATION, plan.interpretation),
    ):
        for language in dict.fromkeys(languages):
            db.session.add(WorkshopLanguage(workshop_id=workshop.id, role=role, language=language))


def link_workshops(workshop: Workshop, *, prepares: Workshop) -> None:
    """Say that one prepares the other."""
    if workshop.id == prepares.id:
        raise Invalid(_("A workshop does not prepare itself."))
    if db.session.get(WorkshopLink, (workshop.id, prepares.id)) is None:
        db.session.add(WorkshopLink(workshop_id=workshop.id, prepares_id=prepares.id))


def set_links(workshop: Workshop, *, prepares: Iterable[int], by: Reader) -> None:
    """Say which workshops this one prepares, among those that the manager sees; links to others stay."""
    check_manager(by)
    among = {row.id for row in queries.manageable(by, "en")} - {workshop.id}
    wanted = set(prepares)
    if wanted - among:
        raise Invalid(fields={"prepares": _("Choose among the events that you see.")})
    there = set(queries.prepared_ids_of(workshop.id))
    gone = delete(WorkshopLink).where(
        WorkshopLink.workshop_id == workshop.id, WorkshopLink.prepares_id.in_((there & among) - wanted)
    )
    db.session.execute(gone)
    for id in sorted(wanted - there):
        db.session.add(WorkshopLink(workshop_id=workshop.id, prepares_id=id))
