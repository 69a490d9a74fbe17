"""What a member sets up for the second step of signing in, and an admin's way for who has lost it."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, update

from forum.core import audit, clock, stamps
from forum.core.db import db, insert
from forum.core.derived import fresh_salt
from forum.core.errors import Forbidden, Invalid, Refused
from forum.core.events import record
from forum.core.languages import clean_line, has_hidden, has_visible
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.members import codes, mailings, passkeys, queries, rules
from forum.members.actions import end_sessions
from forum.members.events import RoleTaken
from forum.members.models import Member, Passkey, RecoveryCode, SecondStep, SignInSession, SignInWay
from forum.members.passkeys import WrongPasskey
from forum.members.queries import second_step as steps
from forum.members.queries.staff import is_staff

BEGUN = timedelta(minutes=30)  # from the picture to the first code
CONFIRMED = timedelta(minutes=10)  # for what may be changed after showing again who one is
CHALLENGE = timedelta(minutes=5)
MOST_PASSKEYS = 20
LONGEST_NAME = Passkey.name.type.length


class ConfirmNeeded(Refused):
    """Who sits at an open page may be somebody else: the password or a second step is asked for first."""

    status, code = 428, "confirm"

    def said(self) -> str:
        return _("Please show first that it is you.")


@dataclass(frozen=True)
class Changed:
    """What has to be handed out after a change: recovery codes, shown this once, if these are the member's first; a new
    token for this device's cookie, if it came in by the password alone."""

    recovery_codes: list[str]
    token: str | None


# Showing again who one is


def check_confirmed(session: SignInSession) -> None:
    """Raise ConfirmNeeded unless this was shown on this device just now."""
    if session.confirmed_at is None or session.confirmed_at < clock.now() - CONFIRMED:
        raise ConfirmNeeded


def confirm(session: SignInSession, *, way: SignInWay) -> str | None:
    """They have shown it; a second step makes the session one that was opened with it, under a new token (returned)."""
    session.confirmed_at = clock.now()
    audit.note("confirmed", actor_id=session.member_id, subject=("session", session.id), way=way.value)
    return raise_session(session, way) if way != SignInWay.PASSWORD else None


def raise_session(session: SignInSession, way: SignInWay) -> str | None:
    """The session counts as opened with a second step. Whoever knew its cookie before does not know it any more:
    returns the new token, or None if nothing changed."""
    if session.way != SignInWay.PASSWORD:
        return None
    token = secrets.token_urlsafe(32)
    session.token_hash, session.way = queries.token_hash(token), way
    return token


def ask_session(session: SignInSession) -> bytes:
    """A fresh challenge for a passkey, on this device."""
    session.challenge, session.challenge_until = passkeys.fresh_challenge(), clock.now() + CHALLENGE
    return session.challenge


def use_challenge(session: SignInSession) -> bytes | None:
    """The challenge that was given to this device, once and for a short time."""
    waiting, until = session.challenge, session.challenge_until
    mine = (SignInSession.id == session.id, SignInSession.challenge.is_not(None), SignInSession.challenge == waiting)
    query = update(SignInSession).where(*mine).values(challenge=None).returning(SignInSession.id)
    won = db.session.scalar(query, execution_options={"synchronize_session": False}) is not None
    db.session.refresh(session)
    return waiting if won and until is not None and until > clock.now() else None


# The app


def begin_app(member: Member) -> SecondStep:
    """A new secret to be put into an app. It counts once the app has shown a code; until then the old app holds."""
    kept = _kept(member)
    kept.new_salt, kept.new_until = fresh_salt(), clock.now() + BEGUN
    return kept


def confirm_app(member: Member, session: SignInSession, typed: str) -> Changed:
    """The app shows right codes: it holds from now on. Raises Invalid for a wrong one."""
    kept, was_on = _kept(member), member.has_second_step
    begun = kept.new_salt is not None and kept.new_until is not None and kept.new_until > clock.now()
    step = codes.step_of(kept.new_salt, typed) if begun and kept.new_salt is not None else None
    if step is None:
        raise Invalid(fields={"code": _("This is not the code that the app shows now.")})
    replaced = kept.salt is not None
    kept.salt, kept.last_step, kept.new_salt, kept.new_until = kept.new_salt, step, None, None
    audit.note("app set up", actor_id=member.id, subject=("member", member.id), replaced=replaced)
    mailings.second_step_changed(member, "app replaced" if replaced else "app added")
    return _changed(member, session, was_on=was_on, way=SignInWay.CODE)


def remove_app(member: Member, *, by: Reader) -> None:
    """The app's codes open nothing any more; raises Forbidden where that would leave staff without a second step."""
    kept, set_up = _kept(member), steps.steps_of(member.id)
    if not set_up.has_app:
        return
    if set_up.is_last_way:
        switch_off(member, by=by)
        return
    kept.salt = None
    audit.note("app removed", actor_id=member.id, subject=("member", member.id))
    mailings.second_step_changed(member, "app removed")


# Passkeys


def begin_passkey(member: Member, session: SignInSession) -> tuple[bytes, bytes]:
    """(challenge, handle) for a new passkey."""
    return ask_session(session), _kept(member).handle


def add_passkey(member: Member, session: SignInSession, *, name: str, answer: str) -> Changed:
    """Keep a passkey that the browser made; raises Invalid."""
    name, kept, was_on = clean_passkey_name(name), _kept(member), member.has_second_step
    challenge = use_challenge(session)
    try:
        if challenge is None:
            raise WrongPasskey
        made = passkeys.checked_new(answer, challenge)
    except WrongPasskey:
        raise Invalid(fields={"passkey": _("The passkey could not be made. Please try once more.")}) from None
    if steps.find_passkey(made.credential_id) is not None:
        raise Invalid(fields={"passkey": _("This passkey is known already.")})
    if len(steps.passkeys_of(kept.member_id)) >= MOST_PASSKEYS:
        raise Invalid(fields={"passkey": _("Please remove a passkey first: there are too many.")})
    passkey = Passkey(
        member_id=member.id,
        credential_id=made.credential_id,
        public_key=made.public_key,
        sign_count=made.sign_count,
        transports=made.transports,
        name=name,
        created_at=clock.now(),
    )
    db.session.add(passkey)
    db.session.flush()
    audit.note("passkey added", actor_id=member.id, subject=("passkey", passkey.id))
    mailings.second_step_changed(member, "passkey added", name)
    return _changed(member, session, was_on=was_on, way=SignInWay.KEY)


def rename_passkey(passkey: Passkey, *, name: str) -> None:
    """So that its owner knows which it is."""
    passkey.name = clean_passkey_name(name)


def clean_passkey_name(name: str) -> str:
    """As it is kept; raises Invalid."""
    cleaned = clean_line(name)
    if not has_visible(cleaned) or len(cleaned) > LONGEST_NAME or has_hidden(name):
        raise Invalid(fields={"name": _("A name has 1 to 60 characters and no hidden signs.")})
    return cleaned


def remove_passkey(member: Member, passkey: Passkey, *, by: Reader) -> None:
    """It opens nothing any more; raises Forbidden where that would leave staff without a second step."""
    _kept(member)
    if steps.steps_of(member.id).is_last_way:
        switch_off(member, by=by)
        return
    db.session.delete(passkey)
    audit.note("passkey removed", actor_id=member.id, subject=("passkey", passkey.id))
    mailings.second_step_changed(member, "passkey removed", passkey.name)


# All of it


def renew_recovery_codes(member: Member) -> list[str]:
    """Ten new ones; the old ones open nothing any more. They are shown this once."""
    if not member.has_second_step:
        raise Forbidden
    made = _make_recovery_codes(member)
    mailings.second_step_changed(member, "recovery codes renewed")
    return made


def switch_off(member: Member, *, by: Reader) -> None:
    """The password is enough again; raises Forbidden for staff where the site asks a second step of them."""
    if rules.must_have_second_step(by):
        raise Forbidden(_("Your role needs a second step. Set another one up before you remove this one."))
    if member.has_second_step:
        _forget(member)
        audit.note("second step off", actor_id=by.id, subject=("member", member.id))
        mailings.second_step_changed(member, "off")


def reset_second_step(member: Member, *, by: Reader, why: str) -> None:
    """Who has lost phone and paper is signed out everywhere, signs in with the password and sets everything up anew."""
    if not rules.may_reset_second_step(by, member, is_staff=is_staff(member.id)):
        raise Forbidden
    why = clean_line(why)
    if not has_visible(why) or len(why) > 300:
        raise Invalid(fields={"why": _("Say why, in at most 300 characters.")})
    if not member.has_second_step:
        raise Invalid(fields={"why": _("This member has no second step.")})
    _reset(member, actor_id=by.id, why=why, said=why)


def reset_by_operator(member: Member) -> None:
    """The same from the command line, for the last admin."""
    _reset(member, actor_id=None, why="command line")


def _reset(member: Member, *, actor_id: int | None, why: str, said: str = "") -> None:
    end_sessions(member.id)
    _forget(member)
    stamps.bump(stamps.ACCESS)
    record(RoleTaken(member.id))
    audit.note("second step reset", actor_id=actor_id, subject=("member", member.id), why=why)
    mailings.second_step_changed(member, "reset", why=said)


def _kept(member: Member) -> SecondStep:
    """The member's row, made if need be, and locked: what one member changes in two windows happens in turn."""
    row = insert(SecondStep).values(member_id=member.id, handle=secrets.token_bytes(32), last_step=0)
    db.session.execute(row.on_conflict_do_nothing(index_elements=["member_id"]))
    kept = db.session.get_one(SecondStep, member.id, with_for_update=True, populate_existing=True)
    db.session.refresh(member)
    return kept


def _changed(member: Member, session: SignInSession, *, was_on: bool, way: SignInWay) -> Changed:
    """From now on a second step is asked for. Devices that came in without one are signed out, but not this one."""
    made: list[str] = []
    if not was_on:
        member.has_second_step = True
        end_sessions(member.id, but=session.id)
        audit.note("second step on", actor_id=member.id, subject=("member", member.id))
        made = _make_recovery_codes(member)
    return Changed(made, raise_session(session, way))


def _make_recovery_codes(member: Member) -> list[str]:
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.member_id == member.id))
    made = codes.fresh_recovery_codes()
    hashes = [codes.recovery_hash(code, member_id=member.id) for code in made]
    db.session.add_all(RecoveryCode(member_id=member.id, code_hash=one) for one in hashes)
    audit.note("recovery codes made", actor_id=member.id, subject=("member", member.id))
    return made


def _forget(member: Member) -> None:
    """Everything that was set up, but the name that passkeys know the member by."""
    kept = _kept(member)
    kept.salt = kept.new_salt = None
    for table in (Passkey, RecoveryCode):
        db.session.execute(delete(table).where(table.member_id == member.id))
    member.has_second_step = False
