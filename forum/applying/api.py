"""JSON of calls and applications."""

from flask import Blueprint, Response, jsonify, request

from forum.applying import actions, queries, rules
from forum.applying.forms import CallForm, CandidacyForm, DecisionForm, ReviewForm
from forum.applying.shapes import (
    ApplicantShape,
    BalanceShape,
    CallShape,
    CandidacyShape,
    PresentedShape,
    ReviewedShape,
    SeenCandidacyShape,
    ToldShape,
    applicant_shape,
    balance_shape,
    call_shape,
    candidacy_shape,
    form_shape,
    review_shape,
    reviewed_shape,
)
from forum.applying.views.blueprint import managed, runs, seen_workshop
from forum.applying.views.calling import remove_now, set_as_sent
from forum.applying.views.desk import export, release_now, tell_now
from forum.applying.views.presenting import apply_as_sent, confirm_now, withdraw_now
from forum.applying.views.reviewing import review_as_sent, reviewed_page, seen
from forum.core.api import PageOf, json_body, list_of, moment
from forum.core.db import transaction
from forum.core.errors import NotFound
from forum.core.languages import current_speech
from forum.core.openapi import gives
from forum.core.web import current_reader, signed_in_reader
from forum.questionnaires.actions import sent_of_json
from forum.questionnaires.queries.telling import answers_shape

pages = Blueprint("applying_api", __name__, url_prefix="/api/v1")


@pages.get("/workshops/<id:workshop_id>/call")
@gives(CallShape)
def call(workshop_id: int) -> Response:
    """What the call says; the criteria for reviewers and managers, who reviews for managers."""
    return _call(workshop_id)


@pages.put("/workshops/<id:workshop_id>/call")
@gives(CallShape, takes=CallForm, refuses={409: None})
def set_call(workshop_id: int) -> Response:
    """Open a call, or change it; for managers."""
    workshop, reader = managed(workshop_id)
    set_as_sent(workshop.id, CallForm.of_json(json_body()), reader)
    return _call(workshop_id)


@pages.delete("/workshops/<id:workshop_id>/call")
@gives(None, refuses={409: None})
def remove_call(workshop_id: int) -> Response:
    """Take it away while nobody has applied; for managers."""
    remove_now(workshop_id)
    return Response(status=204)


@pages.get("/workshops/<id:workshop_id>/application")
@gives(CandidacyShape, guests=False)
def application(workshop_id: int) -> Response:
    """One's own application, and once everybody is told what became of it."""
    signed_in_reader()
    return _own(seen_workshop(workshop_id).id)


@pages.put("/workshops/<id:workshop_id>/application")
@gives(CandidacyShape, takes=PresentedShape, refuses={409: None})
def apply(workshop_id: int) -> Response:
    """Apply for one's municipality, or change that, until the call closes."""
    reader, workshop, body = signed_in_reader(), seen_workshop(workshop_id), json_body()
    asked = queries.form_of(workshop.id, current_speech().locale).asked
    sent = sent_of_json(asked, body.get("answers") or [])
    apply_as_sent(workshop, CandidacyForm.of_json(body), sent, reader)
    return _own(workshop.id)


@pages.delete("/workshops/<id:workshop_id>/application")
@gives(None)
def withdraw(workshop_id: int) -> Response:
    """Think better of it; a place goes to the next who waits."""
    withdraw_now(workshop_id)
    return Response(status=204)


@pages.put("/workshops/<id:workshop_id>/application/confirmation")
@gives(CandidacyShape)
def confirm(workshop_id: int) -> Response:
    """Who has a place says that they come."""
    return _own(confirm_now(workshop_id).id)


@pages.get("/workshops/<id:workshop_id>/reviews")
@gives(PageOf[ReviewedShape], guests=False)
def reviews(workshop_id: int) -> Response:
    """The applications that are the reader's to look at; for reviewers."""
    return list_of(reviewed_page(workshop_id)[2], reviewed_shape)


@pages.get("/workshops/<id:workshop_id>/applications")
@gives(PageOf[ApplicantShape], guests=False)
def applications(workshop_id: int) -> Response:
    """All of them, the most points first; for managers."""
    workshop, reader = managed(workshop_id)
    queries.get_call(workshop.id)
    cursor = request.args.get("cursor")
    return list_of(queries.candidacies(workshop.id, reader, current_speech().locale, cursor=cursor), applicant_shape)


@pages.get("/workshops/<id:workshop_id>/applications.csv")
@gives("text/csv", guests=False)
def applications_table(workshop_id: int) -> Response:
    """All applications for a spreadsheet; for managers."""
    return Response(export(workshop_id), mimetype="text/csv")


@pages.get("/workshops/<id:workshop_id>/balance")
@gives(BalanceShape, guests=False)
def balance(workshop_id: int) -> Response:
    """Who applied and who is to come, by country, gender, theme and size of the municipality; for managers."""
    workshop, _reader = managed(workshop_id)
    queries.get_call(workshop.id)
    return jsonify(balance_shape(queries.balance_of(workshop.id, current_speech().locale)))


@pages.get("/workshops/<id:workshop_id>/applications/<id:candidacy_id>")
@gives(SeenCandidacyShape, guests=False)
def candidacy(workshop_id: int, candidacy_id: int) -> Response:
    """One application; for managers and its reviewers."""
    return _seen(workshop_id, candidacy_id)


@pages.put("/workshops/<id:workshop_id>/applications/<id:candidacy_id>/review")
@gives(SeenCandidacyShape, takes=ReviewForm, refuses={409: None})
def give_review(workshop_id: int, candidacy_id: int) -> Response:
    """Points in the order of the criteria, and a note; for its reviewers."""
    review_as_sent(seen(workshop_id, candidacy_id), ReviewForm.of_json(json_body()))
    return _seen(workshop_id, candidacy_id)


@pages.put("/workshops/<id:workshop_id>/applications/<id:candidacy_id>/decision")
@gives(SeenCandidacyShape, takes=DecisionForm, refuses={409: None})
def propose(workshop_id: int, candidacy_id: int) -> Response:
    """Propose what becomes of it; for managers. Nobody else sees it."""
    workshop, reader = managed(workshop_id)
    form = DecisionForm.of_json(json_body())
    form.check()
    with transaction():
        row = queries.get_candidacy(workshop.id, candidacy_id)
        actions.decide(row, form.decision.data or "", rank=form.rank.data, by=reader)
    return _seen(workshop_id, candidacy_id)


@pages.put("/workshops/<id:workshop_id>/decisions/publication")
@gives(ToldShape, refuses={409: None})
def tell_everybody(workshop_id: int) -> Response:
    """What is proposed holds, and each applicant is told theirs; for managers."""
    tell_now(workshop_id)
    return jsonify({"told_at": moment(queries.get_call(workshop_id).told_at)})


@pages.delete("/workshops/<id:workshop_id>/applications/<id:candidacy_id>/place")
@gives(None, refuses={409: None})
def release(workshop_id: int, candidacy_id: int) -> Response:
    """Take a place back; the next who waits has it. For managers."""
    release_now(workshop_id, candidacy_id)
    return Response(status=204)


def _call(workshop_id: int) -> Response:
    reader, workshop, language = current_reader(), seen_workshop(workshop_id), current_speech().locale
    row = queries.get_call_row(workshop.id, language)
    manages = runs(workshop.id, reader)
    reviews = reader.is_authenticated and queries.is_reviewer(workshop.id, reader.member_id)
    criteria = queries.criteria_of(workshop.id, language) if manages or reviews else None
    reviewers = queries.reviewers_of(workshop.id) if manages else None
    questions, is_open = queries.form_of(workshop.id, language), rules.is_open(row, workshop)
    return jsonify(call_shape(row, questions, is_open=is_open, criteria=criteria, reviewers=reviewers))


def _own(workshop_id: int) -> Response:
    reader = signed_in_reader()
    own = queries.find_candidacy(workshop_id, reader.id)
    if own is None:
        raise NotFound
    questions = queries.form_of(workshop_id, current_speech().locale, member_id=reader.id)
    outcome = queries.outcome_of(queries.get_call(workshop_id), own, reader)
    return jsonify(candidacy_shape(own, questions, outcome))


def _seen(workshop_id: int, candidacy_id: int) -> Response:
    found = seen(workshop_id, candidacy_id)
    questions = queries.form_of(workshop_id, current_speech().locale, member_id=found.row.member_id)
    return jsonify(
        {
            "applicant": applicant_shape(found.applicant) if found.applicant is not None else None,
            "reviewed": reviewed_shape(found.reviewed) if found.reviewed is not None else None,
            "questionnaire": form_shape(questions),
            "answers": answers_shape(questions.asked, questions.answers),
            "reviews": [review_shape(one) for one in found.reviews],
        }
    )
