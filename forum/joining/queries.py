"""Reads of applications: for managers, once the address is confirmed."""

from sqlalchemy import Row, func, select

from forum.core.db import db
from forum.core.errors import Conflict, NotFound
from forum.core.languages import gettext as _
from forum.core.paging import Page, page_of
from forum.joining.models import Application, ApplicationState, Invitation
from forum.members.models import Member
from forum.municipalities import queries as municipalities

PAGE = 30
DECIDED = (ApplicationState.APPROVED, ApplicationState.DECLINED)


def applications(language: str, *, decided: bool = False, cursor: str | None = None) -> Page[Row]:
    """Those that wait, the oldest first; or those that were decided, the newest first."""
    name = municipalities.name_in(language)
    query = (
        select(
            Application.id,
            Application.state,
            Application.display_name,
            Application.other_name,
            Application.post_held,
            Application.town,
            Application.country,
            Application.email,
            Application.language,
            Application.municipality_id,
            Application.confirmed_at,
            Application.decided_at,
            name.name.label("municipality"),
        )
        .outerjoin(name, municipalities.named(name, Application.municipality_id, language))
        .where(Application.state.in_(DECIDED if decided else (ApplicationState.WAITING,)))
    )
    return page_of(query, [Application.id], cursor=cursor, size=PAGE, descending=decided)


def count_waiting() -> int:
    """How many applications wait for an answer."""
    return db.session.scalar(select(func.count()).where(Application.state == ApplicationState.WAITING)) or 0


def get_application(application_id: int) -> Application:
    """One that a manager may see, or NotFound."""
    found = db.session.get(Application, application_id)
    if found is None or found.state not in (ApplicationState.WAITING, *DECIDED):
        raise NotFound
    return found


def get_waiting(application_id: int) -> Application:
    """One that waits, for the manager who decides; Conflict when another was faster."""
    query = select(Application).where(Application.id == application_id).with_for_update()
    found = db.session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise NotFound
    if found.state != ApplicationState.WAITING:
        raise Conflict(_("This application has been answered in the meantime."))
    return found


def invitations(language: str, *, cursor: str | None = None) -> Page[Row]:
    """The newest first, with the municipality's name and who invited."""
    name = municipalities.name_in(language)
    query = (
        select(
            Invitation.id,
            Invitation.state,
            Invitation.email,
            Invitation.display_name,
            Invitation.language,
            Invitation.municipality_id,
            Invitation.created_at,
            Invitation.member_id,
            name.name.label("municipality"),
            Member.display_name.label("inviter"),
        )
        .outerjoin(name, municipalities.named(name, Invitation.municipality_id, language))
        .outerjoin(Member, Member.id == Invitation.invited_by)
    )
    return page_of(query, [Invitation.id], cursor=cursor, size=PAGE, descending=True)


def get_invitation(invitation_id: int) -> Invitation:
    """One, or NotFound."""
    found = db.session.get(Invitation, invitation_id, populate_existing=True)
    if found is None:
        raise NotFound
    return found
