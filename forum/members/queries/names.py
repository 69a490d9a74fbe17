"""Members by their names, in either script and spelling."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Row, Select, and_, or_, select, true
from sqlalchemy.sql import ColumnElement

from forum.core.db import db
from forum.core.languages import coarse_skeleton, fold
from forum.core.languages import gettext as _
from forum.core.paging import Page, page_of
from forum.members.models import LineKind, Member, MemberState, ReadingLanguage
from forum.members.queries import member_rows
from forum.members.queries.profiles import who_says
from forum.municipalities.models import Municipality

PAGE = 30
FEW = 5  # who may be meant


def directory(
    language: str,
    *,
    name: str = "",
    country: str | None = None,
    municipality_id: int | None = None,
    reads: str | None = None,
    offers: str = "",
    needs: str = "",
    among: Select[tuple[int]] | None = None,
    cursor: str | None = None,
) -> Page[Row]:
    """Members by name. `name` finds either spelling: part of the name, or the same consonants in the other script; so
    do `offers` and `needs` in what members say they offer and need. `among` selects ids of members, for lists that
    features above keep."""
    query = member_rows(language)
    if name:
        query = query.where(is_called(name))
    if country:
        query = query.where(Municipality.country == country)
    if municipality_id:
        query = query.where(Member.municipality_id == municipality_id)
    if reads:
        query = query.where(Member.id.in_(select(ReadingLanguage.member_id).where(ReadingLanguage.language == reads)))
    for kind, words in ((LineKind.OFFER, offers), (LineKind.NEED, needs)):
        if words:
            query = query.where(Member.id.in_(who_says(kind, words)))
    if among is not None:
        query = query.where(Member.id.in_(among))
    return page_of(query, [Member.sort_key, Member.id], cursor=cursor, size=PAGE)


def is_called(name: str) -> ColumnElement[bool]:
    """Every word of it stands in one spelling of the member's name, in any order."""
    skeleton = coarse_skeleton(name)
    found = [
        and_(true(), *(column.contains(word, autoescape=True) for word in fold(name).split()))
        for column in (Member.folded_name, Member.folded_other_name)
    ]
    if len(skeleton) > 1:
        found.append(Member.coarse_skeleton.contains(skeleton, autoescape=True))
    return or_(*found)


def sounding_like(names: Iterable[str], language: str) -> Sequence[Row]:
    """Members, suspended ones too, who may be the person of these names: called the same in either script, or by the
    same consonants. Their rows, with `state`."""
    folded = [known for name in names if (known := fold(name).strip())]
    sounds = [sound for name in names if len(sound := coarse_skeleton(name)) > 2]
    same = or_(Member.folded_name.in_(folded), Member.folded_other_name.in_(folded), Member.coarse_skeleton.in_(sounds))
    query = member_rows(language, states=(MemberState.ACTIVE, MemberState.SUSPENDED)).add_columns(Member.state)
    return db.session.execute(query.where(same).order_by(Member.sort_key, Member.id).limit(FEW)).all()


def name_or_former(name: str, municipality: str | None = None) -> str:
    """A member's name. Who has left has none: what they wrote stands under what they were."""
    if name:
        return name
    return _("Former member of %(municipality)s", municipality=municipality) if municipality else _("Former member")


def called(names: list[str]) -> dict[str, int]:
    """{folded name: member id} of active members whose whole name, in either script, is among these folded names."""
    if not names:
        return {}
    query = select(Member.id, Member.folded_name, Member.folded_other_name).where(
        Member.state == MemberState.ACTIVE, or_(Member.folded_name.in_(names), Member.folded_other_name.in_(names))
    )
    found = {}
    for row in db.session.execute(query.order_by(Member.id.desc())):
        found[row.folded_name] = row.id
        if row.folded_other_name:
            found[row.folded_other_name] = row.id
    return found


def display_names(ids: Iterable[int]) -> dict[int, str]:
    """{member id: the name that is shown}."""
    query = select(Member.id, Member.display_name).where(Member.id.in_(list(ids)))
    return {row.id: row.display_name for row in db.session.execute(query)}
