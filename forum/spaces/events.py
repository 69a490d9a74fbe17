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
