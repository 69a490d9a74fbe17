"""The reader's sheet, what it begins with, and who stands behind a municipality's."""

from collections.abc import Sequence

from sqlalchemy import Row, and_, func, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from forum.core.db import db
from forum.core.reader import Reader
from forum.inquiries.models import FOCAL, SUBJECT
from forum.inquiries.rules import holder_of, may_approve, may_manage_surveys
from forum.members.models import Member, MemberState, Role
from forum.municipalities.models import MunicipalityName
from forum.questionnaires import queries as questionnaires
from forum.questionnaires.models import AnswerSheet, HolderKind, SheetState


def own_sheet(survey: Row, reader: Reader) -> AnswerSheet | None:
    """The reader's, or their municipality's."""
    holder = holder_of(survey.voice, reader)
    return questionnaires.find_sheet(survey.questionnaire_id, holder[1], holder[0]) if holder else None


def prefilled(survey: Row, reader: Reader, language: str) -> dict[str, list[str]]:
    """What a form would send that says what the same holder said last time, to the questions of the same lineage."""
    holder = holder_of(survey.voice, reader)
    before = questionnaires.find_questionnaire(SUBJECT, survey.previous_id) if survey.previous_id else None
    sheet = questionnaires.find_sheet(before.id, holder[1], holder[0]) if before and holder else None
    if before is None or sheet is None or sheet.state != SheetState.SENT:
        return {}
    asked = questionnaires.asked_of(before, language, answered_on=sheet.id)
    return questionnaires.as_sent(asked, questionnaires.answers_on(sheet))


def _focal(municipality_id: int | InstrumentedAttribute[int]) -> list:
    in_force = (Role.role == FOCAL, Role.scope_kind == "municipality", Role.scope_id == municipality_id)
    return [*in_force, Member.municipality_id == municipality_id, Member.state == MemberState.ACTIVE]


def focal_points(municipality_id: int) -> Sequence[Member]:
    """The active members of a municipality who stand behind what it answers."""
    query = select(Member).join(Role, Role.member_id == Member.id).where(*_focal(municipality_id))
    return db.session.scalars(query.order_by(Member.sort_key, Member.id)).all()


def count_focal_points(municipality_id: int) -> int:
    """How many they are."""
    query = select(func.count()).select_from(Member).join(Role, Role.member_id == Member.id)
    return db.session.scalar(query.where(*_focal(municipality_id))) or 0


def colleagues_of(municipality_id: int, *, but: int) -> int:
    """How many active members of a municipality there are besides one."""
    query = select(func.count()).select_from(Member).where(Member.municipality_id == municipality_id, Member.id != but)
    return db.session.scalar(query.where(Member.state == MemberState.ACTIVE)) or 0


def approving(survey: Row, reader: Reader, language: str) -> list[tuple[AnswerSheet, str]]:
    """The sheets of municipalities that wait for this reader's word, with the names of the municipalities."""
    if survey.voice != HolderKind.MUNICIPALITY:
        return []
    town, colleague = AnswerSheet.holder_id, aliased(Member)
    focal = select(func.count()).select_from(Member).join(Role, Role.member_id == Member.id).where(*_focal(town))
    others = select(func.count()).where(
        colleague.municipality_id == town, colleague.id != AnswerSheet.member_id, colleague.state == MemberState.ACTIVE
    )
    query = (
        select(
            AnswerSheet,
            MunicipalityName.name,
            focal.correlate(AnswerSheet).scalar_subquery(),
            others.correlate(AnswerSheet).scalar_subquery(),
        )
        .join(MunicipalityName, and_(MunicipalityName.municipality_id == town, MunicipalityName.language == language))
        .where(AnswerSheet.questionnaire_id == survey.questionnaire_id, AnswerSheet.state == SheetState.PROPOSED)
        .where(AnswerSheet.holder_kind == HolderKind.MUNICIPALITY)
        .order_by(MunicipalityName.sort_key, AnswerSheet.id)
    )
    if not may_manage_surveys(reader):
        query = query.where(town == reader.municipality_id)
    return [
        (sheet, name)
        for sheet, name, points, colleagues in db.session.execute(query).all()
        if may_approve(reader, sheet, focal=points, colleagues=colleagues)
    ]
