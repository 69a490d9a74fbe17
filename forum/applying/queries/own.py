"""A member's own application, and what became of it: the one place where who is no manager meets a decision."""

from dataclasses import dataclass

from sqlalchemy import select

from forum.applying.models import Call, Candidacy, CandidacyDecision, Decision
from forum.core.db import db
from forum.core.reader import Reader
from forum.registering.models import Place
from forum.registering.queries import Standing, standing_of


@dataclass(frozen=True)
class Outcome:
    """What holds for an applicant once everybody is told; `standing` is their place at the event."""

    decision: Decision
    standing: Standing

    @property
    def has_place(self) -> bool:
        """Do they take part, selected at once or come in from the waiting list?"""
        return self.standing.place == Place.CONFIRMED

    @property
    def waits(self) -> bool:
        """Are they on the waiting list?"""
        return self.standing.place == Place.WAITING


def find_candidacy(workshop_id: int, member_id: int | None) -> Candidacy | None:
    """The member's application; one that was withdrawn too."""
    if member_id is None:
        return None
    query = select(Candidacy).where(Candidacy.workshop_id == workshop_id, Candidacy.member_id == member_id)
    return db.session.scalar(query.execution_options(populate_existing=True))


def find_decision(candidacy_id: int) -> CandidacyDecision | None:
    """What managers think of it; for managers, and behind `Call.told_at`."""
    return db.session.get(CandidacyDecision, candidacy_id, populate_existing=True)


def outcome_of(call: Call, own: Candidacy | None, reader: Reader) -> Outcome | None:
    """What became of the reader's own application; None as long as not everybody is told, whatever is decided."""
    if call.told_at is None or own is None or own.member_id != reader.id or own.withdrawn_at is not None:
        return None
    decided = find_decision(own.id)
    if decided is None:
        return None
    return Outcome(Decision(decided.decision), standing_of(call.workshop_id, reader))
