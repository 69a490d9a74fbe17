"""What is held of a person here: the talks that they hold, and the address of their own calendar."""

from sqlalchemy import select, update

from forum.core.db import db
from forum.core.personal import Erased, Held, Merged, Part, Who
from forum.workshops.models import CalendarAddress, Speaker, SpeakerText


def _forget_office(who: Who) -> None:
    """The talk was held, for an organisation; by whom the programme no longer says."""
    talks = select(Speaker.id).where(Speaker.member_id == who.id)
    db.session.execute(update(SpeakerText).where(SpeakerText.speaker_id.in_(talks)).values(name="", role=""))


PART = Part(
    held=(
        Held(Speaker.member_id, "talks", erased=Erased.STAYS),
        Held(CalendarAddress.member_id, "calendar_address", merged=Merged.GOES),
    ),
    before_erasing=_forget_office,
)
