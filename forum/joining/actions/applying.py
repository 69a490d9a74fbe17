"""Asking to join, and showing that the address is one's own."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import and_, delete, or_, update

from forum.core import clock, limits
from forum.core.db import db
from forum.core.errors import Invalid, LinkOver
from forum.core.events import record
from forum.core.languages import LANGUAGES, clean_body, clean_line, fold
from forum.core.languages import gettext as _
from forum.core.mail import clean_address
from forum.joining import mailings
from forum.joining.events import ApplicationReceived
from forum.joining.models import LONGEST_REASON, LONGEST_TOWN, Application, ApplicationState
from forum.joining.queries import count_waiting
from forum.members import queries as members
from forum.members.actions.naming import wrong_names
from forum.members.actions.resetting import note_asking
from forum.members.actions.tokens import make_token, use_token
from forum.members.queries.staff import managers
from forum.municipalities import queries as municipalities
from forum.municipalities.models import COUNTRIES

CONFIRM = "application"
FORGET = timedelta(days=7)  # an application that nobody confirmed
FORGET_DECLINED = timedelta(days=365)  # long enough to see that somebody asks again
TELL_EVERY = timedelta(days=1)


@dataclass(frozen=True)
class Asked:
    """What an applicant says. `municipality_id`, or else `town` and `country` for one that is new to the network."""

    email: str
    display_name: str
    reason: str
    language: str
    reads: Sequence[str] = field(default_factory=tuple)
    municipality_id: int | None = None
    town: str = ""
    country: str = ""
    other_name: str = ""
    post_held: str = ""


def check(asked: Asked) -> None:
    """Raise Invalid with every field that needs another look."""
    wrong = wrong_names(asked.display_name, asked.other_name)
    if clean_address(asked.email) is None:
        wrong["email"] = _("This is not an e-mail address.")
    if asked.municipality_id is None:
        if not fold(asked.town).strip() or len(clean_line(asked.town)) > LONGEST_TOWN:
            wrong["town"] = _("Please name your municipality.")
        if asked.country not in COUNTRIES:
            wrong["country"] = _("Please choose a country.")
    if len(clean_line(asked.post_held)) > 120:
        wrong["post_held"] = _("At most 120 characters, please.")
    if not 10 <= len(clean_body(asked.reason)) <= LONGEST_REASON:
        wrong["reason"] = _("Please write between 10 and 2,000 characters.")
    if asked.language not in LANGUAGES:
        wrong["language"] = _("Choose one of the four languages.")
    if not set(asked.reads) <= set(LANGUAGES):
        wrong["reads"] = _("Choose one of the four languages.")
    if wrong:
        raise Invalid(fields=wrong)


def apply(asked: Asked, *, address: str) -> Application:
    """Ask to join. A letter asks whether the e-mail address is theirs; for a member's address the same is done, and the
    letter says that they are a member already."""
    check(asked)
    email = clean_address(asked.email) or ""
    if asked.municipality_id is not None:
        municipalities.get_municipality(asked.municipality_id)
    note_asking(email, address)
    member = members.find_by_email(email)
    application = Application(
        state=ApplicationState.VOID if member else ApplicationState.UNCONFIRMED,
        email=email,
        display_name=clean_line(asked.display_name),
        other_name=clean_line(asked.other_name),
        municipality_id=asked.municipality_id,
        town="" if asked.municipality_id else clean_line(asked.town),
        country="" if asked.municipality_id else asked.country,
        post_held=clean_line(asked.post_held),
        reason=clean_body(asked.reason),
        language=asked.language,
        reads=" ".join(dict.fromkeys([*asked.reads] or [asked.language])),
        created_at=clock.now(),
    )
    db.session.add(application)
    db.session.flush()
    secret = make_token(CONFIRM, email, subject_id=application.id)
    if member:
        mailings.known_already(application, language=member.language, member_id=member.id, secret=secret)
    else:
        mailings.confirm(application, secret)
    return application


def confirm(token: str) -> Application:
    """The address is theirs: the application waits for the managers. Raises LinkOver."""
    used = use_token(token, CONFIRM)
    application = db.session.get(Application, used.subject_id, populate_existing=True)
    if application is None or application.email != used.email or application.state != ApplicationState.UNCONFIRMED:
        raise LinkOver
    receive(application)
    return application


def receive(application: Application) -> None:
    """It waits now; an earlier one from the same address is replaced."""
    older = (Application.email == application.email, Application.state == ApplicationState.WAITING)
    db.session.execute(update(Application).where(*older).values(state=ApplicationState.REPLACED))
    application.state, application.confirmed_at = ApplicationState.WAITING, clock.now()
    record(ApplicationReceived(application.id))


def tell_managers(happened: ApplicationReceived) -> None:
    """Later: a letter to each manager, once a day at most; twice the same fact tells nobody twice."""
    waiting = count_waiting()
    for manager in managers() if waiting else ():
        if limits.count(f"applications told:{manager.id}", window=TELL_EVERY) == 1:
            mailings.somebody_waits(manager, waiting)


def forget_applications() -> None:
    """Clock: what nobody confirmed, or a later one replaced, is forgotten after a week; what was declined, after a
    year."""
    states, now = (ApplicationState.UNCONFIRMED, ApplicationState.VOID, ApplicationState.REPLACED), clock.now()
    old = and_(Application.state.in_(states), Application.created_at < now - FORGET)
    declined = and_(Application.state == ApplicationState.DECLINED, Application.decided_at < now - FORGET_DECLINED)
    db.session.execute(delete(Application).where(or_(old, declined)))
