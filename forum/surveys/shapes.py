"""Polls as JSON and as a sheet."""

from collections.abc import Sequence
from typing import Any, NotRequired, TypedDict

from forum.core.api import Instant, moment
from forum.core.languages import gettext as _
from forum.core.sheets import sheet
from forum.surveys.models import PollKind, Results, Voice
from forum.surveys.queries import PollSeen


class OptionShape(TypedDict):
    """An option. While the results are hidden nothing is counted; `firsts` and `points` have ranked ones alone."""

    id: int
    words: str
    voices: NotRequired[int]
    firsts: NotRequired[int]
    points: NotRequired[int]


class PollShape(TypedDict):
    """A poll; `mine` are the ids of the options that the reader chose, the best first."""

    id: int
    topic: int
    question: str
    language: str
    kind: PollKind
    voice: Voice
    results: Results
    open: bool
    closes_at: Instant | None
    created_at: Instant
    ballots: int
    options: list[OptionShape]
    mine: list[int] | None


def poll_shape(seen: PollSeen) -> PollShape:
    """As this reader sees it."""
    poll = seen.poll
    return {
        "id": poll.id,
        "topic": poll.topic_id,
        "question": poll.question,
        "language": poll.language,
        "kind": poll.kind,
        "voice": poll.voice,
        "results": poll.results,
        "open": seen.is_open,
        "closes_at": moment(poll.closes_at),
        "created_at": moment(poll.created_at),
        "ballots": seen.ballots,
        "options": [_option(seen, option) for option in seen.options],
        "mine": seen.cast.options if seen.cast else None,
    }


def _option(seen: PollSeen, option: Any) -> OptionShape:
    shape: OptionShape = {"id": option.id, "words": option.words}
    if not seen.shows_results:
        return shape
    counts = {"voices": option.voices}
    if seen.poll.kind == PollKind.RANKED:
        counts |= {"firsts": int(option.firsts), "points": int(option.points)}
    return shape | counts


def poll_sheet(seen: PollSeen) -> str:
    """The results as CSV that begins with a byte order mark, so that spreadsheets read its letters."""
    ranked = seen.poll.kind == PollKind.RANKED
    head = [_("Option"), _("Votes"), *([_("First places"), _("Points")] if ranked else [])]
    rows: list[Sequence[Any]] = [[seen.poll.question], head]
    for option in seen.options:
        rows.append([option.words, option.voices, *([option.firsts, option.points] if ranked else [])])
    rows.append([_("Voices in all"), seen.ballots])
    return sheet(rows)
