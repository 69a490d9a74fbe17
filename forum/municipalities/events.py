"""What happened to municipalities."""

from forum.core.events import fact


@fact
class MunicipalityAdded:
    """A municipality joined the network."""

    municipality_id: int


@fact
class MunicipalityRenamed:
    """A municipality has another name in some language."""

    municipality_id: int
