"""What a browser or a client may send to calls and applications."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice

from forum.applying import queries
from forum.applying.actions import CallPlan, CriterionPlan, Presented
from forum.applying.models import Candidacy, Decision, Gender
from forum.core.errors import Invalid
from forum.core.forms import IdChoice, Needed, Shape, Whole, Wholes
from forum.core.languages import LANGUAGES, fold, lazy_gettext, to_latin_digits
from forum.core.languages import gettext as _
from forum.core.times import WallTime, ZoneField
from forum.municipalities.models import COUNTRIES
from forum.questionnaires.queries import Given

_NUMBERS = re.compile(r"\d+")


class CallForm(Shape):
    """A call. Criteria come a line each, the first lines of all languages say the same; `most` holds the most points of
    each in their order, or one number for all. Reviewers come a line each, by their whole name or the number of their
    profile."""

    in_languages = {"texts": "words", "criteria": "criteria"}
    seats = Whole(lazy_gettext("Places"), [Needed()])
    closes = WallTime(lazy_gettext("Applications until"), [Needed()])
    zone = ZoneField(lazy_gettext("By the clocks of"), near=COUNTRIES)
    words_ar = TextAreaField(lazy_gettext("Who should apply, and why"))
    words_en = TextAreaField(lazy_gettext("Who should apply, and why"))
    words_fr = TextAreaField(lazy_gettext("Who should apply, and why"))
    words_tr = TextAreaField(lazy_gettext("Who should apply, and why"))
    criteria_ar = TextAreaField(lazy_gettext("Criteria for the reviewers, each on its own line"))
    criteria_en = TextAreaField(lazy_gettext("Criteria for the reviewers, each on its own line"))
    criteria_fr = TextAreaField(lazy_gettext("Criteria for the reviewers, each on its own line"))
    criteria_tr = TextAreaField(lazy_gettext("Criteria for the reviewers, each on its own line"))
    most = StringField(lazy_gettext("The most points of each criterion"), default="5")
    reviewers = TextAreaField(lazy_gettext("Reviewers, each on its own line"))

    @staticmethod
    def shown(
        call: Any, words: dict[str, str], criteria: list[tuple[dict[str, str], int]], reviewers: Sequence[Row]
    ) -> dict[str, Any]:
        """What holds now; `call` is a row of `get_call_row`."""
        held: dict[str, Any] = {"seats": call.seats, "closes": call.closes_wall, "zone": call.zone}
        held |= {f"words_{language}": text for language, text in words.items()}
        for language in LANGUAGES:
            lines = [texts.get(language, "") for texts, _most in criteria]
            held[f"criteria_{language}"] = "\n".join(lines).rstrip("\n")
        held["most"] = " ".join(str(most) for _texts, most in criteria) or "5"
        named = queries.members_called(fold(one.display_name) for one in reviewers)
        several = {name for name, ids in named.items() if len(ids) > 1}
        held["reviewers"] = "\n".join(
            f"{one.display_name} #{one.id}" if fold(one.display_name) in several else one.display_name
            for one in reviewers
        )
        return held

    def plan(self) -> CallPlan:
        """What the actions take; raises Invalid for names that are nobody's, or several people's."""
        assert self.closes.time and self.seats.data is not None, "check() comes first"
        return CallPlan(
            closes=self.closes.time,
            zone=self.zone.data or "",
            seats=self.seats.data,
            words={language: (self._fields[f"words_{language}"].data or "").strip() for language in LANGUAGES},
            criteria=self._criteria(),
            reviewer_ids=self._reviewers(),
        )

    def _criteria(self) -> list[CriterionPlan]:
        columns = {language: (self._fields[f"criteria_{language}"].data or "").splitlines() for language in LANGUAGES}
        rows = [
            {
                language: lines[at].strip()
                for language, lines in columns.items()
                if at < len(lines) and lines[at].strip()
            }
            for at in range(max(map(len, columns.values())))
        ]
        rows = [row for row in rows if row]
        most = [int(one[:4]) for one in _NUMBERS.findall(to_latin_digits(self.most.data or ""))] or [5]
        if len(most) not in (1, len(rows)) and rows:
            raise Invalid(fields={"most": _("One number for all, or one for each criterion.")})
        return [CriterionPlan(row, most[at] if len(most) > 1 else most[0]) for at, row in enumerate(rows)]

    def _reviewers(self) -> list[int]:
        lines = [line.strip() for line in (self.reviewers.data or "").splitlines() if line.strip()]
        numbers = [re.fullmatch(r"(?:.*#)?([0-9]{1,15})", to_latin_digits(line)) for line in lines]
        names = queries.members_called(fold(line) for line, number in zip(lines, numbers, strict=True) if not number)
        found = []
        for line, number in zip(lines, numbers, strict=True):
            ids = [int(number[1])] if number else sorted(names[fold(line)])
            if not ids:
                raise Invalid(fields={"reviewers": _("No member is called “%(name)s”.", name=line)})
            if len(ids) > 1:
                message = _(
                    "Several members are called “%(name)s”. Give the number at the end of the profile's address.",
                    name=line,
                )
                raise Invalid(fields={"reviewers": message})
            found += ids
        return list(dict.fromkeys(found))


def _genders() -> list[SelectChoice]:
    return [
        SelectChoice("", _("I would rather not say")),
        SelectChoice(str(Gender.WOMAN), _("A woman")),
        SelectChoice(str(Gender.MAN), _("A man")),
        SelectChoice(str(Gender.OTHER), _("Another answer")),
    ]


class CandidacyForm(Shape):
    """What an applicant says beside the answers; `edition` is the version of the questions that were shown."""

    words = TextAreaField(lazy_gettext("Why your municipality should take part"), [Needed()])
    theme = IdChoice(lazy_gettext("Theme that you work on"), validate_choice=False, choices=[], default="")
    gender = RadioField(lazy_gettext("You are"), validate_choice=False, choices=_genders, default="")
    edition = Whole()

    @staticmethod
    def shown(own: Candidacy | None) -> dict[str, Any]:
        """What was said."""
        if own is None:
            return {}
        return {"words": own.words, "theme": str(own.theme_id or ""), "gender": own.gender}

    def presented(self, answers: Mapping[int, Given]) -> Presented:
        """What the actions take; `answers` are those to the manager's questions."""
        theme = to_latin_digits(self.theme.data or "")
        theme_id = None if not theme else int(theme) if theme.isascii() and theme.isdigit() and len(theme) < 18 else 0
        said = {"words": self.words.data or "", "gender": self.gender.data or "", "theme_id": theme_id}
        return Presented(**said, answers=answers, edition=self.edition.data)


def _decisions() -> list[SelectChoice]:
    return [
        SelectChoice("", _("Nothing yet")),
        SelectChoice(str(Decision.SELECTED), _("Selected")),
        SelectChoice(str(Decision.WAITING), _("Waiting list")),
        SelectChoice(str(Decision.DECLINED), _("Not this time")),
    ]


class DecisionForm(Shape):
    """A proposal; `rank` orders those who wait. Empty takes it back."""

    decision = SelectField(lazy_gettext("Proposal"), validate_choice=False, choices=_decisions, default="")
    rank = Whole(lazy_gettext("Order on the waiting list"))


class Points(Wholes):
    """Whole numbers in the order of the criteria; a number that is missing keeps its place."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Each of the values."""
        self.is_given = bool(valuelist)
        self.data = [self.read(text.strip()) if text.strip() else None for text in valuelist]


class ReviewForm(Shape):
    """Points for the criteria, in their order, and a note."""

    points = Points(lazy_gettext("Points"))
    note = TextAreaField(lazy_gettext("Why"))
