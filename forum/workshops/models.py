"""Workshop with its texts, languages, objectives, talks, links and topics. Texts are rows per language."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Id, Moment, db

LONGEST_WORKSHOP_TITLE = 200
LONGEST_SUMMARY = 600
LONGEST_LINK = 500
COLOURS = ("teal", "sand", "olive", "clay", "indigo", "plum")


class WorkshopKind(StrEnum):
    """Online for two hours, or together for days."""

    WEBINAR = "webinar"
    WORKSHOP = "workshop"


class Phase(StrEnum):
    """When a topic of a workshop was opened, seen from the workshop."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


class LanguageRole(StrEnum):
    """What a language does at a workshop."""

    SPOKEN = "spoken"
    INTERPRETATION = "interpretation"


class Workshop(db.Model):
    """A webinar or workshop. It is held at a wall time in its organiser's zone; the moments in UTC follow from both.
    `space_id` says who sees its page, `topics_space_id` who reads its topics."""

    __tablename__ = "workshops"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[WorkshopKind] = mapped_column(String(10))
    space_id: Mapped[int] = mapped_column(ForeignKey("spaces.id"), index=True)
    topics_space_id: Mapped[int | None] = mapped_column(ForeignKey("spaces.id"), index=True)  # None: the same space
    zone: Mapped[str] = mapped_column(String(40))
    starts_wall: Mapped[str] = mapped_column(String(16))  # 2018-03-19T09:00, in `zone`
    ends_wall: Mapped[str] = mapped_column(String(16))
    starts_at: Mapped[datetime] = mapped_column(Moment, index=True)
    ends_at: Mapped[datetime] = mapped_column(Moment)
    is_date_approximate: Mapped[bool] = mapped_column(default=False)
    is_online: Mapped[bool]
    country: Mapped[str | None] = mapped_column(String(2))
    colour: Mapped[str] = mapped_column(String(10))
    created_at: Mapped[datetime] = mapped_column(Moment)
    revision: Mapped[int] = mapped_column(default=0, server_default="0")  # of what calendars show
    changed_at: Mapped[datetime] = mapped_column(Moment)
    schedule: Mapped[int] = mapped_column(default=0, server_default="0")  # how often its times became others
    cancelled_at: Mapped[datetime | None] = mapped_column(Moment)
    cancel_reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    closed_at: Mapped[datetime | None] = mapped_column(Moment)  # its page is its record


class WorkshopText(db.Model):
    """What a workshop says of itself in one language; `html` is rendered from `words` once."""

    __tablename__ = "workshop_texts"

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(String(2), primary_key=True)
    language_source: Mapped[str] = mapped_column(String(10), default="declared")
    title: Mapped[str] = mapped_column(String(LONGEST_WORKSHOP_TITLE))
    summary: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    renderer: Mapped[int]
    place: Mapped[str] = mapped_column(String(200), default="")
    written_in: Mapped[str | None] = mapped_column(String(2))  # None: in `language`; else it stands in for it


class WorkshopLanguage(db.Model):
    """A language spoken at a workshop, or interpreted into."""

    __tablename__ = "workshop_languages"

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[LanguageRole] = mapped_column(String(15), primary_key=True)
    language: Mapped[str] = mapped_column(String(2), primary_key=True)


class WorkshopSession(db.Model):
    """A part of a workshop with a time of its own: a morning, an afternoon, an hour online."""

    __tablename__ = "workshop_sessions"
    __table_args__ = (Index("ix_workshop_sessions_workshop_starts", "workshop_id", "starts_at"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id", ondelete="CASCADE"))
    starts_wall: Mapped[str] = mapped_column(String(16))  # in the workshop's zone
    ends_wall: Mapped[str] = mapped_column(String(16))
    starts_at: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime] = mapped_column(Moment)


class SessionText(db.Model):
    """A session's title in one language."""

    __tablename__ = "session_texts"

    session_id: Mapped[int] = mapped_column(ForeignKey("workshop_sessions.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(String(2), primary_key=True)
    title: Mapped[str] = mapped_column(String(LONGEST_WORKSHOP_TITLE))
    written_in: Mapped[str | None] = mapped_column(String(2))


class Objective(db.Model):
    """One thing that a workshop wants to reach."""

    __tablename__ = "objectives"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]


class ObjectiveText(db.Model):
    """An objective in one language."""

    __tablename__ = "objective_texts"

    objective_id: Mapped[int] = mapped_column(ForeignKey("objectives.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(String(2), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    written_in: Mapped[str | None] = mapped_column(String(2))


class Talk(db.Model):
    """One contribution to the programme."""

    __tablename__ = "talks"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]


class TalkText(db.Model):
    """A talk's title in one language."""

    __tablename__ = "talk_texts"

    talk_id: Mapped[int] = mapped_column(ForeignKey("talks.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(String(2), primary_key=True)
    title: Mapped[str] = mapped_column(String(LONGEST_WORKSHOP_TITLE))
    written_in: Mapped[str | None] = mapped_column(String(2))


class TalkLanguage(db.Model):
    """A language in which a talk is held."""

    __tablename__ = "talk_languages"

    talk_id: Mapped[int] = mapped_column(ForeignKey("talks.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(String(2), primary_key=True)


class Speaker(db.Model):
    """Who holds a talk: a member, or somebody known by name and office only."""

    __tablename__ = "speakers"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    talk_id: Mapped[int] = mapped_column(ForeignKey("talks.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)


class SpeakerText(db.Model):
    """A speaker's name, office and organisation in one language; the name is empty where a member stands behind."""

    __tablename__ = "speaker_texts"

    speaker_id: Mapped[int] = mapped_column(ForeignKey("speakers.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(String(2), primary_key=True)
    name: Mapped[str] = mapped_column(String(120), default="")
    role: Mapped[str] = mapped_column(String(200), default="")
    organisation: Mapped[str] = mapped_column(String(200), default="")
    written_in: Mapped[str | None] = mapped_column(String(2))  # None: in `language`; else the row stands in for it


class Material(db.Model):
    """Something to read or to look at, in one language: a link, or a file."""

    __tablename__ = "materials"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    language: Mapped[str] = mapped_column(String(2))
    title: Mapped[str] = mapped_column(String(LONGEST_WORKSHOP_TITLE))
    link: Mapped[str] = mapped_column(String(LONGEST_LINK), default="")
    file_id: Mapped[int | None] = mapped_column(ForeignKey("files.id", ondelete="CASCADE"), index=True)


class WorkshopLink(db.Model):
    """One workshop prepares another; read from the other side, that one follows it up."""

    __tablename__ = "workshop_links"

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id", ondelete="CASCADE"), primary_key=True)
    prepares_id: Mapped[int] = mapped_column(
        ForeignKey("workshops.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class WorkshopTopic(db.Model):
    """A topic belongs to a workshop, and perhaps to one of its talks."""

    __tablename__ = "workshop_topics"
    __table_args__ = (Index("ix_workshop_topics_workshop", "workshop_id", "phase"),)

    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"), primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id"))
    phase: Mapped[Phase] = mapped_column(String(6))
    talk_id: Mapped[int | None] = mapped_column(ForeignKey("talks.id"), index=True)


class CalendarAddress(db.Model):
    """The address of a member's own calendar. The token in it is made from the salt (core/derived); here stands its
    hash, by which it is found."""

    __tablename__ = "calendar_addresses"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    salt: Mapped[bytes] = mapped_column(LargeBinary(16))
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
