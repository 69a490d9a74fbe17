"""What a browser or a client may send to workshops."""

from forum.workshops.forms.audience import AudienceForm
from forum.workshops.forms.keeping import SessionForm, TalkForm, WorkshopForm

__all__ = ["AudienceForm", "SessionForm", "TalkForm", "WorkshopForm"]
