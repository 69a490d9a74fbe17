"""What happened to registrations."""

from forum.core.events import fact


@fact
class RegistrationChanged:
    """Somebody answered, was given a place, or is to join by another address."""

    registration_id: int
