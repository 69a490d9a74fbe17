"""What people are told, and what those who come follow."""

from forum.core.db import db
from forum.following import actions as following
from forum.members.models import Member
from forum.registering import mailings, queries, rules
from forum.registering.events import RegistrationChanged
from forum.registering.models import Place, Registration
from forum.topics.models import Topic
from forum.workshops.events import WorkshopTopicStarted
from forum.workshops.models import Workshop


def tell_person(happened: RegistrationChanged) -> None:
    """Later: the letter that says how one stands, if the last one said something else. `told` is written with the row
    in our hands, so that two workers write one letter."""
    row = db.session.get(Registration, happened.registration_id, populate_existing=True, with_for_update=True)
    if row is None:
        return
    workshop = db.session.get_one(Workshop, row.workshop_id)
    admission = queries.find_admission(row.workshop_id)
    version = admission.link_version if admission else 0
    said = f"{row.place}:{version}" if row.place == Place.CONFIRMED else str(row.place)
    if said == row.told or rules.is_over(workshop):
        return
    before, row.told = row.told, said
    if row.place == Place.NONE:
        return
    member = db.session.get(Member, row.member_id) if row.member_id is not None else None
    if not queries.still_seeing(workshop.space_id, [row]) or not (member or row.email):
        return
    to = mailings.addressee(row, member)
    way = queries.way_in(row)
    if row.place == Place.WAITING:
        mailings.waiting(to, workshop)
    elif before.startswith(Place.CONFIRMED):
        mailings.new_link(to, workshop, way)
    else:
        mailings.confirmed(to, workshop, way, waited=before == Place.WAITING)


def follow_topic(happened: WorkshopTopicStarted) -> None:
    """Together: who comes follows a new topic from its first post on."""
    topic = db.session.get_one(Topic, happened.topic_id)
    members = queries.confirmed_members(happened.workshop_id)
    following.follow_along(members, "topic", [topic.id], since=topic.created_at)
