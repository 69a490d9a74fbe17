"""Announcing a workshop: what it is, its sessions, its talks."""

import re
from typing import Any

from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField, URLField
from wtforms.fields import SelectChoice
from wtforms.widgets import CheckboxInput

from forum.core.errors import Invalid
from forum.core.forms import IdChoice, Key, Needed, Shape, Whole, Wholes
from forum.core.languages import LANGUAGES, NAMES, current_speech, fold, lazy_gettext, to_latin_digits
from forum.core.languages import gettext as _
from forum.core.times import WallTime, ZoneField
from forum.members.queries.names import called
from forum.municipalities.models import COUNTRIES
from forum.municipalities.queries import country_choices
from forum.workshops.actions import SessionPlan, SpeakerPlan, TalkPlan, WorkshopPlan
from forum.workshops.actions.plans import LIKELIEST
from forum.workshops.actions.programme import MOST_SPEAKERS
from forum.workshops.models import COLOURS, Workshop, WorkshopKind, WorkshopSession, WorkshopText

_PARTS = re.compile("[;؛]")
OWN_NAMES = [SelectChoice(code, NAMES[code]) for code in LANGUAGES]


def _kinds() -> list[SelectChoice]:
    return [
        SelectChoice(str(WorkshopKind.WEBINAR), _("A webinar: some hours, online or not")),
        SelectChoice(str(WorkshopKind.WORKSHOP), _("A workshop: days")),
    ]


def _wheres() -> list[SelectChoice]:
    return [SelectChoice("online", _("Online")), SelectChoice("place", _("In a place"))]


def _colours() -> list[SelectChoice]:
    words = {
        "teal": _("Teal"),
        "sand": _("Sand"),
        "olive": _("Olive"),
        "clay": _("Clay"),
        "indigo": _("Indigo"),
        "plum": _("Plum"),
    }
    return [SelectChoice(colour, words[colour]) for colour in COLOURS]


def _countries() -> list[SelectChoice]:
    named = [SelectChoice(code, name) for code, name in country_choices() if code]
    return [SelectChoice("", _("No country")), *named]


def _languages(label: Any) -> Any:
    """Some of the four, as boxes to tick."""
    return SelectMultipleField(label, validate_choice=False, choices=OWN_NAMES, option_widget=CheckboxInput())


class CancelForm(Shape):
    """Why an event is called off."""

    reason = TextAreaField(lazy_gettext("Why (may stay empty)"))


class WorkshopForm(Shape):
    """All that is announced of a workshop but its sessions and talks. Texts are given in one language at least. How
    many come in, how, and which requests it answers is said here at the beginning, later in places of their own. `seen`
    stands for what the page showed when it was opened."""

    of_pages = ("seen",)
    in_languages = {
        "titles": "title",
        "summaries": "summary",
        "texts": "words",
        "places": "place",
        "objectives": "objectives",
    }
    kind = RadioField(
        lazy_gettext("What it is"),
        [Needed()],
        validate_choice=False,
        choices=_kinds,
        default=WorkshopKind.WEBINAR.value,
    )
    zone = ZoneField(lazy_gettext("Whose clocks"), near=COUNTRIES)
    starts = WallTime(lazy_gettext("Begins"), [Needed()])
    ends = WallTime(lazy_gettext("Ends"), [Needed()])
    where = RadioField(lazy_gettext("Where"), validate_choice=False, choices=_wheres, default="online")
    country = SelectField(lazy_gettext("Country"), validate_choice=False, choices=_countries, default="")
    spoken = _languages(lazy_gettext("Spoken"))
    interpretation = _languages(lazy_gettext("Interpretation into"))
    colour = SelectField(lazy_gettext("Colour"), validate_choice=False, choices=_colours, default="teal")
    title_ar = StringField(lazy_gettext("Title"))
    title_en = StringField(lazy_gettext("Title"))
    title_fr = StringField(lazy_gettext("Title"))
    title_tr = StringField(lazy_gettext("Title"))
    summary_ar = TextAreaField(lazy_gettext("In two sentences"))
    summary_en = TextAreaField(lazy_gettext("In two sentences"))
    summary_fr = TextAreaField(lazy_gettext("In two sentences"))
    summary_tr = TextAreaField(lazy_gettext("In two sentences"))
    words_ar = TextAreaField(lazy_gettext("What it is about, at length"))
    words_en = TextAreaField(lazy_gettext("What it is about, at length"))
    words_fr = TextAreaField(lazy_gettext("What it is about, at length"))
    words_tr = TextAreaField(lazy_gettext("What it is about, at length"))
    place_ar = StringField(lazy_gettext("Place"))
    place_en = StringField(lazy_gettext("Place"))
    place_fr = StringField(lazy_gettext("Place"))
    place_tr = StringField(lazy_gettext("Place"))
    objectives_ar = TextAreaField(lazy_gettext("Objectives, each on its own line"))
    objectives_en = TextAreaField(lazy_gettext("Objectives, each on its own line"))
    objectives_fr = TextAreaField(lazy_gettext("Objectives, each on its own line"))
    objectives_tr = TextAreaField(lazy_gettext("Objectives, each on its own line"))
    prepares = Wholes(lazy_gettext("It prepares"))
    capacity = Whole(lazy_gettext("Places"))
    joining_link = URLField(lazy_gettext("Joining link"))
    answers = Wholes(lazy_gettext("Requests that it answers"))
    space = IdChoice(lazy_gettext("Who sees it"), validate_choice=False, choices=[], default="")
    copy = HiddenField()
    key = Key()
    seen = HiddenField()

    @staticmethod
    def shown(
        workshop: Workshop,
        texts: dict[str, WorkshopText],
        objectives: list[dict[str, str]],
        languages: dict[Any, list[str]],
    ) -> dict[str, Any]:
        """What holds now, for the fields."""
        held: dict[str, Any] = {name: getattr(workshop, name) for name in ("kind", "zone", "country", "colour")}
        held |= {"starts": workshop.starts_wall, "ends": workshop.ends_wall, "country": workshop.country or ""}
        held |= {"where": "online" if workshop.is_online else "place", "space": str(workshop.space_id)}
        held |= {str(role): codes for role, codes in languages.items()}
        for language, text in texts.items():
            for name in ("title", "summary", "words", "place"):
                held[f"{name}_{language}"] = getattr(text, name)
        for language in LANGUAGES:
            lines = [one.get(language, "") for one in objectives]
            held[f"objectives_{language}"] = "\n".join(lines).rstrip("\n")
        return held

    @property
    def space_id(self) -> int:
        """The space that was chosen; 0 is none."""
        text = to_latin_digits(self.space.data or "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0

    def by_language(self, part: str) -> dict[str, str]:
        """{language: text} of one part."""
        return {language: (self._fields[f"{part}_{language}"].data or "").strip() for language in LANGUAGES}

    def plan(self, **more: Any) -> WorkshopPlan:
        """What the actions take; `more` is what the form does not hold."""
        assert self.starts.time and self.ends.time, "check() comes first"
        return WorkshopPlan(
            kind=_kind(self.kind.data),
            zone=self.zone.data or "",
            starts=self.starts.time,
            ends=self.ends.time,
            is_online=self.where.data != "place",
            colour=self.colour.data or "",
            title=self.by_language("title"),
            summary=self.by_language("summary"),
            words=self.by_language("words"),
            place=self.by_language("place"),
            country=_country(self.country.data),
            spoken=self.spoken.data or (),
            interpretation=self.interpretation.data or (),
            objectives=self._objectives(),
            **more,
        )

    def _objectives(self) -> list[dict[str, str]]:
        """Line by line: the first lines of all languages say the same."""
        columns = {language: text.splitlines() for language, text in self.by_language("objectives").items()}
        longest = max(map(len, columns.values()))
        rows = [
            {
                language: lines[at].strip()
                for language, lines in columns.items()
                if at < len(lines) and lines[at].strip()
            }
            for at in range(longest)
        ]
        return [row for row in rows if row]


def _kind(word: str | None) -> WorkshopKind:
    if word not in set(WorkshopKind):
        raise Invalid(fields={"kind": _("Choose what it is.")})
    return WorkshopKind(word)


def _country(code: str | None) -> str | None:
    if code and code not in COUNTRIES:
        raise Invalid(fields={"country": _("Choose one of the countries.")})
    return code or None


class SessionForm(Shape):
    """A session: its titles, when it begins and ends by the workshop's clocks."""

    in_languages = {"titles": "title"}
    key = Key()
    starts = WallTime(lazy_gettext("Begins"), [Needed()])
    ends = WallTime(lazy_gettext("Ends"), [Needed()])
    title_ar = StringField(NAMES["ar"])
    title_en = StringField(NAMES["en"])
    title_fr = StringField(NAMES["fr"])
    title_tr = StringField(NAMES["tr"])

    @staticmethod
    def shown(session: WorkshopSession, titles: dict[str, str]) -> dict[str, Any]:
        """What holds now."""
        held = {f"title_{language}": title for language, title in titles.items()}
        return held | {"starts": session.starts_wall, "ends": session.ends_wall}

    def plan(self) -> SessionPlan:
        """What the actions take."""
        assert self.starts.time and self.ends.time, "check() comes first"
        titles = {language: (self._fields[f"title_{language}"].data or "").strip() for language in LANGUAGES}
        return SessionPlan(title=titles, starts=self.starts.time, ends=self.ends.time)


class TalkForm(Shape):
    """A talk. Speakers come a line each, "name; office; organisation", in the language of the page: what is kept of a
    speaker in other languages stays. A name that is a member's stands for that member."""

    in_languages = {"titles": "title"}
    key = Key()
    title_ar = StringField(NAMES["ar"])
    title_en = StringField(NAMES["en"])
    title_fr = StringField(NAMES["fr"])
    title_tr = StringField(NAMES["tr"])
    languages = _languages(lazy_gettext("Held in"))
    speakers = TextAreaField(lazy_gettext("Speakers, each on a line: name; office; organisation"))

    @staticmethod
    def shown(
        titles: dict[str, str], languages: list[str], speakers: list[dict[str, Any]], names: dict[int, str]
    ) -> dict[str, Any]:
        """What holds now; `names` are those of the members among the speakers."""
        here = current_speech().locale
        lines = []
        for one in speakers:
            name = names.get(one["member_id"]) or _told(one["name"], here)
            lines.append("; ".join((name, _told(one["role"], here), _told(one["organisation"], here))).rstrip("; "))
        held = {f"title_{language}": title for language, title in titles.items()}
        return held | {"languages": languages, "speakers": "\n".join(lines)}

    def plan(self, before: list[dict[str, Any]] | None = None) -> TalkPlan:
        """What the actions take; `before` are the speakers that it had."""
        lines = [line for line in (self.speakers.data or "").splitlines() if line.strip()]
        lines = lines[: MOST_SPEAKERS + 1]  # one too many is refused; no more names are looked up for that
        titles = {language: (self._fields[f"title_{language}"].data or "").strip() for language in LANGUAGES}
        speakers = [
            _speaker(line, old) for line, old in zip(lines, [*(before or []), *[{}] * len(lines)], strict=False)
        ]
        return TalkPlan(title=titles, languages=self.languages.data or (), speakers=speakers)


def _speaker(line: str, before: dict[str, Any]) -> SpeakerPlan:
    name, role, organisation = ([part.strip() for part in _PARTS.split(line, maxsplit=2)] + ["", ""])[:3]
    member_id = next(iter(called([fold(name)]).values()), None) if name else None
    here = current_speech().locale
    old_name = _told(before.get("name", {}), here)
    same = bool(before) and (before["member_id"] == member_id if member_id else old_name == name)
    kept = before if same else {"name": {}, "role": {}, "organisation": {}}
    return SpeakerPlan(
        name={} if member_id else kept["name"] | {here: name},
        role=kept["role"] | {here: role},
        organisation=kept["organisation"] | {here: organisation},
        member_id=member_id,
    )


def _told(texts: dict[str, str], here: str) -> str:
    """What the page of this language shows."""
    return texts.get(here) or next((texts[one] for one in LIKELIEST if texts.get(one)), "")
