"""What would happen to each line. It only reads; nothing is written before a manager has seen it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from forum.core import clock
from forum.core.db import db
from forum.core.languages import clean_line, coarse_skeleton, current_speech, fold
from forum.core.loop import off_the_loop
from forum.core.mail import clean_address
from forum.joining.actions.importing.columns import language_in
from forum.joining.models import Application, ApplicationState, Invitation, InvitationState, Outcome
from forum.members.actions.naming import wrong_names
from forum.members.actions.tokens import LONG
from forum.members.models import Member, MemberState
from forum.municipalities.queries import all_called, named_exactly

CHUNK = 400  # values in one statement


@dataclass(frozen=True)
class Wishes:
    """How a manager wants the table read. `towns` are {folded town: municipality id} of those that are not known."""

    columns: Mapping[str, int]
    municipality_id: int | None
    language: str
    towns: Mapping[str, int] = field(default_factory=dict)


@dataclass
class Planned:
    """One line and what would become of it. `member_id` is who is, or may be, the same person; `likely_id` the
    municipality that may be meant."""

    number: int
    outcome: Outcome = Outcome.NEW
    email: str = ""
    name: str = ""
    other_name: str = ""
    post_held: str = ""
    language: str = ""
    town: str = ""
    municipality_id: int | None = None
    member_id: int | None = None
    likely_id: int | None = None


def plan(rows: Sequence[tuple[int, Sequence[str]]], wishes: Wishes) -> list[Planned]:
    """What would happen to these (number, cells)."""
    lines = [_read(number, cells, wishes) for number, cells in rows]
    _place(lines, wishes)
    _find_doubles(lines)
    _find_known(lines)
    _find_same(lines)
    return lines


def _read(number: int, cells: Sequence[str], wishes: Wishes) -> Planned:
    def cell(name: str) -> str:
        column = wishes.columns.get(name)
        return clean_line(cells[column]) if column is not None and column < len(cells) else ""

    email = clean_address(cell("email"))
    line = Planned(
        number,
        email=email or cell("email")[:254],
        name=f"{cell('name')} {cell('family')}".strip(),
        other_name=cell("other_name"),
        post_held=cell("post_held")[:120],
        language=language_in(cell("language")) or wishes.language,
        town=cell("municipality"),
    )
    if email is None:
        line.outcome = Outcome.BAD_ADDRESS
    elif wrong_names(line.name, line.other_name):
        line.outcome = Outcome.BAD_NAME
    return line


def _place(lines: Sequence[Planned], wishes: Wishes) -> None:
    """The municipality of each line: the one that is named, whatever a manager said instead, or the one for all."""
    towns = {fold(line.town): line.town for line in lines if line.town}
    known = named_exactly(list(towns)) | dict(wishes.towns)
    unknown = {folded: town for folded, town in towns.items() if folded not in known}
    likely = all_called(unknown.values(), current_speech().locale, most=1)
    for line in lines:
        folded = fold(line.town)
        line.municipality_id = known.get(folded) if line.town else wishes.municipality_id
        if line.municipality_id is None and line.outcome == Outcome.NEW:
            line.outcome = Outcome.UNKNOWN_TOWN
            meant = likely.get(unknown.get(folded, ""), ())
            line.likely_id = meant[0].id if meant else None


def _find_doubles(lines: Sequence[Planned]) -> None:
    seen: set[str] = set()
    for line in lines:
        if line.outcome != Outcome.BAD_ADDRESS:
            if line.email in seen:
                line.outcome = Outcome.DOUBLE
            seen.add(line.email)


def _find_known(lines: Sequence[Planned]) -> None:
    """Members, whoever is invited, whoever applied: by their address."""
    emails = [line.email for line in lines if line.outcome in (Outcome.NEW, Outcome.UNKNOWN_TOWN, Outcome.BAD_NAME)]
    members: dict[str, int] = {}
    invited: set[str] = set()
    applied: set[str] = set()
    recent = Invitation.created_at > clock.now() - LONG
    for start in range(0, len(emails), CHUNK):
        some = emails[start : start + CHUNK]
        members |= dict(map(tuple, db.session.execute(select(Member.email, Member.id).where(Member.email.in_(some)))))
        still = (Invitation.state == InvitationState.OPEN) & recent | (Invitation.state == InvitationState.PREPARED)
        invited |= set(db.session.scalars(select(Invitation.email).where(Invitation.email.in_(some), still)))
        waits = Application.state == ApplicationState.WAITING
        applied |= set(db.session.scalars(select(Application.email).where(Application.email.in_(some), waits)))
    for line in lines:
        if line.outcome in (Outcome.BAD_ADDRESS, Outcome.DOUBLE):
            continue
        if line.email in members:
            line.outcome, line.member_id = Outcome.MEMBER, members[line.email]
        elif line.email in invited:
            line.outcome = Outcome.INVITED
        elif line.email in applied:
            line.outcome = Outcome.APPLIED


def _find_same(lines: Sequence[Planned]) -> None:
    """Members of the same municipality whose name sounds the same in either script, under another address."""
    ids = sorted({line.municipality_id for line in lines if line.outcome == Outcome.NEW and line.municipality_id})
    known: dict[tuple[int | None, str], int] = {}
    for start in range(0, len(ids), CHUNK):
        query = select(Member.id, Member.municipality_id, Member.coarse_skeleton, Member.other_name).where(
            Member.municipality_id.in_(ids[start : start + CHUNK]), Member.state != MemberState.ERASED
        )
        for row in db.session.execute(query):
            for key in (row.coarse_skeleton, coarse_skeleton(row.other_name)):
                known[row.municipality_id, key] = row.id
    new = [line for line in lines if line.outcome == Outcome.NEW] if known else []
    for line, keys in zip(new, off_the_loop(_keys, new), strict=True):
        same = next((known[line.municipality_id, key] for key in keys if (line.municipality_id, key) in known), None)
        if same is not None:
            line.outcome, line.member_id = Outcome.SAME_PERSON, same


def _keys(lines: Sequence[Planned]) -> list[list[str]]:
    """How the names of each line sound, in one spelling and the other."""
    sounds = ([coarse_skeleton(name) for name in (line.name, line.other_name)] for line in lines)
    return [[key for key in keys if len(key) > 2] for keys in sounds]
