"""Every write to registrations."""

from forum.registering.actions.answering import Given, leave_space, register, withdraw
from forum.registering.actions.guests import (
    Guest,
    ask_guest,
    check_guest,
    confirm_guest,
    forget_guests,
    purpose_of,
    take_guest,
)
from forum.registering.actions.joining import is_theirs, note_wrong_address
from forum.registering.actions.places import note_export, set_admission
from forum.registering.actions.reminding import remind, remind_of_days, tell_of_moves
from forum.registering.actions.selecting import begin_selection, end_selection, give_places, release
from forum.registering.actions.telling import follow_topic, tell_person

__all__ = [
    "Given",
    "Guest",
    "ask_guest",
    "begin_selection",
    "check_guest",
    "confirm_guest",
    "end_selection",
    "follow_topic",
    "forget_guests",
    "give_places",
    "is_theirs",
    "leave_space",
    "note_export",
    "note_wrong_address",
    "purpose_of",
    "register",
    "release",
    "remind",
    "remind_of_days",
    "set_admission",
    "take_guest",
    "tell_of_moves",
    "tell_person",
    "withdraw",
]
