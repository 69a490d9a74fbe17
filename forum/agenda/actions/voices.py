"""The voices behind requests: one for each municipality, however many of it say so."""

from sqlalchemy import delete, func, select

from forum.agenda import rules
from forum.agenda.models import AgendaRequest, RequestVoice
from forum.core import clock
from forum.core.db import db, insert
from forum.core.errors import Conflict, Forbidden
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.municipalities.events import MunicipalityMerged


def second(request: AgendaRequest, *, by: Reader) -> None:
    """The reader's municipality needs it too; twice does no harm."""
    cast(request.id, town_id=_town(request, by), member_id=by.member_id)
    count_voices(request)


def take_back(request: AgendaRequest, *, by: Reader) -> None:
    """It does not after all. Where a request made one with this brought the voice, it goes there too."""
    town_id, voice = _town(request, by), RequestVoice
    mine = (voice.town_id == town_id, voice.request_id == request.id)
    through = db.session.scalar(select(voice.through_id).where(*mine))
    db.session.execute(delete(voice).where(*mine))
    if through is not None:
        db.session.execute(delete(voice).where(voice.town_id == town_id, voice.request_id == through))
    count_voices(request)


def _town(request: AgendaRequest, by: Reader) -> int:
    if not by.is_authenticated:
        raise Forbidden
    if not rules.may_second(by) or by.municipality_id is None:
        raise Forbidden(_("Here each municipality has one voice, and you belong to none."))
    if request.state not in rules.TAKES_VOICES:
        raise Conflict(_("This request is decided; it takes no voices any more."))
    return by.municipality_id


def cast(request_id: int, *, town_id: int, member_id: int, through_id: int | None = None) -> None:
    """Note the voice, unless the municipality has it already."""
    said = {"member_id": member_id, "through_id": through_id, "cast_at": clock.now()}
    row = insert(RequestVoice).values(request_id=request_id, town_id=town_id, **said)
    db.session.execute(row.on_conflict_do_nothing(index_elements=["request_id", "town_id"]))


def count_voices(request: AgendaRequest) -> None:
    """What lists are ordered by."""
    query = select(func.count()).where(RequestVoice.request_id == request.id)
    request.voices = db.session.scalar(query) or 0


def follow_merger(happened: MunicipalityMerged) -> None:
    """Together: two municipalities are one and have one voice, the one that was cast first."""
    both = (happened.municipality_id, happened.into_id)
    query = select(RequestVoice).where(RequestVoice.town_id.in_(both)).order_by(RequestVoice.cast_at, RequestVoice.id)
    cast_by: dict[int, list[RequestVoice]] = {}
    for voice in db.session.scalars(query):
        cast_by.setdefault(voice.request_id, []).append(voice)
    for request_id, (first, *more) in cast_by.items():
        for voice in more:
            db.session.delete(voice)
        db.session.flush()  # before the first one takes the place of another
        first.town_id = happened.into_id
        db.session.flush()
        count_voices(db.session.get_one(AgendaRequest, request_id))
