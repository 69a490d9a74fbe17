"""What a form sent becomes answers, or says at each question what is wrong with it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from forum.core.errors import Invalid
from forum.core.languages import clean_body, decimal_point, format_number, has_visible, to_latin_digits
from forum.core.languages import gettext as _
from forum.questionnaires.models import LARGEST_NUMBER, LONGEST_ANSWER, QuestionKind
from forum.questionnaires.queries import Asked, Given, Offered, number_as_sent

Sent = Mapping[str, Sequence[str]]  # {name of the field: what stands in it}

_NUMBER = re.compile(r"-?[0-9]{1,13}([.,٫][0-9]{1,4})?")
_GROUPS = re.compile(r"[\s\u00a0\u202f٬'’]")  # that people write between thousands, and never before a fraction
_THOUSANDS = {  # with the sign that elsewhere begins a fraction: 12,500 in one language, 12.500 in others
    point: re.compile(rf"(-?[1-9][0-9]{{0,2}})((?:{re.escape(group)}[0-9]{{3}})+)((?:[{point}٫][0-9]*)?)")
    for point, group in ((".", ","), (",", "."))
}


class Reading(NamedTuple):
    """{question's id: what was given} of all that is shown, and {name of the field: what is wrong}."""

    answers: dict[int, Given]
    errors: dict[str, str]


def read_answers(asked: Sequence[Asked], sent: Sent, *, whole: bool = True) -> Reading:
    """Read a form. A question whose condition does not hold was not asked: whatever was sent for it is left out.
    What is not `whole` is a draft, in which something may still be missing."""
    answers: dict[int, Given] = {}
    errors: dict[str, str] = {}
    chosen: dict[int, set[int]] = {}  # {lineage of a question: lineages of what was chosen}
    for question in asked:
        if not question.number or not is_shown(question, chosen):
            continue
        given, wrong = _READERS[question.kind](question, sent)
        if wrong is None and whole and question.is_required:
            wrong = _missing(question, given)
        if wrong is not None:
            errors[question.name] = wrong
        elif given is not None:
            answers[question.id] = given
            ids = set(given.options)
            chosen[question.lineage] = {one.lineage for one in question.options if one.id in ids}
    return Reading(answers, errors)


def is_shown(question: Asked, chosen: Mapping[int, set[int]]) -> bool:
    """Does its condition hold, if it has one?"""
    condition = question.condition
    return condition is None or condition.option in chosen.get(condition.question, ())


def _missing(question: Asked, given: Given | None) -> str | None:
    if given is not None:
        is_part = question.kind == QuestionKind.MATRIX and len(given.rows) < len(question.rows)
        return _("Please choose something in each line.") if is_part else None
    if question.kind in (QuestionKind.NUMBER, QuestionKind.TEXT):
        return _("Please fill this in.")
    return _("Please choose something here.")


def _texts(name: str, sent: Sent) -> list[str]:
    return [one.strip() for one in sent.get(name, ()) if one.strip()]


def _options(texts: Sequence[str], offered: Sequence[Offered]) -> tuple[int, ...] | None:
    """Their ids, or None when one of them is not offered."""
    ids = {str(one.lineage): one.id for one in offered}
    wanted = list(dict.fromkeys(texts))
    return tuple(ids[one] for one in wanted) if set(wanted) <= set(ids) else None


Read = tuple[Given | None, str | None]


def _choice(question: Asked, sent: Sent) -> Read:
    ids = _options(_texts(question.name, sent), question.options)
    if ids is None or len(ids) > 1:
        return None, _("Choose one of these.")
    return (Given(options=ids) if ids else None), None


def _several(question: Asked, sent: Sent) -> Read:
    ids = _options(_texts(question.name, sent), question.options)
    if ids is None:
        return None, _("Choose among these.")
    if ids and question.at_least and len(ids) < question.at_least:
        return None, _("Choose %(num)s at least.", num=format_number(question.at_least))
    if question.at_most and len(ids) > question.at_most:
        return None, _("Choose %(num)s at most.", num=format_number(question.at_most))
    return (Given(options=ids) if ids else None), None


def _scale(question: Asked, sent: Sent) -> Read:
    texts = _texts(question.name, sent)
    if not texts:
        return None, None
    text = to_latin_digits(texts[0])
    if len(texts) > 1 or text not in {str(step) for step in question.steps}:
        return None, _("Choose one of these.")
    return Given(number=float(text)), None


def _number(question: Asked, sent: Sent) -> Read:
    texts = _texts(question.name, sent)
    if not texts:
        return None, None
    text = _GROUPS.sub("", to_latin_digits(texts[0]))
    if thousands := _THOUSANDS[decimal_point()].fullmatch(text):
        text = f"{thousands[1]}{re.sub('[.,]', '', thousands[2])}{thousands[3]}"
    if not _NUMBER.fullmatch(text):
        return None, _("This must be a number.")
    number = float(text.replace(",", ".").replace("٫", "."))
    least = -LARGEST_NUMBER if question.at_least is None else question.at_least
    most = LARGEST_NUMBER if question.at_most is None else question.at_most
    if number < least:
        return None, _("This must be %(num)s or more.", num=format_number(least))
    if number > most:
        return None, _("This must be %(num)s or less.", num=format_number(most))
    return Given(number=number), None


def _text(question: Asked, sent: Sent) -> Read:
    words = clean_body("\n".join(sent.get(question.name, ())))
    if not has_visible(words):
        return None, None
    longest = question.at_most or LONGEST_ANSWER
    if len(words) > longest:
        return None, _("At most %(num)s characters.", num=longest)
    return Given(words=words), None


def _matrix(question: Asked, sent: Sent) -> Read:
    rows: dict[int, int] = {}
    for row in question.rows:
        ids = _options(_texts(question.row_name(row), sent), question.options)
        if ids is None or len(ids) > 1:
            return None, _("Choose one of these in each line.")
        if ids:
            rows[row.id] = ids[0]
    return (Given(rows=rows) if rows else None), None


_READERS = {
    QuestionKind.CHOICE: _choice,
    QuestionKind.SEVERAL: _several,
    QuestionKind.SCALE: _scale,
    QuestionKind.NUMBER: _number,
    QuestionKind.TEXT: _text,
    QuestionKind.MATRIX: _matrix,
}


def sent_of_json(asked: Sequence[Asked], answers: Any) -> dict[str, list[str]]:
    """What a form would send, from a list of `{"question": id, …}` as shapes.AnswerShape has it. Raises Invalid."""
    if not isinstance(answers, list) or not all(isinstance(one, dict) for one in answers):
        raise Invalid(fields={"answers": _("Send a list of answers.")})
    sent: dict[str, list[str]] = {}
    by_id = {question.id: question for question in asked if question.number}
    for one in answers:
        id = one.get("question")
        question = by_id.get(id) if isinstance(id, int) and not isinstance(id, bool) else None
        if question is None:
            raise Invalid(fields={"answers": _("One of these questions is not asked here.")})
        lineages = {option.id: str(option.lineage) for option in question.options}
        sent[question.name] = [lineages.get(id, "?") for id in _ids(one.get("options"))]
        if (number := one.get("number")) is not None:
            is_number = isinstance(number, int | float) and not isinstance(number, bool) and abs(number) < 1e15
            sent[question.name] = [number_as_sent(number) if is_number else "?"]
        if (words := one.get("words")) is not None:
            sent[question.name] = [words if isinstance(words, str) else "?"]
        chosen = one.get("rows")
        rows = [cell for cell in chosen if isinstance(cell, dict)] if isinstance(chosen, list) else []
        cells = {cell["row"]: cell.get("option") for cell in rows if isinstance(cell.get("row"), int)}
        for row in question.rows:
            if row.id in cells:
                sent[question.row_name(row)] = [lineages.get(id, "?") for id in _ids([cells[row.id]])]
    return sent


def _ids(given: Any) -> list[int]:
    return [one if isinstance(one, int) else 0 for one in given] if isinstance(given, list) else []
