"""What is held of a person here: who prepared and published the record of an event."""

from forum.closing.models import Closing, ClosingEdition
from forum.core.personal import Erased, Held, Part

PART = Part(
    held=(
        Held(Closing.saved_by_id, erased=Erased.STAYS, why="said in the audit log; the record is the network's"),
        Held(
            ClosingEdition.closed_by_id, erased=Erased.STAYS, why="said in the audit log; the record is the network's"
        ),
    )
)
