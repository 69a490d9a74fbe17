"""What is held of a person here: the talks that they hold."""

from sqlalchemy import select, update

from forum.core.db import db
from forum.core.personal import Erased, Held, Part, Who
from forum.workshops.models import Speaker, SpeakerText


def _forget_office(who: Who) -> None:
    """The talk was held, for an organisation; by whom the programme no longer says."""
    talks = select(Speaker.id).where(Speaker.member_id == who.id)
    db.session.execute(update(SpeakerText).where(SpeakerText.speaker_id.in_(talks)).values(name="", role=""))


PART = Part(held=(Held(Speaker.member_id, "talks", erased=Erased.STAYS),), before_erasing=_forget_office)
