"""What an address of the API takes and answers, said where the function stands that does it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from forum.core.web import SAFE

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Description:
    """What `gives` was told."""

    answer: Any
    status: int
    takes: Any
    query: Any
    guests: bool | None
    refuses: Mapping[int, Any] = field(default_factory=dict)
    if_match: bool = False

    def lets_guests(self, method: str) -> bool:
        """Can one ask without an account? If nobody said: read yes, change no."""
        return method in SAFE if self.guests is None else self.guests


def gives(
    answer: Any,
    status: int | None = None,
    *,
    takes: Any = None,
    query: Any = None,
    guests: bool | None = None,
    refuses: Mapping[int, Any] | None = None,
    if_match: bool = False,
) -> Callable[[View], View]:
    """Stands between the route and the function, whose docstring says the rest.

    `answer` is the type of the JSON: a TypedDict of shapes.py, `PageOf[…]` or `AllOf[…]` of core/api; None for 204; a
    media type such as "text/csv" for what is no JSON. `takes` is the form that reads the body (its fields become the
    document's; a form with a FileField is multipart) or a TypedDict; `query` a Filter or {name: type}. `guests` says
    whether one can ask without an account, if not as usual: reading yes, changing no. `refuses` are {status: type} of
    refusals that say more than others do, `if_match` that the version seen must be named.
    """
    described = Description(
        answer, status or (204 if answer is None else 200), takes, query, guests, refuses or {}, if_match
    )

    def describe(view: View) -> View:
        view.description = described  # type: ignore[attr-defined]
        return view

    return describe
