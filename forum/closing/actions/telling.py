"""The letter goes once to whoever has or had a place at the event."""

from sqlalchemy import select

from forum.attending.queries import members_here
from forum.closing import mailings
from forum.closing.models import ClosedQuestion
from forum.closing.queries import find_recording
from forum.core.db import db
from forum.members.mailings import to as to_member
from forum.members.models import Member
from forum.registering.mailings import addressee
from forum.registering.models import Place, Registration
from forum.registering.queries import still_seeing
from forum.spaces.queries import who_may_read
from forum.topics.models import Topic
from forum.workshops.models import Workshop, WorkshopTopic


def tell_guests(workshop: Workshop, *, besides: int | None = None) -> set[int]:
    """Write to those who were confirmed, guests too, and to members who were there without a place, as far as they see
    the event now. Returns the members among them."""
    has_place = (Registration.workshop_id == workshop.id, Registration.place == Place.CONFIRMED)
    rows = db.session.scalars(select(Registration).where(*has_place).order_by(Registration.id)).all()
    topics = select(WorkshopTopic.topic_id).where(WorkshopTopic.workshop_id == workshop.id)
    went_on = select(ClosedQuestion.question_id).join(Topic, Topic.id == ClosedQuestion.topic_id)
    questions = len(db.session.scalars(went_on.where(Topic.id.in_(topics))).all())
    about = {"questions": questions, "is_recorded": find_recording(workshop.id) is not None}
    members: set[int] = set()
    for row in still_seeing(workshop.space_id, rows):
        member = db.session.get(Member, row.member_id) if row.member_id is not None else None
        if member is not None:
            members.add(member.id)
        if member is None or member.id != besides:
            mailings.closed(addressee(row, member), workshop, **about)
    came = set(who_may_read(workshop.space_id, set(members_here(workshop.id)) - members))
    for member in db.session.scalars(select(Member).where(Member.id.in_(came - {besides})).order_by(Member.id)):
        mailings.closed(to_member(member), workshop, **about)
    return members | came
