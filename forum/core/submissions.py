"""The same form sent twice is one thing done: the client makes a key, unique per member, kept with the form's hash."""

import hashlib
import json
import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import LargeBinary, String, UniqueConstraint, bindparam, func, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from forum.core import clock, pace
from forum.core.db import Id, Moment, db, run
from forum.core.errors import Conflict
from forum.core.languages import gettext as _

LONGEST_KEY = 64


class SentBefore(Conflict):
    """The key came with another body before: a browser's "back" brings the old form, and other words are written into
    it. A page gives the form back with a fresh key, so that sending it once more is another sending."""

    def said(self) -> str:
        return _("This form was sent before with other words. Send it once more to add these too.")


class Submission(db.Model):
    """What a member's key brought about."""

    __tablename__ = "submissions"
    __table_args__ = (UniqueConstraint("member_id", "key"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    member_id: Mapped[int] = mapped_column(Id)
    key: Mapped[str] = mapped_column(String(LONGEST_KEY))
    body_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    subject_id: Mapped[int] = mapped_column(Id)
    created_at: Mapped[datetime] = mapped_column(Moment, index=True)


def fresh_key() -> str:
    """A key for a form that is being drawn."""
    return secrets.token_urlsafe(16)


def body_hash(*parts: Any) -> bytes:
    """A hash of everything that makes two submissions the same."""
    return hashlib.sha256(json.dumps(parts, ensure_ascii=True).encode()).digest()


_earlier = select(Submission.body_hash, Submission.subject_id).where(
    Submission.member_id == bindparam("member_id"), Submission.key == bindparam("key")
)


def find_earlier(*, member_id: int, key: str | None, body: bytes) -> int | None:
    """The id of what this key already made. Raises SentBefore when the key came with another body before."""
    if not key:
        return None
    if db.engine.dialect.name == "postgresql":  # twins of one moment take turns; SQLite's writers always do
        db.session.execute(select(func.pg_advisory_xact_lock(member_id, func.hashtext(key))))
    row = run(_earlier, member_id=member_id, key=key).one_or_none()
    if row is None:
        return None
    if row.body_hash != body:
        raise SentBefore
    pace.count_nothing()
    return row.subject_id


def remember(*, member_id: int, key: str | None, body: bytes, subject_id: int) -> None:
    """Keep what this key made, in the transaction that made it."""
    if key:
        row = {"member_id": member_id, "key": key, "body_hash": body, "subject_id": subject_id}
        run(insert(Submission), **row, created_at=clock.now())
