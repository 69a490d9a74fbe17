"""Every write to members, their roles and their sessions."""

import secrets
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from forum.core import audit, clock, limits, stamps
from forum.core.db import db
from forum.core.errors import Conflict, Forbidden, Invalid
from forum.core.events import record
from forum.core.languages import (
    LANGUAGES,
    clean_line,
    clean_name,
    direction,
    known_zone,
)
from forum.core.languages import gettext as _
from forum.core.languages.speech import DIGITS
from forum.core.mail import Letter
from forum.core.reader import Reader
from forum.members import passwords, queries, rules
from forum.members.actions.naming import set_names
from forum.members.actions.shutting_out import refuse_suspended
from forum.members.actions.stepping import SecondStepNeeded, void_halves
from forum.members.events import MemberAdded, MemberRenamed, RoleTaken, SessionEnded
from forum.members.models import (
    LONGEST_ZONE,
    Member,
    MemberState,
    ReadingLanguage,
    Role,
    SignInSession,
    SignInWay,
)
from forum.municipalities.events import MunicipalityMerged

ABSOLUTE = timedelta(days=60)  # after this a device signs in again whatever happened
BRIEF = timedelta(hours=24)  # the same where nobody chose to stay signed in
SEEN_EVERY = timedelta(minutes=10)  # the last visit is written no oftener
PER_PAIR, PER_ADDRESS, PER_ACCOUNT, EVERYWHERE = 10, 60, 100, 2000  # wrong passwords in one window
WINDOW = timedelta(minutes=15)


def add_member(
    *,
    email: str,
    password: str,
    display_name: str,
    name_language: str,
    language: str,
    zone: str,
    municipality_id: int | None = None,
    other_name: str = "",
    post_held: str = "",
    about: str = "",
    reads: Sequence[str] = (),
    digits: str = "latn",
    is_demonstration: bool = False,
    is_hashed: bool = False,
) -> Member:
    """Make somebody a member. `reads` are the languages they read, the dearest first; `is_hashed`: `password` is the
    hash already."""
    member = Member(
        email=email.strip().lower(),
        password_hash=password if is_hashed else passwords.hash_password(password),
        name_language=name_language,
        municipality_id=municipality_id,
        post_held=clean_line(post_held),
        about=about,
        language=language,
        digits=digits,
        zone=zone,
        is_demonstration=is_demonstration,
        created_at=clock.now(),
    )
    set_names(member, display_name, other_name)
    try:
        with db.session.begin_nested():
            db.session.add(member)
    except IntegrityError:  # by another way in the same moment
        raise Conflict(_("Somebody with this e-mail address is a member already.")) from None
    _set_reads(member, reads or [language])
    record(MemberAdded(member.id))
    return member


def rename_member(member: Member, *, display_name: str, other_name: str = "") -> None:
    """Another name; every page that shows it follows. The script of the name says which language it is in."""
    if direction(display_name) == "rtl":
        member.name_language = "ar"
    elif member.name_language == "ar":
        member.name_language = "en" if member.language == "ar" else member.language
    set_names(member, display_name, other_name)
    member.version += 1
    stamps.bump(stamps.NAMES)
    record(MemberRenamed(member.id))


def show_merger(happened: MunicipalityMerged) -> None:
    """Together: the members of a municipality that was merged are shown with the other one."""
    theirs = update(Member).where(Member.municipality_id == happened.into_id).values(version=Member.version + 1)
    db.session.execute(theirs.execution_options(synchronize_session=False))


def change_settings(
    member: Member,
    *,
    display_name: str,
    other_name: str,
    language: str,
    digits: str,
    zone: str,
    reads: Sequence[str],
    saves_data: bool | None = None,
) -> None:
    """Keep how a member is called and spoken to. `reads` are the languages they read, the dearest first."""
    reads = list(dict.fromkeys(one for one in reads if one))
    wrong = {}
    if language not in LANGUAGES:
        wrong["language"] = _("Choose one of the four languages.")
    if digits not in DIGITS:
        wrong["digits"] = _("Choose one of the two kinds of digits.")
    if len(zone) > LONGEST_ZONE or not known_zone(zone):
        wrong["zone"] = _("Choose a time zone from the list.")
    if not reads:
        wrong["reads"] = _("Choose at least one language that you read.")
    elif not set(reads) <= set(LANGUAGES):
        wrong["reads"] = _("Choose one of the four languages.")
    try:
        if (clean_name(display_name), clean_name(other_name)) != (member.display_name, member.other_name):
            rename_member(member, display_name=display_name, other_name=other_name)
    except Invalid as refused:
        wrong = refused.fields | wrong
    if wrong:
        raise Invalid(fields=wrong)
    member.language, member.digits, member.zone = language, digits, zone
    member.saves_data = member.saves_data if saves_data is None else saves_data
    _set_reads(member, reads)


def set_shortcuts(member: Member, *, on: bool) -> None:
    """Let keys do something by themselves, or not."""
    member.shortcuts = on


def _set_reads(member: Member, reads: Sequence[str]) -> None:
    db.session.execute(delete(ReadingLanguage).where(ReadingLanguage.member_id == member.id))
    for position, one in enumerate(reads, start=1):
        db.session.add(ReadingLanguage(member_id=member.id, position=position, language=one))


def give_role(member: Member, role: str, *, by: Reader | None, scope: tuple[str, int] = ("site", 0)) -> None:
    """Make a member translator, moderator, manager or admin; `by` None is the operator at the command line."""
    if by is not None and not rules.may_give_role(by, role):
        raise Forbidden
    kind, scope_id = scope
    db.session.add(Role(member_id=member.id, role=role, scope_kind=kind, scope_id=scope_id))
    audit.note("role given", actor_id=by and by.id, subject=("member", member.id), role=role, scope=list(scope))


def take_role(member: Member, role: str, *, by: Reader, scope: tuple[str, int] = ("site", 0)) -> None:
    """The role ends, at once and on open sockets too."""
    if not rules.may_give_role(by, role):
        raise Forbidden
    kind, scope_id = scope
    which = (Role.member_id == member.id, Role.role == role, Role.scope_kind == kind, Role.scope_id == scope_id)
    db.session.execute(delete(Role).where(*which))
    stamps.bump(stamps.ACCESS)
    record(RoleTaken(member.id))
    audit.note("role taken", actor_id=by.id, subject=("member", member.id), role=role, scope=list(scope))


def check_guessing(email: str, address: str) -> None:
    """Refuse before looking at the password when this address, or everybody together, guessed too often.

    A member is never locked out by strangers: from an address where they signed in before they always may try.
    """
    limits.refuse_above(PER_PAIR, f"wrong:{address}:{email.strip().lower()}", window=WINDOW)
    limits.refuse_above(PER_ADDRESS, f"wrong:{address}", window=WINDOW)
    member = queries.find_by_email(email)
    if queries.find_seen_from(member.id if member else 0, address) is None:  # the same statements for an unknown one
        limits.refuse_above(PER_ACCOUNT, f"wrong:{email.strip().lower()}", window=WINDOW)
        limits.refuse_above(EVERYWHERE, "wrong", window=WINDOW)


def find_who_signs_in(email: str, password: str) -> Member | None:
    """The active member whom this password opens; the same work whether or not there is one. Raises AccountSuspended
    for who is suspended, and only with the right password."""
    member = queries.find_by_email(email)
    is_right = passwords.is_right_password(password, member.password_hash if member else None)
    if member and is_right:
        refuse_suspended(member)
    return member if member and is_right and member.state == MemberState.ACTIVE else None


def note_wrong_password(email: str, address: str) -> None:
    """Count one wrong try everywhere it counts."""
    email = email.strip().lower()
    for name in (f"wrong:{address}:{email}", f"wrong:{address}", f"wrong:{email}", "wrong"):
        limits.count(name, window=WINDOW)
    audit.note("sign-in refused", actor_id=None, subject=("address", None), address=address)


def sign_in(member: Member, *, way: SignInWay, address: str, agent: str, stays: bool = False) -> str:
    """Open a session on a device, for long if it `stays`; returns the token for its cookie.

    The password alone opens none where a second step is asked for, even if it was set up a moment ago: raises
    SecondStepNeeded."""
    if way == SignInWay.PASSWORD:
        db.session.refresh(member, with_for_update=True)
        if member.has_second_step:
            raise SecondStepNeeded
    token, now = secrets.token_urlsafe(32), clock.now()
    db.session.add(
        SignInSession(
            token_hash=queries.token_hash(token),
            member_id=member.id,
            csrf=secrets.token_urlsafe(32),
            address=address[:45],
            agent=agent[:200],
            created_at=now,
            seen_at=now,
            expires_at=now + (ABSOLUTE if stays else BRIEF),
            way=way,
        )
    )
    audit.note("signed in", actor_id=member.id, subject=("member", member.id), address=address, way=way.value)
    return token


def is_stale(reader: Reader) -> bool:
    """Was the device's last visit noted too long ago?"""
    return reader.seen_at is not None and reader.seen_at < clock.now() - SEEN_EVERY


def touch_session(session_id: int) -> None:
    """Note that the device is in use; the one write that a GET may bring about."""
    stale = SignInSession.seen_at < clock.now() - SEEN_EVERY
    db.session.execute(update(SignInSession).where(SignInSession.id == session_id, stale).values(seen_at=clock.now()))


def sign_out(session: SignInSession) -> None:
    """End one device's session, and its sockets."""
    if session.ended_at is None:
        session.ended_at = clock.now()
        stamps.bump(stamps.ACCESS)
        record(SessionEnded(session.id))
        audit.note("signed out", actor_id=session.member_id, subject=("session", session.id))


def end_sessions(member_id: int, *, but: int | None = None) -> None:
    """Sign a member out everywhere, except on the device `but`; and nobody is half signed in."""
    void_halves(member_id)
    for session in queries.sessions_of(member_id):
        if session.id != but:
            sign_out(session)


def note_letters_read(*, by: Reader, letter: Letter | None = None) -> None:
    """Who looks at what the site sent to others leaves a trace."""
    if not rules.may_read_letters(by):
        raise Forbidden
    audit.note("letters read", actor_id=by.id, subject=("letter", letter.id if letter else None))
