"""What the site sends: every letter, for managers and admins. In the demonstration, which sends none, also their words
with the links; elsewhere a link is known to its recipient alone."""

from flask import current_app, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from forum.core import web
from forum.core.db import transaction
from forum.core.errors import Forbidden
from forum.core.languages import direction_of
from forum.core.reader import Reader
from forum.core.web import signed_in_reader
from forum.members import actions
from forum.members.queries import letters as queries
from forum.members.rules import may_read_letters
from forum.members.views.blueprint import pages


@pages.get("/letters")
def letters() -> BaseResponse:
    """All of them, the newest first."""
    reader = keeper_of_letters()
    with transaction():
        actions.note_letters_read(by=reader)
    page = queries.letters(cursor=request.args.get("cursor"))
    settings = current_app.config["SETTINGS"]
    nobody_sends = not settings.demo and settings.sends_letters and not settings.smtp_url
    return web.never_kept(render_template("members/letters.html", page=page, nobody_sends=nobody_sends))


@pages.get("/letters/<id:letter_id>")
def letter(letter_id: int) -> BaseResponse:
    """One, with its words."""
    reader = keeper_of_letters()
    found = queries.get_letter(letter_id)
    with transaction():
        actions.note_letters_read(by=reader, letter=found)
    shows_links = current_app.config["SETTINGS"].demo
    return web.never_kept(
        render_template(
            "members/letter.html",
            letter=found,
            parts=queries.parts_of(found, shows_links=shows_links),
            direction=direction_of(found.language),
        )
    )


def keeper_of_letters() -> Reader:
    """The reader, who may see what the site sends."""
    reader = signed_in_reader()
    if not may_read_letters(reader):
        raise Forbidden
    return reader
