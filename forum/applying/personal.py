"""What is held of a person here: their applications, with what was decided once they are told, and their reviews."""

from sqlalchemy import select

from forum.applying import queries
from forum.applying.models import Call, CallReviewer, Candidacy, CandidacyDecision, Decision, Review, Score
from forum.core.db import db
from forum.core.personal import Erased, Held, Part, Rows, Who
from forum.questionnaires.actions import remove_sheet
from forum.questionnaires.queries import find_questionnaire, find_sheet

BETTER = (None, Decision.DECLINED, Decision.WAITING, Decision.SELECTED)


def _more(who: Who) -> dict[str, Rows]:
    """Decisions that they were told, and the points that they gave as reviewers."""
    told = (
        select(Candidacy.workshop_id, CandidacyDecision.decision, Call.told_at)
        .join(Call, Call.workshop_id == Candidacy.workshop_id)
        .join(CandidacyDecision, CandidacyDecision.candidacy_id == Candidacy.id)
        .where(Candidacy.member_id == who.id, Call.told_at.is_not(None), Candidacy.withdrawn_at.is_(None))
    )
    points = (
        select(Score.review_id, Score.criterion_id, Score.points)
        .join(Review, Review.id == Score.review_id)
        .where(Review.reviewer_id == who.id)
    )
    return {
        "event_application_decisions": [dict(row) for row in db.session.execute(told).mappings()],
        "review_points": [dict(row) for row in db.session.execute(points).mappings()],
    }


def _keep_the_better(stays: Who, goes: Who) -> None:
    """Where both applied, the application that has more of a place stays, or else that of the account that stays."""
    kept, others = queries.decisions_of_member(stays.id), queries.decisions_of_member(goes.id)
    for workshop_id, decision in others.items():
        own = queries.find_candidacy(workshop_id, stays.id)
        if own is not None and BETTER.index(decision) > BETTER.index(kept.get(workshop_id)):
            asked = find_questionnaire(queries.SUBJECT, workshop_id)
            if asked is not None and (sheet := find_sheet(asked.id, stays.id)) is not None:
                remove_sheet(sheet)  # so that the answers of the other one stay
            db.session.delete(own)
    db.session.flush()


def _take_answers_along(who: Who) -> None:
    """What was answered in applying goes with the application."""
    for sheet in queries.sheets_of_member(who.id):
        remove_sheet(sheet)


PART = Part(
    held=(
        Held(Candidacy.member_id, "event_applications", without=("letter_at",)),
        Held(CandidacyDecision.decided_by_id, erased=Erased.EMPTIED, why="the row is about another"),
        Held(CallReviewer.member_id, "reviewers_of_calls"),
        Held(Review.reviewer_id, "reviews", erased=Erased.STAYS),
    ),
    more=_more,
    before_erasing=_take_answers_along,
    before_merging=_keep_the_better,
)
