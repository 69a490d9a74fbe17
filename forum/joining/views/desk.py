"""The managers' desk: applications that wait, one of them, yes or no."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from forum.core import clock
from forum.core.db import transaction
from forum.core.door import reader_who
from forum.core.errors import Invalid
from forum.core.languages import LANGUAGES, current_speech, direction
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.joining import queries
from forum.joining.actions import deciding
from forum.joining.forms import ApproveForm, DeclineForm
from forum.joining.models import Application, ApplicationState
from forum.joining.rules import may_decide
from forum.joining.views.blueprint import pages
from forum.municipalities import queries as municipalities


def manager() -> Reader:
    """The manager who asks; raises SignInNeeded or Forbidden."""
    return reader_who(may_decide)


@pages.get("/applications")
def applications() -> str:
    """Those that wait, the oldest first; `?decided=1` those that were answered."""
    manager()
    decided = "decided" in request.args
    page = queries.applications(current_speech().locale, decided=decided, cursor=request.args.get("cursor"))
    return render_template(
        "joining/applications.html", page=page, decided=decided, waiting=queries.count_waiting(), now=clock.now()
    )


@pages.get("/applications/<id:application_id>")
def application(application_id: int) -> str:
    """One, with the two answers."""
    manager()
    found = queries.get_application(application_id)
    return _page(found, ApproveForm(data=_proposed(found)), DeclineForm())


def _proposed(found: Application) -> dict[str, str]:
    """What the form begins with: the municipality that was chosen, or the one that sounds most like what was typed."""
    likely = municipalities.called(found.town, current_speech().locale, most=1) if found.town else []
    chosen = found.municipality_id or next((row.id for row in likely if row.country == found.country), None)
    names = {f"name_{language}": found.town for language in LANGUAGES}
    return {"municipality": str(chosen or ""), "country": found.country, **names}


def _page(found: Application, approve: ApproveForm, decline: DeclineForm, refused: Invalid | None = None) -> str:
    language = current_speech().locale
    name = municipalities.name_of(found.municipality_id, language) or found.town
    country = municipalities.get_municipality(found.municipality_id).country if found.municipality_id else found.country
    return render_template(
        "joining/application.html",
        application=found,
        place_name=name,
        country=country,
        waits=found.state == ApplicationState.WAITING,
        alike=queries.known_alike(found, language),
        reason_direction=direction(found.reason),
        answer_direction=direction(found.answer),
        approve=approve,
        decline=decline,
        refused=refused,
    )


@pages.put("/applications/<id:application_id>/approval")
def approve(application_id: int) -> BaseResponse | tuple[str, int]:
    """Yes."""
    reader, form = manager(), ApproveForm.sent()
    found = queries.get_application(application_id)
    try:
        form.check()
        with transaction():
            member = deciding.approve(
                application_id,
                by=reader,
                municipality_id=form.municipality_id,
                names=form.names(),
                country=form.country.data or "",
            )
    except Invalid as refused:
        form.take(refused)
        return _page(found, form, DeclineForm(), refused), refused.status
    flash(_("%(name)s is a member now and gets a letter.", name=f"\u2068{member.display_name}\u2069"))
    return redirect(url_for("joining.applications"), 303)


@pages.put("/applications/<id:application_id>/refusal")
def decline(application_id: int) -> BaseResponse | tuple[str, int]:
    """No, and why."""
    reader, form = manager(), DeclineForm.sent()
    found = queries.get_application(application_id)
    try:
        form.check()
        with transaction():
            deciding.decline(application_id, by=reader, answer=form.answer.data)
    except Invalid as refused:
        form.take(refused)
        return _page(found, ApproveForm(data=_proposed(found)), form, refused), refused.status
    flash(_("The applicant gets a letter with your reason."))
    return redirect(url_for("joining.applications"), 303)
