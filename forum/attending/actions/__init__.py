"""Every write at events."""

from forum.attending.actions.arriving import (
    arrive,
    follow_registration,
    leave,
    note_guest,
    note_member,
    take_off_guest,
    take_off_member,
)
from forum.attending.actions.asking import Said, ask, change, withdraw
from forum.attending.actions.deciding import answer, hide, let_in, take_answer_back
from forum.attending.actions.reading import add_reading, place_reading, remove_reading
from forum.attending.actions.registered import take_question
from forum.attending.actions.seconding import count_voices, second, take_back
from forum.attending.actions.topics import start_talk_topics

__all__ = [
    "Said",
    "add_reading",
    "answer",
    "arrive",
    "ask",
    "change",
    "count_voices",
    "follow_registration",
    "hide",
    "leave",
    "let_in",
    "note_guest",
    "note_member",
    "place_reading",
    "remove_reading",
    "second",
    "start_talk_topics",
    "take_answer_back",
    "take_back",
    "take_off_guest",
    "take_off_member",
    "take_question",
    "withdraw",
]
