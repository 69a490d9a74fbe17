"""What the site sends: every letter, for managers and admins. In the demonstration, which sends none, also their words
with the links, and everybody finds those to themselves; elsewhere a link is known to its recipient alone. What members
write to one another is shown to the recipient only."""

from functools import partial

from flask import current_app, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from forum.core import web
from forum.core.db import transaction
from forum.core.door import reader_who
from forum.core.errors import Forbidden, NotFound
from forum.core.languages import direction_of
from forum.core.reader import Reader
from forum.core.web import signed_in_reader
from forum.members import actions
from forum.members.queries import letters as queries
from forum.members.rules import may_read_letters, may_read_words
from forum.members.views.blueprint import pages


@pages.get("/letters")
def letters() -> BaseResponse:
    """All of them, or those to the reader, the newest first."""
    reader = _reader_of_letters()
    cursor = request.args.get("cursor")
    if may_read_letters(reader):
        with transaction():
            actions.note_letters_read(by=reader)
        page = queries.letters(cursor=cursor)
    else:
        page = queries.letters(to=reader.member_id, cursor=cursor)
    settings = current_app.config["SETTINGS"]
    return web.never_kept(
        render_template(
            "members/letters.html",
            page=page,
            is_manager=may_read_letters(reader),
            nobody_sends=not settings.demo and settings.sends_letters and not settings.smtp_url,
            may_read_words=partial(may_read_words, reader),
        )
    )


@pages.get("/letters/<id:letter_id>")
def letter(letter_id: int) -> BaseResponse:
    """One, with its words."""
    reader = _reader_of_letters()
    found = queries.get_letter(letter_id)
    if may_read_letters(reader):
        with transaction():
            actions.note_letters_read(by=reader, letter=found)
    elif found.member_id != reader.id:
        raise NotFound
    shows_links = current_app.config["SETTINGS"].demo
    return web.never_kept(
        render_template(
            "members/letter.html",
            letter=found,
            parts=queries.parts_of(found, shows_links=shows_links) if may_read_words(reader, found) else None,
            direction=direction_of(found.language),
        )
    )


def _reader_of_letters() -> Reader:
    reader = signed_in_reader()
    if not may_read_letters(reader) and not current_app.config["SETTINGS"].demo:
        raise Forbidden
    return reader


def keeper_of_letters() -> Reader:
    """The reader, who may see what the site sends."""
    return reader_who(may_read_letters)
