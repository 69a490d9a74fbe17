"""What happened to spaces."""

from forum.core.events import fact


@fact
class SpaceOpened:
    """There is a new space."""

    space_id: int


@fact
class SpaceJoined:
    """A member may see a space from now on."""

    space_id: int
    member_id: int


@fact
class SpaceLeft:
    """A member may not see a space any more."""

    space_id: int
    member_id: int


@fact
class SpaceChanged:
    """A space is open to other people than before."""

    space_id: int


@fact
class SpaceAsked:
    """A member asks to belong to a space."""

    space_id: int
    member_id: int


@fact
class SpaceRequestEnded:
    """A member's request is decided or withdrawn."""

    space_id: int
    member_id: int


@fact
class SpaceDeclined:
    """A member's request was declined."""

    space_id: int
    member_id: int


@fact
class MemberLetIn:
    """A manager let a member into a space: the member is told."""

    space_id: int
    member_id: int
