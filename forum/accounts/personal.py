"""What is held of a person here: the exports and erasures that they asked for."""

from sqlalchemy import select

from forum.accounts.models import Erasure, Export
from forum.core.db import db
from forum.core.personal import Erased, Held, Merged, Part, Who
from forum.core.personal.packing import throw_away


def _throw_away(who: Who) -> None:
    for file in db.session.scalars(select(Export.file).where(Export.member_id == who.id)):
        throw_away(file)


def _throw_away_of_the_one_that_goes(_stays: Who, goes: Who) -> None:
    _throw_away(goes)


PART = Part(
    held=(
        Held(Export.member_id, "exports", without=("file",), merged=Merged.GOES),
        Held(Erasure.member_id, "erasures", erased=Erased.STAYS, merged=Merged.STAYS, without=("asked_by_id",)),
        Held(Erasure.asked_by_id, erased=Erased.STAYS, merged=Merged.STAYS, why="said in the audit log"),
    ),
    before_erasing=_throw_away,
    before_merging=_throw_away_of_the_one_that_goes,
)
