"""Every write to spaces. What takes sight away bumps the access stamp: open sockets are asked again within a second."""

from collections.abc import Mapping

from sqlalchemy import delete

from forum.core import audit, clock, stamps
from forum.core.db import db
from forum.core.errors import Forbidden, Invalid
from forum.core.events import record
from forum.core.languages import LANGUAGES, clean_line, current_speech, strip_bidi
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.members.queries import get_member
from forum.spaces import rules
from forum.spaces.events import (
    MemberLetIn,
    SpaceAsked,
    SpaceChanged,
    SpaceDeclined,
    SpaceJoined,
    SpaceLeft,
    SpaceOpened,
    SpaceRequestEnded,
)
from forum.spaces.models import (
    LONGEST_REASON,
    LONGEST_SPACE_NAME,
    Joining,
    Space,
    SpaceKind,
    SpaceMember,
    SpaceName,
    SpaceRequest,
)


def open_space(
    *, kind: SpaceKind, names: Mapping[str, str], by: Reader | None, joining: Joining = Joining.INVITATION
) -> Space:
    """Make a space; `names` are {language: name}; `by` None is the operator at the command line."""
    _check(by)
    kept = _checked_names(names)
    space = Space(kind=_kind(kind), joining=_joining(joining), created_at=clock.now())
    db.session.add(space)
    db.session.flush()
    for language, name in kept.items():
        db.session.add(SpaceName(space_id=space.id, language=language, name=name))
    record(SpaceOpened(space.id))
    audit.note("space opened", actor_id=by and by.id, subject=("space", space.id), kind=str(kind))
    return space


def change_space(space: Space, *, kind: str, joining: str, names: Mapping[str, str], by: Reader) -> None:
    """Other names, another kind, another way to join."""
    _check(by)
    kept = _checked_names(names)
    kind_kept, joining_kept = _kind(kind), _joining(joining)
    for language, name in kept.items():
        row = db.session.get(SpaceName, (space.id, language))
        if row is None:
            db.session.add(SpaceName(space_id=space.id, language=language, name=name))
        else:
            row.name = name
    stamps.bump(stamps.NAMES)
    if (kind_kept, joining_kept) != (space.kind, space.joining):
        space.joining = joining_kept
        change_kind(space, kind=kind_kept, by=by)


def change_kind(space: Space, *, kind: SpaceKind, by: Reader | None) -> None:
    """Open a space to more people, or close it to some."""
    _check(by)
    space.kind = kind
    stamps.bump(stamps.ACCESS)
    stamps.bump(stamps.NAMES)  # posts elsewhere that quote from it name its authors, or no longer
    record(SpaceChanged(space.id))
    audit.note("space changed", actor_id=by and by.id, subject=("space", space.id), kind=str(kind))


def _kind(kind: str) -> SpaceKind:
    if kind not in list(SpaceKind):
        raise Invalid(fields={"kind": _("Choose who may read the space.")})
    return SpaceKind(kind)


def _joining(joining: str) -> Joining:
    if joining not in list(Joining):
        raise Invalid(fields={"joining": _("Choose how members come in.")})
    return Joining(joining)


def _checked_names(names: Mapping[str, str]) -> dict[str, str]:
    """A name in each language; where one is missing, the first that was given."""
    cleaned = {language: clean_line(strip_bidi(names.get(language) or "")) for language in LANGUAGES}
    first = next((name for name in cleaned.values() if name), "")
    wrong = {}
    for language, name in cleaned.items():
        if len(name) > LONGEST_SPACE_NAME:
            wrong[f"name_{language}"] = _("A name has at most %(num)s characters.", num=LONGEST_SPACE_NAME)
    if not first:
        wrong[f"name_{current_speech().locale}"] = _("Give the space a name in at least one language.")
    if wrong:
        raise Invalid(fields=wrong)
    return {language: name or first for language, name in cleaned.items()}


def add_to_space(space: Space, *, member_id: int, by: Reader | None) -> None:
    """Let a member see the space; twice does no harm. A request of theirs is granted by it."""
    _check(by)
    member = get_member(member_id)
    if db.session.get(SpaceMember, (space.id, member.id)) is None:
        db.session.add(SpaceMember(space_id=space.id, member_id=member.id, since=clock.now()))
        record(SpaceJoined(space.id, member.id))
        if by is not None:
            record(MemberLetIn(space.id, member.id))
        audit.note("joined space", actor_id=by and by.id, subject=("space", space.id), member=member.id)
    _end_request(space, member.id)


def remove_from_space(space: Space, *, member_id: int, by: Reader | None) -> None:
    """The member sees the space no more, from this moment. Members may go by themselves."""
    if by is not None and not rules.may_leave(by, member_id):
        raise Forbidden
    db.session.execute(delete(SpaceMember).where(SpaceMember.space_id == space.id, SpaceMember.member_id == member_id))
    stamps.bump(stamps.ACCESS)
    record(SpaceLeft(space.id, member_id))
    audit.note("left space", actor_id=by and by.id, subject=("space", space.id), member=member_id)


def ask_to_join(space: Space, *, reader: Reader, why: str = "") -> None:
    """Ask the managers to be let in; twice does no harm."""
    if not rules.may_be_asked(space.kind, space.joining):
        raise Forbidden
    why = strip_bidi(why).strip()
    if len(why) > LONGEST_REASON:
        raise Invalid(fields={"why": _("A reason has at most %(num)s characters.", num=LONGEST_REASON)})
    here = (space.id, reader.member_id)
    if db.session.get(SpaceMember, here) is None and db.session.get(SpaceRequest, here) is None:
        db.session.add(SpaceRequest(space_id=space.id, member_id=reader.member_id, why=why, asked_at=clock.now()))
        record(SpaceAsked(space.id, reader.member_id))


def withdraw_request(space: Space, *, reader: Reader) -> None:
    """The member asks no more."""
    _end_request(space, reader.member_id)


def decline_request(space: Space, *, member_id: int, by: Reader) -> None:
    """The member is not let in; they are told, and may ask again."""
    _check(by)
    if _end_request(space, member_id):
        record(SpaceDeclined(space.id, member_id))
        audit.note("space request declined", actor_id=by.id, subject=("space", space.id), member=member_id)


def _end_request(space: Space, member_id: int) -> bool:
    request = db.session.get(SpaceRequest, (space.id, member_id))
    if request is None:
        return False
    db.session.delete(request)
    record(SpaceRequestEnded(space.id, member_id))
    return True


def _check(by: Reader | None) -> None:
    if by is not None and not rules.may_manage_spaces(by):
        raise Forbidden
