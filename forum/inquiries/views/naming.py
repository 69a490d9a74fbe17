"""The focal points of a municipality, named by managers."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from forum.core.db import transaction
from forum.core.door import reader_who
from forum.core.languages import current_speech
from forum.core.languages import gettext as _
from forum.inquiries import actions, queries, rules
from forum.inquiries.views.blueprint import pages
from forum.members.models import Member
from forum.members.queries import get_member
from forum.members.queries.names import directory
from forum.municipalities.queries import get_municipality, name_of

POINTS = "/municipalities/<id:municipality_id>/focal-points"


def points_of(municipality_id: int) -> Sequence[Member]:
    """For managers, who vouch for municipalities."""
    reader_who(rules.may_name_focal_points)
    get_municipality(municipality_id)
    return queries.focal_points(municipality_id)


@pages.get(POINTS)
def focal_points(municipality_id: int) -> str:
    """The members from there, and which of them stand behind its answers."""
    language = current_speech().locale
    points = points_of(municipality_id)
    return render_template(
        "inquiries/focal_points.html",
        municipality_id=municipality_id,
        name=name_of(municipality_id, language) or "",
        points=points,
        members=directory(language, municipality_id=municipality_id).items,
    )


@pages.put(f"{POINTS}/<id:member_id>")
def name(municipality_id: int, member_id: int) -> BaseResponse:
    """They approve what their municipality answers."""
    name_now(municipality_id, member_id)
    flash(_("Named: what the municipality answers counts once they approve it."))
    return redirect(url_for("inquiries.focal_points", municipality_id=municipality_id), 303)


def name_now(municipality_id: int, member_id: int) -> None:
    """For page and API."""
    points_of(municipality_id)
    with transaction():
        reader = reader_who(rules.may_name_focal_points)
        actions.name_focal_point(get_member(member_id), municipality_id, by=reader)


@pages.delete(f"{POINTS}/<id:member_id>")
def unname(municipality_id: int, member_id: int) -> BaseResponse:
    """They do not any more."""
    unname_now(municipality_id, member_id)
    return redirect(url_for("inquiries.focal_points", municipality_id=municipality_id), 303)


def unname_now(municipality_id: int, member_id: int) -> None:
    """For page and API."""
    points_of(municipality_id)
    with transaction():
        reader = reader_who(rules.may_name_focal_points)
        actions.unname_focal_point(member_id, municipality_id, by=reader)
