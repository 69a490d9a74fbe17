"""Pages of members: signing in and out, the directory and profiles, settings, the second step, your devices, keys."""

from forum.members.views import (
    confirming,
    devices,
    directory,
    keys,
    letters,
    office,
    owing,
    photo,
    profile,
    resetting,
    second_step,
    securing,
    settings,
    signing,
    stepping,
    suspending,
    writing,
)
from forum.members.views.blueprint import pages

__all__ = [
    "confirming",
    "devices",
    "directory",
    "keys",
    "letters",
    "office",
    "owing",
    "pages",
    "photo",
    "profile",
    "resetting",
    "second_step",
    "securing",
    "settings",
    "signing",
    "stepping",
    "suspending",
    "writing",
]
