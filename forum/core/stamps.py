"""Stamps: numbers that grow when something changes that many pages or sockets depend on.

`names` grows when what bylines show changes (a member's name, a municipality's, a workshop's title); cached pages carry
it in their key. `access` grows when somebody may see less than before; every process asks its open sockets again.
"""

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.sql.expression import ScalarSelect

from forum.core.db import db

NAMES, ACCESS = "names", "access"


class Stamp(db.Model):
    """One growing number."""

    __tablename__ = "stamps"

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    value: Mapped[int]


def bump(name: str) -> None:
    """Grow the stamp, in the transaction of the change itself."""
    stamp = db.session.get(Stamp, name, with_for_update=True, populate_existing=True)
    if stamp is None:
        db.session.add(Stamp(name=name, value=1))
    else:
        stamp.value += 1
    db.session.flush()


def value(name: str) -> int:
    """The stamp now; 0 before its first change."""
    return db.session.scalar(select(Stamp.value).where(Stamp.name == name)) or 0


def column(name: str) -> ScalarSelect[int]:
    """The stamp as a column, for a query that brings it along."""
    return select(Stamp.value).where(Stamp.name == name).scalar_subquery()
