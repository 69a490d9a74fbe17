"""A member's photo: a square in three sizes, in place of the initials wherever these stand."""

from forum.core import stamps
from forum.core.reader import Reader
from forum.core.uploads import Sent
from forum.files.actions import add_photo, drop_use, use_files
from forum.members.models import Member

PHOTO = "member"  # the kind of subject that members are to files


def set_photo(member: Member, sent: Sent, *, by: Reader) -> None:
    """Show this picture; the one before is gone. Raises Refused for what is no picture, or too large."""
    file = add_photo(sent, owner=by)
    _show(member, file.id)


def remove_photo(member: Member) -> None:
    """Show the initials again; twice does no harm."""
    if member.photo_id is not None:
        _show(member, None)


def _show(member: Member, file_id: int | None) -> None:
    if member.photo_id is not None:
        drop_use(PHOTO, member.id, member.photo_id)
    if file_id is not None:
        use_files(PHOTO, member.id, [file_id])
    member.photo_id = file_id
    member.version += 1
    stamps.bump(stamps.NAMES)
