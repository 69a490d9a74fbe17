"""What is held of a person here: the talks that they hold."""

from forum.core.personal import Erased, Held, Part
from forum.workshops.models import Speaker

PART = Part(held=(Held(Speaker.member_id, "talks", erased=Erased.STAYS),))
