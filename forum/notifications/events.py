"""What happened to notices."""

from forum.core.events import fact


@fact
class NoticeAdded:
    """A member has news behind the bell."""

    notice_id: int
    member_id: int
