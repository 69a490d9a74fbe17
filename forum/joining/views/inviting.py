"""Invitations: the managers' page, and the page behind the link of the letter."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from forum.core import clock, web
from forum.core.db import db, transaction
from forum.core.decoding import decoded
from forum.core.door import reader_who
from forum.core.errors import Invalid, Refused
from forum.core.languages import current_speech, ngettext
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.joining import queries
from forum.joining.actions import inviting
from forum.joining.forms import AcceptForm, InviteForm
from forum.joining.models import Invitation
from forum.joining.rules import may_invite
from forum.joining.views.blueprint import pages
from forum.members import passwords
from forum.members.actions.tokens import LONG
from forum.members.queries.tokens import get_token
from forum.municipalities import queries as municipalities


def inviter() -> Reader:
    """The manager who asks; raises SignInNeeded or Forbidden."""
    return reader_who(may_invite)


@pages.get("/invitations")
def invitations() -> str:
    """The form, and who was invited, the newest first."""
    inviter()
    return _page(InviteForm(data={"language": current_speech().locale}))


def _page(form: InviteForm, refused: Refused | None = None) -> str:
    cursor = request.args.get("cursor")
    return render_template(
        "joining/invitations.html",
        form=form,
        refused=refused,
        page=queries.invitations(current_speech().locale, cursor=cursor),
        over=clock.now() - LONG,
        waiting=queries.count_waiting(),
        now=clock.now(),
    )


@pages.post("/invitations")
def invite() -> BaseResponse | tuple[str, int, dict[str, str]]:
    """Write to all of the list, typed or in a file."""
    reader, form, file = inviter(), InviteForm.sent(), request.files.get("file")
    try:
        if file and file.filename:
            form.guests.data = decoded(file.read(), field="guests")
        sent = send_invitations(form, reader)
    except Refused as refused:
        form.take(refused)
        return _page(form, refused), refused.status, refused.headers
    if sent:
        flash(ngettext("%(num)s invitation is on its way.", "%(num)s invitations are on their way.", sent))
    else:
        flash(_("No invitation was sent: all of them are members already."))
    return redirect(url_for("joining.invitations"), 303)


def send_invitations(form: InviteForm, reader: Reader) -> int:
    """Invite, for page and API alike."""
    form.check()
    guests = inviting.guests_in(form.guests.data or "")
    with transaction():
        return inviting.invite(
            guests, by=reader, municipality_id=form.municipality_id or 0, language=form.language.data or ""
        )


@pages.delete("/invitations/<id:invitation_id>")
def withdraw(invitation_id: int) -> BaseResponse:
    """The link opens nothing any more."""
    reader = inviter()
    with transaction():
        inviting.withdraw(invitation_id, by=reader)
    flash(_("The invitation is withdrawn."))
    return redirect(url_for("joining.invitations"), 303)


def _invitation(token: str) -> Invitation:
    return queries.get_invitation(get_token(token, inviting.INVITE).subject_id or 0)


@pages.get("/invitation/<token>")
def accept_page(token: str) -> BaseResponse:
    """Name and password; looking uses nothing up."""
    invitation = _invitation(token)
    form = AcceptForm(data={"display_name": invitation.display_name, "language": current_speech().locale})
    return web.never_kept(_accept_page(token, form))


def _accept_page(token: str, form: AcceptForm, refused: Refused | None = None) -> str:
    invitation = _invitation(token)
    name = municipalities.name_of(invitation.municipality_id, current_speech().locale)
    return render_template(
        "joining/accept.html", form=form, refused=refused, token=token, email=invitation.email, municipality=name
    )


@pages.post("/invitation/<token>")
def accept(token: str) -> BaseResponse:
    """They are a member; signing in comes next."""
    form = AcceptForm.sent()
    email = _invitation(token).email
    try:
        form.check()
        passwords.check_password(form.password.data, email=email)
        hashed = passwords.hash_password(form.password.data)
        with transaction():
            inviting.accept(token, hashed=hashed, **form.asked())
    except Invalid as refused:
        db.session.rollback()
        form.take(refused)
        return web.never_kept(_accept_page(token, form, refused), refused.status)
    flash(_("Welcome. Sign in with your new password now."))
    return redirect(url_for("members.sign_in"), 303)
