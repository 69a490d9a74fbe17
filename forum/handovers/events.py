"""What happened to handovers."""

from forum.core.events import fact


@fact
class SuccessorNamed:
    """A member is asked to take over from a colleague."""

    handover_id: int


@fact
class HandoverConfirmed:
    """The successor has taken over."""

    handover_id: int


@fact
class HandoverDeclined:
    """The successor does not."""

    handover_id: int


@fact
class HandoverWithdrawn:
    """It was taken back, or another successor was named."""

    handover_id: int
