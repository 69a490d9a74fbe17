"""The letters that invite, by the clock: each member has one, whatever is interrupted."""

from sqlalchemy import select

from forum.core import clock
from forum.core.db import db
from forum.core.events import record
from forum.inquiries import mailings, queries
from forum.inquiries.events import SurveyOpened
from forum.inquiries.models import SurveyInvitation
from forum.members.models import Member
from forum.spaces.queries import who_may_read

AT_A_TIME = 200  # letters of one pass; the next minute has its own


def invite() -> None:
    """Clock: whoever is asked by a survey that has opened hears of it, once. Until something is asked nobody does."""
    now = clock.now()
    survey = queries.to_invite(now)
    if survey is None:
        return
    invited = select(SurveyInvitation.member_id).where(SurveyInvitation.survey_id == survey.id)
    asked = queries.audience_of(survey).where(Member.id.not_in(invited))
    ids = who_may_read(survey.space_id, db.session.scalars(asked).all())
    now_told = sorted(ids)[:AT_A_TIME]
    for member in db.session.scalars(select(Member).where(Member.id.in_(now_told)).order_by(Member.id)):
        db.session.add(SurveyInvitation(survey_id=survey.id, member_id=member.id, invited_at=now))
        mailings.invitation(member, survey)
    if len(now_told) == len(ids):
        survey.invited_at = now
        record(SurveyOpened(survey.id))
