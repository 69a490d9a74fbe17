"""Sockets of the live page: a room for each event and interface language, and another for those who moderate it, who
see more. News is gathered for half a moment and goes out once, so that two hundred people who second a question in the
same second hear of it a few times and not two hundred times each."""

import logging
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

import gevent
from gevent.monkey import is_module_patched

from forum.attending import queries, rules
from forum.attending.events import AttendanceChanged, AudienceQuestionChanged, AudienceQuestionSeconded
from forum.attending.fragments import fragment, here_in_words
from forum.core.errors import NotFound
from forum.core.languages import LANGUAGES
from forum.core.live import Connection, Live, current_live, language_in, whole_in
from forum.core.reader import Reader
from forum.spaces.models import SpaceKind
from forum.spaces.queries import who_may_read
from forum.workshops.queries import find_space_of

log = logging.getLogger(__name__)

PAUSE = 0.5  # seconds for which news is gathered
HALL, DESK = "workshop", "workshop_desk"  # the two kinds of rooms


@dataclass
class News:
    """What became another one since the last time that watchers of an event were told."""

    changed: set[int] = field(default_factory=set)  # questions
    seconded: set[int] = field(default_factory=set)  # questions
    here: bool = False
    is_awaited: bool = False  # will it go out in a moment?


_gathered: dict[int, News] = {}  # by event


def answer(live: Live) -> None:
    """Take part in the sockets."""
    live.on("workshop:join", join)
    live.on("workshop:leave", leave)
    live.check(HALL, who_may_stay)
    live.check(DESK, who_may_moderate)


def join(reader: Reader, connection: Connection, payload: dict[str, Any]) -> dict[str, Any]:
    """Watch an event. The answer says which version its questions are in; a page with another one asks for them."""
    workshop_id, language = whole_in(payload, HALL, least=1), language_in(payload, connection)
    live = current_live()
    if not queries.sees_event(workshop_id, reader=reader):
        _leave_all(live, connection, workshop_id)
        raise NotFound
    kind = DESK if rules.may_moderate(reader) else HALL
    live.join(connection, f"{kind}:{workshop_id}:{language}", kind=kind, id=workshop_id)
    return {"ok": True, "version": queries.version_of(workshop_id)}


def leave(_reader: Reader, connection: Connection, payload: dict[str, Any]) -> dict[str, Any]:
    """Watch it no more."""
    _leave_all(current_live(), connection, whole_in(payload, HALL, least=1))
    return {"ok": True}


def _leave_all(live: Live, connection: Connection, workshop_id: int) -> None:
    for language in LANGUAGES:
        for kind in (HALL, DESK):
            live.leave(connection, f"{kind}:{workshop_id}:{language}")


def who_may_stay(workshop_id: int, member_ids: Collection[int]) -> tuple[bool, Collection[int]]:
    """(guests too?, the members among these who may see the event)."""
    space = find_space_of(workshop_id)
    if space is None:
        return False, ()
    return space.kind == SpaceKind.PUBLIC, set(who_may_read(space.id, member_ids))


def who_may_moderate(workshop_id: int, member_ids: Collection[int]) -> tuple[bool, Collection[int]]:
    """No guests; the members among these who may see the event and moderate."""
    _guests, members = who_may_stay(workshop_id, member_ids)
    return False, queries.staff_among(members)


def announce_question(happened: AudienceQuestionChanged) -> None:
    """At once, or nearly: a question is another one."""
    if (news := _news(happened.workshop_id)) is not None:
        news.changed.add(happened.question_id)
        _tell_soon(happened.workshop_id)


def announce_voices(happened: AudienceQuestionSeconded) -> None:
    """The same: it has another number of voices."""
    if (news := _news(happened.workshop_id)) is not None:
        news.seconded.add(happened.question_id)
        _tell_soon(happened.workshop_id)


def announce_attendance(happened: AttendanceChanged) -> None:
    """The same: somebody came or went."""
    if (news := _news(happened.workshop_id)) is not None:
        news.here = True
        _tell_soon(happened.workshop_id)


def _news(workshop_id: int) -> News | None:
    """What is gathered for those who watch the event; None where nobody does."""
    live = current_live()
    if not any(live.watched_languages(f"{kind}:{workshop_id}") for kind in (HALL, DESK)):
        return None
    return _gathered.setdefault(workshop_id, News())


def _tell_soon(workshop_id: int) -> None:
    live, news = current_live(), _gathered[workshop_id]
    if not is_module_patched("threading"):  # no loop that could come back to it
        _tell(live, workshop_id)
    elif not news.is_awaited:  # else it goes along with what came first
        news.is_awaited = True
        gevent.spawn_later(PAUSE, _tell, live, workshop_id)


def _tell(live: Live, workshop_id: int) -> None:
    news = _gathered.pop(workshop_id, None)
    if news is None:
        return
    try:
        with live.app.app_context():
            version = queries.version_of(workshop_id)
            here = queries.count_here(workshop_id) if news.here else None
            for kind in (HALL, DESK):
                room = f"{kind}:{workshop_id}"
                for language in live.watched_languages(room):
                    told = _told(news, language, moderates=kind == DESK)
                    if here is not None:
                        told["here"] = here_in_words(here, language=language)
                    live.send(f"{room}:{language}", "workshop:news", {HALL: workshop_id, "version": version} | told)
    except Exception:
        log.exception("watchers of event %s were not told; they ask within a minute", workshop_id)


def _told(news: News, language: str, *, moderates: bool) -> dict[str, Any]:
    """Questions that are new or other ones as fragments, those out of sight by id, numbers of voices alone as pairs."""
    rows = {row.id: row for row in queries.rows_for_all(news.changed | news.seconded, language, for_staff=moderates)}
    return {
        "questions": [
            {"id": id, "html": fragment(rows[id], language=language, moderates=moderates)}
            for id in sorted(news.changed & set(rows))
        ],
        "gone": sorted(news.changed - set(rows)),
        "seconds": [[id, rows[id].seconds] for id in sorted((news.seconded - news.changed) & set(rows))],
    }
