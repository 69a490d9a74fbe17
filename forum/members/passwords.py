"""Passwords: argon2id, checked off the event loop, with the same work for an unknown address as for a known one."""

import secrets
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from forum.core.errors import Invalid
from forum.core.languages import fold
from forum.core.languages import gettext as _
from forum.core.loop import off_the_loop

SHORTEST, LONGEST = 8, 128  # characters (OWASP ASVS 5.0, 6.2)
DEMONSTRATION = "demonstration"  # of the invented accounts; the sign-in page of a demonstration says it

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)  # OWASP password storage: 19 MiB, t=2, p=1
_nobody = _hasher.hash("nobody has this password")


def check_password(password: str, *, email: str = "") -> None:
    """Raise Invalid for one that is too short, too long, or among the first that a guesser tries."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise Invalid(fields={"password": _("A password has 8 to 128 characters.")})
    folded, name = fold(password), fold(email.partition("@")[0])
    if folded in _common() or len(set(folded)) < 4 or folded in (fold(email), name):
        raise Invalid(
            fields={"password": _("Many people use this password, so it is guessed first. Take another one.")}
        )


@cache
def _common() -> frozenset[str]:
    return frozenset(map(fold, (Path(__file__).parent / "common.txt").read_text("utf-8").split()))


def hash_password(password: str) -> str:
    """The hash to keep."""
    return str(off_the_loop(_hasher.hash, password))


def unguessable() -> str:
    """The hash of a password that nobody has: until a member chooses one, as long to check as any other."""
    return hash_password(secrets.token_urlsafe(32))


def is_right_password(password: str, kept: str | None) -> bool:
    """Is it? For an unknown member (`kept` None) the same work is done and the answer is no."""
    if len(password) > LONGEST:
        password = password[:LONGEST] + "…"  # bounded work, and never right
    return bool(off_the_loop(_verify, kept or _nobody, password)) and kept is not None


def is_outdated(kept: str) -> bool:
    """Was it hashed with weaker settings than today's?"""
    return _hasher.check_needs_rehash(kept)


def _verify(kept: str, password: str) -> bool:
    try:
        return _hasher.verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False
