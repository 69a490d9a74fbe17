"""What the notes said before: the list, any two texts side by side, and the way back for staff."""

from flask import flash, redirect, render_template, request, url_for
from sqlalchemy import Row
from werkzeug.wrappers import Response as BaseResponse

from forum.core.db import transaction
from forum.core.errors import Forbidden
from forum.core.languages import direction, to_latin_digits
from forum.core.languages import gettext as _
from forum.core.text import differences
from forum.core.web import signed_in_reader
from forum.pads import actions, queries, rules
from forum.pads.views.blueprint import pages, seen


@pages.get("/workshops/<id:workshop_id>/notes/history")
def history(workshop_id: int) -> str:
    """Who wrote when. `?number=` shows that version beside the one before it."""
    reader = signed_in_reader()
    workshop, subject = seen(workshop_id)
    page = queries.versions_of(subject, cursor=request.args.get("cursor"))
    asked = to_latin_digits(request.args.get("number", "")).strip()
    shown = queries.get_version(subject, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 9 else None
    before = queries.get_version(subject, shown.number - 1) if shown and shown.number > 1 else None
    return render_template(
        "pads/history.html",
        workshop=workshop,
        page=page,
        shown=shown,
        sides=_sides(before, shown) if shown else [],
        may_manage=rules.may_manage(reader, subject),
        direction=direction,
    )


def _sides(before: Row | None, shown: Row) -> list[tuple[Row, list[tuple[bool, str]]]]:
    if before is None:
        return [(shown, [(False, shown.words)])]
    return list(zip((before, shown), differences(before.words, shown.words), strict=True))


@pages.put("/workshops/<id:workshop_id>/notes/versions/<id:number>/return")
def bring_back(workshop_id: int, number: int) -> BaseResponse:
    """It is what the notes say again."""
    bring_back_now(workshop_id, number)
    flash(_("The notes say again what they said then. What they said until now is kept as well."))
    return redirect(url_for("pads.show", workshop_id=workshop_id), 303)


def bring_back_now(workshop_id: int, number: int) -> None:
    """For page and API."""
    reader = signed_in_reader()
    _workshop, subject = seen(workshop_id)
    if not rules.may_manage(reader, subject):
        raise Forbidden
    with transaction():
        actions.bring_back(subject, number, by=reader)
