"""The second step of signing in as JSON."""

from typing import NotRequired, TypedDict

from forum.core.api import Instant, RefusalShape, moment
from forum.members.models import Passkey
from forum.members.queries.second_step import Steps


class PasskeyShape(TypedDict):
    """A passkey as its owner knows it."""

    id: int
    name: str
    created_at: Instant
    used_at: Instant | None


class SecondStepShape(TypedDict):
    """What the member has set up; `needed`: their role asks for it, `recovery_codes`: how many are left."""

    on: bool
    needed: bool
    app: bool
    recovery_codes: int
    passkeys: list[PasskeyShape]


class NewAppShape(TypedDict):
    """A secret for an app: the key to type, and the address that a QR code would say."""

    key: str
    address: str


class RecoveryCodesShape(TypedDict):
    """Recovery codes, said this once."""

    recovery_codes: list[str]


class SecondStepRefusalShape(RefusalShape):
    """The code is `second_step` where the password is right and not enough: `ways` are the fields that may come too."""

    ways: NotRequired[list[str]]


class SecondStepErrorShape(TypedDict):
    """A refusal to sign in."""

    error: SecondStepRefusalShape


def passkey_shape(passkey: Passkey) -> PasskeyShape:
    """Of a row."""
    moments = {"created_at": moment(passkey.created_at), "used_at": moment(passkey.used_at)}
    return {"id": passkey.id, "name": passkey.name, **moments}


def second_step_shape(steps: Steps, *, must: bool) -> SecondStepShape:
    """Of what is set up; `must`: the role asks for it."""
    return {
        "on": steps.is_on,
        "needed": must,
        "app": steps.has_app,
        "recovery_codes": steps.recovery_codes,
        "passkeys": [passkey_shape(one) for one in steps.passkeys],
    }
