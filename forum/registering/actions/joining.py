"""Joining by a letter. Its address is the person's own and asks to which e-mail address the letter came: so a letter
that is passed on lets nobody else in, and nobody needs a password minutes before it begins."""

from datetime import timedelta

from forum.core import limits
from forum.core.mail import clean_address
from forum.registering import queries
from forum.registering.models import Registration

WINDOW = timedelta(hours=1)
PER_PAIR, PER_PERSON, PER_ADDRESS = 10, 100, 60  # wrong e-mail addresses in one window


def is_theirs(registration: Registration, email: str, *, address: str) -> bool:
    """Did their letter go to this e-mail address? Raises TooMany for who guesses, before anything is compared."""
    limits.refuse_above(PER_PAIR, f"join:{registration.id}:{address}", window=WINDOW)
    limits.refuse_above(PER_PERSON, f"join:{registration.id}", window=WINDOW)
    limits.refuse_above(PER_ADDRESS, f"join:{address}", window=WINDOW)
    known = queries.address_of(registration)
    return bool(known) and clean_address(email) == clean_address(known)


def note_wrong_address(registration: Registration, *, address: str) -> None:
    """Count one that was not theirs."""
    for name in (f"join:{registration.id}:{address}", f"join:{registration.id}", f"join:{address}"):
        limits.count(name, window=WINDOW)
