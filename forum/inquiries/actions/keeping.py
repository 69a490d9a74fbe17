"""Making a survey, changing it, closing it before its time."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import delete

from forum.core import audit, clock
from forum.core.db import db
from forum.core.errors import Conflict, Forbidden, Invalid, NotFound
from forum.core.languages import LANGUAGES, clean_body, clean_title, current_speech, has_visible
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.inquiries import queries, rules
from forum.inquiries.models import (
    LONGEST_SURVEY_TITLE,
    LONGEST_SURVEY_WORDS,
    SUBJECT,
    Occasion,
    ResultsFor,
    Survey,
    SurveyText,
)
from forum.questionnaires import actions as questionnaires
from forum.questionnaires.models import HolderKind
from forum.questionnaires.queries import find_questionnaire
from forum.spaces.queries import readable_spaces
from forum.workshops.actions.plans import in_all
from forum.workshops.queries import get_workshop

LONGEST_OPEN = timedelta(days=366)


@dataclass(frozen=True)
class SurveyPlan:
    """A survey to be. Texts are by language, one at least; an event's is seen by those who see the event, a yearly one
    by those of `space_id`."""

    occasion: str
    voice: str
    title: Mapping[str, str]
    opens_at: datetime | None
    closes_at: datetime | None
    words: Mapping[str, str] = field(default_factory=dict)
    results_for: str = ResultsFor.STAFF
    workshop_id: int | None = None
    space_id: int | None = None
    previous_id: int | None = None


def add_survey(plan: SurveyPlan, *, by: Reader) -> Survey:
    """Make it, asking nothing yet, or what the one of last time asks."""
    if not rules.may_manage_surveys(by):
        raise Forbidden
    wrong = _wrong_texts(plan) | _wrong_times(plan)
    for name, value, known in (
        ("occasion", plan.occasion, Occasion),
        ("voice", plan.voice, (HolderKind.MEMBER, HolderKind.MUNICIPALITY)),
        ("results_for", plan.results_for, ResultsFor),
    ):
        if value not in list(known):
            wrong[name] = _("Choose one of these.")
    yearly = plan.occasion == Occasion.YEARLY
    space_id = None if wrong else _space_of(plan, by, wrong)
    previous = _previous(plan, by, wrong) if yearly and not wrong else None
    if wrong or space_id is None:
        raise Invalid(fields=wrong)
    survey = Survey(
        occasion=Occasion(plan.occasion),
        voice=HolderKind(plan.voice),
        results_for=ResultsFor(plan.results_for),
        workshop_id=None if yearly else plan.workshop_id,
        space_id=space_id,
        previous_id=previous,
        made_by_id=by.member_id,
        opens_at=plan.opens_at,
        closes_at=plan.closes_at,
        created_at=clock.now(),
    )
    db.session.add(survey)
    db.session.flush()
    _write_texts(survey, plan)
    asked = questionnaires.begin_questionnaire(SUBJECT, survey.id)
    if previous is not None and (earlier := find_questionnaire(SUBJECT, previous)):
        questionnaires.copy_questions(earlier, asked, by=by)
    audit.note("survey made", actor_id=by.id, subject=("survey", survey.id))
    return survey


def _space_of(plan: SurveyPlan, by: Reader, wrong: dict[str, str]) -> int | None:
    if plan.occasion == Occasion.YEARLY:
        if plan.space_id in {row.id for row in readable_spaces(by, "en")}:
            return plan.space_id
        wrong["space"] = _("Choose who sees it.")
        return None
    try:
        return get_workshop(plan.workshop_id or 0, reader=by, language="en").space_id
    except NotFound:
        wrong["workshop"] = _("Choose among the events that you see.")
        return None


def _previous(plan: SurveyPlan, by: Reader, wrong: dict[str, str]) -> int | None:
    if plan.previous_id is None:
        return None
    known = {row.id: row for row in queries.yearly_before(by, "en") if row.voice == plan.voice}
    earlier = known.get(plan.previous_id)
    if earlier is None or plan.opens_at is None or earlier.closes_at > plan.opens_at:
        wrong["previous"] = _("Choose a yearly one that the same kind of people answered and that is closed by then.")
        return None
    return earlier.id


def change_survey(survey: Survey, plan: SurveyPlan, *, by: Reader) -> None:
    """Other texts and times. Once it is open it stays as it began: who answers, and since when."""
    if not rules.may_manage_surveys(by):
        raise Forbidden
    now = clock.now()
    if rules.is_closed(survey, now):
        raise Conflict(_("It is closed. What came of it would no longer be what was answered."))
    wrong = _wrong_texts(plan) | _wrong_times(plan)
    begun = survey.opens_at <= now
    if not begun and plan.voice not in (HolderKind.MEMBER, HolderKind.MUNICIPALITY):
        wrong["voice"] = _("Choose one of these.")
    elif begun and "opens" not in wrong and plan.opens_at != survey.opens_at:
        wrong["opens"] = _("It is open already.")
    elif begun and plan.voice != survey.voice:
        wrong["voice"] = _("It is open already.")
    if plan.results_for not in list(ResultsFor):
        wrong["results_for"] = _("Choose one of these.")
    elif begun and survey.results_for == ResultsFor.STAFF and plan.results_for != ResultsFor.STAFF:
        wrong["results_for"] = _("Those who have answered were told that staff alone sees the results.")
    if wrong:
        raise Invalid(fields=wrong)
    survey.voice, survey.results_for = HolderKind(plan.voice), ResultsFor(plan.results_for)
    survey.opens_at, survey.closes_at = plan.opens_at, plan.closes_at
    db.session.execute(delete(SurveyText).where(SurveyText.survey_id == survey.id))
    _write_texts(survey, plan)
    audit.note("survey changed", actor_id=by.id, subject=("survey", survey.id))


def close_survey(survey: Survey, *, by: Reader) -> None:
    """No answers any more, for good; twice does no harm."""
    if not rules.may_manage_surveys(by):
        raise Forbidden
    now = clock.now()
    if rules.is_closed(survey, now):
        return
    survey.closes_at, survey.opens_at = now, min(survey.opens_at, now)
    audit.note("survey closed", actor_id=by.id, subject=("survey", survey.id))


def note_export(survey_id: int, *, by: Reader) -> None:
    """Somebody took the results along."""
    audit.note("survey exported", actor_id=by.id, subject=("survey", survey_id))


def _wrong_times(plan: SurveyPlan) -> dict[str, str]:
    if plan.opens_at is None:
        return {"opens": _("Please fill this in.")}
    if plan.closes_at is None:
        return {"closes": _("Please fill this in.")}
    if plan.closes_at <= plan.opens_at:
        return {"closes": _("It must close after it opens.")}
    if plan.closes_at <= clock.now():
        return {"closes": _("This time is over already.")}
    if plan.closes_at - plan.opens_at > LONGEST_OPEN:
        return {"closes": _("It is open for a year at most.")}
    return {}


def _wrong_texts(plan: SurveyPlan) -> dict[str, str]:
    wrong = {}
    given = [language for language in LANGUAGES if has_visible(plan.title.get(language) or "")]
    if not given:
        wrong[f"title_{current_speech().locale}"] = _("Please fill this in.")
    for language in LANGUAGES:
        if len(plan.title.get(language) or "") > LONGEST_SURVEY_TITLE:
            wrong[f"title_{language}"] = _("At most %(num)s characters.", num=LONGEST_SURVEY_TITLE)
        words = (plan.words.get(language) or "").strip()
        if len(words) > LONGEST_SURVEY_WORDS:
            wrong[f"words_{language}"] = _("At most %(num)s characters.", num=LONGEST_SURVEY_WORDS)
        elif words and language not in given:
            wrong[f"title_{language}"] = _("Please fill this in.")
    return wrong


def _write_texts(survey: Survey, plan: SurveyPlan) -> None:
    for language, title, other in in_all({one: clean_title(text) for one, text in plan.title.items()}):
        words = clean_body(plan.words.get(other or language) or "")
        kept = SurveyText(survey_id=survey.id, language=language, title=title, words=words, written_in=other)
        db.session.add(kept)
