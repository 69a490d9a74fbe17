"""What letters and calendars say of a workshop."""

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from sqlalchemy import Row

from forum.core.calendars import Happening
from forum.core.languages import gettext as _
from forum.core.mail import address_of
from forum.core.settings import current_settings


def happenings(workshop: Row, sessions: Sequence[Row]) -> Iterator[Happening]:
    """What stands in a calendar, in the language that is spoken: its sessions, or the whole where it has none."""
    base = current_settings().base_url
    address = address_of("workshops.show", workshop_id=workshop.id)
    for session in sessions or (None,):
        what, when = (f"session-{session.id}", session) if session else (f"workshop-{workshop.id}", workshop)
        yield Happening(
            uid=f"{what}@{urlsplit(base).hostname}",
            starts_at=when.starts_at,
            ends_at=when.ends_at,
            summary=f"{session.title} · {workshop.title}" if session else workshop.title,
            description=f"{workshop.summary}\n\n{address}",
            place=_("Online") if workshop.is_online else workshop.place,
            url=address,
            revision=workshop.revision,
            changed_at=workshop.changed_at,
            is_cancelled=workshop.cancelled_at is not None,
        )
