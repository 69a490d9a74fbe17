"""What is held of a person here: to which workshops they said that they come."""

from forum.core.db import db
from forum.core.personal import Held, Merged, Part, Who
from forum.registering import queries
from forum.registering.actions.answering import remove
from forum.registering.actions.places import hold
from forum.registering.models import GuestAnswer, Place, Registration

BETTER = (Place.NONE, Place.WAITING, Place.CONFIRMED)


def _leave(who: Who) -> None:
    """Their place goes to the next who waits."""
    for own in queries.of_person(who.id, who.email):
        remove(own, hold(own.workshop_id))
    db.session.flush()


def _keep_the_better(stays: Who, goes: Who) -> None:
    """Where both answered, the one that has a place stays, or else that of the account that stays."""
    kept = {own.workshop_id: own for own in queries.of_person(stays.id)}
    for other in queries.of_person(goes.id):
        own = kept.get(other.workshop_id)
        if own is not None:
            lesser = own if BETTER.index(Place(own.place)) < BETTER.index(Place(other.place)) else other
            remove(lesser, hold(own.workshop_id))
    db.session.flush()


PART = Part(
    held=(
        Held(Registration.member_id, "registrations", without=("told", "salt")),
        Held(Registration.email, "registrations", merged=Merged.STAYS, without=("told", "salt")),
        Held(GuestAnswer.email, "registrations", merged=Merged.STAYS),
    ),
    before_erasing=_leave,
    before_merging=_keep_the_better,
)
