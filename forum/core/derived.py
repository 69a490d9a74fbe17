"""Secrets that stand in no table: made from the site's key and a random salt. Who reads the database alone learns
no token of a letter that waits; another SECRET_KEY voids them all."""

import base64
import hashlib
import hmac
import secrets

from flask import current_app

SALT = 16  # bytes: 128 random bits


def fresh_salt() -> bytes:
    """A new salt, to be kept in a row."""
    return secrets.token_bytes(SALT)


def secret_of(salt: bytes, *, purpose: str) -> bytes:
    """The 32 bytes that belong to this salt and purpose."""
    key = current_app.config["SETTINGS"].secret_key.encode()
    return hmac.digest(key, b"derived\0" + purpose.encode() + b"\0" + salt, hashlib.sha256)


def token_of(salt: bytes, *, purpose: str = "letter") -> str:
    """The token that a letter (or what else it is for) with this salt carries: 43 letters, digits, - and _."""
    return base64.urlsafe_b64encode(secret_of(salt, purpose=purpose)).rstrip(b"=").decode()
