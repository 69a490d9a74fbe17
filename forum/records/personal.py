"""What is held of a person here: corrections that they proposed."""

from forum.core.personal import Erased, Held, Part
from forum.records.models import Correction, Record

PART = Part(
    held=(
        Held(Record.uploaded_by_id, erased=Erased.STAYS, why="said in the audit log; the words are of others"),
        Held(Correction.proposer_id, "corrections", without=("decided_by_id",)),
        Held(Correction.decided_by_id, erased=Erased.STAYS, why="said in the audit log; the row is about another"),
    )
)
