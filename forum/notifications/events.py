"""What happened to notices."""

from forum.core.events import fact


@fact
class NoticeTaken:
    """A notice is no news any more: what it told of was taken back before it was read."""

    notice_id: int
    member_id: int


@fact
class NoticeAdded:
    """A member has news behind the bell."""

    notice_id: int
    member_id: int
