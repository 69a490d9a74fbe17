"""What a browser or a client may send to close an event."""

from collections.abc import Sequence
from typing import Any, TypedDict

from wtforms import FileField, HiddenField, RadioField, SelectField, SubmitField, TextAreaField, URLField
from wtforms.fields import SelectChoice

from forum.closing.actions.contents import TEXTS
from forum.closing.models import Outcome
from forum.core.errors import Invalid
from forum.core.forms import Shape, Whole
from forum.core.languages import LANGUAGES, current_speech, detect, lazy_gettext, to_latin_digits
from forum.core.languages import gettext as _


class OutcomeSent(TypedDict, total=False):
    """What became of an objective (`id`): `met`, `partly` or `not`, in words by language, with addresses of posts.
    Words that come alone, as text, are taken in the language that they are found to be in."""

    id: int
    outcome: str
    words: dict[str, str]
    posts: list[str]


class ClosingSent(TypedDict, total=False):
    """All of it; what is left out is taken away. Texts are Markdown by language; `version` is the one that was seen.
    Without `attendance` the list of those who came is counted; `recording_material` is the id of a material."""

    version: int
    summary: dict[str, str]
    recommendations: dict[str, str]
    attendance: int | None
    recording_link: str
    recording_material: int | None
    objectives: list[OutcomeSent]


class ClosingForm(Shape):
    """The form but its objectives, which `form_for` adds."""

    in_languages = {"summary": "summary", "recommendations": "recommendations"}
    version = Whole()
    summary_ar = TextAreaField(lazy_gettext("Summary"))
    summary_en = TextAreaField(lazy_gettext("Summary"))
    summary_fr = TextAreaField(lazy_gettext("Summary"))
    summary_tr = TextAreaField(lazy_gettext("Summary"))
    recommendations_ar = TextAreaField(lazy_gettext("Recommendations"))
    recommendations_en = TextAreaField(lazy_gettext("Recommendations"))
    recommendations_fr = TextAreaField(lazy_gettext("Recommendations"))
    recommendations_tr = TextAreaField(lazy_gettext("Recommendations"))
    attendance = Whole(lazy_gettext("How many came"))
    recording_link = URLField(lazy_gettext("Recording: its web address"))
    recording_material = SelectField(lazy_gettext("Or one of the materials"), validate_choice=False, default="")
    file = HiddenField()  # the name of a film that was chosen and not handed in
    notes = SubmitField(lazy_gettext("Begin with the shared notes"))
    close = SubmitField(lazy_gettext("Close the event"))

    def said(self, objective_ids: Sequence[int]) -> dict[str, Any]:
        """What the actions take."""
        texts = {part: {one: self._fields[f"{part}_{one}"].data or "" for one in LANGUAGES} for part in TEXTS}
        outcomes = {str(id): self._outcome(id) for id in objective_ids}
        chosen = to_latin_digits(str(self.recording_material.data or ""))
        more = {
            "attendance": self.attendance.data,
            "recording_link": self.recording_link.data or "",
            "recording_material": int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < 16 else None,
        }
        return texts | more | {"objectives": outcomes}

    def _outcome(self, id: int) -> dict[str, Any]:
        words = {one: self._fields[f"words_{id}_{one}"].data or "" for one in LANGUAGES}
        return {part: self._fields[f"{part}_{id}"].data or "" for part in PARTS} | {"words": words}

    def check_handed_in(self) -> None:
        """Raise Invalid when a recording was chosen and the form sent without it."""
        if self.file.data:
            message = _("The recording that you chose is not handed in yet. Choose it again and hand it in.")
            raise Invalid(fields={"file": message})


class RecordingForm(Shape):
    """A recording; which kinds there are and how large it may be is said where it is handed in."""

    file = FileField(lazy_gettext("Recording"))


PARTS = ("outcome", "posts")  # of an objective, beside its words in languages


def _outcomes() -> list[SelectChoice]:
    words = {Outcome.MET: _("Met"), Outcome.PARTLY: _("Partly met"), Outcome.NOT: _("Not met")}
    return [SelectChoice(str(one), words[one]) for one in Outcome]


def form_for(objective_ids: Sequence[int]) -> type[ClosingForm]:
    """The form of an event with these objectives: for each what became of it, in words, and addresses of posts."""
    fields: dict[str, Any] = {"__doc__": ClosingForm.__doc__}
    for id in objective_ids:
        fields[f"outcome_{id}"] = RadioField(
            lazy_gettext("What became of it"), validate_choice=False, choices=_outcomes, default=""
        )
        for one in LANGUAGES:
            fields[f"words_{id}_{one}"] = TextAreaField(lazy_gettext("In words"))
        fields[f"posts_{id}"] = TextAreaField(lazy_gettext("Posts that show it, an address on each line"))
    return type("ClosingFormOfEvent", (ClosingForm,), fields)


def shown(draft: dict[str, Any]) -> dict[str, Any]:
    """A draft, for the fields."""
    held = {f"{part}_{language}": words for part in TEXTS for language, words in draft.get(part, {}).items()}
    held |= {name: draft.get(name) for name in ("attendance", "recording_link")}
    held["recording_material"] = str(draft.get("recording_material") or "")
    for id, one in draft.get("objectives", {}).items():
        held |= {f"{part}_{id}": one[part] for part in PARTS}
        held |= {f"words_{id}_{language}": words for language, words in one["words"].items()}
    return held


def spread(payload: dict[str, Any]) -> dict[str, Any]:
    """The objectives of a JSON body at the fields of the form."""
    given = dict(payload)
    objectives = given.pop("objectives", None) or []
    if not isinstance(objectives, list) or not all(isinstance(one, dict) for one in objectives):
        raise Invalid(fields={"objectives": _("Send a list of objects.")})
    if given.get("recording_material") is not None:
        given["recording_material"] = str(given["recording_material"])
    for one in objectives:
        id, posts, words = one.get("id"), one.get("posts") or [], one.get("words") or {}
        if isinstance(id, bool) or not isinstance(id, int) or not isinstance(posts, list):
            raise Invalid(fields={"objectives": _("Send a list of objects.")})
        if isinstance(words, str):
            words = {detect(words, fallback=current_speech().locale) or "en": words}
        if not isinstance(words, dict):
            raise Invalid(fields={"objectives": _("Send an object with a text for each language.")})
        given |= {f"outcome_{id}": one.get("outcome")} | {f"words_{id}_{lang}": words.get(lang) for lang in LANGUAGES}
        given[f"posts_{id}"] = "\n".join(str(address) for address in posts) or None
    return given
