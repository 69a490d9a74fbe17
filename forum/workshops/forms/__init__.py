"""What a browser or a client may send to workshops."""

from forum.workshops.forms.keeping import SessionForm, TalkForm, WorkshopForm
from forum.workshops.forms.topics import AudienceForm, TopicForm

__all__ = ["AudienceForm", "SessionForm", "TalkForm", "TopicForm", "WorkshopForm"]
