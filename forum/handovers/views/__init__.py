"""Pages of handovers: naming a successor, and the successor's answer."""

from forum.handovers.views import answering, naming
from forum.handovers.views.blueprint import pages

__all__ = ["answering", "naming", "pages"]
