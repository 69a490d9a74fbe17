"""A member's own profile: what they say of themselves, and to whom."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from forum.core.db import transaction
from forum.core.errors import Invalid, Refused
from forum.core.languages import current_speech
from forum.core.languages import gettext as _
from forum.core.web import signed_in_reader
from forum.members import queries
from forum.members.actions.profile import change_profile
from forum.members.forms.profile import PLACES, ProfileForm
from forum.members.models import MOST_LINES, ContactKind, LineKind
from forum.members.queries import profiles
from forum.members.views.blueprint import pages
from forum.topics.actions import choose_interests
from forum.topics.models import MOST_INTERESTS
from forum.topics.queries import theme_tree
from forum.topics.queries.interests import interests_of


@pages.get("/settings/profile")
def profile() -> str:
    """The form with what holds now."""
    reader = signed_in_reader()
    member = queries.get_member(reader.member_id)
    chosen = [theme.id for theme in interests_of(member.id, current_speech().locale)]
    contacts = profiles.contacts_of(member.id, reader=reader)
    return _page(ProfileForm(data=ProfileForm.shown(member, profiles.lines_of(member.id), contacts, chosen)))


@pages.put("/settings/profile")
def change() -> BaseResponse | tuple[str, int]:
    """Keep it."""
    reader, form = signed_in_reader(), ProfileForm.sent()
    try:
        form.check()
        said = {"post_held": form.post_held.data or "", "about": form.about.data or ""}
        said["takes_letters"] = form.letters.data
        keep_profile(said | {"lines": form.lines(), "contacts": form.contacts()}, themes=form.themes.data or [])
    except Refused as refused:
        form.take(refused)
        return _page(form, refused), refused.status
    flash(_("Your profile is kept."))
    return redirect(url_for("members.show", member_id=reader.member_id), 303)


def keep_profile(said: dict[str, Any], *, themes: Sequence[int] | None) -> None:
    """Keep what is said, for page and API alike; raises Invalid with the reasons of both."""
    reader = signed_in_reader()
    wrong: dict[str, str] = {}
    with transaction():
        try:
            change_profile(queries.get_member(reader.member_id), **said)
        except Invalid as refused:
            wrong |= refused.fields
        try:
            if themes is not None:
                choose_interests(themes, by=reader)
        except Invalid as refused:
            wrong |= refused.fields
        if wrong:
            raise Invalid(fields=wrong)


def _page(form: ProfileForm, refused: Refused | None = None) -> str:
    return render_template(
        "members/profile.html",
        form=form,
        refused=refused,
        kinds=list(LineKind),
        line_numbers={kind: _shown_places(form, kind) for kind in LineKind},
        ways=list(ContactKind),
        themes=theme_tree(current_speech().locale),
        most_themes=MOST_INTERESTS,
    )


def _shown_places(form: ProfileForm, kind: LineKind) -> range:
    """Up to the last line that says something, and two more to write in."""
    said = [place for place in PLACES if form[f"{kind}_{place}"].data]
    return range(1, min(max(said, default=0) + 2, MOST_LINES) + 1)
