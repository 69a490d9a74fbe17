"""Codes of the second step: those that an app shows for half a minute (TOTP, RFC 6238), and those kept on paper."""

import base64
import hashlib
import re
import secrets

import pyotp
import segno

from forum.core import clock
from forum.core.derived import secret_of
from forum.core.languages import to_latin_digits
from forum.core.site import current_site

LIFE = 30  # seconds that a code is shown
AROUND = 1  # codes before and after the present one that are taken too: clocks differ, and typing takes time
RECOVERY_CODES = 10
RECOVERY_DIGITS = 20  # 66 bits: nobody finds one by trying, not even who has the table of their hashes

_SECRET = 20  # bytes (RFC 4226, section 4, R6)
_CODE = re.compile("[0-9]{6}")
_SPACES = re.compile(r"[\s\u200e\u200f\u2066-\u2069-]+")


def plain(typed: str) -> str:
    """What somebody typed or pasted: digits of any script, without spaces, dashes and signs of direction."""
    return _SPACES.sub("", to_latin_digits(typed))


def _app(salt: bytes) -> pyotp.TOTP:
    return pyotp.TOTP(base64.b32encode(secret_of(salt, purpose="totp")[:_SECRET]).decode(), interval=LIFE)


def step_of(salt: bytes, typed: str) -> int | None:
    """The step (half minutes since 1970) whose code this is, of those that are taken now."""
    code, now = plain(typed), int(clock.now().timestamp()) // LIFE
    app = _app(salt)
    if not _CODE.fullmatch(code):
        return None
    steps = range(now - AROUND, now + AROUND + 1)
    return max((step for step in steps if secrets.compare_digest(code, app.generate_otp(step))), default=None)


def key_of(salt: bytes) -> str:
    """The key to type into an app that cannot look at the picture: groups of four letters."""
    return " ".join(re.findall(".{1,4}", _app(salt).secret))


def address_of(salt: bytes, *, email: str) -> str:
    """What the picture says: otpauth://totp/… ."""
    return _app(salt).provisioning_uri(name=email, issuer_name=current_site().name("en").replace(":", " "))


def picture_of(address: str) -> str:
    """The QR code as SVG to stand in a page: no script, no style, nothing fetched."""
    made = segno.make(address, error="m", micro=False)
    return made.svg_inline(scale=4, border=4, dark="#000", light="#fff", svgclass="qr", lineclass=None, omitsize=True)


def fresh_recovery_codes() -> list[str]:
    """Ten codes, as they are shown: five groups of four digits."""
    every = [f"{secrets.randbelow(10**RECOVERY_DIGITS):0{RECOVERY_DIGITS}}" for _n in range(RECOVERY_CODES)]
    return [" ".join(re.findall("....", code)) for code in every]


def recovery_hash(typed: str, *, member_id: int) -> bytes:
    """How a recovery code is kept. Not made with the site's key: the codes outlive another one."""
    return hashlib.sha256(f"recovery:{member_id}:{plain(typed)}".encode()).digest()
