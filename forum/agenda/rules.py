"""Who may do what with requests; who sees one is asked of its space."""

from sqlalchemy import Row

from forum.agenda.models import AgendaRequest, RequestState
from forum.core.reader import Reader
from forum.spaces.models import SpaceKind

OPEN_SPACES = (SpaceKind.PUBLIC, SpaceKind.MEMBERS)  # a request speaks to the whole network
TAKES_VOICES = (RequestState.OPEN, RequestState.SCHEDULED)
SEEN = tuple(state for state in RequestState if state != RequestState.WITHDRAWN)


def may_ask(reader: Reader) -> bool:
    """Every member."""
    return reader.is_authenticated


def may_second(reader: Reader) -> bool:
    """Who speaks for a municipality."""
    return reader.is_authenticated and reader.municipality_id is not None


def may_decide(reader: Reader) -> bool:
    """Managers and admins, where they may read."""
    return reader.has_role("manager", "admin")


def may_change(reader: Reader, request: AgendaRequest | Row, *, others: int) -> bool:
    """Its asker, as long as it is open and no other municipality stands behind it (`others`). `request`: its row, or a
    row of a query."""
    is_asker = reader.is_authenticated and reader.id == request.asker_id
    return is_asker and request.state == RequestState.OPEN and not others
