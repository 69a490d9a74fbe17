"""What the ground floor holds of a person: letters, the audit log, keys of forms."""

from collections.abc import Mapping

from sqlalchemy import and_, or_, select

from forum.core.audit import AuditEntry
from forum.core.db import db
from forum.core.mail import Letter
from forum.core.personal.parts import Erased, Held, Merged, Part, Rows, Who
from forum.core.submissions import Submission

LETTER = ("text", "html", "message_id", "error")  # the words were sent; here is what became of them


def _audit(who: Who) -> Mapping[str, Rows]:
    """What they did, and what was done to their account. Who else did it is not theirs to have."""
    about = and_(AuditEntry.subject_kind == "member", AuditEntry.subject_id == who.id)
    query = select(AuditEntry).where(or_(AuditEntry.actor_id == who.id, about)).order_by(AuditEntry.id)
    return {
        "audit": [
            {
                "at": entry.at,
                "action": entry.action,
                "by_yourself": entry.actor_id == who.id,
                "subject": entry.subject_kind,
                "subject_id": entry.subject_id,
                "details": entry.details,
            }
            for entry in db.session.scalars(query)
        ]
    }


PART = Part(
    held=(
        Held(Letter.member_id, "letters", without=LETTER),
        Held(Letter.address, "letters", without=LETTER, merged=Merged.STAYS),
        Held(
            AuditEntry.actor_id,
            erased=Erased.STAYS,
            merged=Merged.STAYS,
            why="the log is only ever added to; `more` gives out what concerns the member",
        ),
        Held(Submission.member_id, merged=Merged.GOES, why="random keys of forms, kept so that none is taken twice"),
    ),
    more=_audit,
)
