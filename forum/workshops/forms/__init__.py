"""What a browser or a client may send to workshops."""

from forum.workshops.forms.audience import AudienceForm
from forum.workshops.forms.keeping import CancelForm, SessionForm, TalkForm, WorkshopForm
from forum.workshops.forms.materials import MaterialForm, MaterialJson

__all__ = ["AudienceForm", "CancelForm", "MaterialForm", "MaterialJson", "SessionForm", "TalkForm", "WorkshopForm"]
