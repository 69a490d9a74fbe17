"""The programme of a workshop: objectives, sessions, talks. Sessions lie within the workshop and beside one another."""

from collections.abc import Sequence

from sqlalchemy import delete, func, select

from forum.core import audit, clock
from forum.core.db import db
from forum.core.errors import Forbidden, Invalid, NotFound
from forum.core.events import record
from forum.core.languages import LANGUAGES, clean_line, clean_title, current_speech
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.members.models import Member
from forum.workshops import queries, rules
from forum.workshops.actions.plans import LIKELIEST, ByLanguage, SessionPlan, SpeakerPlan, TalkPlan, in_all
from forum.workshops.actions.times import moment_of, wall
from forum.workshops.events import WorkshopChanged
from forum.workshops.models import (
    LONGEST_WORKSHOP_TITLE,
    Objective,
    ObjectiveText,
    SessionText,
    Speaker,
    SpeakerText,
    Talk,
    TalkLanguage,
    TalkText,
    Workshop,
    WorkshopSession,
    WorkshopTopic,
)

MOST_OBJECTIVES = 30
MOST_SPEAKERS = 30  # of one talk


def write_objectives(workshop: Workshop, objectives: Sequence[ByLanguage]) -> None:
    """What it wants to reach, in order. Those that were there keep their place and number."""
    if len(objectives) > MOST_OBJECTIVES:
        raise Invalid(fields={"objectives_en": _("At most %(num)s objectives.", num=MOST_OBJECTIVES)})
    rows = list(
        db.session.scalars(select(Objective).where(Objective.workshop_id == workshop.id).order_by(Objective.position))
    )
    for surplus in rows[len(objectives) :]:
        db.session.delete(surplus)
    for position, texts in enumerate(objectives, start=1):
        if position > len(rows):
            rows.append(Objective(workshop_id=workshop.id, position=position))
            db.session.add(rows[-1])
            db.session.flush()
        row = rows[position - 1]
        db.session.execute(delete(ObjectiveText).where(ObjectiveText.objective_id == row.id))
        for language, text, other in in_all(texts):
            kept = ObjectiveText(objective_id=row.id, language=language, text=clean_line(text), written_in=other)
            db.session.add(kept)


def add_session(workshop: Workshop, plan: SessionPlan, *, by: Reader | None) -> WorkshopSession:
    """Put a session on the programme. Raises Forbidden and Invalid."""
    check_manager(by)
    session = WorkshopSession(workshop_id=workshop.id)
    _set_session(workshop, session, plan)
    db.session.add(session)
    db.session.flush()
    _write_session_texts(session, plan)
    _changed(workshop, "session added", by)
    return session


def change_session(workshop: Workshop, session_id: int, plan: SessionPlan, *, by: Reader | None) -> None:
    """Move it or call it otherwise."""
    check_manager(by)
    session = _get_session(workshop, session_id)
    before = (session.starts_at, session.ends_at)
    _set_session(workshop, session, plan)
    if before != (session.starts_at, session.ends_at):
        workshop.schedule += 1
    db.session.execute(delete(SessionText).where(SessionText.session_id == session.id))
    _write_session_texts(session, plan)
    _changed(workshop, "session changed", by)


def remove_session(workshop: Workshop, session_id: int, *, by: Reader | None) -> None:
    """Take it off the programme."""
    check_manager(by)
    db.session.delete(_get_session(workshop, session_id))
    _changed(workshop, "session removed", by)


def check_sessions_within(workshop: Workshop) -> None:
    """Raises Invalid when a session would begin before the workshop, or end after it."""
    outside = select(func.count()).where(
        WorkshopSession.workshop_id == workshop.id,
        (WorkshopSession.starts_at < workshop.starts_at) | (WorkshopSession.ends_at > workshop.ends_at),
    )
    if db.session.scalar(outside):
        raise Invalid(fields={"starts": _("A session lies outside these times. Move the session first.")})


def _set_session(workshop: Workshop, session: WorkshopSession, plan: SessionPlan) -> None:
    if not any(plan.title.values()):
        raise Invalid(fields={f"title_{current_speech().locale}": _("Please fill this in.")})
    for language, title in plan.title.items():
        if len(title or "") > LONGEST_WORKSHOP_TITLE:
            raise Invalid(fields={f"title_{language}": _("At most %(num)s characters.", num=LONGEST_WORKSHOP_TITLE)})
    starts, ends = moment_of("starts", plan.starts, workshop.zone), moment_of("ends", plan.ends, workshop.zone)
    if ends <= starts:
        raise Invalid(fields={"ends": _("It must end after it begins.")})
    if starts < workshop.starts_at:
        raise Invalid(fields={"starts": _("The event has not begun by then.")})
    if ends > workshop.ends_at:
        raise Invalid(fields={"ends": _("The event is over by then.")})
    overlapping = queries.session_between(workshop.id, starts, ends, besides=session.id)
    if overlapping:
        raise Invalid(fields={"starts": _("At that time there is “%(title)s” already.", title=overlapping)})
    session.starts_at, session.ends_at = starts, ends
    session.starts_wall, session.ends_wall = wall(plan.starts), wall(plan.ends)


def _write_session_texts(session: WorkshopSession, plan: SessionPlan) -> None:
    for language, title, other in in_all(plan.title):
        db.session.add(
            SessionText(session_id=session.id, language=language, title=clean_title(title), written_in=other)
        )


def _get_session(workshop: Workshop, session_id: int) -> WorkshopSession:
    session = queries.find_session(workshop.id, session_id)
    if session is None:
        raise NotFound
    return session


def add_talk(workshop: Workshop, plan: TalkPlan, *, by: Reader | None) -> Talk:
    """Put a talk at the end of the programme. Raises Forbidden and Invalid."""
    check_manager(by)
    _check_talk(plan)
    last = select(func.max(Talk.position)).where(Talk.workshop_id == workshop.id)
    talk = Talk(workshop_id=workshop.id, position=(db.session.scalar(last) or 0) + 1)
    db.session.add(talk)
    db.session.flush()
    _write_talk(talk, plan)
    _changed(workshop, "talk added", by)
    return talk


def change_talk(workshop: Workshop, talk_id: int, plan: TalkPlan, *, by: Reader | None) -> None:
    """Another title, other languages, other speakers."""
    check_manager(by)
    _check_talk(plan)
    talk = _get_talk(workshop, talk_id)
    for kind, column in (
        (TalkText, TalkText.talk_id),
        (TalkLanguage, TalkLanguage.talk_id),
        (Speaker, Speaker.talk_id),
    ):
        db.session.execute(delete(kind).where(column == talk.id))
    _write_talk(talk, plan)
    _changed(workshop, "talk changed", by)


def remove_talk(workshop: Workshop, talk_id: int, *, by: Reader | None) -> None:
    """Take it off the programme; topics about it stay with the workshop."""
    check_manager(by)
    talk = _get_talk(workshop, talk_id)
    for topic in db.session.scalars(select(WorkshopTopic).where(WorkshopTopic.talk_id == talk.id)):
        topic.talk_id = None
    db.session.flush()
    db.session.delete(talk)
    _changed(workshop, "talk removed", by)


def _check_talk(plan: TalkPlan) -> None:
    if not any(plan.title.values()):
        raise Invalid(fields={f"title_{current_speech().locale}": _("Please fill this in.")})
    for language, title in plan.title.items():
        if len(title or "") > LONGEST_WORKSHOP_TITLE:
            raise Invalid(fields={f"title_{language}": _("At most %(num)s characters.", num=LONGEST_WORKSHOP_TITLE)})
    if not set(plan.languages) <= set(LANGUAGES):
        raise Invalid(fields={"languages": _("Choose one of the four languages.")})
    if len(plan.speakers) > MOST_SPEAKERS:
        raise Invalid(fields={"speakers": _("At most %(num)s speakers.", num=MOST_SPEAKERS)})
    for speaker in plan.speakers:
        if speaker.member_id is not None and db.session.get(Member, speaker.member_id) is None:
            raise Invalid(fields={"speakers": _("There is no such member.")})


def _write_talk(talk: Talk, plan: TalkPlan) -> None:
    for language, title, other in in_all(plan.title):
        db.session.add(TalkText(talk_id=talk.id, language=language, title=clean_title(title), written_in=other))
    for language in dict.fromkeys(plan.languages):
        db.session.add(TalkLanguage(talk_id=talk.id, language=language))
    for position, speaker in enumerate(plan.speakers, start=1):
        _write_speaker(talk, position, speaker)


def _write_speaker(talk: Talk, position: int, plan: SpeakerPlan) -> None:
    speaker = Speaker(talk_id=talk.id, position=position, member_id=plan.member_id)
    db.session.add(speaker)
    db.session.flush()
    given = [one for one in LIKELIEST if any(part.get(one) for part in (plan.name, plan.role, plan.organisation))]
    for language in LANGUAGES:
        other = None if language in given or not given else given[0]
        source = other or language
        name = plan.name.get(source) or next(filter(None, plan.name.values()), "")
        row = SpeakerText(speaker_id=speaker.id, language=language, written_in=other, name=clean_line(name)[:120])
        row.role = clean_line(plan.role.get(source) or "")[:200]
        row.organisation = clean_line(plan.organisation.get(source) or "")[:200]
        db.session.add(row)


def _get_talk(workshop: Workshop, talk_id: int) -> Talk:
    talk = queries.find_talk(workshop.id, talk_id)
    if talk is None:
        raise NotFound
    return talk


def check_manager(by: Reader | None) -> None:
    """Raise Forbidden for everybody but managers; None is the operator at the command line."""
    if by is not None and not rules.may_manage_workshops(by):
        raise Forbidden


def _changed(workshop: Workshop, what: str, by: Reader | None) -> None:
    workshop.revision += 1
    workshop.changed_at = clock.now()
    record(WorkshopChanged(workshop.id))
    audit.note(what, actor_id=by and by.id, subject=("workshop", workshop.id))
