"""Passkeys (WebAuthn): what a browser is asked, and whether its answer is right.

They are bound to the host of BASE_URL. An address that is a number can have none; outside production a machine's own
number stands beside the name localhost, and there they work.
"""

import ipaddress
import json
import logging
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import webauthn
from webauthn.helpers import bytes_to_base64url, options_to_json_dict
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    AuthenticatorTransport,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from forum.core.settings import current_settings
from forum.core.site import current_site
from forum.members.models import Passkey

log = logging.getLogger(__name__)

CHALLENGE = 32  # bytes
LONGEST = 20_000  # characters of an answer
_TRANSPORTS = {one.value for one in AuthenticatorTransport}


class WrongPasskey(Exception):
    """An answer that is not one, was not asked for, or signs something else."""


@dataclass(frozen=True)
class Made:
    """A new passkey, as far as we keep it."""

    credential_id: bytes
    public_key: bytes
    sign_count: int
    transports: str


def host() -> str | None:
    """The name that passkeys are bound to; None where there is none."""
    settings = current_settings()
    name = urlsplit(settings.base_url).hostname or ""
    try:
        number = ipaddress.ip_address(name)
    except ValueError:
        return name
    return "localhost" if number.is_loopback and settings.mode != "production" else None


def origins() -> list[str]:
    """Where answers may come from: our addresses with that name."""
    return [origin for origin in current_settings().origins if urlsplit(origin).hostname == host()]


def place(asked_host: str) -> str | None:
    """Where passkeys work: "" at the address that was asked, else the address to open; None where they cannot."""
    found = origins() if host() else []
    return "" if any(urlsplit(one).netloc == asked_host.lower() for one in found) else next(iter(found), None)


def fresh_challenge() -> bytes:
    """What the next answer must sign."""
    return secrets.token_bytes(CHALLENGE)


def wanted_new(challenge: bytes, *, handle: bytes, email: str, name: str, known: Iterable[Passkey]) -> dict[str, Any]:
    """For `navigator.credentials.create`: a passkey of somebody who has these already."""
    options = webauthn.generate_registration_options(
        rp_id=host() or "",
        rp_name=current_site().name("en"),
        user_id=handle,
        user_name=email,
        user_display_name=name,
        challenge=challenge,
        exclude_credentials=[_descriptor(one) for one in known],
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED,
            user_verification=UserVerificationRequirement.PREFERRED,
        ),
    )
    return options_to_json_dict(options)


def wanted(challenge: bytes, *, known: Iterable[Passkey] = ()) -> dict[str, Any]:
    """For `navigator.credentials.get`: one of these; without any, whichever the browser offers, and then it must have
    asked for finger, face or PIN: it stands for the password too."""
    known = list(known)
    need = UserVerificationRequirement.PREFERRED if known else UserVerificationRequirement.REQUIRED
    options = webauthn.generate_authentication_options(
        rp_id=host() or "",
        challenge=challenge,
        allow_credentials=[_descriptor(one) for one in known],
        user_verification=need,
    )
    return options_to_json_dict(options)


def _descriptor(one: Passkey) -> PublicKeyCredentialDescriptor:
    transports = [AuthenticatorTransport(name) for name in one.transports.split()]
    return PublicKeyCredentialDescriptor(id=one.credential_id, transports=transports or None)


def checked_new(answer: str, challenge: bytes) -> Made:
    """The passkey that a browser made; raises WrongPasskey."""
    said = _read(answer)
    try:
        right = webauthn.verify_registration_response(
            credential=said, expected_challenge=challenge, expected_rp_id=host() or "", expected_origin=origins()
        )
    except Exception as error:  # whatever a stranger's bytes make of three libraries, it is no passkey
        log.info("no passkey: %r", error)
        raise WrongPasskey from None
    if len(right.credential_id) > Passkey.credential_id.type.length:
        raise WrongPasskey
    named = said["response"].get("transports") if isinstance(said.get("response"), dict) else None
    known = [one for one in named if one in _TRANSPORTS] if isinstance(named, list) else []
    transports = " ".join(dict.fromkeys(known))
    return Made(right.credential_id, right.credential_public_key, right.sign_count, transports)


def credential_id_of(answer: str) -> str:
    """Which passkey an answer says that it is, as base64url; not checked yet."""
    said = _read(answer).get("rawId")
    if not isinstance(said, str):
        raise WrongPasskey
    return said.rstrip("=")


def is_called(passkey: Passkey, name: str) -> bool:
    """Is this its name in answers?"""
    return bytes_to_base64url(passkey.credential_id) == name


def checked(answer: str, challenge: bytes, passkey: Passkey, *, handle: bytes, verified: bool) -> int:
    """Its new count of signatures, if this passkey gave the answer; raises WrongPasskey. `verified`: it must have asked
    for finger, face or PIN."""
    said = _read(answer)
    try:
        right = webauthn.verify_authentication_response(
            credential=said,
            expected_challenge=challenge,
            expected_rp_id=host() or "",
            expected_origin=origins(),
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=verified,
        )
    except Exception as error:  # as above
        log.info("wrong passkey: %r", error)
        raise WrongPasskey from None
    named = said["response"].get("userHandle")
    if right.credential_id != passkey.credential_id or (named and named.rstrip("=") != bytes_to_base64url(handle)):
        raise WrongPasskey
    return right.new_sign_count


def _read(answer: str) -> dict[str, Any]:
    if len(answer) > LONGEST:
        raise WrongPasskey
    try:
        said = json.loads(answer)
    except (ValueError, RecursionError):
        raise WrongPasskey from None
    if not isinstance(said, dict):
        raise WrongPasskey
    return said
