"""The balance as JSON."""

from typing import Any, TypedDict

from forum.applying.models import Decision
from forum.applying.queries import Balance, Line


class BalanceLineShape(TypedDict):
    """One value, how many applied, and how many of them are proposed for what."""

    key: str
    name: str
    all: int
    selected: int
    waiting: int
    declined: int
    undecided: int


class BalanceShape(TypedDict):
    """By country, gender, theme and size of the municipality ("20000": up to so many people); "" is unknown."""

    total: BalanceLineShape
    country: list[BalanceLineShape]
    gender: list[BalanceLineShape]
    theme: list[BalanceLineShape]
    size: list[BalanceLineShape]


def balance_shape(balance: Balance) -> BalanceShape:
    """All of it."""
    parts: Any = {part: [line_shape(one) for one in lines] for part, lines in balance.parts.items()}
    return {"total": line_shape(balance.total), **parts}


def line_shape(line: Line) -> BalanceLineShape:
    """One value."""
    numbers = {str(one): line.decisions[one] for one in Decision}
    return {
        "key": line.key,
        "name": line.name,
        "all": line.all,
        "selected": numbers["selected"],
        "waiting": numbers["waiting"],
        "declined": numbers["declined"],
        "undecided": line.decisions[""],
    }
