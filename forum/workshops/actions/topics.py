"""Topics of workshops: starting one, and who reads them."""

from collections.abc import Sequence

from sqlalchemy import Row

from forum.core import clock
from forum.core.db import db
from forum.core.errors import Forbidden, Invalid
from forum.core.events import record
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.spaces.actions import change_kind, open_space
from forum.spaces.models import Space, SpaceKind
from forum.topics.actions import Done, move_topics
from forum.topics.actions import start_topic as start_plain_topic
from forum.workshops import queries, rules
from forum.workshops.events import WorkshopTopicStarted
from forum.workshops.models import Phase, Workshop, WorkshopTopic


def change_audience(workshop: Workshop, *, kind: str, by: Reader | None) -> None:
    """Say who reads the workshop's topics, from now on and those that are there: one of `rules.AUDIENCES`. They get a
    space of their own as soon as it is not the workshop's."""
    if by is not None and not rules.may_manage_workshops(by):
        raise Forbidden
    space = db.session.get_one(Space, workshop.topics_space_id or workshop.space_id)
    if space.kind == kind:
        return
    if not rules.may_have_audience(db.session.get_one(Space, workshop.space_id).kind, kind):
        raise Invalid(fields={"kind": _("Choose who may read its topics.")})
    if workshop.topics_space_id is None:
        space = open_space(kind=SpaceKind(kind), names=queries.titles_of(workshop.id), by=by)
        workshop.topics_space_id = space.id
        move_topics(queries.topic_ids_of(workshop.id), space_id=space.id)
    change_kind(space, kind=SpaceKind(kind), by=by)


def start_topic(
    workshop: Row,
    *,
    author: Reader,
    title: str,
    words: str,
    language: str | None = None,
    themes: Sequence[int] = (),
    tags: Sequence[str] = (),
    kind: str | None = None,
    key: str | None = None,
    seen_by_moderator: bool = False,
    quietly: bool = False,
) -> Done:
    """Start a topic in a workshop, in the space of its topics and, by the clock, in its phase. Where it is begun
    `quietly`, who comes does not follow it by that."""
    done = start_plain_topic(
        space_id=workshop.topics_space_id,
        author=author,
        title=title,
        words=words,
        language=language,
        themes=themes,
        tags=tags,
        kind=kind,
        key=key,
        within=workshop.id,
        seen_by_moderator=seen_by_moderator,
    )
    if not done.was_done and done.held is None:
        phase = Phase(queries.phase_at(workshop, clock.now()))
        db.session.add(WorkshopTopic(topic_id=done.id, workshop_id=workshop.id, phase=phase, talk_id=None))
        if not quietly:
            record(WorkshopTopicStarted(workshop.id, done.id))
    return done
