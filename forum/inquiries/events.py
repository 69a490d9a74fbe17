"""What happened to surveys."""

from forum.core.events import fact


@fact
class SurveyOpened:
    """Everybody whom it is for has a letter."""

    survey_id: int
