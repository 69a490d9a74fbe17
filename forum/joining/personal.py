"""What is held of a person here: how they came to the network, and whom they let in."""

from forum.core.personal import Erased, Held, Merged, Part
from forum.joining.models import Application, Import, ImportLine, Invitation

BY = {"erased": Erased.STAYS, "why": "said in the audit log; the row is about somebody else"}

PART = Part(
    held=(
        Held(Application.member_id, "applications", without=("decided_by",)),
        Held(Application.email, "applications", merged=Merged.STAYS),
        Held(Application.decided_by, **BY),
        Held(Invitation.member_id, "invitations", without=("invited_by",)),
        Held(Invitation.email, "invitations", merged=Merged.STAYS),
        Held(Invitation.invited_by, **BY),
        Held(ImportLine.member_id, "member_lists"),
        Held(ImportLine.email, "member_lists", merged=Merged.STAYS),
        Held(Import.by_id, **BY),
        Held(Import.letters_by_id, **BY),
    )
)
