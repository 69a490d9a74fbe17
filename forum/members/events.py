"""What happened to members."""

from forum.core.events import fact


@fact
class MemberAdded:
    """Somebody became a member."""

    member_id: int


@fact
class MemberRenamed:
    """A member is called otherwise, or moved to another municipality."""

    member_id: int


@fact
class ProfileChanged:
    """A member says something else of themselves: position, words, offers, needs, contacts."""

    member_id: int


@fact
class MemberSuspended:
    """A member may no longer sign in."""

    member_id: int


@fact
class MemberReinstated:
    """A member who was suspended may sign in again."""

    member_id: int


@fact
class SessionEnded:
    """A device was signed out."""

    session_id: int


@fact
class LinkRenewed:
    """Somebody asked for a new letter in the place of one whose link is too old."""

    token_id: int


@fact
class RoleTaken:
    """A member may do less than before."""

    member_id: int


@fact
class MemberErased:
    """A member is no more; their posts stand under what they were."""

    member_id: int


@fact
class MemberMerged:
    """A member goes on as another account of theirs."""

    member_id: int
    into_id: int
