"""Every write to requests."""

from forum.agenda.actions.asking import ask, change, withdraw
from forum.agenda.actions.deciding import answer, decline, merge, reopen, schedule
from forum.agenda.actions.voices import follow_merger, second, take_back

__all__ = [
    "answer",
    "ask",
    "change",
    "decline",
    "follow_merger",
    "merge",
    "reopen",
    "schedule",
    "second",
    "take_back",
    "withdraw",
]
