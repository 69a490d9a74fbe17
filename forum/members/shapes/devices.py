"""Devices as JSON."""

from typing import TypedDict

from forum.core.api import Instant, moment
from forum.members.models import SignInSession, SignInWay


class DeviceShape(TypedDict):
    """Where somebody is signed in; `here` is the device that asks."""

    id: int
    browser: str | None
    system: str | None
    signed_in_at: Instant
    seen_at: Instant
    way: SignInWay
    here: bool


def device_shape(session: SignInSession, *, browser: str | None, system: str | None, here: bool) -> DeviceShape:
    """An open session."""
    return {
        "id": session.id,
        "browser": browser,
        "system": system,
        "signed_in_at": moment(session.created_at),
        "seen_at": moment(session.seen_at),
        "way": session.way,
        "here": here,
    }
