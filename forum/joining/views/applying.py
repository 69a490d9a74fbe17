"""Asking to join: which municipality, who and why, and the link that shows whose the address is."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from forum.core import web
from forum.core.db import transaction
from forum.core.errors import Refused
from forum.core.languages import clean_line, current_speech, direction
from forum.joining.actions import applying
from forum.joining.forms import ApplyForm
from forum.joining.models import LONGEST_TOWN
from forum.joining.views.blueprint import pages
from forum.members.actions.resetting import check_asking
from forum.members.queries.tokens import get_token
from forum.municipalities import queries as municipalities


@pages.get("/apply")
def apply_page() -> str:
    """First `?town=` in any script and spelling, then `?municipality=` or `?elsewhere=1`, then the form."""
    town = clean_line(request.args.get("town", ""))[:LONGEST_TOWN]
    language = current_speech().locale
    if "sent" in request.args:
        return render_template("joining/sent.html")
    form = ApplyForm(
        data={
            "municipality": request.args.get("municipality", ""),
            "town": town,
            "language": language,
            "reads": [language],
        }
    )
    if form.municipality_id is not None or "elsewhere" in request.args:
        return _page(form)
    found = municipalities.called(town, language) if town else []
    return render_template("joining/which.html", town=town, found=found, direction_of_town=direction(town))


def _page(form: ApplyForm, refused: Refused | None = None) -> str:
    name = country = None
    if form.municipality_id is not None:
        chosen = municipalities.get_municipality(form.municipality_id)
        name, country = municipalities.name_of(chosen.id, current_speech().locale), chosen.country
    return render_template("joining/apply.html", form=form, refused=refused, municipality=name, country=country)


@pages.post("/apply")
def apply() -> BaseResponse | tuple[str, int, dict[str, str]]:
    """Take the application; the answer is the same for every address."""
    form = ApplyForm.sent()
    try:
        form.check()
        ask(form)
    except Refused as refused:
        form.take(refused)
        return _page(form, refused), refused.status, refused.headers
    return redirect(url_for("joining.apply_page", sent=1), 303)


def ask(form: ApplyForm) -> None:
    """Ask to join, for page and API alike."""
    if form.is_from_program:
        return
    asked, address = form.asked(), request.remote_addr or ""
    applying.check(asked)
    check_asking(asked.email.strip().lower(), address)
    with transaction():
        applying.apply(asked, address=address)


@pages.get("/apply/<token>")
def confirm_page(token: str) -> BaseResponse:
    """Behind the link of the letter: one button, so that programs that open every link confirm nothing."""
    get_token(token, applying.CONFIRM)
    return web.never_kept(render_template("joining/confirm.html", token=token))


@pages.post("/apply/<token>")
def confirm(token: str) -> str:
    """The address is theirs."""
    with transaction():
        applying.confirm(token)
    return render_template("joining/confirmed.html")
