"""What happened to pads."""

from forum.core.events import fact


@fact
class PadChanged:
    """Its words are others, or the pen went to somebody else."""

    pad_id: int
