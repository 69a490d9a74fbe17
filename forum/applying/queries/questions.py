"""The form that a manager designs for a call: its questions, and what an applicant answered to them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import select

from forum.applying.queries.calls import get_call
from forum.applying.queries.own import find_candidacy
from forum.applying.rules import may_run_calls
from forum.core import clock
from forum.core.db import db
from forum.core.reader import Reader
from forum.questionnaires import queries as questionnaires
from forum.questionnaires.models import AnswerSheet, HolderKind, Questionnaire
from forum.questionnaires.queries import Asked, Given
from forum.questionnaires.rules import Seen
from forum.workshops.queries import get_workshop

SUBJECT = "application"  # of questionnaires; the id is the workshop's


@dataclass(frozen=True)
class Form:
    """What is asked, and {question's id: what was given}, by somebody or by nobody yet."""

    questionnaire: Questionnaire | None = None
    asked: list[Asked] = field(default_factory=list)
    answers: dict[int, Given] = field(default_factory=dict)

    @property
    def edition(self) -> int:
        """The version of the questions."""
        return self.questionnaire.version if self.questionnaire else 0


def form_of(workshop_id: int, language: str, *, member_id: int | None = None) -> Form:
    """The questions of a call; with `member_id`, what this member answered, to questions that have retired too."""
    questionnaire = questionnaires.find_questionnaire(SUBJECT, workshop_id)
    if questionnaire is None:
        return Form()
    sheet = questionnaires.find_sheet(questionnaire.id, member_id) if member_id is not None else None
    asked = questionnaires.asked_of(questionnaire, language, answered_on=sheet.id if sheet else None)
    return Form(questionnaire, asked, questionnaires.answers_on(sheet))


def forms_of(workshop_id: int, language: str) -> tuple[list[Asked], dict[int, dict[int, Given]]]:
    """(all that was ever asked, {member's id: {question's id: what was given}}): for a sheet."""
    questionnaire = questionnaires.find_questionnaire(SUBJECT, workshop_id)
    if questionnaire is None:
        return [], {}
    members = {one.id: one.holder_id for one in _sheets([questionnaire.id])}
    answers = questionnaires.answers_of(members)
    asked = questionnaires.asked_of(questionnaire, language, retired=True)
    return asked, {members[id]: given for id, given in answers.items()}


def sheets_of_member(member_id: int) -> list[AnswerSheet]:
    """All that a member answered in applying."""
    ids = select(Questionnaire.id).where(Questionnaire.subject_kind == SUBJECT)
    return [one for one in _sheets(db.session.scalars(ids)) if one.holder_id == member_id]


def _sheets(questionnaire_ids: Iterable[int]) -> list[AnswerSheet]:
    of_members = AnswerSheet.holder_kind == HolderKind.MEMBER
    query = select(AnswerSheet).where(of_members, AnswerSheet.questionnaire_id.in_(list(questionnaire_ids)))
    return list(db.session.scalars(query.order_by(AnswerSheet.id)))


def designed_call(workshop_id: int, reader: Reader, language: str) -> Seen:
    """A call as what questions belong to: managers design them until it closes. Raises NotFound."""
    workshop, call = get_workshop(workshop_id, reader=reader, language=language), get_call(workshop_id)
    may = may_run_calls(reader, own=find_candidacy(workshop_id, reader.id)) and clock.now() < call.closes_at
    where = {"workshop_id": workshop.id}
    return Seen(workshop.title, workshop.text_language, "applying.call", where, may_design=may)
