"""Every write to calls and applications."""

from forum.applying.actions.assigning import assign, close_calls, shared_out
from forum.applying.actions.calling import CallPlan, CriterionPlan, remove_call, set_call
from forum.applying.actions.deciding import decide, note_export, release, tell_applicant, tell_everybody
from forum.applying.actions.presenting import Presented, apply, confirm, follow_merger, withdraw
from forum.applying.actions.reviewing import give_review

__all__ = [
    "CallPlan",
    "CriterionPlan",
    "Presented",
    "apply",
    "assign",
    "close_calls",
    "confirm",
    "decide",
    "follow_merger",
    "give_review",
    "note_export",
    "release",
    "remove_call",
    "set_call",
    "shared_out",
    "tell_applicant",
    "tell_everybody",
    "withdraw",
]
