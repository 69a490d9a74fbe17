"""Forged requests are refused: a change must come from our own pages, with a right Origin and, in forms, a token."""

import base64
import hashlib
import hmac
import secrets
import time

from flask import Flask, Request, current_app

from forum.core.errors import Forbidden, NotJson, StaleForm
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.core.settings import Settings
from forum.core.uploads import is_upload

GUEST_TOKEN_AGE = 12 * 3600  # seconds that a form for guests stays good


class Forgery:
    """The tokens of one site."""

    def __init__(self, settings: Settings) -> None:
        self.key = settings.secret_key.encode()
        self.origin = settings.origin
        self.origins = settings.origins

    def token(self, reader: Reader) -> str:
        """A token for the forms of this page, masked anew each time so that compression gives nothing away."""
        secret = self._secret_of(reader, int(time.time()))
        mask = secrets.token_bytes(len(secret))
        masked = int.from_bytes(mask, "big") ^ int.from_bytes(secret, "big")
        return base64.urlsafe_b64encode(mask + masked.to_bytes(len(secret), "big")).decode()

    def is_right(self, token: str, reader: Reader) -> bool:
        """Was this token made here, for this sign-in (or for a guest, not too long ago)?"""
        try:
            raw = base64.urlsafe_b64decode(token.encode("ascii"))
        except (ValueError, UnicodeEncodeError):
            return False
        half = len(raw) // 2
        secret = bytes(a ^ b for a, b in zip(raw[:half], raw[half:], strict=False))
        at = 0 if reader.csrf else int.from_bytes(secret[:8], "big")
        if not reader.csrf and not 0 <= time.time() - at <= GUEST_TOKEN_AGE:
            return False
        return hmac.compare_digest(secret, self._secret_of(reader, at))

    def _secret_of(self, reader: Reader, at: int) -> bytes:
        """A member's token holds as long as the sign-in; a guest's carries its time."""
        if reader.csrf:
            return self._signed(b"member" + reader.csrf.encode())
        moment = at.to_bytes(8, "big")
        return moment + self._signed(b"guest" + moment)

    def _signed(self, data: bytes) -> bytes:
        return hmac.digest(self.key, b"csrf" + data, hashlib.sha256)

    def check(self, request: Request, reader: Reader, *, has_session: bool) -> None:
        """Raise Forbidden unless this change came from our own pages.

        JSON with a session's cookie needs a right Origin, and JSON it must be, or a file where one is taken; forms
        need both Origin and token.
        """
        origin = request.headers.get("Origin")
        if origin is None and request.headers.get("Sec-Fetch-Site") == "same-origin":
            origin = self.origin
        if request.path.startswith("/api/"):
            if request.content_length and request.mimetype != "application/json" and not is_upload():
                raise NotJson
            if (origin is not None or has_session) and origin not in self.origins:
                raise Forbidden(_("This did not come from our own pages."))
            return
        if origin not in self.origins:
            raise Forbidden(_("This did not come from our own pages."))
        if not self.is_right(request.headers.get("X-CSRF-Token") or request.form.get("csrf_token", ""), reader):
            raise StaleForm


def init_app(app: Flask, settings: Settings) -> Forgery:
    """Make the site's tokens."""
    app.extensions["forgery"] = made = Forgery(settings)
    return made


def current_forgery() -> Forgery:
    """The tokens of the running application."""
    forgery: Forgery = current_app.extensions["forgery"]
    return forgery
