"""Whom a survey is for."""

from datetime import datetime

from sqlalchemy import Select, and_, exists, false, not_, or_, select, true
from sqlalchemy.sql import ColumnElement

from forum.attending.models import Attendance
from forum.core.reader import Reader
from forum.inquiries.models import SUBJECT, Occasion, Survey, SurveyInvitation
from forum.members.models import Member, MemberState
from forum.questionnaires.models import AnswerSheet, HolderKind, Questionnaire, SheetState
from forum.registering.models import Place, Registration


def _came(member_id: ColumnElement[int] | int) -> ColumnElement[bool]:
    """Before an event, who has a place; after it who was there, or who had a place where nobody noted who was."""
    had_place = exists().where(
        Registration.workshop_id == Survey.workshop_id,
        Registration.member_id == member_id,
        Registration.place == Place.CONFIRMED,
    )
    noted = exists().where(Attendance.workshop_id == Survey.workshop_id)
    was_there = exists().where(Attendance.workshop_id == Survey.workshop_id, Attendance.member_id == member_id)
    after = or_(was_there, and_(not_(noted), had_place))
    return or_(
        Survey.occasion == Occasion.YEARLY,
        and_(Survey.occasion == Occasion.BEFORE, had_place),
        and_(Survey.occasion == Occasion.AFTER, after),
    )


def is_for(reader: Reader) -> ColumnElement[bool]:
    """The condition that a Survey asks this reader."""
    if reader.id is None:
        return false()
    speaks = true() if reader.municipality_id else Survey.voice == HolderKind.MEMBER
    return and_(_came(reader.id), speaks)


def audience_of(survey: Survey) -> Select[tuple[int]]:
    """The ids of the active members whom it asks; who of them sees its space is another question."""
    query = select(Member.id).join(Survey, Survey.id == survey.id).where(Member.state == MemberState.ACTIVE)
    query = query.where(_came(Member.id))
    if survey.voice == HolderKind.MUNICIPALITY:
        query = query.where(Member.municipality_id.is_not(None))
    return query.order_by(Member.id)


def unanswered(survey: Survey, *, invited_before: datetime) -> Select[tuple[int]]:
    """Those of them who were invited before that moment, have not been reminded, and have no answer that counts: of
    their own, or of their municipality."""
    holder = Member.id if survey.voice == HolderKind.MEMBER else Member.municipality_id
    answered = (
        exists()
        .where(Questionnaire.subject_kind == SUBJECT, Questionnaire.subject_id == survey.id)
        .where(AnswerSheet.questionnaire_id == Questionnaire.id, AnswerSheet.state == SheetState.SENT)
        .where(AnswerSheet.holder_kind == survey.voice, AnswerSheet.holder_id == holder)
        .correlate(Member)
    )
    told = exists().where(
        SurveyInvitation.survey_id == survey.id,
        SurveyInvitation.member_id == Member.id,
        SurveyInvitation.invited_at <= invited_before,
        SurveyInvitation.reminded_at.is_(None),
    )
    return audience_of(survey).where(told, not_(answered))
