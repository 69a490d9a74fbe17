"""The file of an event's recording: handed in by who may close the event, shown with its record, taken away."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import update

from forum.closing.actions.kinds import kind_of
from forum.closing.actions.saving import check_closable, hold
from forum.closing.models import Recording, RecordingKind
from forum.closing.rules import may_close
from forum.core import audit, clock
from forum.core.db import db
from forum.core.errors import Forbidden
from forum.core.loop import off_the_loop
from forum.core.reader import Reader
from forum.core.storage import current_storage, fresh_name
from forum.files.actions import check_site_room
from forum.files.actions.names import clean_name
from forum.workshops.models import Workshop

_ENDINGS = {
    RecordingKind.MP4: ("m4v",),
    RecordingKind.M4A: ("m4b", "mp4"),
    RecordingKind.OGG: ("opus", "oga"),
}


@dataclass(frozen=True)
class Stored:
    """A file that lies in the storage, and of which no row speaks yet."""

    key: str
    name: str
    kind: RecordingKind
    is_video: bool
    size: int


def store_recording(path: Path, *, name: str, size: int) -> Stored:
    """Look at the file and move it into the storage, which takes its time: outside of every transaction. Raises
    Refused: of another kind, or more than the site may keep."""
    kind, is_video = off_the_loop(kind_of, path)
    check_site_room(size)
    key = fresh_name()
    current_storage().take(key, path)
    return Stored(key, clean_name(name, kind, endings=_ENDINGS.get(kind, ())), kind, is_video, size)


def hand_in(workshop: Workshop, stored: Stored, *, by: Reader) -> Recording:
    """It waits for the record to be published with it; what waited before is gone. Raises Forbidden, Conflict as long
    as there is nothing to close, and Invalid."""
    check_closable(workshop, by)
    hold(workshop.id)
    check_site_room(stored.size)
    _remove(Recording.workshop_id == workshop.id, Recording.published_at.is_(None))
    recording = Recording(
        workshop_id=workshop.id,
        key=stored.key,
        name=stored.name,
        kind=stored.kind,
        is_video=stored.is_video,
        size=stored.size,
        uploaded_by_id=by.member_id,
        created_at=clock.now(),
    )
    db.session.add(recording)
    db.session.flush()
    about = {"recording": recording.id, "size": stored.size}
    audit.note("recording handed in", actor_id=by.id, subject=("workshop", workshop.id), **about)
    return recording


def publish_recording(recording: Recording) -> None:
    """The record shows this one from now on; the one before it is gone."""
    if recording.published_at is None:
        _remove(Recording.workshop_id == recording.workshop_id, Recording.id != recording.id)
        recording.published_at = clock.now()


def remove_recording(workshop: Workshop, *, by: Reader) -> None:
    """It is gone at once, from the record too: somebody may have asked for that. Twice does no harm."""
    if not may_close(by):
        raise Forbidden
    hold(workshop.id)
    if _remove(Recording.workshop_id == workshop.id):
        audit.note("recording removed", actor_id=by.id, subject=("workshop", workshop.id))


def _remove(*which: object) -> int:
    gone = update(Recording).where(*which, Recording.removed_at.is_(None)).values(removed_at=clock.now())  # type: ignore[arg-type]
    number: int = db.session.execute(gone.execution_options(synchronize_session=False)).rowcount  # type: ignore[attr-defined]
    return number
