"""The second step of signing in: between the right password and a session.

A sign-in half done is a row, bound by a random token to one browser. Nothing but its own page knows it, and whatever
signs a member out everywhere (another password, a suspension) ends it too.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, select, update
from webauthn.helpers import base64url_to_bytes

from forum.core import audit, clock, limits
from forum.core.db import db
from forum.core.errors import Refused
from forum.core.languages import gettext as _
from forum.members import codes, mailings, passkeys, queries
from forum.members.models import HalfSignIn, Member, MemberState, Passkey, RecoveryCode, SecondStep, SignInWay
from forum.members.passkeys import WrongPasskey
from forum.members.queries import second_step as steps

LIFE = timedelta(minutes=10)  # from the password to the second step
WINDOW, DAY = timedelta(minutes=15), timedelta(days=1)
# Wrong codes. An app's code is one of a million and three are right at a time: who knows the password and tries all day
# is right once in twenty years.
PER_PAIR, PAIR_A_DAY, ACCOUNT_A_DAY = 5, 30, 50
HAVE_KEYS = (MemberState.ACTIVE, MemberState.SUSPENDED)  # who is shut out hears it after the right passkey only


class SecondStepNeeded(Refused):
    """The password is right, and not enough. `ways` are the fields that may come with it; passkeys need a browser."""

    status, code = 401, "second_step"

    def __init__(self) -> None:
        super().__init__(ways=["code", "recovery_code"])

    def said(self) -> str:
        return _("A second step is needed: a code from your app, or one of your recovery codes.")


class WrongStep(Refused):
    """A wrong, used or outdated code, or a passkey that does not fit."""

    status, code = 401, "wrong_code"

    def said(self) -> str:
        return _("That was not right. An app's code works once and for a short time: take the next one.")


class HalfOver(Refused):
    """No sign-in waits for its second step in this browser, or not any more."""

    status, code = 401, "sign_in_over"

    def said(self) -> str:
        return _("That took too long. Please sign in again.")


@dataclass(frozen=True)
class Shown:
    """What somebody showed as a second step; one of the three is not empty."""

    code: str = ""
    recovery_code: str = ""
    passkey: str = ""  # the browser's answer, as JSON

    @property
    def way(self) -> SignInWay:
        """How a device that came in by it was signed in."""
        return SignInWay.CODE if self.code else SignInWay.RECOVERY if self.recovery_code else SignInWay.KEY

    def __bool__(self) -> bool:
        return bool(self.code or self.recovery_code or self.passkey)


def begin_half(member: Member | None, *, stays: bool = False, target: str = "") -> str:
    """The password was right (or a passkey will do without): returns the token for the browser's cookie."""
    token, now = secrets.token_urlsafe(32), clock.now()
    db.session.add(
        HalfSignIn(
            token_hash=queries.token_hash(token),
            member_id=member.id if member else None,
            stays=stays,
            target=target[:500],
            challenge=None if member else passkeys.fresh_challenge(),
            created_at=now,
            expires_at=now + LIFE,
        )
    )
    return token


def ask_half(half: HalfSignIn) -> bytes:
    """A fresh challenge for a passkey of the member who is half inside."""
    half.challenge = passkeys.fresh_challenge()
    return half.challenge


def finish_half(half: HalfSignIn) -> None:
    """Use it up, so that of two who come at once one gets in; raises HalfOver."""
    mine = (HalfSignIn.id == half.id, HalfSignIn.used_at.is_(None), HalfSignIn.expires_at > clock.now())
    query = update(HalfSignIn).where(*mine).values(used_at=clock.now()).returning(HalfSignIn.id)
    if db.session.scalar(query, execution_options={"synchronize_session": False}) is None:
        raise HalfOver


def take_step(member: Member, shown: Shown, *, challenge: bytes | None) -> SignInWay:
    """Check what was shown and use it up; raises WrongStep. A code, once taken, is not taken again, whoever asks."""
    if shown.code:
        _take_code(member, shown.code)
    elif shown.recovery_code:
        _take_recovery_code(member, shown.recovery_code)
    else:
        take_passkey(shown.passkey, challenge, member=member)
    return shown.way


def try_step(member: Member, shown: Shown, *, challenge: bytes | None, address: str) -> SignInWay | WrongStep:
    """The same, one try after another, so that many at once are no more than many in a row; raises TooMany. A wrong one
    is counted and returned, not raised: the caller's transaction must keep the count."""
    db.session.execute(select(SecondStep.member_id).where(SecondStep.member_id == member.id).with_for_update())
    check_step_guessing(member, shown, address)
    try:
        return take_step(member, shown, challenge=challenge)
    except WrongStep as wrong:
        note_wrong_step(member, shown, address)
        return wrong


def _take_code(member: Member, typed: str) -> None:
    kept = steps.find_second_step(member.id)
    step = codes.step_of(kept.salt, typed) if kept is not None and kept.salt is not None else None
    if step is None:
        raise WrongStep
    unused = (SecondStep.member_id == member.id, SecondStep.last_step < step)
    query = update(SecondStep).where(*unused).values(last_step=step).returning(SecondStep.member_id)
    if db.session.scalar(query, execution_options={"synchronize_session": False}) is None:
        raise WrongStep


def _take_recovery_code(member: Member, typed: str) -> None:
    code_hash = codes.recovery_hash(typed, member_id=member.id)
    unused = (RecoveryCode.member_id == member.id, RecoveryCode.code_hash == code_hash, RecoveryCode.used_at.is_(None))
    query = update(RecoveryCode).where(*unused).values(used_at=clock.now()).returning(RecoveryCode.id)
    if not member.has_second_step or db.session.scalar(query, execution_options={"synchronize_session": False}) is None:
        raise WrongStep
    audit.note("recovery code used", actor_id=member.id, subject=("member", member.id))
    mailings.recovery_code_used(member, left=steps.steps_of(member.id).recovery_codes)


def take_passkey(answer: str, challenge: bytes | None, *, member: Member | None = None) -> Member:
    """The member whose passkey signed this challenge; raises WrongStep. Without `member` it stands for the password
    too. `challenge` must have been used up by the caller, or be used up in the same transaction."""
    try:
        passkey = _find_passkey(answer)
        owner = db.session.get(Member, passkey.member_id) if passkey else None
        kept = steps.find_second_step(passkey.member_id) if passkey else None
        if challenge is None or passkey is None or owner is None or kept is None:
            raise WrongPasskey
        if owner.state not in HAVE_KEYS or (member is not None and owner.id != member.id):
            raise WrongPasskey
        count = passkeys.checked(answer, challenge, passkey, handle=kept.handle, verified=member is None)
    except WrongPasskey:
        raise WrongStep(_("This passkey was not accepted.")) from None
    query = update(Passkey).where(Passkey.id == passkey.id, Passkey.sign_count == passkey.sign_count)
    query = query.values(sign_count=count, used_at=clock.now()).returning(Passkey.id)
    if db.session.scalar(query, execution_options={"synchronize_session": False}) is None:
        raise WrongStep(_("This passkey was not accepted."))
    return owner


def _find_passkey(answer: str) -> Passkey | None:
    try:
        return steps.find_passkey(base64url_to_bytes(passkeys.credential_id_of(answer)))
    except ValueError:
        raise WrongPasskey from None


def check_step_guessing(member: Member, shown: Shown, address: str) -> None:
    """Refuse before looking at a code when too many were wrong; raises TooMany. Nobody elsewhere locks a member out:
    from an address where they signed in before only what is tried there counts, and passkeys cannot be guessed."""
    if shown.passkey:
        return
    kind = shown.way.value
    limits.refuse_above(PER_PAIR, f"{kind}:{address}:{member.id}", window=WINDOW)
    limits.refuse_above(PAIR_A_DAY, f"{kind}:day:{address}:{member.id}", window=DAY)
    if queries.find_seen_from(member.id, address) is None:
        limits.refuse_above(ACCOUNT_A_DAY, f"{kind}:day:{member.id}", window=DAY)


def note_wrong_step(member: Member, shown: Shown, address: str) -> None:
    """Count one wrong try. At the fifth in a row the member is told: whoever comes so far knows the password."""
    kind = shown.way.value
    tries = limits.count(f"{kind}:{address}:{member.id}", window=WINDOW)
    for name in (f"{kind}:day:{address}:{member.id}", f"{kind}:day:{member.id}"):
        limits.count(name, window=DAY)
    audit.note("second step refused", actor_id=None, subject=("member", member.id), address=address, way=kind)
    if tries == PER_PAIR:
        mailings.codes_guessed(member)


def void_halves(member_id: int) -> None:
    """Sign-ins of this member that are half done lead nowhere any more."""
    query = update(HalfSignIn).where(HalfSignIn.member_id == member_id, HalfSignIn.used_at.is_(None))
    db.session.execute(query.values(used_at=clock.now()), execution_options={"synchronize_session": False})


def forget_halves() -> None:
    """Clock: those that are over are forgotten."""
    db.session.execute(delete(HalfSignIn).where(HalfSignIn.expires_at < clock.now()))
