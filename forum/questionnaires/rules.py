"""Who may design a questionnaire: what it belongs to says so."""

from collections.abc import Callable
from dataclasses import dataclass

from forum.core.errors import Forbidden, NotFound
from forum.core.reader import Reader
from forum.questionnaires.models import Questionnaire


@dataclass(frozen=True, slots=True)
class Seen:
    """What a questionnaire belongs to, as its reader sees it, and where it is shown: the address that the view
    `endpoint` has with these `values`."""

    title: str
    language: str
    endpoint: str
    values: dict[str, int]
    may_design: bool


Finding = Callable[[int, Reader, str], Seen]
"""(id of the subject, who asks, their language) -> Seen; raises NotFound where the subject is not there for them."""

SUBJECTS: dict[str, Finding] = {}
"""{kind of subject: how it is found}; wiring fills it."""


def subject_of(questionnaire: Questionnaire, reader: Reader, language: str) -> Seen:
    """What it belongs to, for those who may design it. Raises NotFound and Forbidden."""
    find = SUBJECTS.get(questionnaire.subject_kind)
    if find is None:
        raise NotFound
    seen = find(questionnaire.subject_id, reader, language)
    if not seen.may_design:
        raise Forbidden
    return seen
