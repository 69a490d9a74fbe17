"""Telling members that a survey asks them."""

from sqlalchemy import delete, select

from forum.core.db import db
from forum.inquiries.events import SurveyOpened
from forum.inquiries.models import SUBJECT, Survey, SurveyInvitation
from forum.notifications.actions.subjects import tell_of_subject
from forum.notifications.models import Notice, NoticeKind
from forum.spaces.queries import who_may_read


def notify_of_survey(happened: SurveyOpened) -> None:
    """Later: whoever had a letter has a notice, too; twice adds nothing while it is unread."""
    survey = db.session.get(Survey, happened.survey_id)
    if survey is None:
        return
    invited = select(SurveyInvitation.member_id).where(SurveyInvitation.survey_id == survey.id)
    told = select(Notice.member_id).where(Notice.subject_kind == SUBJECT, Notice.subject_id == survey.id)
    ids = db.session.scalars(invited.where(SurveyInvitation.member_id.not_in(told))).all()
    subject = (SUBJECT, survey.id)
    tell_of_subject(NoticeKind.SURVEY, subject, who_may_read(survey.space_id, ids), actor_id=survey.made_by_id)


def forget_surveys(space_id: int) -> None:
    """Who does not see a space any more keeps no notices of what is asked in it."""
    inside = select(Survey.id).where(Survey.space_id == space_id)
    of_it = (Notice.subject_kind == SUBJECT, Notice.subject_id.in_(inside))
    told = list(db.session.scalars(select(Notice.member_id).where(*of_it).distinct()))
    lost = sorted(set(told) - set(who_may_read(space_id, told)))
    db.session.execute(delete(Notice).where(*of_it, Notice.member_id.in_(lost)))
