"""The announcement of an event on one sheet, in one language or in two: made from the record, to be printed or sent."""

from dataclasses import replace

from flask import render_template, request, url_for
from sqlalchemy import Row

from forum.core.languages import NAMES, current_speech, speaking
from forum.core.reader import Reader
from forum.core.web import current_reader
from forum.registering.queries import capacity_of
from forum.registering.rules import is_over
from forum.spaces.models import SpaceKind
from forum.workshops import queries
from forum.workshops.actions.plans import LIKELIEST
from forum.workshops.views.blueprint import pages


@pages.get("/workshops/<id:workshop_id>/announcement")
def announcement(workshop_id: int) -> str:
    """In the language of the page, and in `?with=ar` if the event is announced in it: the other one that most can read
    unless something else is asked for. `?below=1` puts the second below the first."""
    reader, here = current_reader(), current_speech().locale
    workshop = queries.get_workshop(workshop_id, reader=reader, language=here)
    written = queries.texts_of(workshop.id)
    others = [language for language in LIKELIEST if language in written and language != workshop.text_language]
    asked = request.args.get("with")
    second = None if asked == "" else asked if asked in others else next(iter(others), None)
    sheets = [(workshop.text_language, _sheet(workshop, workshop.text_language))]
    if second is not None:
        sheets.append((second, _sheet(_in(workshop_id, reader, second), second)))
    below = "below" in request.args

    def address(language: str | None, *, under: bool = below) -> str:
        more = {"below": 1} if under else {}
        return url_for("workshops.announcement", workshop_id=workshop_id, **{"with": language or ""}, **more)

    return render_template(
        "workshops/announcement.html",
        workshop=workshop,
        sheets=sheets,
        below=below,
        unlisted=workshop.space_kind != SpaceKind.PUBLIC,
        shared={"title": workshop.title, "description": workshop.summary},
        canonical=url_for("workshops.show", workshop_id=workshop_id),
        seconds=[(one, NAMES[one], address(one), one == second) for one in others] if others else [],
        alone=address(None),
        second=second,
        beside_url=address(second, under=False),
        below_url=address(second, under=True),
    )


def _in(workshop_id: int, reader: Reader, language: str) -> Row:
    return queries.get_workshop(workshop_id, reader=reader, language=language)


def _sheet(workshop: Row, language: str) -> str:
    """All of it in one language: our words, too."""
    with speaking(replace(current_speech(), language=language)):
        return render_template(
            "workshops/_announcement.html",
            workshop=workshop,
            language=language,
            languages=queries.languages_of([workshop.id])[workshop.id],
            objectives=queries.objectives_of(workshop.id, language),
            sessions=queries.sessions_of(workshop.id, language),
            talks=queries.talks_of(workshop.id, language),
            capacity=capacity_of(workshop.id),
            over=is_over(workshop),
        )
