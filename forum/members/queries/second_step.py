"""Reads of the second step: what a member has set up, and sign-ins half done."""

from dataclasses import dataclass

from sqlalchemy import func, select

from forum.core import clock
from forum.core.db import db
from forum.core.errors import NotFound
from forum.members.models import HalfSignIn, Member, MemberState, Passkey, RecoveryCode, SecondStep
from forum.members.queries import token_hash


@dataclass(frozen=True)
class Steps:
    """What a member can do after the password."""

    has_app: bool
    has_new_app: bool  # begun, and not yet shown a code
    new_salt: bytes | None
    passkeys: list[Passkey]
    recovery_codes: int  # not used yet

    @property
    def is_on(self) -> bool:
        """Is a second step asked for? Recovery codes alone are none."""
        return self.has_app or bool(self.passkeys)

    @property
    def is_last_way(self) -> bool:
        """Would it be off without the one way that there is?"""
        return self.has_app + len(self.passkeys) == 1


def steps_of(member_id: int) -> Steps:
    """What this member has set up."""
    kept = find_second_step(member_id)
    begun = kept is not None and kept.new_salt is not None and kept.new_until > clock.now()
    unused = select(func.count()).where(RecoveryCode.member_id == member_id, RecoveryCode.used_at.is_(None))
    return Steps(
        has_app=kept is not None and kept.salt is not None,
        has_new_app=begun,
        new_salt=kept.new_salt if begun else None,
        passkeys=passkeys_of(member_id),
        recovery_codes=db.session.scalar(unused) or 0,
    )


def find_second_step(member_id: int) -> SecondStep | None:
    """The row of a member who has ever begun to set one up."""
    return db.session.get(SecondStep, member_id, populate_existing=True)


def passkeys_of(member_id: int) -> list[Passkey]:
    """A member's passkeys, the oldest first."""
    return list(db.session.scalars(select(Passkey).where(Passkey.member_id == member_id).order_by(Passkey.id)))


def get_passkey(passkey_id: int, *, member_id: int) -> Passkey:
    """One of the member's own, or NotFound."""
    found = db.session.get(Passkey, passkey_id)
    if found is None or found.member_id != member_id:
        raise NotFound
    return found


def find_passkey(credential_id: bytes) -> Passkey | None:
    """Whosever it is."""
    return db.session.scalar(select(Passkey).where(Passkey.credential_id == credential_id))


def find_half(token: str | None) -> HalfSignIn | None:
    """The sign-in that this browser has half done, while there is time for the rest."""
    if not token:
        return None
    query = select(HalfSignIn).outerjoin(Member, Member.id == HalfSignIn.member_id)
    query = query.where(
        HalfSignIn.token_hash == token_hash(token),
        HalfSignIn.used_at.is_(None),
        HalfSignIn.expires_at > clock.now(),
        (Member.state == MemberState.ACTIVE) | HalfSignIn.member_id.is_(None),
    )
    return db.session.scalar(query)
