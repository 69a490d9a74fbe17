"""What is held of a person here: what they wrote into notes."""

from forum.core.personal import Erased, Held, Part
from forum.pads.models import Pad, PadVersion

SHARED = "the notes are of all who were there; what one wrote stands in the versions"

PART = Part(
    held=(
        Held(Pad.writer_id, erased=Erased.EMPTIED, why="only for as long as they write"),
        Held(Pad.asker_id, erased=Erased.EMPTIED, why="only for as long as they wait"),
        Held(Pad.saved_by_id, erased=Erased.STAYS, why=SHARED),
        Held(PadVersion.writer_id, "notes", erased=Erased.STAYS),
    )
)
