"""The letter before a survey closes, by the clock: whoever was invited and has not answered has one, once."""

from datetime import timedelta

from sqlalchemy import select

from forum.core import clock
from forum.core.db import db
from forum.inquiries import mailings, queries
from forum.inquiries.actions.inviting import AT_A_TIME
from forum.inquiries.models import Survey, SurveyInvitation
from forum.members.models import Member
from forum.spaces.queries import who_may_read

BEFORE = timedelta(days=2)
SHORT = timedelta(days=3)  # what is open for less time closes before anybody can have forgotten it
JUST = timedelta(hours=12)  # whoever was invited so shortly before has just had a letter


def remind_unanswered() -> None:
    """Clock: two days before it closes. Each pass writes on the invitations whom it told, and queues the letters in the
    same transaction."""
    now = clock.now()
    due = select(Survey).where(Survey.opens_at <= now, Survey.closes_at > now, Survey.closes_at <= now + BEFORE)
    for survey in db.session.scalars(due.order_by(Survey.id)).all():
        if survey.closes_at - survey.opens_at >= SHORT:
            _remind(survey)


def _remind(survey: Survey) -> None:
    missing = queries.unanswered(survey, invited_before=survey.closes_at - BEFORE - JUST)
    ids = sorted(who_may_read(survey.space_id, db.session.scalars(missing).all()))[:AT_A_TIME]
    rows = (
        select(SurveyInvitation, Member)
        .join(Member, Member.id == SurveyInvitation.member_id)
        .where(SurveyInvitation.survey_id == survey.id, SurveyInvitation.member_id.in_(ids))
        .where(SurveyInvitation.reminded_at.is_(None))
        .order_by(SurveyInvitation.member_id)
        .with_for_update(of=SurveyInvitation)
        .execution_options(populate_existing=True)
    )
    for invitation, member in db.session.execute(rows).all():
        invitation.reminded_at = clock.now()
        mailings.reminder(member, survey)
