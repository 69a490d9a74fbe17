"""Who may do what at the moderators' desk."""

from forum.core.reader import Reader
from forum.holding.models import HeldPost


def may_moderate(reader: Reader) -> bool:
    """Moderators and above; of what is held they see what stands in spaces that they may read."""
    return reader.is_staff


def is_own(reader: Reader, held: HeldPost) -> bool:
    """Did the reader write it?"""
    return reader.is_authenticated and held.author_id == reader.id
