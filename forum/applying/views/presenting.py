"""A member's own application."""

from flask import flash, redirect, render_template, request, url_for
from sqlalchemy import Row
from werkzeug.wrappers import Response as BaseResponse
from wtforms.fields import SelectChoice

from forum.applying import actions, queries, rules
from forum.applying.forms import CandidacyForm
from forum.applying.views.blueprint import pages, seen_workshop
from forum.core import clock
from forum.core.db import transaction
from forum.core.errors import Invalid, Refused
from forum.core.languages import current_speech
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.core.web import signed_in_reader
from forum.municipalities.queries import name_of
from forum.questionnaires.actions import read_answers
from forum.questionnaires.actions.reading import Sent
from forum.questionnaires.queries import as_sent, said
from forum.topics.queries import theme_tree
from forum.workshops.queries import leading_to


@pages.get("/workshops/<id:workshop_id>/application")
def application(workshop_id: int) -> str:
    """The form while the call is open, then what was sent, and once everybody is told what became of it."""
    reader, workshop = signed_in_reader(), seen_workshop(workshop_id)
    own = queries.find_candidacy(workshop.id, reader.id)
    held = CandidacyForm.shown(own) if own and own.withdrawn_at is None else {}
    return _page(workshop, CandidacyForm(data=held), reader)


@pages.put("/workshops/<id:workshop_id>/application")
def apply(workshop_id: int) -> BaseResponse | tuple[str, int]:
    """Apply, or say it in other words; pressed twice it is one application."""
    reader, workshop = signed_in_reader(), seen_workshop(workshop_id)
    form = CandidacyForm.sent()
    try:
        apply_as_sent(workshop, form, request.form.to_dict(flat=False), reader)
    except Refused as refused:
        form.take(refused)
        return _page(workshop, form, reader, refused), refused.status
    flash(_("Thank you: your application is kept. You can change it until the call closes."))
    return redirect(url_for("applying.application", workshop_id=workshop_id), 303)


def apply_as_sent(workshop: Row, form: CandidacyForm, sent: Sent, reader: Reader) -> None:
    """For page and API; `sent` holds the answers to the manager's questions. All that is wrong is said together."""
    read = read_answers(queries.form_of(workshop.id, current_speech().locale).asked, sent)
    wrong = dict(read.errors)
    try:
        form.check()
    except Invalid as refused:
        wrong = refused.fields | wrong
    if wrong:
        raise Invalid(fields=wrong)
    with transaction():
        actions.apply(workshop, form.presented(read.answers), by=reader)


@pages.delete("/workshops/<id:workshop_id>/application")
def withdraw(workshop_id: int) -> BaseResponse:
    """Think better of it."""
    withdraw_now(workshop_id)
    flash(_("Your application is taken back."))
    return redirect(url_for("applying.call", workshop_id=workshop_id), 303)


def withdraw_now(workshop_id: int) -> None:
    """For page and API."""
    reader, workshop = signed_in_reader(), seen_workshop(workshop_id)
    with transaction():
        actions.withdraw(workshop, by=reader)


@pages.put("/workshops/<id:workshop_id>/application/confirmation")
def confirm(workshop_id: int) -> BaseResponse:
    """Say that one comes."""
    confirm_now(workshop_id)
    flash(_("Thank you: you come, and the organisers know it."))
    return redirect(url_for("applying.application", workshop_id=workshop_id), 303)


def confirm_now(workshop_id: int) -> Row:
    """For page and API."""
    reader, workshop = signed_in_reader(), seen_workshop(workshop_id)
    with transaction():
        actions.confirm(workshop, by=reader)
    return workshop


def _page(workshop: Row, form: CandidacyForm, reader: Reader, refused: Refused | None = None) -> str:
    language = current_speech().locale
    call = queries.get_call(workshop.id)
    own = queries.find_candidacy(workshop.id, reader.id)
    outcome = queries.outcome_of(call, own, reader)
    questions = queries.form_of(workshop.id, language, member_id=reader.id)
    kept = as_sent(questions.asked, questions.answers)
    errors = {name: said for name, said in (refused.fields if refused else {}).items() if name not in form}
    form.theme.choices = [SelectChoice("", _("No theme in particular"))]
    for branch in theme_tree(language):
        if not branch.is_retired or str(branch.id) == form.theme.data:
            form.theme.choices.append(
                SelectChoice(str(branch.id), "\N{NO-BREAK SPACE}" * 3 * branch.depth + branch.name)
            )
    return render_template(
        "applying/application.html",
        workshop=workshop,
        call=call,
        form=form,
        own=own,
        outcome=outcome,
        is_open=rules.is_open(call, workshop),
        reviews=queries.is_reviewer(workshop.id, reader.member_id),
        municipality=name_of(reader.municipality_id, language),
        asked=questions.asked,
        answers=questions.answers,
        said_of=said,
        edition=questions.edition,
        sent=request.form.to_dict(flat=False) if refused else kept,
        errors=errors,
        has_new=bool(read_answers(questions.asked, kept).errors),
        prepares=leading_to(workshop.id, reader=reader, language=language) if outcome else (),
        refused=refused,
        now=clock.now(),
    )
