"""A question is another one: its number of changes says so to pages that were away, a fact to those that watch."""

from forum.attending.events import AudienceQuestionChanged, AudienceQuestionSeconded
from forum.attending.models import AudienceQuestion
from forum.core.events import record


def changed(question: AudienceQuestion) -> None:
    """Its words, its state, its answer."""
    question.change += 1
    record(AudienceQuestionChanged(question.workshop_id, question.id))


def seconded(question: AudienceQuestion) -> None:
    """Its voices."""
    question.change += 1
    record(AudienceQuestionSeconded(question.workshop_id, question.id))
