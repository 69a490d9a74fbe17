"""Whose photo is seen."""

from sqlalchemy import exists
from sqlalchemy.sql import ColumnElement

from forum.core.reader import Reader
from forum.members.models import Member, MemberState


def sees_photo(_reader: Reader, member_id: ColumnElement[int]) -> ColumnElement[bool]:
    """For the door of files: everybody sees the photo of a member who is still one, as they see the name."""
    return exists().where(Member.id == member_id, Member.state != MemberState.ERASED)
