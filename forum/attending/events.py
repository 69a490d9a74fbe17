"""What happened at events."""

from forum.core.events import fact


@fact
class AudienceQuestionChanged:
    """It was asked, put otherwise, answered, hidden, shown or taken back."""

    workshop_id: int
    question_id: int


@fact
class AudienceQuestionSeconded:
    """It has another number of voices."""

    workshop_id: int
    question_id: int


@fact
class AttendanceChanged:
    """Somebody came, or was taken off the list."""

    workshop_id: int
