"""Who may do what with handovers."""

from forum.core.reader import Reader
from forum.handovers.models import Handover
from forum.members.rules import may_leave_office


def may_hand_over(reader: Reader, leaver_id: int) -> bool:
    """Who goes, and for whom cannot do it any more the managers: the same who may say that they have gone."""
    return may_leave_office(reader, leaver_id)


def may_see_handover(reader: Reader, handover: Handover) -> bool:
    """The two whom it is about, and managers."""
    return may_hand_over(reader, handover.leaver_id) or reader.id == handover.successor_id


def may_decide(reader: Reader, handover: Handover) -> bool:
    """The successor alone: nobody is made to take over."""
    return reader.is_authenticated and reader.id == handover.successor_id
