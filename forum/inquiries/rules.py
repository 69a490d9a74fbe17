"""Who may do what with surveys; who may know of one is asked of `queries.door`."""

from datetime import datetime
from typing import Protocol

from forum.core.reader import Reader
from forum.inquiries.models import FOCAL, ResultsFor
from forum.questionnaires.models import AnswerSheet, HolderKind, SheetState


class Timed(Protocol):
    """A survey, or a row with its times."""

    opens_at: datetime
    closes_at: datetime


def may_manage_surveys(reader: Reader) -> bool:
    """Managers and admins, where they may read."""
    return reader.has_role("manager", "admin")


def is_open(survey: Timed, now: datetime) -> bool:
    """Does it take answers?"""
    return survey.opens_at <= now < survey.closes_at


def is_closed(survey: Timed, now: datetime) -> bool:
    """Is it over?"""
    return survey.closes_at <= now


def holder_of(voice: str, reader: Reader) -> tuple[HolderKind, int] | None:
    """Whose sheet the reader fills in: their own or their municipality's; None for who belongs to none."""
    if voice == HolderKind.MEMBER:
        return HolderKind.MEMBER, reader.member_id
    return (HolderKind.MUNICIPALITY, reader.municipality_id) if reader.municipality_id else None


def is_focal_point(reader: Reader) -> bool:
    """Do they stand behind what their municipality answers?"""
    town = reader.municipality_id
    return town is not None and (FOCAL, "municipality", town) in reader.roles


def may_approve(reader: Reader, sheet: AnswerSheet, *, focal: int, colleagues: int) -> bool:
    """Stand behind what a municipality answers. `focal` counts its focal points, `colleagues` the members of it who
    did not fill it in. The focal point approves; where there is none, another colleague does, and where there is no
    other, a manager."""
    if sheet.holder_kind != HolderKind.MUNICIPALITY or sheet.state != SheetState.PROPOSED:
        return False
    belongs = reader.municipality_id == sheet.holder_id
    if focal:
        return belongs and is_focal_point(reader)
    if belongs and reader.id != sheet.member_id:
        return True
    return not colleagues and may_manage_surveys(reader)


def may_write(reader: Reader, sheet: AnswerSheet | None) -> bool:
    """A municipality's answers that are approved are the focal point's to change."""
    if sheet is None or sheet.holder_kind == HolderKind.MEMBER or sheet.state != SheetState.SENT:
        return True
    return is_focal_point(reader)


def may_see_results(reader: Reader, *, results_for: str, has_answered: bool, closed: bool) -> bool:
    """Nobody before it is closed, or two looks would show what one answer added."""
    if not closed:
        return False
    return may_manage_surveys(reader) or (results_for == ResultsFor.ANSWERED and has_answered)


def may_name_focal_points(reader: Reader) -> bool:
    """Managers vouch for municipalities."""
    return reader.has_role("manager", "admin")
