"""Every write to closings."""

from forum.closing.actions.publishing import close, reopen
from forum.closing.actions.recordings import hand_in, remove_recording, store_recording
from forum.closing.actions.saving import save_draft
from forum.closing.actions.telling import tell_guests
from forum.closing.actions.withdrawing import show_edition, withdraw_edition

__all__ = [
    "close",
    "hand_in",
    "remove_recording",
    "reopen",
    "save_draft",
    "show_edition",
    "store_recording",
    "tell_guests",
    "withdraw_edition",
]
