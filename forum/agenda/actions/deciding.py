"""What becomes of a request. Every decision can be taken back; what it brought along goes with it."""

import re
from urllib.parse import urlsplit

from sqlalchemy import Select, delete, select

from forum.agenda import rules
from forum.agenda.actions.voices import cast, count_voices
from forum.agenda.events import RequestDecided
from forum.agenda.models import LONGEST_LINK, AgendaRequest, RequestState, RequestVoice
from forum.core import audit, clock
from forum.core.db import db
from forum.core.errors import Conflict, Forbidden, Invalid
from forum.core.events import record
from forum.core.languages import LANGUAGES, clean_body, clean_line
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.core.site import own_origins
from forum.spaces.queries import visible_to
from forum.workshops.models import Workshop

LONGEST_ANSWER = 2000
DECIDED = (RequestState.ANSWERED, RequestState.SCHEDULED, RequestState.DECLINED, RequestState.MERGED)


def answer(request: AgendaRequest, *, link: str, words: str = "", by: Reader) -> None:
    """It is answered where the link leads to."""
    _check(request, by)
    wrong = {}
    if not (address := checked_link(link)):
        wrong["link"] = _("Give the whole address of the answer, as the browser shows it.")
    if len(words := clean_body(words)) > LONGEST_ANSWER:
        wrong["words"] = _("At most %(num)s characters.", num=LONGEST_ANSWER)
    if wrong:
        raise Invalid(fields=wrong)
    _decide(request, RequestState.ANSWERED, by=by, link=address, answer=words)


def schedule(request: AgendaRequest, *, workshop_id: int, by: Reader) -> None:
    """An event takes it up; one that everybody can know of who sees the request."""
    _check(request, by)
    workshop = db.session.scalar(select(Workshop).where(Workshop.id == workshop_id, visible_to(by, Workshop.space_id)))
    if workshop is None:
        raise Invalid(fields={"workshop": _("Choose one of the events.")})
    if workshop.cancelled_at is not None:
        raise Invalid(fields={"workshop": _("This event is cancelled.")})
    _decide(request, RequestState.SCHEDULED, by=by, workshop_id=workshop.id)


def decline(request: AgendaRequest, *, reason: str, by: Reader) -> None:
    """The network does not take it up, and says why."""
    _check(request, by)
    reason = clean_body(reason)
    if not reason.strip():
        raise Invalid(fields={"reason": _("Say why, so that they know what to do instead.")})
    if len(reason) > LONGEST_ANSWER:
        raise Invalid(fields={"reason": _("At most %(num)s characters.", num=LONGEST_ANSWER)})
    _decide(request, RequestState.DECLINED, by=by, answer=reason)


def merge(request: AgendaRequest, *, into: AgendaRequest, by: Reader) -> None:
    """Both ask for the same: the voices of the first stand behind the second too, and its page leads there."""
    _check(request, by)
    if into.id == request.id:
        raise Invalid(fields={"into": _("Choose another request than this one.")})
    if into.state not in (RequestState.OPEN, RequestState.SCHEDULED, RequestState.ANSWERED):
        raise Invalid(fields={"into": _("That one is declined, or was made one with another itself.")})
    if into.space_id != request.space_id:
        raise Invalid(fields={"into": _("That one is in another space, where other people see it.")})
    voices = select(RequestVoice).where(RequestVoice.request_id == request.id).order_by(RequestVoice.id)
    for voice in db.session.scalars(voices).all():
        brought = voice.through_id or request.id
        cast(into.id, town_id=voice.town_id, member_id=voice.member_id, through_id=brought)
    for earlier in db.session.scalars(_made_one_with(request.id)).all():  # one step leads there, never two
        earlier.merged_into_id = into.id
    count_voices(into)
    _decide(request, RequestState.MERGED, by=by, merged_into_id=into.id)


def reopen(request: AgendaRequest, *, by: Reader) -> None:
    """Take the decision back. Voices that came along to another request leave it; twice does no harm."""
    if not rules.may_decide(by):
        raise Forbidden
    if request.state not in DECIDED:
        return
    if request.state == RequestState.MERGED:
        _part(request)
    _decide(request, RequestState.OPEN, by=by)


def _part(request: AgendaRequest) -> None:
    """Each has its own voices again, and those of the requests that stay with it."""
    others = select(AgendaRequest.id).where(AgendaRequest.merged_into_id == request.id)
    brought = RequestVoice.through_id == request.id
    here = (RequestVoice.request_id == request.id) & RequestVoice.through_id.is_not(None)
    gone = here & RequestVoice.through_id.not_in(others)
    counted = db.session.scalars(select(RequestVoice.request_id).where(brought).distinct()).all()
    db.session.execute(delete(RequestVoice).where(brought | gone))
    for request_id in (*counted, request.id):
        count_voices(db.session.get_one(AgendaRequest, request_id))


def checked_link(link: str) -> str | None:
    """An address that may stand in a page: of another site as it is, of this one without its beginning and without a
    language, so that each reader follows it in their own. None for what is no address."""
    link = clean_line(link)
    for origin in own_origins():
        if link == origin or link.startswith(f"{origin}/"):
            link = link.removeprefix(origin) or "/"
    if len(link) > LONGEST_LINK or re.search(r"[\s<>\"\\]", link):
        return None
    if link.startswith("/") and not link.startswith("//"):
        return re.sub(rf"^/(?:{'|'.join(LANGUAGES)})(?=/)", "", link)
    try:
        parts = urlsplit(link)
    except ValueError:
        return None
    return link if parts.scheme in ("http", "https") and parts.hostname else None


def _made_one_with(request_id: int) -> Select[tuple[AgendaRequest]]:
    return select(AgendaRequest).where(
        AgendaRequest.merged_into_id == request_id, AgendaRequest.state == RequestState.MERGED
    )


def _check(request: AgendaRequest, by: Reader) -> None:
    if not rules.may_decide(by):
        raise Forbidden
    if request.state != RequestState.OPEN:
        raise Conflict(_("Something was decided about it already. Take that back first."))


def _decide(request: AgendaRequest, state: RequestState, *, by: Reader, **said: object) -> None:
    empty = {"answer": "", "link": "", "workshop_id": None, "merged_into_id": None}
    for name, value in (empty | said).items():
        setattr(request, name, value)
    request.state, request.decided_at, request.decided_by_id = state, clock.now(), by.id
    request.decision += 1
    audit.note(f"request {state}", actor_id=by.id, subject=("request", request.id))
    record(RequestDecided(request.id))
