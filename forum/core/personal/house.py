"""What the ground floor holds of a person: letters, the audit log, keys of forms."""

from collections.abc import Mapping
from typing import Any

from markupsafe import escape
from sqlalchemy import and_, delete, or_, select

from forum.core.audit import AuditEntry
from forum.core.db import db
from forum.core.languages import gettext as _
from forum.core.languages import speaking
from forum.core.limits import Counter
from forum.core.mail import Letter, LetterState, defanged, isolated
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


def _forget(who: Who) -> None:
    _forget_in_letters(who)
    _forget_in_log(who)
    db.session.execute(delete(Counter).where(Counter.name.contains(who.email, autoescape=True)))


def _forget_in_letters(who: Who) -> None:
    """Letters to others no longer say who it was, those that wait neither; what they wrote and is not sent, goes."""
    unsent = Letter.sender_id == who.id, Letter.state != LetterState.SENT
    db.session.execute(delete(Letter).where(*unsent))
    named = [isolated(defanged(name)) for name in who.names if name]
    said = or_(*(Letter.text.contains(words, autoescape=True) for words in (who.email, *named)))
    for letter in db.session.scalars(select(Letter).where(said, Letter.address != who.email)):
        with speaking(letter.language):
            former = isolated(_("a former member"))
        for words in named:
            letter.subject = letter.subject.replace(words, former)
            letter.text = letter.text.replace(words, former)
            letter.html = letter.html.replace(str(escape(words)), former)
        letter.text, letter.html = letter.text.replace(who.email, "…"), letter.html.replace(who.email, "…")
    db.session.flush()


def _forget_in_log(who: Who) -> None:
    """Entries stay, with the number of the account: what was done by whom. Their network addresses go, and their name
    where somebody wrote it into a reason."""
    about = and_(AuditEntry.subject_kind == "member", AuditEntry.subject_id == who.id)
    for entry in db.session.scalars(select(AuditEntry).where(or_(AuditEntry.actor_id == who.id, about))):
        kept = {name: _without(value, who) for name, value in entry.details.items() if name != "address"}
        if kept != entry.details:
            entry.details = kept
    db.session.flush()


def _without(value: Any, who: Who) -> Any:
    if isinstance(value, str):
        for words in (who.email, *who.names):
            value = value.replace(words, "…") if words else value
    return value


PART = Part(
    held=(
        Held(Letter.member_id, "letters", without=LETTER),
        Held(Letter.address, "letters", without=LETTER, merged=Merged.STAYS),
        Held(
            Letter.sender_id,
            "letters_written",
            erased=Erased.EMPTIED,
            without=(*LETTER, "address", "member_id", "token_salt"),
        ),
        Held(
            AuditEntry.actor_id,
            erased=Erased.STAYS,
            merged=Merged.STAYS,
            why="the log is only ever added to; `more` gives out what concerns the member",
        ),
        Held(Submission.member_id, merged=Merged.GOES, why="random keys of forms, kept so that none is taken twice"),
    ),
    more=_audit,
    before_erasing=_forget,
)
