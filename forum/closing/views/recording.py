"""The file of an event's recording: handed in and taken away in the closing form, which comes back as it was; and given
to whoever may have it."""

from contextlib import suppress

from flask import Response, flash, redirect, url_for
from werkzeug.wrappers import Response as BaseResponse

from forum.closing import actions, queries
from forum.closing.forms import form_for
from forum.closing.models import Recording
from forum.closing.views.blueprint import closed_by, managed, pages
from forum.closing.views.preparing import page_of
from forum.core.arriving import arrived_file
from forum.core.db import transaction
from forum.core.errors import Refused, Unavailable
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.core.storage import current_storage
from forum.core.streaming import PRIVATE, PUBLIC, streamed
from forum.core.web import current_reader
from forum.workshops.queries import get_row, objective_ids_of


@pages.get("/recordings/<id:recording_id>")
def play(recording_id: int) -> Response:
    """The recording itself, or a part of it."""
    recording, is_public = queries.get_recording(recording_id, reader=current_reader())
    response = streamed(recording.key, size=recording.size, mime=recording.mime, shown_name=recording.name)
    response.headers.update(PUBLIC if is_public else PRIVATE)
    return response


@pages.get("/<language:language>/workshops/<id:workshop_id>/recording")
def ask(workshop_id: int) -> BaseResponse:
    """It is handed in where the event is closed."""
    closed_by(workshop_id)
    return redirect(url_for("closing.prepare", workshop_id=workshop_id))


@pages.put("/<language:language>/workshops/<id:workshop_id>/recording")
def hand_in(workshop_id: int) -> str | tuple[str, int]:
    """Take it in; what else was typed comes back unsaved."""
    workshop, reader = closed_by(workshop_id)
    form = form_for(objective_ids_of(workshop.id)).sent()
    try:
        hand_in_as_sent(workshop.id, reader)
    except Refused as refused:
        form.take(refused)
        return page_of(workshop, form, refused=refused), refused.status
    flash(_("The recording is handed in. Everybody who sees the event hears it once the record is published."))
    return page_of(workshop, form)


def hand_in_as_sent(workshop_id: int, reader: Reader) -> Recording:
    """For page and API."""
    arrived = arrived_file()
    stored = actions.store_recording(arrived.path, name=arrived.name, size=arrived.size)
    try:
        with transaction():
            return actions.hand_in(get_row(workshop_id), stored, by=reader)
    except BaseException:
        with suppress(Unavailable):
            current_storage().remove(stored.key)
        raise


@pages.delete("/<language:language>/workshops/<id:workshop_id>/recording")
def remove(workshop_id: int) -> str:
    """Take it away; what else was typed comes back unsaved."""
    remove_now(workshop_id)
    workshop, _reader = managed(workshop_id)
    flash(_("The recording is gone, from the record too."))
    return page_of(workshop, form_for(objective_ids_of(workshop.id)).sent())


def remove_now(workshop_id: int) -> None:
    """For page and API."""
    _workshop, reader = managed(workshop_id)
    with transaction():
        actions.remove_recording(get_row(workshop_id), by=reader)
