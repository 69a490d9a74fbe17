"""Every write to questionnaires."""

from forum.questionnaires.actions.answering import (
    Meanwhile,
    QuestionsChanged,
    check_edition,
    keep_sheet,
    note_groups,
    remove_sheet,
)
from forum.questionnaires.actions.designing import (
    add_question,
    begin_questionnaire,
    change_question,
    copy_questions,
    move_question,
    plan_of,
    remove_question,
)
from forum.questionnaires.actions.plans import LEANED_ON, QuestionPlan
from forum.questionnaires.actions.reading import Reading, read_answers, sent_of_json

__all__ = [
    "LEANED_ON",
    "Meanwhile",
    "QuestionPlan",
    "QuestionsChanged",
    "Reading",
    "add_question",
    "begin_questionnaire",
    "change_question",
    "check_edition",
    "copy_questions",
    "keep_sheet",
    "move_question",
    "note_groups",
    "plan_of",
    "read_answers",
    "remove_question",
    "remove_sheet",
    "sent_of_json",
]
