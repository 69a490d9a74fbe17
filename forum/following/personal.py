"""What is held of a person here: what they follow."""

from forum.core.personal import Held, Part
from forum.following.models import Follow

PART = Part(held=(Held(Follow.member_id, "follows"),))
