"""Who looks at which application: two each, as evenly as can be, never at one of the own municipality."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import delete, select

from forum.applying import mailings, queries
from forum.applying.models import REVIEWS_EACH, Call, Candidacy, Review
from forum.core import clock
from forum.core.db import db
from forum.members.models import Member
from forum.spaces.queries import who_may_read
from forum.workshops.models import Workshop


def close_calls() -> None:
    """Clock: whose moment has come is closed, and its reviewers get their applications."""
    query = select(Call).where(Call.closes_at <= clock.now(), Call.assigned_at.is_(None), Call.told_at.is_(None))
    query = query.order_by(Call.workshop_id).with_for_update(skip_locked=True)
    for call in db.session.scalars(query.execution_options(populate_existing=True)).all():
        hand_out(call)


def hand_out(call: Call) -> None:
    """It is closed: its reviewers get their applications."""
    call.assigned_at = clock.now()
    assign(call)


def assign(call: Call) -> None:
    """Give every application that has fewer than two reviewers the rest, and tell who got something to do."""
    workshop = db.session.get_one(Workshop, call.workshop_id)
    towns = {row.id: row.municipality_id for row in queries.reviewers_of(call.workshop_id)}
    reviewers = who_may_read(workshop.space_id, towns)
    found = select(Candidacy).where(Candidacy.workshop_id == call.workshop_id, Candidacy.withdrawn_at.is_(None))
    candidacies = db.session.scalars(found.order_by(Candidacy.id)).all()
    has: dict[int, set[int]] = {one.id: set() for one in candidacies}
    of_call = select(Candidacy.id).where(Candidacy.workshop_id == call.workshop_id)
    for review in db.session.scalars(select(Review).where(Review.candidacy_id.in_(of_call))):
        if review.candidacy_id in has:
            has[review.candidacy_id].add(review.reviewer_id)
    may = {
        one.id: [id for id in reviewers if id != one.member_id and towns[id] != one.municipality_id]
        for one in candidacies
    }
    added = shared_out(may, has)
    now = clock.now()
    for candidacy_id, reviewer_id in added:
        db.session.add(Review(candidacy_id=candidacy_id, reviewer_id=reviewer_id, assigned_at=now, note=""))
    db.session.flush()
    for reviewer_id in sorted({reviewer for _candidacy, reviewer in added}):
        number = sum(reviewer == reviewer_id for _candidacy, reviewer in added)
        mailings.to_review(db.session.get_one(Member, reviewer_id), workshop, number)


def shared_out(may: dict[int, list[int]], has: dict[int, set[int]]) -> list[tuple[int, int]]:
    """[(application, reviewer)] to add, where `may` says who may look at which and `has` who does. The application
    with the fewest who may comes first, and of those the one with the least to do gets it; then what can be moved from
    one with two more to one with fewer is moved, until nothing can."""
    load: dict[int, int] = defaultdict(int)
    for reviewers in has.values():
        for one in reviewers:
            load[one] += 1
    added: dict[int, set[int]] = {}
    for candidacy in sorted(may, key=lambda id: (len(may[id]), id)):
        free = [one for one in may[candidacy] if one not in has[candidacy]]
        missing = max(0, REVIEWS_EACH - len(has[candidacy]))
        added[candidacy] = set(sorted(free, key=lambda one: (load[one], one))[:missing])
        for one in added[candidacy]:
            load[one] += 1
    while move := _better(may, has, added, load):
        candidacy, giver, taker = move
        added[candidacy] = added[candidacy] - {giver} | {taker}
        load[giver], load[taker] = load[giver] - 1, load[taker] + 1
    return [(candidacy, one) for candidacy in sorted(added) for one in sorted(added[candidacy])]


def _better(
    may: dict[int, list[int]], has: dict[int, set[int]], added: dict[int, set[int]], load: dict[int, int]
) -> tuple[int, int, int] | None:
    """(application, who gives it away, who takes it), where that makes it more even."""
    for candidacy, reviewers in added.items():
        for giver in sorted(reviewers):
            for taker in may[candidacy]:
                if taker not in reviewers and taker not in has[candidacy] and load[giver] - load[taker] > 1:
                    return candidacy, giver, taker
    return None


def drop_reviewers(call: Call, reviewer_ids: Collection[int]) -> None:
    """They look at nothing any more; what they have given stays."""
    of_call = select(Candidacy.id).where(Candidacy.workshop_id == call.workshop_id)
    theirs = Review.candidacy_id.in_(of_call), Review.reviewer_id.in_(reviewer_ids), Review.given_at.is_(None)
    db.session.execute(delete(Review).where(*theirs))
