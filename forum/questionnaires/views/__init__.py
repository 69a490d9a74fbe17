"""Pages of designers: the questions of a questionnaire, and how those who answer see them."""

from forum.questionnaires.views import designing, showing
from forum.questionnaires.views.blueprint import pages

__all__ = ["designing", "pages", "showing"]
