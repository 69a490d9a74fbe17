"""Every write to closings."""

from forum.closing.actions.publishing import close, reopen
from forum.closing.actions.saving import save_draft
from forum.closing.actions.telling import tell_guests

__all__ = ["close", "reopen", "save_draft", "tell_guests"]
