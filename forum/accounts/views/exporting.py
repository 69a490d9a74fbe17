"""A member's data: asking for a copy, and fetching it once."""

from flask import Response, flash, redirect, render_template, send_file, url_for
from werkzeug.wrappers import Response as BaseResponse

from forum.accounts import queries
from forum.accounts.actions import exporting
from forum.accounts.forms import OwnPasswordForm
from forum.accounts.models import Export
from forum.accounts.views.asking import check_password
from forum.accounts.views.blueprint import pages
from forum.core import clock, web
from forum.core.db import transaction
from forum.core.errors import LinkOver, Refused
from forum.core.languages import gettext as _
from forum.core.personal.packing import path_of
from forum.core.web import signed_in_reader
from forum.members import queries as members

Page = str | tuple[str, int, dict[str, str]]


@pages.get("/settings/data")
def data() -> str:
    """What a member may ask for, and how far it is."""
    return _page(OwnPasswordForm())


def _page(form: OwnPasswordForm, refused: Refused | None = None) -> str:
    member = members.get_member(signed_in_reader().member_id)
    last = queries.find_last_export(member.id)
    return render_template(
        "accounts/data.html",
        form=form,
        refused=refused,
        email=member.email,
        export=last,
        under_way=last is not None and last.state in queries.UNDER_WAY,
        erasure=queries.find_waiting_erasure(member.id),
        now=clock.now(),
    )


@pages.post("/exports")
def ask_export() -> BaseResponse | Page:
    """Have a copy made."""
    form = OwnPasswordForm.sent()
    try:
        keep_asking(form)
    except Refused as refused:
        form.take(refused)
        return _page(form, refused), refused.status, refused.headers
    flash(_("Your data is being packed. A letter with a link comes when it is ready."))
    return redirect(url_for("accounts.data"), 303)


def keep_asking(form: OwnPasswordForm) -> Export:
    """Ask for a copy, for page and API alike."""
    member = members.get_member(signed_in_reader().member_id)
    check_password(form, member)
    with transaction():
        return exporting.ask_export(member)


@pages.get("/exports/<token>")
def export(token: str) -> BaseResponse:
    """Behind the link of a letter: one button, so that programs that open every link fetch nothing."""
    _token, found = queries.get_export(token, member_id=signed_in_reader().member_id)
    return web.never_kept(render_template("accounts/export.html", token=token, export=found))


@pages.post("/exports/<token>")
def fetch_export(token: str) -> Response:
    """The copy itself; the link is used up."""
    return send_export(token)


def send_export(token: str) -> Response:
    """Hand the copy over, for page and API alike."""
    _token, found = queries.get_export(token, member_id=signed_in_reader().member_id)
    path = path_of(found.file)
    if not path.exists():
        raise LinkOver
    with transaction():
        exporting.fetch_export(token, found)
    response = send_file(
        path, "application/zip", as_attachment=True, download_name=f"multaqa-{found.asked_at:%Y-%m-%d}.zip", etag=False
    )
    response.headers.update(web.PRIVATE)
    return response
