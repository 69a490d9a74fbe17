"""Member, roles, reading languages, sessions, tokens, and what the second step of signing in needs."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    false,
    text,
    true,
)
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Id, Moment, db
from forum.core.languages import direction

ROLES = ("translator", "moderator", "manager", "admin")  # besides guest and member, which need no row
LONGEST_NAME = 80
LONGEST_ZONE = 40
LONGEST_POST_HELD = 120
LONGEST_ABOUT = 2000
LONGEST_CONTACT = 254
LONGEST_LINE = 200
MOST_LINES = 6  # of each kind


class MemberState(StrEnum):
    """What a member may do at all."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    ERASED = "erased"


class Member(db.Model):
    """A person with an account. `version` grows with every change that a byline shows."""

    __tablename__ = "members"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)  # folded to lower case
    password_hash: Mapped[str] = mapped_column(String(200))
    state: Mapped[MemberState] = mapped_column(String(12), default=MemberState.ACTIVE)
    display_name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    other_name: Mapped[str] = mapped_column(String(LONGEST_NAME), default="")  # the same name in the other script
    name_language: Mapped[str] = mapped_column(String(2))
    sort_key: Mapped[str] = mapped_column(String(400), index=True)
    folded_name: Mapped[str] = mapped_column(String(200), index=True)
    folded_other_name: Mapped[str] = mapped_column(String(200), index=True, default="")
    skeleton: Mapped[str] = mapped_column(String(200), index=True)
    coarse_skeleton: Mapped[str] = mapped_column(String(200), index=True)
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipalities.id"), index=True)
    post_held: Mapped[str] = mapped_column(String(LONGEST_POST_HELD), default="")
    about: Mapped[str] = mapped_column(Text, default="")
    photo_id: Mapped[int | None] = mapped_column(Id)  # a file; no foreign key, since files go by themselves
    language: Mapped[str] = mapped_column(String(2))  # of the interface
    digits: Mapped[str] = mapped_column(String(4), default="latn")
    zone: Mapped[str] = mapped_column(String(LONGEST_ZONE))
    saves_data: Mapped[bool] = mapped_column(default=False, server_default=false())  # pictures only on demand
    shortcuts: Mapped[bool] = mapped_column(default=True, server_default=true())  # keys that do something by themselves
    takes_letters: Mapped[bool] = mapped_column(default=True, server_default=true())  # from members, by e-mail
    is_demonstration: Mapped[bool] = mapped_column(default=False)
    has_second_step: Mapped[bool] = mapped_column(default=False)  # a code or a passkey is asked for after the password
    version: Mapped[int] = mapped_column(default=1)
    merged_into_id: Mapped[int | None] = mapped_column(Id, index=True)  # the account that this one is part of now
    created_at: Mapped[datetime] = mapped_column(Moment)


class ReadingLanguage(db.Model):
    """A language that a member reads; 1 is the dearest."""

    __tablename__ = "reading_languages"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(String(2))


class Role(db.Model):
    """A right as a row: this member is this, in this scope (`site` 0 is everywhere)."""

    __tablename__ = "roles"
    __table_args__ = (UniqueConstraint("member_id", "role", "scope_kind", "scope_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    scope_kind: Mapped[str] = mapped_column(String(20), default="site")
    scope_id: Mapped[int] = mapped_column(Id, default=0)


class SignInWay(StrEnum):
    """How a device was signed in."""

    PASSWORD = "password"
    CODE = "code"  # the password, then a code from an app; and so on
    RECOVERY = "recovery"
    KEY = "key"
    PASSKEY = "passkey"  # and no password


class SignInSession(db.Model):
    """One device signed in. The cookie holds a random token; here stands its hash."""

    __tablename__ = "sessions"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    csrf: Mapped[str] = mapped_column(String(43))
    address: Mapped[str] = mapped_column(String(45))
    agent: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(Moment)
    seen_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    way: Mapped[SignInWay] = mapped_column(String(12), default=SignInWay.PASSWORD)
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)  # when the member last showed again who they are
    challenge: Mapped[bytes | None] = mapped_column(LargeBinary(32))  # that a passkey is to sign, once
    challenge_until: Mapped[datetime | None] = mapped_column(Moment)


class HalfSignIn(db.Model):
    """A sign-in whose second step is still to come, bound to one browser by a cookie of its own; no page opens with it.
    Without a member it waits for a passkey that says who this is."""

    __tablename__ = "half_sign_ins"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    stays: Mapped[bool] = mapped_column(default=False)
    target: Mapped[str] = mapped_column(String(500), default="")  # where to go afterwards
    challenge: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    created_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment, index=True)
    used_at: Mapped[datetime | None] = mapped_column(Moment)


class SecondStep(db.Model):
    """A member's app for codes, and what passkeys call the member. Secrets of apps stand in no table: they are made
    from the site's key and a salt, see core/derived."""

    __tablename__ = "second_steps"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    handle: Mapped[bytes] = mapped_column(LargeBinary(32))
    salt: Mapped[bytes | None] = mapped_column(LargeBinary(16))  # of the app that holds
    last_step: Mapped[int] = mapped_column(BigInteger, default=0)  # of the last code used: none works twice
    new_salt: Mapped[bytes | None] = mapped_column(LargeBinary(16))  # of an app that has not shown a code yet
    new_until: Mapped[datetime | None] = mapped_column(Moment)


class RecoveryCode(db.Model):
    """A code for the day when app and passkeys are lost, hashed at rest, used once."""

    __tablename__ = "recovery_codes"
    __table_args__ = (UniqueConstraint("member_id", "code_hash"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    used_at: Mapped[datetime | None] = mapped_column(Moment)


class Passkey(db.Model):
    """A key in a phone, a computer or a stick: its public half."""

    __tablename__ = "passkeys"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    credential_id: Mapped[bytes] = mapped_column(LargeBinary(1023), unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(BigInteger)
    transports: Mapped[str] = mapped_column(String(80), default="")  # with spaces between
    name: Mapped[str] = mapped_column(String(60))
    created_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)


class Token(db.Model):
    """A secret sent in a letter, hashed at rest, bound to member, purpose and e-mail, used once."""

    __tablename__ = "tokens"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    purpose: Mapped[str] = mapped_column(String(20))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    subject_id: Mapped[int | None] = mapped_column(Id)  # an application, an invitation
    email: Mapped[str] = mapped_column(String(254), index=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    renewable_until: Mapped[datetime | None] = mapped_column(Moment)  # the old link may ask for a new one until then
    used_at: Mapped[datetime | None] = mapped_column(Moment)


class Suspension(db.Model):
    """A member is shut out, or was. `until` None is until further notice; at most one of a member's has not ended. The
    clock ends it in nobody's name."""

    __tablename__ = "suspensions"
    __table_args__ = (
        Index(
            "uq_suspensions_open",
            "member_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    why: Mapped[str] = mapped_column(Text)
    began_at: Mapped[datetime] = mapped_column(Moment)
    until: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))


class ShownTo(StrEnum):
    """To whom a member shows something."""

    NOBODY = "nobody"
    MEMBERS = "members"
    EVERYBODY = "everybody"


class ContactKind(StrEnum):
    """How somebody can be reached; the order here is the order on pages."""

    EMAIL = "email"
    PHONE = "phone"
    OTHER = "other"


class Contact(db.Model):
    """Where a member can be reached outside the forum, shown as they decide. The address for signing in is another."""

    __tablename__ = "contacts"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[ContactKind] = mapped_column(String(10), primary_key=True)
    value: Mapped[str] = mapped_column(String(LONGEST_CONTACT))
    shown_to: Mapped[ShownTo] = mapped_column(String(10))


class LineKind(StrEnum):
    """What a line of a profile says."""

    OFFER = "offer"
    NEED = "need"


class ProfileLine(db.Model):
    """One thing that a member offers, or needs. Its language is what the member says (`is_declared`), or what it looks
    like. `folded` and `skeleton` (its words with a space at either end) find it in any spelling and script."""

    __tablename__ = "profile_lines"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[LineKind] = mapped_column(String(10), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    words: Mapped[str] = mapped_column(String(LONGEST_LINE))
    language: Mapped[str] = mapped_column(String(2))
    is_declared: Mapped[bool]
    direction: Mapped[str] = mapped_column(String(3))
    folded: Mapped[str] = mapped_column(String(400))
    skeleton: Mapped[str] = mapped_column(String(400))


def name_language_of(name: str, language: str) -> str:
    """In which language a name is written, as far as its script and its owner's language tell."""
    if direction(name) == "rtl":
        return "ar"
    return "en" if language == "ar" else language


def initials(name: str) -> str:
    """What stands on an avatar: the first letters of the first and the last word, in the name's own script."""
    words = [word.removeprefix("ال") or word for word in name.split()]
    if not words:
        return ""
    first, last = words[0][0].upper(), words[-1][0].upper()
    return first if len(words) == 1 else f"{first}\u200c{last}"  # Arabic letters stand apart, not joined


def colour_of(municipality_id: int | None) -> int:
    """The colour of an avatar, 1 to 8, by municipality."""
    return (municipality_id or 0) % 8 + 1
