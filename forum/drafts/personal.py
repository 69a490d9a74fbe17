"""What is held of a person here: what they have begun to write."""

from sqlalchemy import select
from sqlalchemy.orm import aliased

from forum.core.db import db
from forum.core.languages import speaking
from forum.core.personal import Held, Part, Who
from forum.core.text import MAX_WORDS, renamed
from forum.drafts.models import Draft
from forum.members.models import Member
from forum.members.queries.names import name_or_former


def _leave_quotes(who: Who) -> None:
    """Others may have begun to quote them; the composer wrote the name in front."""
    for name in [name for name in who.names if name]:
        begun = select(Draft, Member.language).join(Member, Member.id == Draft.member_id)
        for draft, language in db.session.execute(begun.where(Draft.words.contains(name, autoescape=True))):
            with speaking(language):
                draft.words = renamed(draft.words, name_or_former(""), called=name)
    db.session.flush()


def _join(stays: Who, goes: Who) -> None:
    """Where both began to write, one draft holds the words of both, as far as a post may be long."""
    other = aliased(Draft)
    same = (other.subject_kind == Draft.subject_kind) & (other.subject_id == Draft.subject_id)
    query = select(Draft, other.words).join(other, same)
    for draft, words in db.session.execute(query.where(Draft.member_id == stays.id, other.member_id == goes.id)):
        if words != draft.words:
            draft.words = f"{draft.words}\n\n{words}"[:MAX_WORDS]
    db.session.flush()


PART = Part(held=(Held(Draft.member_id, "drafts"),), before_erasing=_leave_quotes, before_merging=_join)
