"""Who may change municipalities."""

from forum.core.reader import Reader


def may_manage_municipalities(reader: Reader) -> bool:
    """Managers and admins keep the directory."""
    return reader.has_role("manager", "admin")
