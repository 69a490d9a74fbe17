"""A member applies, changes that, thinks better of it; and once they are told, says whether they come."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import update

from forum.applying import queries, rules
from forum.applying.models import LONGEST_REASON, Call, Candidacy, Gender
from forum.core import clock
from forum.core.db import db, insert
from forum.core.errors import Conflict, Forbidden, Invalid, NotFound
from forum.core.languages import clean_body, detect, direction, direction_of, has_visible
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.municipalities.events import MunicipalityMerged
from forum.questionnaires.actions import keep_sheet, remove_sheet
from forum.questionnaires.queries import Given, find_questionnaire, find_sheet
from forum.registering import actions as registering
from forum.topics.models import Theme


@dataclass(frozen=True)
class Presented:
    """What an applicant says. `gender` may be empty, and so may the theme. `answers` are those to the manager's
    questions, as `read_answers` read them, in the `edition` that was shown."""

    words: str
    gender: str = ""
    theme_id: int | None = None
    answers: Mapping[int, Given] | None = None
    edition: int | None = None


def apply(workshop: Any, presented: Presented, *, by: Reader) -> Candidacy:
    """Apply, or change what was said, until the call closes. Sent twice it is one application. `workshop`: its row, or
    a row of a query."""
    if not rules.may_apply(by):
        raise Forbidden(_("One applies for a municipality, and you belong to none. The managers can put that right."))
    call = queries.hold_call(workshop.id)
    _check_open(call, workshop)
    if queries.is_reviewer(workshop.id, by.member_id):
        raise Conflict(_("You review the applications of this call, and so you cannot apply."))
    words = _checked(presented)
    now = clock.now()
    row = insert(Candidacy).values(
        workshop_id=workshop.id,
        member_id=by.member_id,
        municipality_id=by.municipality_id,
        gender="",
        words="",
        language="en",
        direction="ltr",
        created_at=now,
        changed_at=now,
    )
    db.session.execute(row.on_conflict_do_nothing(index_elements=["workshop_id", "member_id"]))
    own = queries.find_candidacy(workshop.id, by.member_id)
    assert own is not None, "it was written just now"
    said = (words, presented.gender, presented.theme_id, by.municipality_id)
    if said != (own.words, own.gender, own.theme_id, own.municipality_id) or own.withdrawn_at is not None:
        own.words, own.gender, own.theme_id, own.municipality_id = words, presented.gender, presented.theme_id, said[3]
        own.language = detect(words, fallback=by.language or "en") or "en"
        own.direction = direction(words, default=direction_of(own.language))
        own.changed_at, own.withdrawn_at = now, None
    db.session.flush()
    if presented.answers is not None and (asked := find_questionnaire(queries.SUBJECT, workshop.id)) is not None:
        keep_sheet(asked, presented.answers, by=by, language=own.language, edition=presented.edition)
    return own


def _check_open(call: Call, workshop: Any) -> None:
    if workshop.cancelled_at is not None:
        raise Conflict(_("This event is cancelled."))
    if not rules.is_open(call, workshop):
        raise Conflict(_("This call is closed. What you sent before then is kept as it was."))


def _checked(presented: Presented) -> str:
    """The words as they are kept; raises Invalid."""
    words, wrong = clean_body(presented.words), {}
    if not has_visible(words):
        wrong["words"] = _("Say in a few sentences why your municipality should take part.")
    elif len(words) > LONGEST_REASON:
        wrong["words"] = _("At most %(num)s characters.", num=LONGEST_REASON)
    if presented.gender not in ("", *Gender):
        wrong["gender"] = _("Choose one of the answers.")
    theme = db.session.get(Theme, presented.theme_id) if presented.theme_id is not None else None
    if presented.theme_id is not None and (theme is None or theme.is_retired):
        wrong["theme"] = _("Choose one of the themes.")
    if wrong:
        raise Invalid(fields=wrong)
    return words


def withdraw(workshop: Any, *, by: Reader) -> None:
    """Think better of it. While the call is open nothing is kept; later managers see that somebody stepped back, and a
    place goes to the next who waits. Where there is nothing, nothing happens."""
    call = queries.hold_call(workshop.id)
    own = queries.find_candidacy(workshop.id, by.member_id)
    if own is None:
        return
    if rules.is_open(call, workshop):
        asked = find_questionnaire(queries.SUBJECT, workshop.id)
        if asked is not None and (sheet := find_sheet(asked.id, by.member_id)) is not None:
            remove_sheet(sheet)
        db.session.delete(own)
    else:
        own.withdrawn_at = own.withdrawn_at or clock.now()
    db.session.flush()
    if call.told_at is not None:
        registering.withdraw(workshop.id, by=by)


def confirm(workshop: Any, *, by: Reader) -> None:
    """Who has a place says that they come. NotFound for everybody else, whatever is decided about them."""
    call = queries.get_call(workshop.id)
    own = queries.find_candidacy(workshop.id, by.member_id)
    outcome = queries.outcome_of(call, own, by)
    if own is None or outcome is None or not outcome.has_place:
        raise NotFound
    own.confirmed_at = own.confirmed_at or clock.now()


def follow_merger(happened: MunicipalityMerged) -> None:
    """Together: who applied for a municipality that was merged applied for the other one."""
    theirs = Candidacy.municipality_id == happened.municipality_id
    moved = update(Candidacy).where(theirs).values(municipality_id=happened.into_id)
    db.session.execute(moved.execution_options(synchronize_session=False))
