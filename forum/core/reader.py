"""Who is asking: a guest or a member, with what every rule and every page needs to know, read in one statement."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

STAFF = frozenset({"moderator", "manager", "admin"})
SITE = ("site", 0)  # the scope of a role that holds everywhere


@dataclass(frozen=True, slots=True)
class Reader:
    """The person behind a request, a socket, a letter. `id` is None for guests.

    `roles` are (role, scope kind, scope id); `brought` is what wiring has the reader's statement bring along.
    The four `is_…` and `get_id` are what Flask-Login asks of a user.
    """

    id: int | None = None
    session_id: int | None = None
    name: str = ""
    language: str | None = None
    digits: str = "latn"
    zone: str | None = None
    region: str | None = None
    saves_data: bool = False
    shortcuts: bool = True
    photo_id: int | None = None
    municipality_id: int | None = None
    roles: frozenset[tuple[str, str, int]] = frozenset()
    csrf: str = ""
    seen_at: datetime | None = None
    joined_at: datetime | None = None
    owes_second_step: bool = False  # their roles are not in force until they have signed in with one
    brought: dict[str, Any] = field(default_factory=dict)

    @property
    def is_authenticated(self) -> bool:
        """Is this a member, signed in?"""
        return self.id is not None

    is_active = is_authenticated

    @property
    def is_anonymous(self) -> bool:
        """Is this a guest?"""
        return self.id is None

    @property
    def member_id(self) -> int:
        """The id of a reader who is known to be a member; a guest here is a mistake of the caller."""
        if self.id is None:
            raise ValueError("a guest has no id")
        return self.id

    def get_id(self) -> str | None:
        """The member's id as text."""
        return None if self.id is None else str(self.id)

    def has_role(self, *roles: str, scope: tuple[str, int] = SITE) -> bool:
        """Does the reader hold one of these roles, on the whole site or in this scope?"""
        return any(role in roles and (kind, id) in (SITE, scope) for role, kind, id in self.roles)

    @property
    def is_staff(self) -> bool:
        """Does the reader moderate or manage the site?"""
        return self.has_role(*STAFF)


GUEST = Reader()
