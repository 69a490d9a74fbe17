"""Telling those who asked the network for something what becomes of it."""

from sqlalchemy import delete, select

from forum.agenda.events import RequestDecided
from forum.agenda.models import AgendaRequest, RequestState
from forum.agenda.queries import find_request, who_asked
from forum.core.db import db
from forum.notifications.actions.subjects import tell_of_subject
from forum.notifications.models import Notice, NoticeKind
from forum.spaces.queries import who_may_read

SUBJECT = "request"
KINDS = {
    RequestState.ANSWERED: NoticeKind.ANSWERED,
    RequestState.SCHEDULED: NoticeKind.SCHEDULED,
    RequestState.DECLINED: NoticeKind.NOT_TAKEN,
    RequestState.MERGED: NoticeKind.MERGED,
}


def notify_of_agenda(happened: RequestDecided) -> None:
    """Later: tell who asked and who seconded, but for the one who decided. What an earlier decision said, and nobody
    has read, is not told any more; each decision is told once, and one that another has followed not at all."""
    request = find_request(happened.request_id)
    if request is None or request.told == request.decision:
        return
    request.told = request.decision
    unread = (Notice.subject_kind == SUBJECT, Notice.subject_id == request.id, Notice.read_at.is_(None))
    db.session.execute(delete(Notice).where(*unread))
    kind = KINDS.get(RequestState(request.state))
    if kind is not None and request.decided_by_id is not None:
        told = who_may_read(request.space_id, set(who_asked(request.id)) - {request.decided_by_id})
        tell_of_subject(kind, (SUBJECT, request.id), told, actor_id=request.decided_by_id)


def forget_requests(space_id: int) -> None:
    """Who does not see a space any more keeps no notices of what is asked for in it."""
    inside = select(AgendaRequest.id).where(AgendaRequest.space_id == space_id)
    of_it = (Notice.subject_kind == SUBJECT, Notice.subject_id.in_(inside))
    told = list(db.session.scalars(select(Notice.member_id).where(*of_it).distinct()))
    lost = sorted(set(told) - set(who_may_read(space_id, told)))
    db.session.execute(delete(Notice).where(*of_it, Notice.member_id.in_(lost)))
