"""The live page: what is on and what comes next, who is here, the questions as they come in."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from flask import Response, make_response, render_template, request
from sqlalchemy import Row

from forum.attending import queries, rules
from forum.attending.forms import AudienceQuestionForm
from forum.attending.fragments import here_words
from forum.attending.queries import MOST_LIVE
from forum.attending.views.blueprint import pages, seen_workshop
from forum.core import clock
from forum.core.languages import current_speech
from forum.core.web import current_reader
from forum.pads.queries import desk_of
from forum.pads.rules import Subject
from forum.registering.models import Place
from forum.registering.queries import standing_of
from forum.spaces.models import SpaceKind
from forum.workshops.queries import materials_of, sessions_of

pages.add_app_template_global(here_words)

REFRESH = 60  # seconds after which a page without scripts looks again, while the doors are open


class OnProgramme(NamedTuple):
    """A part of the programme: a session, or of an event without any the event itself; `when` it is, seen from now:
    over, now, next or later."""

    part: Row
    when: str


@pages.get("/workshops/<id:workshop_id>/live")
def live(workshop_id: int) -> str:
    """All that one needs while it is on, and to ask before."""
    workshop, reader, language = seen_workshop(workshop_id), current_reader(), current_speech().locale
    form, parts, standing = AudienceQuestionForm(), live_parts(workshop), standing_of(workshop.id, reader)
    notes = Subject.of_workshop(workshop, takes_part=standing.place == Place.CONFIRMED)
    pad = desk_of(notes, reader=reader)
    form.offer(queries.talks_to_ask(workshop.id, language))
    is_open = parts["opens"] <= parts["now"] <= parts["closes"] and workshop.cancelled_at is None
    is_still = "still" in request.args or pad.is_mine  # nobody's half-written notes are thrown away
    return render_template(
        "attending/live.html",
        workshop=workshop,
        unlisted=workshop.space_kind != SpaceKind.PUBLIC,
        programme=programme_at(sessions_of(workshop.id, language) or [workshop], parts["now"]),
        materials=materials_of(workshop.id),
        reading=queries.reading_of(workshop.id, reader=reader, language=language),
        standing=standing,
        pad=pad,
        form=form,
        refresh=REFRESH if is_open and not is_still else None,
        **parts,
    )


def live_parts(workshop: Row) -> dict[str, Any]:
    """What the parts are drawn from that change while one looks on."""
    reader, language = current_reader(), current_speech().locale
    asked = {"reader": reader, "language": language, "size": MOST_LIVE}
    now, (opens, closes) = clock.now(), rules.doors(workshop)
    here, is_here = queries.here_and_own(workshop.id, reader)
    return {
        "version": queries.version_of(workshop.id),
        "open_ones": queries.questions_of(workshop.id, **asked),
        "answered_ones": queries.questions_of(workshop.id, **asked, answered=True),
        "here": here,
        "is_here": is_here,
        "doors_open": rules.may_arrive(reader, workshop),
        "doors_to_open": reader.is_authenticated and now < opens and not workshop.is_date_approximate,
        "takes_questions": rules.takes_questions(workshop),
        "moderates": rules.may_moderate(reader),
        "opens": opens,
        "closes": closes,
        "now": now,
    }


def programme_at(parts: Sequence[Row], now: datetime) -> list[OnProgramme]:
    """The parts in order, with when they are."""
    coming = next((one for one in parts if one.starts_at > now), None)
    return [OnProgramme(one, _when(one, coming, now)) for one in parts]


def _when(part: Row, coming: Row | None, now: datetime) -> str:
    if part.ends_at <= now:
        return "over"
    if part.starts_at <= now:
        return "now"
    return "next" if part is coming else "later"


@pages.get("/workshops/<id:workshop_id>/live/questions")
def changes(workshop_id: int) -> Response:
    """The same parts alone, for a page that was away or reaches no socket. With `?since=` the version that it has,
    204 where nothing is another."""
    workshop = seen_workshop(workshop_id)
    version = queries.version_of(workshop.id)
    if request.args.get("since") == version:
        response = make_response("", 204)
    else:
        parts = live_parts(workshop)
        version = parts["version"]
        response = make_response(render_template("attending/_parts.html", workshop=workshop, **parts))
    response.headers["Questions-Version"] = version
    return response
