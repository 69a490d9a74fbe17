"""The list of workshops, one with its programme and its topics, and who reads those."""

from flask import flash, redirect, render_template, request, url_for
from sqlalchemy import Row
from werkzeug.wrappers import Response as BaseResponse

from forum.agenda.queries import backing_of
from forum.attending.queries import all_attended
from forum.closing.queries import find_record, posts_for, recording_of
from forum.core import clock
from forum.core.db import transaction
from forum.core.languages import current_speech, direction
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.core.web import current_reader, signed_in_reader
from forum.records.queries import captioned, records_of
from forum.registering.queries import standing_of
from forum.registering.rules import may_see_registrations
from forum.spaces.models import SpaceKind
from forum.spaces.rules import may_read_space
from forum.topics.queries import labels_for
from forum.topics.rules import may_start_topic
from forum.workshops import actions, queries, rules
from forum.workshops.forms import AudienceForm
from forum.workshops.models import Phase
from forum.workshops.views.blueprint import pages


@pages.get("/workshops")
def index() -> str:
    """What is coming, the next first; then what is over, the last first, a page at a time."""
    reader, language, cursor = current_reader(), current_speech().locale, request.args.get("cursor")
    coming = [] if cursor else queries.coming(reader, language, size=queries.MOST_COMING)
    past = queries.past(reader, language, cursor=cursor)
    languages = queries.languages_of([row.id for row in (*coming, *past.items)])
    return render_template(
        "workshops/index.html",
        coming=coming,
        past=past,
        languages=languages,
        cursor=cursor,
        may_manage=rules.may_manage_workshops(reader),
        now=clock.now(),
    )


@pages.get("/workshops/<id:workshop_id>")
def show(workshop_id: int) -> str:
    """One workshop."""
    reader, language = current_reader(), current_speech().locale
    workshop = queries.get_workshop(workshop_id, reader=reader, language=language)
    topics = queries.topics_of(workshop.id, reader=reader, language=language, cursor=request.args.get("cursor"))
    record = find_record(workshop.id) if workshop.closed_at else None
    shown = [id for one in record.content["objectives"].values() for id in one["posts"]] if record else []
    recording = recording_of(record) if record else None
    records = records_of(workshop.id, reader=reader)
    return render_template(
        "workshops/show.html",
        workshop=workshop,
        shared={"title": workshop.title, "description": workshop.summary},
        unlisted=workshop.space_kind != SpaceKind.PUBLIC,
        canonical=url_for("workshops.show", workshop_id=workshop.id),
        languages=queries.languages_of([workshop.id])[workshop.id],
        objectives=queries.objectives_of(workshop.id, language),
        sessions=queries.sessions_of(workshop.id, language),
        talks=queries.talks_of(workshop.id, language),
        materials=queries.materials_of(workshop.id),
        prepares=queries.prepared_by(workshop.id, reader=reader, language=language),
        follows=queries.leading_to(workshop.id, reader=reader, language=language),
        backing=backing_of(workshop.id, reader=reader),
        records=records,
        record=record,
        recording=recording,
        captions=captioned(records) if recording and recording.is_video else [],
        record_posts=posts_for(shown, reader=reader),
        attended=all_attended(workshop.id, language) if record and may_see_registrations(reader) else [],
        direction=direction,
        topics=topics,
        labels=labels_for([row.id for row in topics.items], language),
        phases={phase: [row for row in topics.items if row.phase == phase] for phase in Phase},
        may_start=may_start_topic(reader, space_kind=workshop.topics_kind, belongs=workshop.topics_belongs),
        may_read_topics=may_read_space(reader, workshop.topics_kind, belongs=workshop.topics_belongs),
        audience=_audience(reader, workshop),
        may_manage=rules.may_manage_workshops(reader),
        standing=standing_of(workshop.id, reader),
        now=clock.now(),
    )


@pages.put("/workshops/<id:workshop_id>/audience")
def change_audience(workshop_id: int) -> BaseResponse:
    """Say who reads its topics; for managers."""
    reader = signed_in_reader()
    workshop = queries.get_workshop(workshop_id, reader=reader, language=current_speech().locale)
    form = AudienceForm.sent()
    form.check()
    with transaction():
        actions.change_audience(queries.get_row(workshop.id), kind=form.kind.data, by=reader)
    flash(_("Who may read the topics is changed, from this moment."))
    return redirect(url_for("workshops.show", workshop_id=workshop_id), 303)


def _audience(reader: Reader, workshop: Row) -> AudienceForm | None:
    """The form for those who may say who reads its topics, where that can be said."""
    if not rules.may_manage_workshops(reader) or not rules.may_have_audience(workshop.space_kind, SpaceKind.STAFF):
        return None
    return AudienceForm(data={"kind": workshop.topics_kind})
