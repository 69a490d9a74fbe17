"""Pages of members: signing in and out, the directory and profiles, settings, your devices, keys."""

from forum.members.views import (
    devices,
    directory,
    keys,
    letters,
    office,
    photo,
    profile,
    resetting,
    securing,
    settings,
    signing,
    suspending,
    writing,
)
from forum.members.views.blueprint import pages

__all__ = [
    "devices",
    "directory",
    "keys",
    "letters",
    "office",
    "pages",
    "photo",
    "profile",
    "resetting",
    "securing",
    "settings",
    "signing",
    "suspending",
    "writing",
]
