"""The spaces that one may know of, and one of them with its topics."""

from flask import render_template, request
from sqlalchemy import Row

from forum.core import clock
from forum.core.languages import current_speech
from forum.core.reader import Reader
from forum.core.web import current_reader
from forum.spaces import queries, rules
from forum.spaces.forms import AskForm, kind_words
from forum.spaces.views.blueprint import pages
from forum.topics import queries as topics
from forum.topics.rules import may_start_topic
from forum.workshops.queries import around


@pages.get("/spaces")
def index() -> str:
    """All whose names the reader may know."""
    reader = current_reader()
    return render_template(
        "spaces/index.html",
        page=queries.spaces_known_to(reader, current_speech().locale, cursor=request.args.get("cursor")),
        may_read=rules.may_read_space,
        may_manage=rules.may_manage_spaces(reader),
        kind_words=kind_words(),
    )


@pages.get("/spaces/<id:space_id>")
def show(space_id: int) -> str:
    """What it is and, for those who may see it, what is being discussed there."""
    reader = current_reader()
    return page(queries.get_space_row(space_id, reader=reader, language=current_speech().locale), reader, AskForm())


def page(space: Row, reader: Reader, form: AskForm) -> str:
    """One space as this reader may see it."""
    language = current_speech().locale
    may_read = rules.may_read_space(reader, space.kind, belongs=space.belongs)
    found = (
        topics.by_space(space.id, reader=reader, language=language, cursor=request.args.get("cursor"))
        if may_read
        else None
    )
    return render_template(
        "spaces/show.html",
        space=space,
        form=form,
        may_read=may_read,
        may_manage=rules.may_manage_spaces(reader),
        may_start=may_start_topic(reader, space_kind=space.kind, belongs=space.belongs),
        may_ask=reader.is_authenticated
        and not space.belongs
        and not space.has_asked
        and rules.may_be_asked(space.kind, space.joining),
        topics=found,
        around=around([row.id for row in found.items], language) if found else {},
        kind_words=kind_words(),
        now=clock.now(),
    )
