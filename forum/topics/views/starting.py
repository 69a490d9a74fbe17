"""Starting a topic, in a space or in a workshop: one form, one preview, one page."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from flask import render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from forum.core.errors import Forbidden, Refused
from forum.core.languages import current_speech
from forum.core.reader import Reader
from forum.core.web import signed_in_reader
from forum.drafts.models import DraftKind
from forum.drafts.queries import begun
from forum.spaces.queries import get_readable_space
from forum.topics import actions, queries, rules
from forum.topics.actions import Done
from forum.topics.forms import StartForm
from forum.topics.fragments import words_before_sending
from forum.topics.views.blueprint import pages
from forum.topics.views.sending import use_buttons
from forum.workshops import actions as workshops
from forum.workshops.queries import get_workshop

LONGEST_QUOTED = 4000  # characters of `?words=`


@dataclass(frozen=True)
class Place:
    """Where a topic is to stand: a space, or a workshop, whose topics are in
    `space_id`. `start(author=…, …)` does it."""

    kind: DraftKind
    id: int
    name: str
    space_id: int
    space_kind: str
    belongs: bool
    start: Callable[..., Done]

    def may_start(self, reader: Reader) -> bool:
        """May this reader start a topic here?"""
        return rules.may_start_topic(reader, space_kind=self.space_kind, belongs=self.belongs)


def space(space_id: int, reader: Reader) -> Place:
    """A space that the reader may look into, or NotFound."""
    row = get_readable_space(space_id, reader=reader, language=current_speech().locale)
    start = partial(actions.start_topic, space_id=row.id)
    return Place(DraftKind.SPACE, row.id, row.name, row.id, row.kind, row.belongs, start)


def workshop(workshop_id: int, reader: Reader) -> Place:
    """A workshop that the reader may see, or NotFound."""
    row = get_workshop(workshop_id, reader=reader, language=current_speech().locale)
    kind, id, start = DraftKind.WORKSHOP, row.id, partial(workshops.start_topic, row)
    return Place(kind, id, row.title, row.topics_space_id, row.topics_kind, row.topics_belongs, start)


@pages.get("/spaces/<id:space_id>/topics/new")
def new_in_space(space_id: int) -> str:
    """The form for a new topic that belongs to no workshop."""
    return _new(space(space_id, signed_in_reader()))


@pages.post("/spaces/<id:space_id>/topics")
def start_in_space(space_id: int) -> BaseResponse | str | tuple[str, int]:
    """Start one there, or show how its first post will look."""
    return _start(space(space_id, signed_in_reader()))


@pages.get("/workshops/<id:workshop_id>/topics/new")
def new_in_workshop(workshop_id: int) -> str:
    """The form for a new topic of a workshop."""
    return _new(workshop(workshop_id, signed_in_reader()))


@pages.post("/workshops/<id:workshop_id>/topics")
def start_in_workshop(workshop_id: int) -> BaseResponse | str | tuple[str, int]:
    """Start one there, or show how its first post will look."""
    return _start(workshop(workshop_id, signed_in_reader()))


def _new(place: Place) -> str:
    reader = signed_in_reader()
    if not place.may_start(reader):
        raise Forbidden
    given = begun(reader.member_id, place.kind, place.id)
    if quoted := request.args.get("words", "")[:LONGEST_QUOTED]:  # what the topic is to begin with; a draft goes before
        given = {"words": quoted} | {name: value for name, value in given.items() if value}
    return _page(place, StartForm(data=given))


def _start(place: Place) -> BaseResponse | str | tuple[str, int]:
    form = StartForm.sent()
    return use_buttons(
        form,
        draft=(place.kind, place.id),
        draw=partial(_page, place, form),
        send=lambda: place.start(author=signed_in_reader(), **form.asked()),
        place_of=lambda done: url_for("topics.show", topic_id=done.id),
    )


def _page(place: Place, form: StartForm, *, preview: str = "", refused: Refused | None = None) -> str:
    rendered = actions.preview(preview, language=form.language.data or None) if preview.strip() else None
    shown = rendered and words_before_sending(rendered, reader=signed_in_reader(), space_id=place.space_id)
    return render_template(
        "topics/new_topic.html",
        place=place,
        form=form,
        themes=queries.theme_tree(current_speech().locale),
        preview=shown,
        direction_of_preview=rendered and rendered.direction,
        refused=refused,
    )
