"""Every read of surveys."""

from forum.inquiries.queries.answering import (
    approving,
    colleagues_of,
    count_focal_points,
    focal_points,
    own_sheet,
    prefilled,
)
from forum.inquiries.queries.audience import audience_of, is_for, unanswered
from forum.inquiries.queries.results import Cell, Group, Item, Results, results_of
from forum.inquiries.queries.surveys import (
    door,
    find_subject,
    get_row,
    get_survey,
    survey_rows,
    surveys_for,
    texts_of,
    to_invite,
    topics_of,
    yearly_before,
)

__all__ = [
    "Cell",
    "Group",
    "Item",
    "Results",
    "approving",
    "audience_of",
    "colleagues_of",
    "count_focal_points",
    "door",
    "find_subject",
    "focal_points",
    "get_row",
    "get_survey",
    "is_for",
    "own_sheet",
    "prefilled",
    "results_of",
    "survey_rows",
    "surveys_for",
    "texts_of",
    "to_invite",
    "topics_of",
    "unanswered",
    "yearly_before",
]
