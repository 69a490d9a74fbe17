"""What the record of an event said at each publication, and what the next one made of it."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from flask import flash, redirect, render_template, url_for
from sqlalchemy import Row
from werkzeug.wrappers import Response as BaseResponse

from forum.closing import actions, queries, rules
from forum.closing.models import ClosingEdition, Recording
from forum.closing.queries import Change
from forum.closing.views.blueprint import managed, pages
from forum.core.db import transaction
from forum.core.errors import NotFound
from forum.core.languages import current_speech, direction
from forum.core.languages import gettext as _
from forum.core.text import differences
from forum.core.web import current_reader
from forum.workshops.queries import get_row, get_workshop, materials_of, objectives_of


class Opened(NamedTuple):
    """An edition as one reader sees it: what became of it in the next one (None for the last), its posts, and its
    recording, if it is still there."""

    workshop: Row
    edition: ClosingEdition
    following: ClosingEdition | None
    objectives: list[Row]
    posts: dict[int, Row]
    recording: Recording | None


def door(workshop_id: int) -> Row:
    """The event, for who reads its record: whoever sees the event while it has one, and who closes it at any time."""
    reader = current_reader()
    workshop = get_workshop(workshop_id, reader=reader, language=current_speech().locale)
    if workshop.closed_at is None and not rules.may_close(reader):
        raise NotFound
    return workshop


def opened(workshop_id: int, number: int) -> Opened:
    """For page and API; NotFound where there is no such edition, or none for this reader."""
    workshop = door(workshop_id)
    withdrawn = rules.may_read_withdrawn(current_reader())
    return seen_by_reader(workshop, *queries.get_edition(workshop.id, number, withdrawn=withdrawn))


def seen_by_reader(workshop: Row, edition: ClosingEdition, following: ClosingEdition | None) -> Opened:
    """With the objectives as they are worded now, and the posts that the reader may read."""
    ids = [id for one in edition.content["objectives"].values() for id in one["posts"]]
    objectives = list(objectives_of(workshop.id, current_speech().locale))
    posts = queries.posts_for(ids, reader=current_reader())
    return Opened(workshop, edition, following, objectives, posts, queries.recording_of(edition))


@pages.get("/<language:language>/workshops/<id:workshop_id>/outcome/editions")
def editions(workshop_id: int) -> str:
    """All of them, the last first."""
    workshop = door(workshop_id)
    found = queries.editions_of(workshop.id)
    if not found:
        raise NotFound
    reads_all = rules.may_read_withdrawn(current_reader())
    return render_template("closing/editions.html", workshop=workshop, editions=found, reads_all=reads_all)


@pages.get("/<language:language>/workshops/<id:workshop_id>/outcome/editions/<id:number>")
def edition(workshop_id: int, number: int) -> str | BaseResponse:
    """One with its texts, and beside them those of the next one where they differ."""
    seen = opened(workshop_id, number)
    changes = queries.changes(seen.edition, seen.following) if seen.following else []
    return render_template(
        "closing/edition.html",
        workshop=seen.workshop,
        record=seen.edition,
        following=seen.following,
        changes=list(_compared(changes)),
        objectives=seen.objectives,
        record_posts=seen.posts,
        recording=seen.recording,
        materials=materials_of(seen.workshop.id),
        direction=direction,
        may_withdraw=rules.may_close(current_reader()) and seen.following is not None,
    )


@pages.put("/<language:language>/workshops/<id:workshop_id>/outcome/editions/<id:number>/withdrawal")
def withdraw(workshop_id: int, number: int) -> BaseResponse:
    """Nobody but managers reads it."""
    change_edition(workshop_id, number, actions.withdraw_edition)
    flash(_("This text is out of sight: managers alone read it."))
    return redirect(url_for("closing.edition", workshop_id=workshop_id, number=number), 303)


@pages.delete("/<language:language>/workshops/<id:workshop_id>/outcome/editions/<id:number>/withdrawal")
def show_again(workshop_id: int, number: int) -> BaseResponse:
    """Whoever reads the record reads it again."""
    change_edition(workshop_id, number, actions.show_edition)
    flash(_("Whoever reads the record reads this text again."))
    return redirect(url_for("closing.edition", workshop_id=workshop_id, number=number), 303)


def change_edition(workshop_id: int, number: int, act: Callable[..., None]) -> None:
    """For page and API."""
    _workshop, reader = managed(workshop_id)
    with transaction():
        act(get_row(workshop_id), number, by=reader)


def _compared(changes: list[Change]) -> Iterator[dict[str, Any]]:
    for one in changes:
        sides = zip((one.before, one.after), differences(one.before, one.after), strict=True)
        yield {"part": one.part, "objective": one.objective, "language": one.language, "sides": list(sides)}
