"""Closing an event: its record is published, and what was left open goes on as topics. Opening it again takes the
record off its page; correcting it publishes another edition."""

from datetime import timedelta

from forum.attending.models import AudienceQuestion
from forum.closing import queries
from forum.closing.actions.contents import Content, draft_from, record_from
from forum.closing.actions.questions import words_of_topic
from forum.closing.actions.recordings import publish_recording
from forum.closing.actions.saving import check_closable, hold, save_draft
from forum.closing.events import WorkshopClosed
from forum.closing.models import ClosedQuestion, Closing, ClosingEdition
from forum.closing.rules import may_close
from forum.core import audit, clock
from forum.core.db import db
from forum.core.errors import Conflict, Forbidden
from forum.core.events import record
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.following import actions as following
from forum.registering.queries import confirmed_members
from forum.topics.rules import may_start_topic
from forum.workshops import actions as workshops
from forum.workshops.models import Workshop
from forum.workshops.queries import get_workshop

AFTER = timedelta(milliseconds=1)  # who comes along follows such a topic from its second post on


def close(workshop: Workshop, said: Content, *, version: int, by: Reader) -> Closing:
    """Publish what is said; pressed twice it is closed once. Raises what saving raises, and Invalid for what a record
    needs and does not have."""
    check_closable(workshop, by)
    draft = draft_from(said, workshop)
    content = record_from(draft, workshop, by=by)
    closing = hold(workshop.id)
    db.session.refresh(workshop)
    people, countries = queries.attendance_of(workshop.id)
    content |= {"attendance": people if draft["attendance"] is None else draft["attendance"], "countries": countries}
    recordings = queries.recordings_of(workshop.id)
    if recordings:
        content |= {"recording_file": recordings[0].id}
    if workshop.closed_at is not None and closing.draft == draft and _is_published(workshop.id, content):
        return closing  # a second press
    save_draft(workshop, said, version=version, by=by)
    closing.edition += 1
    closing.version += 1
    said_by = {"closed_by_id": by.member_id, "closed_at": clock.now()}
    db.session.add(ClosingEdition(workshop_id=workshop.id, number=closing.edition, content=content, **said_by))
    for recording in recordings[:1]:
        publish_recording(recording)
    topics = _go_on(workshop, by)
    workshops.close_workshop(workshop, by=by)
    about = {"edition": closing.edition, "topics": len(topics)}
    audit.note("event closed", actor_id=by.id, subject=("workshop", workshop.id), **about)
    record(WorkshopClosed(workshop.id))
    db.session.flush()
    return closing


def _is_published(workshop_id: int, content: Content) -> bool:
    last = queries.find_record(workshop_id)
    return last is not None and last.content == content


def reopen(workshop: Workshop, *, by: Reader) -> None:
    """The page is that of an event again; what was written stays for the next time, topics stay topics. Twice does no
    harm."""
    if not may_close(by):
        raise Forbidden
    if workshop.closed_at is not None:
        hold(workshop.id)
        workshops.reopen_workshop(workshop, by=by)


def _go_on(workshop: Workshop, by: Reader) -> list[int]:
    """A topic for each question that nobody answered and that has none yet."""
    waiting = queries.open_questions(workshop.id)
    if not waiting:
        return []
    seen = get_workshop(workshop.id, reader=by, language="en")
    if not may_start_topic(by, space_kind=seen.topics_kind, belongs=seen.topics_belongs):
        raise Conflict(
            _(
                "Questions that were not answered become topics of the event, which its participants alone read. "
                "Become one of them first, or say that others read its topics, too."
            )
        )
    coming = confirmed_members(workshop.id)
    return [_start(one, workshop, by, coming) for one in waiting]


def _start(question: AudienceQuestion, workshop: Workshop, by: Reader, coming: list[int]) -> int:
    title, words = words_of_topic(question, workshop)
    seen = get_workshop(workshop.id, reader=by, language=question.language)
    said = {"title": title, "words": words, "language": question.language, "kind": "question"}
    topic_id = workshops.start_topic(seen, author=by, **said, seen_by_moderator=True, quietly=True).id
    db.session.add(ClosedQuestion(question_id=question.id, topic_id=topic_id))
    following.follow_along(set(coming) - {by.id}, "topic", [topic_id], since=clock.now() + AFTER)
    return topic_id
