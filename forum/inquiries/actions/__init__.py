"""Every write to surveys."""

from forum.inquiries.actions.answering import answer, approve
from forum.inquiries.actions.following import follow_merger
from forum.inquiries.actions.inviting import invite
from forum.inquiries.actions.keeping import SurveyPlan, add_survey, change_survey, close_survey, note_export
from forum.inquiries.actions.naming import name_focal_point, unname_focal_point
from forum.inquiries.actions.reminding import remind_unanswered
from forum.inquiries.actions.starting import start_topic

__all__ = [
    "SurveyPlan",
    "add_survey",
    "answer",
    "approve",
    "change_survey",
    "close_survey",
    "follow_merger",
    "invite",
    "name_focal_point",
    "note_export",
    "remind_unanswered",
    "start_topic",
    "unname_focal_point",
]
