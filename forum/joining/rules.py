"""Who decides who joins."""

from forum.core.reader import Reader


def may_decide(reader: Reader) -> bool:
    """Managers and admins read applications and answer them."""
    return reader.has_role("manager", "admin")


def may_invite(reader: Reader) -> bool:
    """Managers and admins invite, and see who was invited."""
    return reader.has_role("manager", "admin")


def may_import(reader: Reader) -> bool:
    """Managers and admins bring lists of members."""
    return reader.has_role("manager", "admin")
