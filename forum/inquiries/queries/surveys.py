"""Surveys as their reader sees them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Row, Select, and_, exists, func, or_, select, true
from sqlalchemy.orm import aliased
from sqlalchemy.sql import ColumnElement

from forum.core import clock
from forum.core.db import db
from forum.core.errors import NotFound
from forum.core.languages import LANGUAGES
from forum.core.reader import Reader
from forum.inquiries.models import SUBJECT, Occasion, Survey, SurveyText, SurveyTopic
from forum.inquiries.queries.audience import is_for
from forum.inquiries.rules import is_closed, may_manage_surveys
from forum.questionnaires.models import AnswerSheet, HolderKind, Question, Questionnaire, SheetState
from forum.questionnaires.rules import Seen
from forum.spaces.queries import visible_to
from forum.topics.models import Topic
from forum.topics.queries import visible_topics
from forum.workshops.models import WorkshopText

MOST = 200  # of a list; a network has a few a year


def door(reader: Reader) -> ColumnElement[bool]:
    """The condition that a Survey is there for this reader: they see its space, and it asks them and has opened. Those
    who manage surveys see all of their spaces."""
    asked = true() if may_manage_surveys(reader) else and_(Survey.opens_at <= clock.now(), is_for(reader))
    return and_(visible_to(reader, Survey.space_id), asked)


def survey_rows(reader: Reader, language: str) -> Select:
    """Each with its texts, its event, the reader's sheet (or their municipality's), and how many have answered."""
    own, sent = aliased(AnswerSheet), aliased(AnswerSheet)
    of_reader = or_(
        and_(Survey.voice == HolderKind.MEMBER, own.holder_kind == HolderKind.MEMBER, own.holder_id == reader.id),
        and_(
            Survey.voice == HolderKind.MUNICIPALITY,
            own.holder_kind == HolderKind.MUNICIPALITY,
            own.holder_id == reader.municipality_id,
        ),
    )
    counted = select(func.count()).where(sent.questionnaire_id == Questionnaire.id, sent.state == SheetState.SENT)
    asked = select(func.count()).where(Question.questionnaire_id == Questionnaire.id, Question.retired_at.is_(None))
    return (
        select(
            Survey.id,
            Survey.occasion,
            Survey.voice,
            Survey.results_for,
            Survey.workshop_id,
            Survey.space_id,
            Survey.previous_id,
            Survey.opens_at,
            Survey.closes_at,
            Survey.invited_at,
            Questionnaire.id.label("questionnaire_id"),
            SurveyText.title,
            SurveyText.words,
            func.coalesce(SurveyText.written_in, language).label("text_language"),
            WorkshopText.title.label("workshop"),
            func.coalesce(WorkshopText.written_in, language).label("workshop_language"),
            own.id.label("sheet_id"),
            own.state.label("sheet_state"),
            own.member_id.label("sheet_member_id"),
            is_for(reader).label("asks_me"),
            counted.correlate(Questionnaire).scalar_subquery().label("sheets"),
            asked.correlate(Questionnaire).scalar_subquery().label("questions"),
        )
        .join(Questionnaire, and_(Questionnaire.subject_kind == SUBJECT, Questionnaire.subject_id == Survey.id))
        .join(SurveyText, and_(SurveyText.survey_id == Survey.id, SurveyText.language == language))
        .outerjoin(
            WorkshopText, and_(WorkshopText.workshop_id == Survey.workshop_id, WorkshopText.language == language)
        )
        .outerjoin(own, and_(own.questionnaire_id == Questionnaire.id, of_reader))
        .where(door(reader))
    )


def surveys_for(reader: Reader, language: str) -> Sequence[Row]:
    """Those that are there for the reader, the last to close first."""
    query = survey_rows(reader, language).order_by(Survey.closes_at.desc(), Survey.id.desc())
    return db.session.execute(query.limit(MOST)).all()


def get_survey(survey_id: int, *, reader: Reader, language: str) -> Row:
    """One, or NotFound."""
    row = db.session.execute(survey_rows(reader, language).where(Survey.id == survey_id)).one_or_none()
    if row is None:
        raise NotFound
    return row


def get_row(survey_id: int) -> Survey:
    """The survey's own row, held until the transaction ends, for those who passed the door already."""
    query = select(Survey).where(Survey.id == survey_id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def find_subject(survey_id: int, reader: Reader, language: str) -> Seen:
    """What a questionnaire belongs to; see questionnaires.rules."""
    row = get_survey(survey_id, reader=reader, language=language)
    may = may_manage_surveys(reader) and not is_closed(row, clock.now())  # what was answered stays as it was asked
    return Seen(row.title, row.text_language, "inquiries.show", {"survey_id": row.id}, may)


def texts_of(survey_id: int) -> dict[str, SurveyText]:
    """{language: text} of those that were written."""
    query = select(SurveyText).where(SurveyText.survey_id == survey_id, SurveyText.written_in.is_(None))
    found = {text.language: text for text in db.session.scalars(query)}
    return {language: found[language] for language in LANGUAGES if language in found}


def yearly_before(reader: Reader, language: str) -> Sequence[Row]:
    """The yearly ones, the last first: what a new one may follow."""
    query = survey_rows(reader, language).where(Survey.occasion == Occasion.YEARLY)
    return db.session.execute(query.order_by(Survey.closes_at.desc(), Survey.id.desc()).limit(MOST)).all()


def to_invite(now: datetime) -> Survey | None:
    """The first that is open, asks something, and has letters to write."""
    asks = (
        exists()
        .where(Questionnaire.subject_kind == SUBJECT, Questionnaire.subject_id == Survey.id)
        .where(Question.questionnaire_id == Questionnaire.id, Question.retired_at.is_(None))
    )
    due = select(Survey).where(Survey.opens_at <= now, Survey.closes_at > now, Survey.invited_at.is_(None), asks)
    query = due.order_by(Survey.id).limit(1).with_for_update(of=Survey)
    return db.session.scalar(query.execution_options(populate_existing=True))


def topics_of(survey_id: int, reader: Reader) -> dict[int, int]:
    """{question's id: id of the topic about its answers}, as far as the reader may see them."""
    query = select(SurveyTopic.question_id, SurveyTopic.topic_id).join(Topic, Topic.id == SurveyTopic.topic_id)
    rows = db.session.execute(query.where(SurveyTopic.survey_id == survey_id, visible_topics(reader)))
    return {row.question_id: row.topic_id for row in rows}
