"""What members say of themselves: offers and needs, contacts."""

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.sql import ColumnElement

from forum.core.db import db
from forum.core.languages import fold, skeleton
from forum.core.reader import Reader
from forum.members.models import Contact, ContactKind, LineKind, ProfileLine, ShownTo
from forum.members.rules import may_see_contact

TELLING = 3  # consonants from which on a skeleton says enough

Lines = dict[LineKind, list[ProfileLine]]


def lines_of(member_id: int) -> Lines:
    """What a member offers and needs, each in their order."""
    found: Lines = {kind: [] for kind in LineKind}
    query = select(ProfileLine).where(ProfileLine.member_id == member_id).order_by(ProfileLine.position)
    for line in db.session.scalars(query):
        found[LineKind(line.kind)].append(line)
    return found


def contacts_of(member_id: int, *, reader: Reader) -> list[Contact]:
    """The contacts of a member that this reader may see."""
    shown = [seen for seen in ShownTo if may_see_contact(reader, member_id, seen)]
    query = select(Contact).where(Contact.member_id == member_id, Contact.shown_to.in_(shown))
    order = list(ContactKind)
    return sorted(db.session.scalars(query), key=lambda one: order.index(ContactKind(one.kind)))


def who_says(kind: LineKind, words: str) -> Select[tuple[int]]:
    """The ids of members of whom one line holds all these words, in any spelling: part of a word, or the same
    consonants in the other script."""
    conditions = [_says(word) for word in fold(words).split()]
    return select(ProfileLine.member_id).where(ProfileLine.kind == kind, and_(True, *conditions))


def _says(word: str) -> ColumnElement[bool]:
    consonants = skeleton(word)
    found = [ProfileLine.folded.contains(word, autoescape=True)]
    if len(consonants) >= TELLING:
        found.append(ProfileLine.skeleton.contains(f" {consonants} ", autoescape=True))
    return or_(*found)
