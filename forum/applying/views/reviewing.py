"""What reviewers see: the applications that are theirs to look at, and one of them. Managers see each, too."""

from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from sqlalchemy import Row
from werkzeug.wrappers import Response as BaseResponse

from forum.applying import actions, queries
from forum.applying.forms import ReviewForm
from forum.applying.models import Review
from forum.applying.queries import Given
from forum.applying.views.blueprint import pages, runs, seen_workshop
from forum.core import clock
from forum.core.db import transaction
from forum.core.errors import Forbidden, Invalid, NotFound
from forum.core.languages import current_speech
from forum.core.languages import gettext as _
from forum.core.paging import Page
from forum.core.reader import Reader
from forum.core.web import signed_in_reader
from forum.questionnaires.queries import said


def reviewer_of(workshop_id: int) -> tuple[Row, Reader]:
    """The workshop, for one of its reviewers."""
    reader, workshop = signed_in_reader(), seen_workshop(workshop_id)
    if not queries.is_reviewer(workshop.id, reader.member_id):
        raise Forbidden
    return workshop, reader


def reviewed_page(workshop_id: int) -> tuple[Row, Reader, Page[Row]]:
    """For page and API."""
    workshop, reader = reviewer_of(workshop_id)
    cursor = request.args.get("cursor")
    return workshop, reader, queries.reviewed(workshop.id, reader, current_speech().locale, cursor=cursor)


@pages.get("/workshops/<id:workshop_id>/reviews")
def reviews(workshop_id: int) -> str:
    """Those that are the reader's to look at."""
    workshop, reader, page = reviewed_page(workshop_id)
    return render_template(
        "applying/reviews.html",
        workshop=workshop,
        call=queries.get_call(workshop.id),
        page=page,
        left=queries.count_left(workshop.id, reader)[1],
        cursor=request.args.get("cursor"),
        now=clock.now(),
    )


@dataclass(frozen=True)
class Seen:
    """An application as the reader may see it: `applicant` for managers, `reviewed` for its reviewers."""

    workshop: Row
    reader: Reader
    applicant: Row | None
    reviewed: Row | None
    reviews: list[Given]

    @property
    def row(self) -> Row:
        """What both have: who applies, and what they say."""
        row = self.applicant if self.applicant is not None else self.reviewed
        assert row is not None, "one of them sees it"
        return row


def seen(workshop_id: int, candidacy_id: int) -> Seen:
    """NotFound for everybody else."""
    reader, workshop = signed_in_reader(), seen_workshop(workshop_id)
    language = current_speech().locale
    reviewed = queries.find_reviewed(workshop.id, candidacy_id, reader, language)
    applicant = None
    if runs(workshop.id, reader):
        applicant = queries.get_candidacy_row(workshop.id, candidacy_id, reader=reader, language=language)
    if applicant is None and reviewed is None:
        raise NotFound
    return Seen(workshop, reader, applicant, reviewed, queries.seen_reviews(candidacy_id, reader))


@pages.get("/workshops/<id:workshop_id>/applications/<id:candidacy_id>")
def candidacy(workshop_id: int, candidacy_id: int) -> str:
    """One application, with the reviews that the reader may read."""
    found = seen(workshop_id, candidacy_id)
    own = next((one for one in found.reviews if one.reviewer_id == found.reader.id), None)
    form = ReviewForm(data={"note": own.note}) if own else ReviewForm()
    return _page(found, form, dict(own.scores) if own else {})


def _page(found: Seen, form: ReviewForm, points: dict[int, int | None], refused: Invalid | None = None) -> str:
    questions = queries.form_of(found.workshop.id, current_speech().locale, member_id=found.row.member_id)
    return render_template(
        "applying/candidacy.html",
        workshop=found.workshop,
        row=found.row,
        applicant=found.applicant,
        reviewed=found.reviewed,
        reviews=found.reviews,
        criteria=queries.criteria_of(found.workshop.id, current_speech().locale),
        call=queries.get_call(found.workshop.id),
        asked=questions.asked,
        answers=questions.answers,
        said_of=said,
        form=form,
        points=points,
        refused=refused,
        now=clock.now(),
    )


@pages.put("/workshops/<id:workshop_id>/applications/<id:candidacy_id>/review")
def give_review(workshop_id: int, candidacy_id: int) -> BaseResponse | tuple[str, int]:
    """Give points, or others than before."""
    found, form = seen(workshop_id, candidacy_id), ReviewForm.sent()
    try:
        review_as_sent(found, form)
    except Invalid as refused:
        form.take(refused)
        return _page(found, form, dict(points_sent(found, form)), refused), refused.status
    flash(_("Your review is kept. You can change it until everybody is told."))
    return redirect(url_for("applying.reviews", workshop_id=workshop_id), 303)


def review_as_sent(found: Seen, form: ReviewForm) -> Review:
    """For page and API."""
    if found.reviewed is None:
        raise NotFound
    form.check()
    points = points_sent(found, form)
    with transaction():
        row = queries.get_candidacy(found.workshop.id, found.row.id)
        actions.give_review(row, points, note=form.note.data or "", by=found.reader)
    given = queries.find_review(found.row.id, found.reader.member_id)
    assert given is not None, "it was given just now"
    return given


def points_sent(found: Seen, form: ReviewForm) -> dict[int, int | None]:
    """{criterion id: points}: they come in the order of the criteria."""
    given: list[Any] = form.points.data or []
    criteria = queries.criteria_of(found.workshop.id, current_speech().locale)
    return {one.id: given[at] if at < len(given) else None for at, one in enumerate(criteria)}
