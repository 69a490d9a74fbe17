"""Writing to a member: a form, and the letter goes by e-mail."""

from flask import current_app, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from forum.core.db import transaction
from forum.core.errors import Refused
from forum.core.languages import gettext as _
from forum.core.web import signed_in_reader
from forum.members import queries
from forum.members.actions.writing import check_writing, write_letter
from forum.members.forms.writing import LetterForm
from forum.members.models import Member
from forum.members.views.blueprint import pages


@pages.get("/members/<id:member_id>/letter")
def letter_form(member_id: int) -> str:
    """The form; also where the button of a letter leads, to answer it."""
    reader, to = signed_in_reader(), queries.get_member(member_id)
    check_writing(to, by=reader)
    return _page(to, LetterForm())


@pages.post("/members/<id:member_id>/letters")
def send_letter(member_id: int) -> BaseResponse | tuple[str, int, dict[str, str]]:
    """Send it."""
    reader, to, form = signed_in_reader(), queries.get_member(member_id), LetterForm.sent()
    check_writing(to, by=reader)
    try:
        send(to, form)
    except Refused as refused:
        form.take(refused)
        return _page(to, form, refused), refused.status, refused.headers
    name = f"\u2068{to.display_name}\u2069"
    if current_app.config["SETTINGS"].demo:
        flash(_("A demonstration sends nothing: %(name)s finds your letter under Letters.", name=name))
    else:
        flash(_("Your letter to %(name)s is on its way.", name=name))
    return redirect(url_for("members.show", member_id=to.id), 303)


def send(to: Member, form: LetterForm) -> None:
    """Write it, for page and API alike."""
    form.check()
    with transaction():
        write_letter(
            to,
            by=signed_in_reader(),
            subject=form.subject.data or "",
            words=form.words.data or "",
            language=form.language.data or None,
            key=form.key.data,
        )


def _page(to: Member, form: LetterForm, refused: Refused | None = None) -> str:
    return render_template(
        "members/write.html", to=to, form=form, refused=refused, reads=queries.reading_languages(to.id)
    )
