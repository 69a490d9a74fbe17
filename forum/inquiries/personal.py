"""What is held of a person here: surveys that they made, and that they were invited. Their answers are held by
questionnaires."""

from forum.core.personal import Erased, Held, Part
from forum.inquiries.models import Survey, SurveyInvitation

PART = Part(
    held=(
        Held(Survey.made_by_id, "surveys", erased=Erased.STAYS),
        Held(SurveyInvitation.member_id, "survey_invitations"),
    )
)
