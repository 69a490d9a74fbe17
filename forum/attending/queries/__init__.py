"""Every read of questions and of attendance."""

from forum.attending.queries.attendance import (
    all_attended,
    attended,
    count_here,
    expected,
    find_of_member,
    find_of_registration,
    find_registration,
    here_and_own,
    members_here,
)
from forum.attending.queries.doors import sees_event, staff_among
from forum.attending.queries.questions import (
    MOST_LIVE,
    find_left_behind,
    get_question,
    get_question_row,
    of_registration,
    questions_of,
    rows_for_all,
    talks_to_ask,
    unanswered_of,
    version_of,
)
from forum.attending.queries.reading import entries_of, find_entry, reading_of

__all__ = [
    "MOST_LIVE",
    "all_attended",
    "attended",
    "count_here",
    "entries_of",
    "expected",
    "find_entry",
    "find_left_behind",
    "find_of_member",
    "find_of_registration",
    "find_registration",
    "get_question",
    "get_question_row",
    "here_and_own",
    "members_here",
    "of_registration",
    "questions_of",
    "reading_of",
    "rows_for_all",
    "sees_event",
    "staff_among",
    "talks_to_ask",
    "unanswered_of",
    "version_of",
]
