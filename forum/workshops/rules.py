"""Who may do what with workshops; who may see one is asked of its space."""

from forum.core.reader import Reader


def may_manage_workshops(reader: Reader) -> bool:
    """Managers and admins announce them."""
    return reader.has_role("manager", "admin")
