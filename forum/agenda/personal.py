"""What is held of a person here: what they asked for, and the voices that they gave for their municipality."""

from forum.agenda.models import AgendaRequest, RequestVoice
from forum.core.personal import Erased, Held, Part

DECIDED = ("decided_by_id", "answer", "link", "workshop_id", "merged_into_id", "html")

PART = Part(
    held=(
        Held(AgendaRequest.asker_id, "requests", erased=Erased.STAYS, without=DECIDED),
        Held(AgendaRequest.decided_by_id, erased=Erased.STAYS, why="said in the audit log; the row is about another"),
        Held(RequestVoice.member_id, "request_voices", erased=Erased.STAYS),
    )
)
