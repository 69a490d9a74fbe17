"""A reviewer gives points and says why."""

from collections.abc import Mapping

from sqlalchemy import delete

from forum.applying import queries, rules
from forum.applying.models import LONGEST_NOTE, Candidacy, Score
from forum.core import clock
from forum.core.db import db
from forum.core.errors import Conflict, Invalid, NotFound
from forum.core.languages import clean_body
from forum.core.languages import gettext as _
from forum.core.reader import Reader


def give_review(candidacy: Candidacy, scores: Mapping[int, int | None], *, note: str = "", by: Reader) -> None:
    """Points for each criterion ({criterion id: points}), and a note. It can be given anew until everybody is told."""
    call = queries.hold_call(candidacy.workshop_id)
    review = queries.find_review(candidacy.id, by.member_id)
    if review is None or not rules.may_review(by, candidacy):
        raise NotFound
    if call.told_at is not None:
        raise Conflict(_("Everybody has been told; reviews stay as they are."))
    wrong: dict[str, str] = {}
    note = clean_body(note)
    if len(note) > LONGEST_NOTE:
        wrong["note"] = _("At most %(num)s characters.", num=LONGEST_NOTE)
    criteria = queries.criteria_of(candidacy.workshop_id, "en")
    given = {one.id: scores.get(one.id) for one in criteria}
    if any(given[one.id] is None or not 0 <= (given[one.id] or 0) <= one.most for one in criteria):
        wrong["points"] = _("Give points for each criterion, from 0 to the most that it has.")
    if wrong:
        raise Invalid(fields=wrong)
    db.session.execute(delete(Score).where(Score.review_id == review.id))
    db.session.add_all(Score(review_id=review.id, criterion_id=one.id, points=given[one.id]) for one in criteria)
    review.note, review.given_at = note, clock.now()
    db.session.flush()
