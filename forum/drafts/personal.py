"""What is held of a person here: what they have begun to write."""

from forum.core.personal import Held, Part
from forum.drafts.models import Draft

PART = Part(held=(Held(Draft.member_id, "drafts"),))
