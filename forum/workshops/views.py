"""Pages of workshops: the list, one with its programme and its topics, starting a topic in it."""

from dataclasses import dataclass
from datetime import date, datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy import Row
from werkzeug.wrappers import Response as BaseResponse

from forum.core import clock
from forum.core.db import transaction
from forum.core.errors import Forbidden, Refused
from forum.core.languages import current_speech, format_date, format_span, in_digits, month_name, utc_to_wall, zone_name
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.core.web import current_reader, signed_in_reader
from forum.drafts.models import DraftKind
from forum.drafts.queries import begun
from forum.spaces.models import SpaceKind
from forum.spaces.rules import may_read_space
from forum.topics.actions import preview as preview_of
from forum.topics.queries import labels_for, theme_tree
from forum.topics.rules import may_start_topic
from forum.workshops import actions, queries, rules
from forum.workshops.forms import AudienceForm, TopicForm
from forum.workshops.models import Phase

pages = Blueprint("workshops", __name__, url_prefix="/<language:language>")


@pages.get("/workshops")
def index() -> str:
    """What is coming, the next first; then what is over, the last first, a page at a time."""
    reader, language, cursor = current_reader(), current_speech().locale, request.args.get("cursor")
    coming = [] if cursor else queries.coming(reader, language, size=queries.MOST_COMING)
    past = queries.past(reader, language, cursor=cursor)
    languages = queries.languages_of([row.id for row in (*coming, *past.items)])
    return render_template(
        "workshops/index.html", coming=coming, past=past, languages=languages, cursor=cursor, now=clock.now()
    )


@pages.get("/workshops/<id:workshop_id>")
def show(workshop_id: int) -> str:
    """One workshop."""
    reader, language = current_reader(), current_speech().locale
    workshop = queries.get_workshop(workshop_id, reader=reader, language=language)
    topics = queries.topics_of(workshop.id, reader=reader, language=language, cursor=request.args.get("cursor"))
    return render_template(
        "workshops/show.html",
        workshop=workshop,
        languages=queries.languages_of([workshop.id])[workshop.id],
        objectives=queries.objectives_of(workshop.id, language),
        talks=queries.talks_of(workshop.id, language),
        prepares=queries.prepared_by(workshop.id, reader=reader, language=language),
        follows=queries.leading_to(workshop.id, reader=reader, language=language),
        topics=topics,
        labels=labels_for([row.id for row in topics.items], language),
        phases={phase: [row for row in topics.items if row.phase == phase] for phase in Phase},
        may_start=_may_start(reader, workshop),
        may_read_topics=may_read_space(reader, workshop.topics_kind, belongs=workshop.topics_belongs),
        audience=_audience(reader, workshop),
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


@pages.get("/workshops/<id:workshop_id>/topics/new")
def new_topic(workshop_id: int) -> str:
    """The form for a new topic."""
    reader = signed_in_reader()
    workshop = queries.get_workshop(workshop_id, reader=reader, language=current_speech().locale)
    if not _may_start(reader, workshop):
        raise Forbidden
    return _page(workshop, TopicForm(data=begun(reader.member_id, DraftKind.WORKSHOP, workshop.id)))


@pages.post("/workshops/<id:workshop_id>/topics")
def start_topic(workshop_id: int) -> BaseResponse | str | tuple[str, int]:
    """Start a topic, or show how its first post will look."""
    reader = signed_in_reader()
    workshop = queries.get_workshop(workshop_id, reader=reader, language=current_speech().locale)
    form = TopicForm.sent()
    try:
        form.check()
        if form.preview.data:
            return _page(workshop, form, preview=form.words.data or "")
        with transaction():
            done = actions.start_topic(
                workshop,
                author=reader,
                title=form.title.data or "",
                words=form.words.data or "",
                language=form.language.data or None,
                themes=form.themes.data or (),
                tags=form.tags.data or (),
                kind=form.kind.data,
                key=form.key.data,
            )
    except Refused as refused:
        form.take(refused)
        return _page(workshop, form, refused=refused), refused.status
    return redirect(url_for("topics.show", topic_id=done.id), 303)


def _audience(reader: Reader, workshop: Row) -> AudienceForm | None:
    """The form for those who may say who reads its topics, where that can be said."""
    if not rules.may_manage_workshops(reader) or not rules.may_have_audience(workshop.space_kind, SpaceKind.STAFF):
        return None
    return AudienceForm(data={"kind": workshop.topics_kind})


def _may_start(reader: Reader, workshop: Row) -> bool:
    return may_start_topic(reader, space_kind=workshop.topics_kind, belongs=workshop.topics_belongs)


def _page(workshop: Row, form: TopicForm, *, preview: str = "", refused: Refused | None = None) -> str:
    rendered = preview_of(preview, language=form.language.data or None) if preview.strip() else None
    return render_template(
        "workshops/new_topic.html",
        workshop=workshop,
        form=form,
        themes=theme_tree(current_speech().locale),
        rendered=rendered,
        refused=refused,
    )


@dataclass(frozen=True)
class Dates:
    """When a workshop is, in words: a leaf of the calendar, the day and the hours in the reader's own time, and the
    organiser's where the clocks there show something else."""

    leaf: tuple[str, str, str]  # days, month, year
    day: str
    hours: str
    organisers: str | None


@pages.app_template_filter("dates")
def dates_of(workshop: Row) -> Dates:
    """Whoever travels lives by the clocks of the place, so its days are told; an hour online is told in the
    reader's own time."""
    speech = current_speech()
    first, last = _days(workshop, speech.zone if workshop.is_online else workshop.zone)
    days = f"{first.day}" if first == last else f"{first.day}–{last.day}"
    return Dates(
        leaf=(in_digits(days, speech), month_name(first.month), in_digits(str(first.year), speech)),
        day=format_date(first, weekday=True) if first == last else format_span(first, last),
        hours=_hours(workshop, speech.zone, (first, last)),
        organisers=None if _is_same(workshop, speech.zone) else _hours(workshop, workshop.zone, (first, last)),
    )


def _days(workshop: Row, zone: str) -> tuple[date, date]:
    starts, ends = _walls(workshop, zone)
    return starts.date(), ends.date()


def _walls(workshop: Row, zone: str) -> tuple[datetime, datetime]:
    return utc_to_wall(workshop.starts_at, zone), utc_to_wall(workshop.ends_at, zone)


def _hours(workshop: Row, zone: str, told: tuple[date, date]) -> str:
    """The hours in this zone; with their days, unless those are the ones that were told already."""
    starts, ends = _walls(workshop, zone)
    if (starts.date(), ends.date()) != told:
        return format_span(workshop.starts_at, workshop.ends_at, zone)
    begin, end, city = in_digits(f"{starts:%H:%M}"), in_digits(f"{ends:%H:%M}"), zone_name(zone)
    if starts.date() == ends.date():
        return _("%(hours)s, %(city)s time", hours=f"{begin}–{end}", city=city)
    return _("From %(begin)s on the first day to %(end)s on the last, %(city)s time", begin=begin, end=end, city=city)


def _is_same(workshop: Row, zone: str) -> bool:
    """Do the clocks of this zone show what the organiser's show?"""
    return [f"{wall:%Y-%m-%dT%H:%M}" for wall in _walls(workshop, zone)] == [workshop.starts_wall, workshop.ends_wall]
