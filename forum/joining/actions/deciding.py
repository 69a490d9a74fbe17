"""The managers' answer to an application."""

from collections.abc import Mapping

from forum.core import audit, clock
from forum.core.db import db
from forum.core.errors import Conflict, Forbidden, Invalid
from forum.core.events import record
from forum.core.languages import clean_body
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.joining import mailings, queries, rules
from forum.joining.events import ApplicationDecided
from forum.joining.models import Application, ApplicationState
from forum.members.actions import add_member
from forum.members.actions.resetting import welcome
from forum.members.models import Member, name_language_of
from forum.members.passwords import unguessable
from forum.members.queries import find_by_email
from forum.municipalities import actions as municipalities
from forum.municipalities import queries as municipalities_read
from forum.municipalities.actions import Said

LONGEST_ANSWER = 2000


def approve(
    application_id: int,
    *,
    by: Reader,
    municipality_id: int | None = None,
    names: Mapping[str, str] | None = None,
    country: str = "",
) -> Member:
    """Yes: a member is made and gets a letter with the link to a first password.

    The member belongs to `municipality_id`, or to a new municipality with these names in four languages.
    """
    _check_rights(by)
    known = municipality_id is None or municipalities_read.is_known(municipality_id)
    if not known:
        raise Invalid(fields={"municipality": _("Please choose a municipality from the list.")})
    hashed = unguessable()  # before the first write: it takes long
    application = queries.get_waiting(application_id)
    if find_by_email(application.email) is not None:
        raise Conflict(_("Somebody with this e-mail address is a member already."))
    if municipality_id is None:
        municipality_id = new_municipality(names or {}, country, by=by)
    zone = municipalities_read.get_municipality(municipality_id).zone
    member = add_member(
        email=application.email,
        password=hashed,
        display_name=application.display_name,
        other_name=application.other_name,
        name_language=name_language_of(application.display_name, application.language),
        language=application.language,
        zone=zone,
        municipality_id=municipality_id,
        post_held=application.post_held,
        reads=application.reads.split(),
        is_hashed=True,
    )
    application.municipality_id, application.member_id = municipality_id, member.id
    _decide(application, ApplicationState.APPROVED, by)
    welcome(member)
    return member


def new_municipality(names: Mapping[str, str], country: str, *, by: Reader) -> int:
    """The id of a municipality with these names; of the one that another manager added meanwhile, if there is one."""
    known = municipalities_read.find_named(names.values(), country)
    return known or municipalities.add_said(Said(country=country, names=names), by=by).id


def decline(application_id: int, *, by: Reader, answer: str) -> Application:
    """No, with a reason that the applicant gets to read."""
    _check_rights(by)
    answer = clean_body(answer)
    if not 1 <= len(answer) <= LONGEST_ANSWER:
        raise Invalid(
            fields={"answer": _("Please give a reason, in at most 2,000 characters: the applicant reads it.")}
        )
    application = queries.get_waiting(application_id)
    application.answer = answer
    _decide(application, ApplicationState.DECLINED, by)
    mailings.declined(application)
    return application


def _check_rights(by: Reader) -> None:
    if not rules.may_decide(by):
        raise Forbidden


def _decide(application: Application, state: ApplicationState, by: Reader) -> None:
    application.state, application.decided_at, application.decided_by = state, clock.now(), by.member_id
    db.session.flush()
    record(ApplicationDecided(application.id))
    audit.note(f"application {state}", actor_id=by.id, subject=("application", application.id))
