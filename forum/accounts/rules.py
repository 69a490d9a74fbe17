"""Who may do what with somebody else's account."""

from collections.abc import Collection

from forum.core.reader import Reader

ABOVE = frozenset({"manager", "admin"})  # only admins give these roles, so only they end or move them


def may_end_accounts(reader: Reader) -> bool:
    """Managers and admins, when it is asked of them."""
    return reader.has_role("manager", "admin")


def may_end_account(reader: Reader, roles: Collection[str]) -> bool:
    """Of a member with these roles: managers not those of managers and admins."""
    return may_end_accounts(reader) and (reader.has_role("admin") or ABOVE.isdisjoint(roles))
