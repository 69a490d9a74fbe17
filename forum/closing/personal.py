"""What is held of a person here: who prepared and published the record of an event and handed in its recording."""

from forum.closing.models import Closing, ClosingEdition, Recording
from forum.core.personal import Erased, Held, Part

PART = Part(
    held=(
        Held(Closing.saved_by_id, erased=Erased.STAYS, why="said in the audit log; the record is the network's"),
        Held(
            ClosingEdition.closed_by_id, erased=Erased.STAYS, why="said in the audit log; the record is the network's"
        ),
        Held(Recording.uploaded_by_id, erased=Erased.STAYS, why="said in the audit log; others speak in it"),
    )
)
