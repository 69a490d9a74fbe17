"""A record with its lines; each can be discussed and, while it is open, corrected."""

from flask import render_template, request, url_for
from sqlalchemy import Row

from forum.core import clock
from forum.core.languages import current_speech
from forum.core.web import current_reader
from forum.records import queries, rules
from forum.records.models import Record
from forum.records.views.blueprint import pages
from forum.spaces.models import SpaceKind
from forum.workshops.queries import get_workshop

LONGEST_QUOTE = 1200  # characters of a line that stand in an address


@pages.get("/records/<id:record_id>")
def show(record_id: int) -> str:
    """A hundred lines at a time."""
    reader, now = current_reader(), clock.now()
    record = queries.get_record(record_id, reader=reader)
    workshop = get_workshop(record.workshop_id, reader=reader, language=current_speech().locale)
    there = queries.was_there(record.workshop_id, reader)
    page = queries.lines_of(record.id, cursor=request.args.get("cursor"))
    keeps = rules.may_keep_records(reader)
    return render_template(
        "records/show.html",
        record=record,
        workshop=workshop,
        page=page,
        others=[one for one in queries.records_of(workshop.id, reader=reader) if one.id != record.id],
        is_open=rules.is_open(record, now),
        may_correct=rules.may_correct(reader, record, was_there=there, now=now),
        keeps=keeps,
        waiting=queries.count_waiting(record.id) if keeps else 0,
        discuss=lambda line: discuss_url(record, line),
        timecode=timecode,
        unlisted=record.published_at is None or workshop.space_kind != SpaceKind.PUBLIC,
        now=now,
    )


def timecode(milliseconds: int) -> str:
    """1:02:03 or 2:03 from the beginning."""
    seconds = milliseconds // 1000
    hours, minutes = seconds // 3600, seconds // 60 % 60
    return f"{hours}:{minutes:02}:{seconds % 60:02}" if hours else f"{minutes}:{seconds % 60:02}"


def discuss_url(record: Record, line: Row) -> str:
    """Where a new topic of the event begins with this line, its time and its speaker, as a quotation."""
    source = ", ".join(part for part in (line.speaker, timecode(line.starts_ms or 0) if line.starts_ms else "") if part)
    name = _plain(source) or f"#{line.number}"
    words = f"> {_plain(line.words[:LONGEST_QUOTE])}\n>\n> [{name}](/records/{record.id}#line-{line.number})\n\n"
    return url_for("topics.new_in_workshop", workshop_id=record.workshop_id, words=words)


def _plain(words: str) -> str:
    """Words in which Markdown sees nothing."""
    return "".join(f"\\{one}" if one in "\\`*_[]<>#|~!" else one for one in words)
