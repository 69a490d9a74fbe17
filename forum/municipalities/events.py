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


@fact
class MunicipalityMoved:
    """A municipality is in another country than was said."""

    municipality_id: int


@fact
class MunicipalityMerged:
    """Two were one: what belonged to `municipality_id` belongs to `into_id`."""

    municipality_id: int
    into_id: int
