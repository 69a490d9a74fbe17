"""Applications, invitations, lists of members."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Id, Moment, db

LONGEST_REASON = 2000
LONGEST_TOWN = 120


class ApplicationState(StrEnum):
    """How far an application came."""

    UNCONFIRMED = "unconfirmed"  # the letter with its link is on its way
    WAITING = "waiting"
    APPROVED = "approved"
    DECLINED = "declined"
    REPLACED = "replaced"  # by a later one from the same address
    VOID = "void"  # the address is a member's already: see core.mail.LetterState.VOID


class Application(db.Model):
    """Somebody asks to join. Without `municipality_id` they named a town that the network does not know yet."""

    __tablename__ = "applications"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    state: Mapped[ApplicationState] = mapped_column(String(12), index=True)
    email: Mapped[str] = mapped_column(String(254), index=True)
    display_name: Mapped[str] = mapped_column(String(80))
    other_name: Mapped[str] = mapped_column(String(80), default="")
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipalities.id"), index=True)
    town: Mapped[str] = mapped_column(String(LONGEST_TOWN), default="")
    country: Mapped[str] = mapped_column(String(2), default="")
    post_held: Mapped[str] = mapped_column(String(120), default="")
    reason: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(2))  # of the letters and the pages
    reads: Mapped[str] = mapped_column(String(20))  # "ar en", the dearest first
    created_at: Mapped[datetime] = mapped_column(Moment)
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    decided_by: Mapped[int | None] = mapped_column(Id)
    answer: Mapped[str] = mapped_column(Text, default="")
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"), index=True)


class InvitationState(StrEnum):
    """What became of an invitation; an open one is over when its link is."""

    PREPARED = "prepared"  # from a list; its letter has not gone out
    OPEN = "open"
    USED = "used"
    WITHDRAWN = "withdrawn"


class Invitation(db.Model):
    """A manager asks somebody to join: no application is needed."""

    __tablename__ = "invitations"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    state: Mapped[InvitationState] = mapped_column(String(12))
    email: Mapped[str] = mapped_column(String(254), index=True)
    display_name: Mapped[str] = mapped_column(String(80), default="")
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"), index=True)
    language: Mapped[str] = mapped_column(String(2))
    invited_by: Mapped[int | None] = mapped_column(Id)
    created_at: Mapped[datetime] = mapped_column(Moment)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"), index=True)


MOST_LINES = 2000  # of one list


class ImportState(StrEnum):
    """How far a list of members came."""

    READ = "read"  # looked at; nothing has happened
    RUNNING = "running"
    DONE = "done"


class ImportWay(StrEnum):
    """What becomes of people on a list."""

    INVITATIONS = "invitations"  # they choose a password and their name themselves
    MEMBERS = "members"  # they are members at once, and choose a password through a letter


class Outcome(StrEnum):
    """What becomes, or would become, of a line."""

    NEW = "new"
    UNKNOWN_TOWN = "unknown-town"
    SAME_PERSON = "same-person"  # a member of this municipality is called so, in whatever script, at another address
    BAD_ADDRESS = "bad-address"
    BAD_NAME = "bad-name"
    DOUBLE = "double"  # the address stood further up
    MEMBER = "member"  # already
    INVITED = "invited"  # already
    APPLIED = "applied"  # and waits for an answer
    DONE = "done"  # carried in
    FAILED = "failed"  # for a reason that nobody saw coming
    TOLD = "told"  # and has had the letter


REFUSED = (
    Outcome.UNKNOWN_TOWN,
    Outcome.SAME_PERSON,
    Outcome.BAD_ADDRESS,
    Outcome.BAD_NAME,
    Outcome.DOUBLE,
    Outcome.FAILED,
)


class Import(db.Model):
    """A list of members that a manager handed in. `columns` are {field: column}; `same` is a hash of what it said, so
    that the same list is one; `towns` are {folded town: municipality} that a manager said."""

    __tablename__ = "imports"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    state: Mapped[ImportState] = mapped_column(String(10))
    way: Mapped[ImportWay | None] = mapped_column(String(12))
    by_id: Mapped[int | None] = mapped_column(Id)
    name: Mapped[str] = mapped_column(String(120))
    same: Mapped[str] = mapped_column(String(64), unique=True)
    heading: Mapped[list[str]] = mapped_column(JSON)
    width: Mapped[int]  # columns
    columns: Mapped[dict[str, int]] = mapped_column(JSON)
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipalities.id"), index=True)
    language: Mapped[str] = mapped_column(String(2))
    towns: Mapped[dict[str, int]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(Moment)
    started_at: Mapped[datetime | None] = mapped_column(Moment)
    done_at: Mapped[datetime | None] = mapped_column(Moment)
    letters_at: Mapped[datetime | None] = mapped_column(Moment)
    letters_by_id: Mapped[int | None] = mapped_column(Id)


class ImportLine(db.Model):
    """A line of a list: its cells as they came, what was read in them, and what became of it."""

    __tablename__ = "import_lines"
    __table_args__ = (Index("ix_import_lines_outcome", "import_id", "outcome", "number"),)

    import_id: Mapped[int] = mapped_column(ForeignKey("imports.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    cells: Mapped[list[str]] = mapped_column(JSON)
    outcome: Mapped[Outcome] = mapped_column(String(12))
    email: Mapped[str] = mapped_column(String(300), index=True)
    name: Mapped[str] = mapped_column(String(601))
    other_name: Mapped[str] = mapped_column(String(300))
    post_held: Mapped[str] = mapped_column(String(120))
    language: Mapped[str] = mapped_column(String(2))
    town: Mapped[str] = mapped_column(String(300))
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipalities.id"), index=True)
    likely_id: Mapped[int | None] = mapped_column(ForeignKey("municipalities.id"), index=True)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"), index=True)
    invitation_id: Mapped[int | None] = mapped_column(Id)
