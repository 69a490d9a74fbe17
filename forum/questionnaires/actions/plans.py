"""Questions to be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from forum.core.db import db
from forum.core.errors import Invalid
from forum.core.languages import LANGUAGES, clean_line, current_speech, fold, has_visible
from forum.core.languages import gettext as _
from forum.questionnaires.models import (
    LONGEST_ANSWER,
    LONGEST_END,
    LONGEST_HELP,
    LONGEST_OPTION,
    LONGEST_QUESTION,
    MOST_OPTIONS,
    WIDEST_SCALE,
    Question,
    QuestionKind,
    QuestionOption,
)

ByLanguage = Mapping[str, str]
WITH_OPTIONS = (QuestionKind.CHOICE, QuestionKind.SEVERAL, QuestionKind.MATRIX)
LEANED_ON = (QuestionKind.CHOICE, QuestionKind.SEVERAL)  # what another question may depend on


@dataclass(frozen=True)
class QuestionPlan:
    """A question to be. Texts are by language, one at least. `shown_if` are the lineages of a question and of the
    option of it that must be chosen."""

    kind: str
    words: ByLanguage
    help: ByLanguage = field(default_factory=dict)
    low: ByLanguage = field(default_factory=dict)
    high: ByLanguage = field(default_factory=dict)
    options: Sequence[ByLanguage] = ()
    rows: Sequence[ByLanguage] = ()
    is_required: bool = False
    at_least: int | None = None
    at_most: int | None = None
    shown_if: tuple[int, int] | None = None


def check_plan(plan: QuestionPlan, *, before: Sequence[Question]) -> None:
    """Raise Invalid with the fields of the form that are wrong; `before` are the questions that stand before it."""
    if plan.kind not in list(QuestionKind):
        raise Invalid(fields={"kind": _("Choose one of these.")})
    wrong = _wrong_texts(plan)
    if plan.kind in WITH_OPTIONS:
        wrong |= _wrong_options("options", plan.options, plan.words, least=2)
    if plan.kind == QuestionKind.MATRIX:
        wrong |= _wrong_options("rows", plan.rows, plan.words, least=1)
    wrong |= _wrong_limits(plan)
    if plan.shown_if is not None and not _may_lean(plan.shown_if, before):
        wrong["shown_if"] = _("Choose an answer to a question that stands before this one.")
    if wrong:
        raise Invalid(fields=wrong)


def _given(plan: QuestionPlan) -> list[str]:
    return [one for one in LANGUAGES if has_visible(plan.words.get(one) or "")]


def _wrong_texts(plan: QuestionPlan) -> dict[str, str]:
    given, wrong = _given(plan), {}
    if not given:
        wrong[f"words_{current_speech().locale}"] = _("Please fill this in.")
    longest = {"words": LONGEST_QUESTION, "help": LONGEST_HELP, "low": LONGEST_END, "high": LONGEST_END}
    for name, most in longest.items():
        for language in LANGUAGES:
            text = (getattr(plan, name).get(language) or "").strip()
            if len(text) > most:
                wrong[f"{name}_{language}"] = _("At most %(num)s characters.", num=most)
            elif text and language not in given:
                wrong[f"words_{language}"] = _("Please fill this in.")
    return wrong


def _wrong_options(name: str, lines: Sequence[ByLanguage], words: ByLanguage, *, least: int) -> dict[str, str]:
    """Lines of all languages stand beside one another: a language has all of them or none."""
    given = [one for one in LANGUAGES if any((line.get(one) or "").strip() for line in lines)]
    first = next((one for one in LANGUAGES if (words.get(one) or "").strip()), "en")
    if len(lines) < least:
        few = _("Give two answers at least, each on its own line.") if least > 1 else _("Please fill this in.")
        return {f"{name}_{(given or [first])[0]}": few}
    if len(lines) > MOST_OPTIONS:
        return {f"{name}_{given[0]}": _("At most %(num)s lines.", num=MOST_OPTIONS)}
    wrong = {}
    for language in given:
        texts = [clean_line(line.get(language) or "") for line in lines]
        if not all(map(has_visible, texts)):
            wrong[f"{name}_{language}"] = _("In each language there must be the same number of lines.")
        elif len({fold(text) for text in texts}) < len(texts):
            wrong[f"{name}_{language}"] = _("Two lines are the same.")
        elif any(len(text) > LONGEST_OPTION for text in texts):
            wrong[f"{name}_{language}"] = _("At most %(num)s characters.", num=LONGEST_OPTION)
    return wrong


def _wrong_limits(plan: QuestionPlan) -> dict[str, str]:
    least, most = plan.at_least, plan.at_most
    if plan.kind == QuestionKind.SCALE:
        if least is None or most is None or not 0 < most - least < WIDEST_SCALE or least < -10 or most > 100:
            return {"at_most": _("A scale has two to eleven steps, such as 1 to 5 or 0 to 10.")}
        return {}
    if plan.kind == QuestionKind.TEXT:
        wrong = most is not None and not 0 < most <= LONGEST_ANSWER
        return {"at_most": _("From 1 to %(num)s characters.", num=LONGEST_ANSWER)} if wrong else {}
    if plan.kind == QuestionKind.SEVERAL:
        for name, limit in (("at_least", least), ("at_most", most)):
            if limit is not None and not 0 < limit <= len(plan.options):
                return {name: _("There are not so many answers to choose from.")}
    if plan.kind in (QuestionKind.SEVERAL, QuestionKind.NUMBER) and None not in (least, most) and most < least:
        return {"at_most": _("This is less than the smallest that is allowed.")}
    return {}


def _may_lean(shown_if: tuple[int, int], before: Sequence[Question]) -> bool:
    ids = [one.id for one in before if one.lineage == shown_if[0] and one.kind in LEANED_ON]
    known = select(QuestionOption.id).where(QuestionOption.question_id.in_(ids), QuestionOption.lineage == shown_if[1])
    return db.session.scalar(known.limit(1)) is not None
