"""Lists of topics: the latest, and what is new for me."""

from flask import render_template, request

from forum.core import clock
from forum.core.languages import current_speech
from forum.core.web import current_reader, signed_in_reader
from forum.topics import queries
from forum.topics.views.blueprint import pages
from forum.workshops.queries import stamps_for


@pages.get("/topics")
def index() -> str:
    """All that the reader may see, the newest reply first."""
    return _list("latest")


@pages.get("/topics/unread")
def unread() -> str:
    """What holds posts that the member has not read."""
    signed_in_reader()
    return _list("unread")


def _list(which: str) -> str:
    reader, language = current_reader(), current_speech().locale
    query = queries.latest if which == "latest" else queries.unread
    page = query(reader, language, cursor=request.args.get("cursor"))
    stamps = stamps_for([row.id for row in page.items], language)
    return render_template("topics/list.html", which=which, page=page, stamps=stamps, now=clock.now())
