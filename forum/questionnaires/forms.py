"""What a browser or a client may send about questions."""

from typing import Any

from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice

from forum.core.forms import Key, Needed, Shape, Whole
from forum.core.languages import LANGUAGES, lazy_gettext
from forum.core.languages import gettext as _
from forum.questionnaires.actions import QuestionPlan
from forum.questionnaires.models import QuestionKind

WITH_OPTIONS = (QuestionKind.CHOICE, QuestionKind.SEVERAL, QuestionKind.MATRIX)
LIMITED = (QuestionKind.SEVERAL, QuestionKind.SCALE, QuestionKind.NUMBER)


def kinds() -> list[SelectChoice]:
    """Each kind with words that say how it is answered."""
    words = {
        QuestionKind.CHOICE: _("One answer out of several"),
        QuestionKind.SEVERAL: _("Several answers"),
        QuestionKind.SCALE: _("A scale"),
        QuestionKind.NUMBER: _("A number"),
        QuestionKind.TEXT: _("A text"),
        QuestionKind.MATRIX: _("A table: one answer for each line"),
    }
    return [SelectChoice(str(kind), words[kind]) for kind in QuestionKind]


class QuestionForm(Shape):
    """A question. Lists are one line each, in the same order in all languages. `shown_if_question` and
    `shown_if_option` are lineages; a page has one field for the two."""

    of_pages = ("shown_if",)
    in_languages = {
        "words": "words",
        "help": "help",
        "low": "low",
        "high": "high",
        "options": "options",
        "rows": "rows",
    }
    kind = RadioField(lazy_gettext("How it is answered"), [Needed()], validate_choice=False, choices=kinds)
    required = BooleanField(lazy_gettext("It must be answered"))
    at_least = Whole(lazy_gettext("Smallest"))
    at_most = Whole(lazy_gettext("Largest"))
    shown_if = SelectField(lazy_gettext("When it is shown"), validate_choice=False, choices=[], default="")
    shown_if_question = Whole(lazy_gettext("Lineage of the question that it depends on"))
    shown_if_option = Whole(lazy_gettext("Lineage of the answer for which it is shown"))
    key = Key()
    words_ar = StringField(lazy_gettext("The question"))
    words_en = StringField(lazy_gettext("The question"))
    words_fr = StringField(lazy_gettext("The question"))
    words_tr = StringField(lazy_gettext("The question"))
    help_ar = TextAreaField(lazy_gettext("What helps to answer it (may stay empty)"))
    help_en = TextAreaField(lazy_gettext("What helps to answer it (may stay empty)"))
    help_fr = TextAreaField(lazy_gettext("What helps to answer it (may stay empty)"))
    help_tr = TextAreaField(lazy_gettext("What helps to answer it (may stay empty)"))
    low_ar = StringField(lazy_gettext("Words at the low end (may stay empty)"))
    low_en = StringField(lazy_gettext("Words at the low end (may stay empty)"))
    low_fr = StringField(lazy_gettext("Words at the low end (may stay empty)"))
    low_tr = StringField(lazy_gettext("Words at the low end (may stay empty)"))
    high_ar = StringField(lazy_gettext("Words at the high end (may stay empty)"))
    high_en = StringField(lazy_gettext("Words at the high end (may stay empty)"))
    high_fr = StringField(lazy_gettext("Words at the high end (may stay empty)"))
    high_tr = StringField(lazy_gettext("Words at the high end (may stay empty)"))
    options_ar = TextAreaField(lazy_gettext("Answers, each on its own line"))
    options_en = TextAreaField(lazy_gettext("Answers, each on its own line"))
    options_fr = TextAreaField(lazy_gettext("Answers, each on its own line"))
    options_tr = TextAreaField(lazy_gettext("Answers, each on its own line"))
    rows_ar = TextAreaField(lazy_gettext("Lines of the table, each on its own line"))
    rows_en = TextAreaField(lazy_gettext("Lines of the table, each on its own line"))
    rows_fr = TextAreaField(lazy_gettext("Lines of the table, each on its own line"))
    rows_tr = TextAreaField(lazy_gettext("Lines of the table, each on its own line"))

    @property
    def parts(self) -> list[tuple[str, dict[str, Any]]]:
        """The texts that a question of this kind has, with the attributes of their fields."""
        found: list[tuple[str, dict[str, Any]]] = [("words", {"maxlength": 400}), ("help", {"rows": 2})]
        if self.kind.data in WITH_OPTIONS:
            found.append(("options", {"rows": 5}))
        if self.kind.data == QuestionKind.MATRIX:
            found.append(("rows", {"rows": 5}))
        if self.kind.data == QuestionKind.SCALE:
            found += [("low", {"maxlength": 80}), ("high", {"maxlength": 80})]
        return found

    @property
    def has_limits(self) -> bool:
        """Does a question of this kind have both?"""
        return self.kind.data in LIMITED

    @staticmethod
    def shown(plan: QuestionPlan) -> dict[str, Any]:
        """What holds now, for the fields."""
        held: dict[str, Any] = {"kind": str(plan.kind), "required": plan.is_required}
        held |= {"at_least": plan.at_least, "at_most": plan.at_most}
        held["shown_if"] = f"{plan.shown_if[0]}-{plan.shown_if[1]}" if plan.shown_if else ""
        for language in LANGUAGES:
            held |= {f"{name}_{language}": getattr(plan, name).get(language, "") for name in _TEXTS}
            for name in ("options", "rows"):
                lines = [one.get(language, "") for one in getattr(plan, name)]
                held[f"{name}_{language}"] = "\n".join(lines) if any(lines) else ""
        return held

    def said(self) -> list[Any]:
        """All that was sent but the key."""
        return [field.data for name, field in self._fields.items() if name != "key"]

    def plan(self) -> QuestionPlan:
        """What the actions take: of what the form holds that which a question of this kind has."""
        kind = self.kind.data or ""
        return QuestionPlan(
            kind=kind,
            **{name: self._by_language(name) for name in ("words", "help")},
            **({name: self._by_language(name) for name in ("low", "high")} if kind == QuestionKind.SCALE else {}),
            options=self._lines("options") if kind in WITH_OPTIONS else (),
            rows=self._lines("rows") if kind == QuestionKind.MATRIX else (),
            is_required=bool(self.required.data),
            at_least=self.at_least.data if kind in LIMITED else None,
            at_most=self.at_most.data if kind in (*LIMITED, QuestionKind.TEXT) else None,
            shown_if=self._condition(),
        )

    def _by_language(self, part: str) -> dict[str, str]:
        return {language: (self._fields[f"{part}_{language}"].data or "").strip() for language in LANGUAGES}

    def _lines(self, part: str) -> list[dict[str, str]]:
        """The lines of all languages beside one another; empty ones are between people's lines only."""
        lines = {
            language: [line.strip() for line in text.splitlines() if line.strip()]
            for language, text in self._by_language(part).items()
        }
        most = max(map(len, lines.values()))
        return [{one: texts[place] for one, texts in lines.items() if place < len(texts)} for place in range(most)]

    def _condition(self) -> tuple[int, int] | None:
        if self.shown_if_question.data or self.shown_if_option.data:
            return self.shown_if_question.data or 0, self.shown_if_option.data or 0
        question, _dash, option = (self.shown_if.data or "").partition("-")
        if not question:
            return None
        both = [int(one) if one.isascii() and one.isdigit() and len(one) < 18 else 0 for one in (question, option)]
        return both[0], both[1]


_TEXTS = ("words", "help", "low", "high")


def _places() -> list[SelectChoice]:
    return [SelectChoice("up", _("Up")), SelectChoice("down", _("Down"))]


class PlaceForm(Shape):
    """Where a question goes."""

    to = RadioField(lazy_gettext("Where to"), [Needed()], validate_choice=False, choices=_places)
