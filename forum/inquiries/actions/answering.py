"""Answering a survey: a member for themselves, or a municipality in two steps."""

from collections.abc import Mapping

from sqlalchemy import Row, select

from forum.core import audit, clock
from forum.core.db import db
from forum.core.errors import Conflict, Forbidden, NotFound
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.inquiries import mailings, queries, rules
from forum.inquiries.models import Survey
from forum.questionnaires import actions as questionnaires
from forum.questionnaires.models import AnswerSheet, HolderKind, SheetState
from forum.questionnaires.queries import Given, find_sheet, get_questionnaire


class Closed(Conflict):
    """It takes no answers."""

    def said(self) -> str:
        return _("This survey takes no answers any more. What you wrote is still in the form, so that you can copy it.")


class Approved(Conflict):
    """Somebody stands behind the answers already."""

    def said(self) -> str:
        return _("Your municipality's answers are approved. Its focal point alone changes them now.")


def answer(
    survey: Row,
    answers: Mapping[int, Given],
    *,
    by: Reader,
    language: str,
    as_draft: bool = False,
    edition: int | None = None,
    version: int | None = None,
) -> AnswerSheet:
    """Keep what `read_answers` read. A member's counts at once; a municipality's once its focal point approves it,
    whose own it counts at once. Raises Forbidden, Closed, Approved, QuestionsChanged, Meanwhile."""
    held = queries.get_row(survey.id)  # whoever closes it, and whoever answers, take turns
    if not rules.is_open(held, clock.now()):
        raise Closed
    holder = rules.holder_of(held.voice, by)
    if not survey.asks_me or holder is None:
        raise Forbidden
    before = find_sheet(survey.questionnaire_id, holder[1], holder[0], lock=True)
    if not rules.may_write(by, before):
        raise Approved
    state = _state(held, by, before, as_draft)
    waited = before is not None and before.state == SheetState.PROPOSED
    sheet = questionnaires.keep_sheet(
        get_questionnaire(survey.questionnaire_id),
        answers,
        by=by,
        language=language,
        state=state,
        holder=holder,
        edition=edition,
        version=version,
    )
    if state == SheetState.SENT and held.voice == HolderKind.MUNICIPALITY:
        sheet.approved_by_id = by.id
    if state == SheetState.PROPOSED and not waited:
        _ask_for_approval(held, sheet, by)
    return sheet


def _state(survey: Survey, by: Reader, before: AnswerSheet | None, as_draft: bool) -> SheetState:
    """What was sent stays sent: a later draft of it would take an answer back."""
    if as_draft and (before is None or before.state == SheetState.DRAFT):
        return SheetState.DRAFT
    if as_draft and before is not None:
        raise Conflict(_("This was sent already; send it once more to change it."))
    if survey.voice == HolderKind.MEMBER or rules.is_focal_point(by):
        return SheetState.SENT
    return SheetState.PROPOSED


def _ask_for_approval(survey: Survey, sheet: AnswerSheet, by: Reader) -> None:
    for member in queries.focal_points(sheet.holder_id):
        mailings.to_approve(member, survey, by_name=by.name)


def approve(survey: Row, sheet_id: int, *, by: Reader, version: int | None = None) -> None:
    """Stand behind it: it counts now. Twice does no harm; `version` refuses what was written since it was read."""
    if not rules.is_open(queries.get_row(survey.id), clock.now()):
        raise Closed
    query = select(AnswerSheet).where(
        AnswerSheet.id == sheet_id, AnswerSheet.questionnaire_id == survey.questionnaire_id
    )
    sheet = db.session.scalar(query.with_for_update().execution_options(populate_existing=True))
    if sheet is None:
        raise NotFound
    if sheet.state == SheetState.SENT and sheet.approved_by_id == by.id:
        return
    focal, others = (
        queries.count_focal_points(sheet.holder_id),
        queries.colleagues_of(sheet.holder_id, but=sheet.member_id),
    )
    if not rules.may_approve(by, sheet, focal=focal, colleagues=others):
        raise Forbidden
    if version is not None and version != sheet.version:
        raise Conflict(_("The answers were changed since you read them. Please look at them once more."))
    sheet.state, sheet.sent_at, sheet.approved_by_id = SheetState.SENT, clock.now(), by.id
    questionnaires.note_groups(sheet)
    audit.note("survey approved", actor_id=by.id, subject=("survey", survey.id), sheet=sheet.id)
