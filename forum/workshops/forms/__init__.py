"""What a browser or a client may send to workshops."""

from forum.workshops.forms.audience import AudienceForm
from forum.workshops.forms.keeping import CancelForm, SessionForm, TalkForm, WorkshopForm

__all__ = ["AudienceForm", "CancelForm", "SessionForm", "TalkForm", "WorkshopForm"]
