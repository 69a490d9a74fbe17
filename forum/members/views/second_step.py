"""Setting up the second step of signing in, and an admin's page for who has lost it."""

from flask import flash, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from forum.core import clock, web
from forum.core.db import transaction
from forum.core.errors import Forbidden, Invalid, Refused
from forum.core.languages import gettext as _
from forum.core.web import signed_in_reader
from forum.members import codes, passkeys, queries, rules
from forum.members.actions import second_step as actions
from forum.members.actions.second_step import Changed
from forum.members.forms.stepping import AppForm, PasskeyForm, ResetStepForm
from forum.members.models import Member
from forum.members.queries import second_step as steps
from forum.members.queries.staff import is_staff
from forum.members.views.blueprint import pages
from forum.members.views.confirming import confirmed, here, with_token
from forum.members.views.stepping import passkeys_need_script

Page = BaseResponse | tuple[str, int, dict[str, str]]


@pages.get("/settings/second-step")
def second_step() -> BaseResponse:
    """What is set up, and what can be."""
    return web.never_kept(_page())


@pages.post("/settings/second-step/app")
@confirmed
def begin_app() -> BaseResponse:
    """Draw a picture for the app."""
    member, _session = here()
    with transaction():
        actions.begin_app(member)
    return redirect(url_for("members.second_step", _anchor="app"), 303)


@pages.put("/settings/second-step/app")
@confirmed
def confirm_app() -> BaseResponse:
    """The app's first code: from now on it holds."""
    form = AppForm.sent()
    member, session = here()
    try:
        form.check()
        with transaction():
            changed = actions.confirm_app(member, session, form.code.data)
    except Refused as refused:
        form.take(refused)
        return web.never_kept(_page(app=form, refused=refused), refused.status)
    return _done(changed, _("Your app is set up."))


@pages.delete("/settings/second-step/app")
@confirmed
def remove_app() -> BaseResponse:
    """Codes open nothing any more."""
    member, _session = here()
    with transaction():
        actions.remove_app(member, by=signed_in_reader())
    flash(_("The app is removed."))
    return redirect(url_for("members.second_step"), 303)


@pages.post("/settings/second-step/passkeys/options")
@confirmed
def new_passkey_options() -> BaseResponse:
    """What the browser needs to make a passkey."""
    member, session = here()
    with transaction():
        challenge, handle = actions.begin_passkey(member, session)
    known = steps.passkeys_of(member.id)
    wanted = passkeys.wanted_new(challenge, handle=handle, email=member.email, name=member.display_name, known=known)
    return jsonify(wanted)


@pages.post("/settings/second-step/passkeys")
@confirmed
def add_passkey() -> BaseResponse:
    """Keep the passkey that the browser made."""
    form = PasskeyForm.sent()
    member, session = here()
    try:
        form.check()
        if not form.passkey.data:
            raise Invalid(fields={"passkey": passkeys_need_script()})
        with transaction():
            changed = actions.add_passkey(member, session, name=form.name.data, answer=form.passkey.data)
    except Refused as refused:
        form.take(refused)
        return web.never_kept(_page(passkey=form, refused=refused), refused.status)
    return _done(changed, _("The passkey is added."))


@pages.put("/settings/second-step/passkeys/<id:passkey_id>")
@confirmed
def rename_passkey(passkey_id: int) -> Page:
    """Another name."""
    reader, form = signed_in_reader(), PasskeyForm.sent()
    passkey = steps.get_passkey(passkey_id, member_id=reader.member_id)
    with transaction():
        form.check()
        actions.rename_passkey(passkey, name=form.name.data)
    return redirect(url_for("members.second_step"), 303)


@pages.delete("/settings/second-step/passkeys/<id:passkey_id>")
@confirmed
def remove_passkey(passkey_id: int) -> BaseResponse:
    """It opens nothing any more."""
    member, _session = here()
    passkey = steps.get_passkey(passkey_id, member_id=member.id)
    with transaction():
        actions.remove_passkey(member, passkey, by=signed_in_reader())
    flash(_("The passkey is removed."))
    return redirect(url_for("members.second_step"), 303)


@pages.post("/settings/second-step/recovery-codes")
@confirmed
def renew_recovery_codes() -> BaseResponse:
    """Ten new ones, shown this once."""
    member, _session = here()
    with transaction():
        made = actions.renew_recovery_codes(member)
    return _codes_page(made)


@pages.delete("/settings/second-step")
@confirmed
def switch_off() -> BaseResponse:
    """The password is enough again."""
    member, _session = here()
    with transaction():
        actions.switch_off(member, by=signed_in_reader())
    flash(_("The second step is switched off."))
    return redirect(url_for("members.second_step"), 303)


@pages.get("/members/<id:member_id>/second-step")
def reset_page(member_id: int) -> str:
    """For admins: somebody has lost phone and paper."""
    return _reset_page(ResetStepForm(), _other(member_id))


@pages.delete("/members/<id:member_id>/second-step")
def reset_second_step(member_id: int) -> Page:
    """Take it off; a letter tells the member."""
    form, member = ResetStepForm.sent(), _other(member_id)
    try:
        form.check()
        with transaction():
            actions.reset_second_step(member, by=signed_in_reader(), why=form.why.data)
    except Invalid as refused:
        form.take(refused)
        return _reset_page(form, member, refused), refused.status, refused.headers
    flash(_("The second step is removed. A letter tells the member."))
    return redirect(url_for("members.show", member_id=member_id), 303)


def _other(member_id: int) -> Member:
    reader, member = signed_in_reader(), queries.get_member(member_id)
    if not rules.may_reset_second_step(reader, member, is_staff=is_staff(member_id)):
        raise Forbidden
    return member


def _reset_page(form: ResetStepForm, member: Member, refused: Refused | None = None) -> str:
    return render_template("members/reset_step.html", form=form, member=member, refused=refused)


def _page(*, app: AppForm | None = None, passkey: PasskeyForm | None = None, refused: Refused | None = None) -> str:
    member, reader = queries.get_member(signed_in_reader().member_id), signed_in_reader()
    set_up = steps.steps_of(member.id)
    address = codes.address_of(set_up.new_salt, email=member.email) if set_up.new_salt else None
    return render_template(
        "members/second_step.html",
        steps=set_up,
        key=codes.key_of(set_up.new_salt) if set_up.new_salt else None,
        address=address,
        picture=codes.picture_of(address) if address else None,
        app=app or AppForm(),
        passkey=passkey or PasskeyForm(),
        refused=refused,
        must=rules.must_have_second_step(reader),
        owes=reader.owes_second_step,
        place=passkeys.place(request.host),
        now=clock.now(),
    )


def _done(changed: Changed, words: str) -> BaseResponse:
    """The first recovery codes, or the page again."""
    if changed.recovery_codes:
        return with_token(_codes_page(changed.recovery_codes), changed.token)
    flash(words)
    return with_token(redirect(url_for("members.second_step"), 303), changed.token)


def _codes_page(made: list[str]) -> BaseResponse:
    return web.never_kept(render_template("members/recovery_codes.html", codes=made))
