"""What is held of a person here: from whom they took over, and who took over from them."""

from forum.core.personal import Erased, Held, Part
from forum.handovers.models import Handover

PART = Part(
    held=(
        Held(Handover.leaver_id, "handovers", without=("named_by_id",)),
        Held(Handover.successor_id, "handovers_taken", without=("named_by_id", "drafts")),
        Held(Handover.named_by_id, erased=Erased.STAYS, why="said in the audit log; the row is about somebody else"),
    )
)
