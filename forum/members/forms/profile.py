"""What a member may send about their own profile, as a form or as JSON."""

from collections.abc import Mapping
from typing import Any

from wtforms import BooleanField, EmailField, SelectField, StringField, TelField, TextAreaField
from wtforms.fields import SelectChoice

from forum.core.errors import Invalid
from forum.core.forms import LARGEST_WHOLE, LanguageField, Shape, Wholes
from forum.core.languages import gettext as _
from forum.core.languages import lazy_gettext
from forum.members.actions.profile import Line, Way
from forum.members.models import MOST_LINES, Contact, ContactKind, LineKind, Member, ProfileLine, ShownTo


def who_may_see() -> list[SelectChoice]:
    """To whom a contact is shown."""
    return [
        SelectChoice("nobody", _("Nobody")),
        SelectChoice("members", _("Members")),
        SelectChoice("everybody", _("Everybody, guests too")),
    ]


class ShownField(SelectField):
    """Who sees a contact."""

    def __init__(self, **kwargs: Any) -> None:
        label = lazy_gettext("Who sees it")
        super().__init__(label, validate_choice=False, choices=who_may_see, default="nobody", **kwargs)


class ProfileForm(Shape):
    """What a member says of themselves. Offers and needs are offer_1, offer_1_language …: see below."""

    post_held = StringField(lazy_gettext("Position"))
    about = TextAreaField(lazy_gettext("About you"))
    themes = Wholes(lazy_gettext("Themes that interest you"))
    letters = BooleanField(lazy_gettext("Members may write to me through the forum"))
    email = EmailField(lazy_gettext("E-mail"))
    email_shown_to = ShownField()
    phone = TelField(lazy_gettext("Telephone"))
    phone_shown_to = ShownField()
    other = StringField(lazy_gettext("Another way to reach you"))
    other_shown_to = ShownField()

    def lines(self) -> dict[LineKind, list[Line]]:
        """What the member offers and needs, place by place."""
        return {
            kind: [
                Line(self._fields[name].data or "", self._fields[f"{name}_language"].data or None)
                for name in (f"{kind}_{place}" for place in PLACES)
            ]
            for kind in LineKind
        }

    def contacts(self) -> dict[ContactKind, Way]:
        """Each with who sees it."""
        return {
            kind: Way(self._fields[kind].data or "", self._fields[f"{kind}_shown_to"].data or "")
            for kind in ContactKind
        }

    @staticmethod
    def shown(
        member: Member, lines: dict[LineKind, list[ProfileLine]], contacts: list[Contact], themes: list[int]
    ) -> dict[str, Any]:
        """What holds now, for the fields."""
        said: dict[str, Any] = {"post_held": member.post_held, "about": member.about, "themes": themes}
        said["letters"] = member.takes_letters
        for kind, rows in lines.items():
            for place, row in enumerate(rows, start=1):
                said |= {
                    f"{kind}_{place}": row.words,
                    f"{kind}_{place}_language": row.language if row.is_declared else "",
                }
        for contact in contacts:
            said |= {contact.kind: contact.value, f"{contact.kind}_shown_to": contact.shown_to}
        return said


PLACES = range(1, MOST_LINES + 1)
for _place in PLACES:
    setattr(ProfileForm, f"offer_{_place}", StringField(lazy_gettext("You offer")))
    setattr(ProfileForm, f"need_{_place}", StringField(lazy_gettext("You need")))
    for _kind in LineKind:
        setattr(ProfileForm, f"{_kind}_{_place}_language", LanguageField(lazy_gettext("Language")))


LISTS = {LineKind.OFFER: "offers", LineKind.NEED: "needs"}


def profile_in(body: Mapping[str, Any]) -> tuple[dict[str, Any], list[int] | None]:
    """What `actions.profile.change_profile` takes, and the themes, from a JSON object; what is not named stays. Raises
    Invalid with {field: message}."""
    wrong: dict[str, str] = {}
    said: dict[str, Any] = {name: body[name] for name in ("post_held", "about") if body.get(name) is not None}
    wrong |= {name: _("This must be text.") for name, value in said.items() if not isinstance(value, str)}
    said["lines"] = {
        kind: _lines(name, body[name], wrong) for kind, name in LISTS.items() if body.get(name) is not None
    }
    said["contacts"] = _contacts(body.get("contacts"), wrong)
    themes = body.get("themes")
    if themes is not None and not (isinstance(themes, list) and all(map(_is_id, themes))):
        wrong["themes"] = _("This must be a list of whole numbers.")
    if body.get("letters") is not None:
        said["takes_letters"] = body["letters"]
        if not isinstance(body["letters"], bool):
            wrong["letters"] = _("This must be yes or no.")
    if wrong:
        raise Invalid(fields=wrong)
    return said, themes


def _lines(name: str, given: Any, wrong: dict[str, str]) -> list[Line]:
    found = []
    for one in given if isinstance(given, list) else [None]:
        words, language = (one.get("words"), one.get("language")) if isinstance(one, dict) else (one, None)
        if isinstance(words, str) and isinstance(language, str | None):
            found.append(Line(words, language))
        else:
            wrong[name] = _("This must be a list of texts.")
    return found


def _contacts(given: Any, wrong: dict[str, str]) -> dict[ContactKind, Way]:
    found = {}
    for kind, one in given.items() if isinstance(given, dict) else ():
        way = one if isinstance(one, dict) else {"value": "" if one is None else None}
        value, shown_to = way.get("value"), way.get("shown_to", ShownTo.NOBODY)
        if kind in list(ContactKind) and isinstance(value, str) and isinstance(shown_to, str):
            found[ContactKind(kind)] = Way(value, shown_to)
        else:
            wrong["contacts"] = _("This is no contact that we understand.")
    if given is not None and not isinstance(given, dict):
        wrong["contacts"] = _("This is no contact that we understand.")
    return found


def _is_id(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < LARGEST_WHOLE
