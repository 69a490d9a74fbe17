"""A manager opens a call, changes it, takes it away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from forum.applying import queries, rules
from forum.applying.actions.assigning import assign, drop_reviewers, hand_out
from forum.applying.models import (
    LONGEST_CRITERION,
    MOST_CRITERIA,
    MOST_POINTS,
    MOST_REVIEWERS,
    Call,
    CallReviewer,
    CallText,
    Candidacy,
    Criterion,
    CriterionText,
)
from forum.core import audit, clock
from forum.core.db import db
from forum.core.errors import Conflict, Forbidden, Invalid
from forum.core.languages import LANGUAGES, clean_body, clean_line, current_speech, known_zone, ngettext, utc_to_wall
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.core.text import MAX_WORDS, render
from forum.questionnaires.actions import begin_questionnaire
from forum.registering.actions import begin_selection, end_selection
from forum.registering.rules import is_over
from forum.spaces.queries import who_may_read
from forum.workshops.actions.plans import ByLanguage, in_all
from forum.workshops.actions.times import moment_of, wall
from forum.workshops.models import Workshop


@dataclass(frozen=True)
class CriterionPlan:
    """What reviewers look at, and how many points are the best."""

    words: ByLanguage
    most: int


@dataclass(frozen=True)
class CallPlan:
    """A call to be; `closes` is a wall time in `zone`."""

    closes: datetime
    zone: str
    seats: int
    words: ByLanguage
    criteria: Sequence[CriterionPlan] = ()
    reviewer_ids: Sequence[int] = ()


def set_call(workshop: Workshop, plan: CallPlan, *, by: Reader) -> Call:
    """Open a call for this workshop, or change the one that there is; one that is open closes at once for a moment that
    is past. Criteria stay as they are once points were given; when everybody is told, all of it does."""
    own = queries.find_candidacy(workshop.id, by.id)
    if not rules.may_run_calls(by, own=own):
        raise Forbidden
    if is_over(workshop):
        raise Conflict(_("This event is over or cancelled."))
    before = queries.find_call(workshop.id)
    call = queries.hold_call(workshop.id) if before else Call(workshop_id=workshop.id, created_at=clock.now())
    if call.told_at is not None:
        raise Conflict(_("Everybody has been told; the call stays as it was."))
    closes_at = _check(workshop, plan, call if before else None)
    begin_selection(workshop.id, seats=plan.seats, until=closes_at)
    if call.closes_at is not None and closes_at > clock.now():
        call.assigned_at = None  # it is open once more: reviewers get the rest when it closes
    call.zone, call.closes_at = plan.zone, closes_at
    call.closes_wall = wall(utc_to_wall(closes_at, plan.zone))
    db.session.add(call)
    db.session.flush()
    _write_texts(call, plan.words)
    _set_criteria(call, plan.criteria)
    _set_reviewers(workshop, call, plan.reviewer_ids)
    if call.assigned_at is None and closes_at <= clock.now():
        hand_out(call)
    begin_questionnaire(queries.SUBJECT, workshop.id)
    what = "call changed" if before else "call opened"
    audit.note(what, actor_id=by.id, subject=("workshop", workshop.id), seats=plan.seats, closes=call.closes_wall)
    return call


def _check(workshop: Workshop, plan: CallPlan, call: Call | None) -> datetime:
    """When it closes; raises Invalid with every field that needs another look."""
    wrong: dict[str, str] = {}
    closes_at = clock.now()
    if not known_zone(plan.zone):
        wrong["zone"] = _("Choose a city of the list.")
    else:
        try:
            closes_at = moment_of("closes", plan.closes, plan.zone)
        except Invalid as refused:
            wrong |= refused.fields
        else:
            same = call is not None and call.closes_at == closes_at
            if call is not None and closes_at <= clock.now() < call.closes_at:
                closes_at = clock.now().replace(second=0, microsecond=0)  # to the minute, as the form shows it
            elif closes_at <= clock.now() and not same:
                wrong["closes"] = _("This moment is past.")
            elif closes_at > workshop.starts_at:
                wrong["closes"] = _("A call closes before the event begins.")
    if not any(text.strip() for text in plan.words.values()):
        wrong[f"words_{current_speech().locale}"] = _("Say in one language at least who should apply, and why.")
    for language in LANGUAGES:
        if len(plan.words.get(language) or "") > MAX_WORDS:
            wrong[f"words_{language}"] = _("At most %(num)s characters.", num=MAX_WORDS)
    if len(plan.criteria) > MOST_CRITERIA:
        wrong["criteria_en"] = _("At most %(num)s criteria.", num=MOST_CRITERIA)
    for one in plan.criteria:
        for language, text in one.words.items():
            if len(text) > LONGEST_CRITERION:
                wrong[f"criteria_{language}"] = _("At most %(num)s characters on a line.", num=LONGEST_CRITERION)
        if not 1 <= one.most <= MOST_POINTS:
            wrong["most"] = _("Whole numbers from 1 to %(num)s.", num=MOST_POINTS)
    if len(plan.reviewer_ids) > MOST_REVIEWERS:
        wrong["reviewers"] = _("At most %(num)s reviewers.", num=MOST_REVIEWERS)
    if wrong:
        raise Invalid(fields=wrong)
    return closes_at


def _write_texts(call: Call, words: Mapping[str, str]) -> None:
    db.session.execute(delete(CallText).where(CallText.workshop_id == call.workshop_id))
    cleaned = {language: clean_body(text) for language, text in words.items() if text.strip()}
    for language, text, other in in_all(cleaned):
        rendered = render(text, language=other or language)
        said = {"words": text, "html": rendered.html, "renderer": rendered.renderer, "written_in": other}
        db.session.add(CallText(workshop_id=call.workshop_id, language=language, **said))


def _set_criteria(call: Call, plans: Sequence[CriterionPlan]) -> None:
    cleaned = [
        ({language: clean_line(text) for language, text in one.words.items() if text.strip()}, one.most)
        for one in plans
    ]
    cleaned = [one for one in cleaned if one[0]]
    if cleaned == queries.criterion_plans_of(call.workshop_id):
        return
    if queries.has_scores(call.workshop_id):
        message = _("Reviewers have given points for these criteria; they stay as they are.")
        raise Invalid(fields={"criteria_en": message})
    db.session.execute(delete(Criterion).where(Criterion.workshop_id == call.workshop_id))
    for position, (words, most) in enumerate(cleaned, start=1):
        made = Criterion(workshop_id=call.workshop_id, position=position, most=most)
        db.session.add(made)
        db.session.flush()
        for language, text, other in in_all(words):
            db.session.add(CriterionText(criterion_id=made.id, language=language, words=text, written_in=other))


def _set_reviewers(workshop: Workshop, call: Call, ids: Sequence[int]) -> None:
    """Who looks at applications. Whoever applied does not."""
    wanted = set(ids)
    if wanted - set(who_may_read(workshop.space_id, wanted)):
        raise Invalid(fields={"reviewers": _("Reviewers are members who see the event.")})
    applied = select(Candidacy.id).where(
        Candidacy.workshop_id == call.workshop_id, Candidacy.member_id.in_(wanted), Candidacy.withdrawn_at.is_(None)
    )
    if db.session.scalar(applied.limit(1)) is not None:
        raise Invalid(fields={"reviewers": _("One of them has applied, and does not review.")})
    before = set(db.session.scalars(select(CallReviewer.member_id).where(CallReviewer.workshop_id == call.workshop_id)))
    gone = CallReviewer.workshop_id == call.workshop_id, CallReviewer.member_id.in_(before - wanted)
    db.session.execute(delete(CallReviewer).where(*gone))
    db.session.add_all(CallReviewer(workshop_id=call.workshop_id, member_id=id) for id in sorted(wanted - before))
    db.session.flush()
    drop_reviewers(call, before - wanted)
    if call.assigned_at is not None:
        assign(call)


def remove_call(workshop: Workshop, *, by: Reader) -> None:
    """Take it away while nobody has applied; who wants to come says so again."""
    if not rules.may_run_calls(by, own=queries.find_candidacy(workshop.id, by.id)):
        raise Forbidden
    call = queries.hold_call(workshop.id)
    if number := queries.count_candidacies(workshop.id):
        raise Conflict(
            ngettext(
                "%(num)s person has applied. A call with applications stays.",
                "%(num)s people have applied. A call with applications stays.",
                number,
            )
        )
    db.session.delete(call)
    end_selection(workshop.id)
    audit.note("call removed", actor_id=by.id, subject=("workshop", workshop.id))
