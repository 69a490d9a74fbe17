"""What happened to applications."""

from forum.core.events import fact


@fact
class CandidacyDecided:
    """Everybody is told: this application too."""

    candidacy_id: int
