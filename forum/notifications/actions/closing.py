"""Telling those who follow an event that it has its record: once, however often it is corrected."""

from sqlalchemy import delete, select

from forum.closing.actions import tell_guests
from forum.closing.events import WorkshopClosed
from forum.closing.models import Closing
from forum.closing.queries import find_record
from forum.core import clock
from forum.core.db import db
from forum.following.models import Follow, Level
from forum.notifications.actions.subjects import tell_of_subject
from forum.notifications.models import Notice, NoticeKind
from forum.spaces.queries import who_may_read
from forum.workshops.models import Workshop, WorkshopTopic

SUBJECT = "workshop"


def notify_of_closing(happened: WorkshopClosed) -> None:
    """Later: the bell for who came, who meant to, and who follows a topic of it; a letter for the first two. What was
    opened again before anybody was told is told when it is closed anew."""
    query = select(Closing).where(Closing.workshop_id == happened.workshop_id).with_for_update()
    closing = db.session.scalar(query.execution_options(populate_existing=True))
    workshop = db.session.get(Workshop, happened.workshop_id, populate_existing=True)
    record = find_record(happened.workshop_id)
    if closing is None or workshop is None or record is None or workshop.closed_at is None or closing.told_at:
        return
    closing.told_at = clock.now()
    told = tell_guests(workshop, besides=record.closed_by_id)
    topics = select(WorkshopTopic.topic_id).where(WorkshopTopic.workshop_id == workshop.id)
    follows = (Follow.subject_kind == "topic", Follow.subject_id.in_(topics), Follow.level == Level.ALL)
    told |= set(db.session.scalars(select(Follow.member_id).where(*follows).distinct()))
    told = set(who_may_read(workshop.space_id, told - {record.closed_by_id}))
    tell_of_subject(NoticeKind.CLOSED, (SUBJECT, workshop.id), sorted(told), actor_id=record.closed_by_id)


def forget_closings(space_id: int) -> None:
    """Who does not see a space any more keeps no notices of its events."""
    inside = select(Workshop.id).where(Workshop.space_id == space_id)
    of_it = (Notice.subject_kind == SUBJECT, Notice.subject_id.in_(inside))
    told = list(db.session.scalars(select(Notice.member_id).where(*of_it).distinct()))
    lost = sorted(set(told) - set(who_may_read(space_id, told)))
    db.session.execute(delete(Notice).where(*of_it, Notice.member_id.in_(lost)))
