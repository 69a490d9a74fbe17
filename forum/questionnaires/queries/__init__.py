"""Every read of questionnaires."""

from forum.questionnaires.queries.asked import (
    Asked,
    Condition,
    Offered,
    asked_of,
    find_questionnaire,
    get_question,
    get_questionnaire,
    lock_questionnaire,
    texts_of,
)
from forum.questionnaires.queries.sheets import (
    Given,
    answered_questions,
    answers_of,
    answers_on,
    as_sent,
    count_sheets,
    find_sheet,
    get_sheet,
    has_answers,
    number_as_sent,
    said,
)

__all__ = [
    "Asked",
    "Condition",
    "Given",
    "Offered",
    "answered_questions",
    "answers_of",
    "answers_on",
    "as_sent",
    "asked_of",
    "count_sheets",
    "find_questionnaire",
    "find_sheet",
    "get_question",
    "get_questionnaire",
    "get_sheet",
    "has_answers",
    "lock_questionnaire",
    "number_as_sent",
    "said",
    "texts_of",
]
