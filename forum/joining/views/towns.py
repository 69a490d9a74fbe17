"""Towns that applicants named and the network does not know: the list, and one with the three answers."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from forum.core import clock
from forum.core.db import transaction
from forum.core.errors import NotFound, Refused
from forum.core.languages import LANGUAGES, current_speech, direction, ngettext
from forum.core.languages import gettext as _
from forum.joining import queries
from forum.joining.actions import vetting
from forum.joining.forms import ApproveForm, DeclineForm
from forum.joining.models import Application, ApplicationState
from forum.joining.views.blueprint import pages
from forum.joining.views.desk import manager
from forum.municipalities import queries as municipalities


@pages.get("/municipalities/proposed")
def towns() -> str:
    """What waits, the longest first, with what it sounds like."""
    manager()
    waiting = queries.towns_waiting(current_speech().locale)
    return render_template("joining/towns.html", towns=waiting, waiting=queries.count_waiting(), now=clock.now())


@pages.get("/applications/<id:application_id>/town")
def town(application_id: int) -> str:
    """One, with the three answers."""
    found = _unknown(application_id)
    likely = municipalities.called(found.town, current_speech().locale, most=1)
    names = {f"name_{language}": found.town for language in LANGUAGES}
    chosen = next((str(row.id) for row in likely if row.country == found.country), "")
    form = ApproveForm(data={"municipality": chosen, "country": found.country, **names})
    return _page(found, form, DeclineForm())


def _unknown(application_id: int) -> Application:
    """An application that waits and named a town of its own, or NotFound."""
    manager()
    found = queries.get_application(application_id)
    if found.municipality_id is not None or found.state != ApplicationState.WAITING:
        raise NotFound
    return found


def _page(found: Application, form: ApproveForm, decline: DeclineForm, refused: Refused | None = None) -> str:
    return render_template(
        "joining/town.html",
        application=found,
        town_direction=direction(found.town),
        asked=queries.naming_the_same(found),
        form=form,
        decline=decline,
        refused=refused,
    )


@pages.put("/applications/<id:application_id>/town")
def settle_town(application_id: int) -> BaseResponse | tuple[str, int]:
    """It is new, or it is one that the network has."""
    reader, form = manager(), ApproveForm.sent()
    found = queries.get_application(application_id)
    try:
        form.check()
        with transaction():
            vetting.settle_town(
                application_id,
                by=reader,
                municipality_id=form.municipality_id,
                names=form.names(),
                country=form.country.data or "",
            )
    except Refused as refused:
        form.take(refused)
        return _page(found, form, DeclineForm(), refused), refused.status
    flash(_("Kept. Now say whether the applicant becomes a member."))
    return redirect(url_for("joining.application", application_id=application_id), 303)


@pages.put("/applications/<id:application_id>/town/refusal")
def refuse_town(application_id: int) -> BaseResponse | tuple[str, int]:
    """It cannot join."""
    reader, form = manager(), DeclineForm.sent()
    found = queries.get_application(application_id)
    try:
        form.check()
        with transaction():
            number = vetting.refuse_town(application_id, by=reader, answer=form.answer.data)
    except Refused as refused:
        form.take(refused)
        return _page(found, ApproveForm(), form, refused), refused.status
    flash(ngettext("%(num)s applicant gets a letter.", "%(num)s applicants get a letter.", number))
    return redirect(url_for("joining.towns"), 303)
