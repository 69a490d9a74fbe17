"""Every write to drafts: kept as often as the page says, forgotten in the transaction that sends the words."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, delete, func, select

from forum.core import clock
from forum.core.db import Id, db, insert, run
from forum.core.errors import Invalid
from forum.core.languages import LANGUAGES
from forum.core.languages import gettext as _
from forum.core.text import MAX_WORDS
from forum.drafts.models import LONGEST_LINE, LONGEST_TITLE, MOST_DRAFTS, MOST_LABELS, Draft, DraftKind


def keep_draft(
    member_id: int,
    kind: DraftKind,
    subject_id: int,
    *,
    words: str,
    title: str = "",
    language: str = "",
    reply_to: int | None = None,
    version: int | None = None,
    themes: Sequence[int] = (),
    tags: Sequence[str] = (),
    topic_kind: str = "",
    reason: str = "",
) -> None:
    """What is written so far takes the place of what was kept before; nothing written keeps nothing."""
    if not any(text.strip() for text in (words, title, *tags)):
        forget_draft(member_id, kind, subject_id)
        return
    if len(words) > MAX_WORDS:
        raise Invalid(fields={"words": _("A post has at most %(num)s characters.", num=MAX_WORDS)})
    if len(title) > LONGEST_TITLE:
        raise Invalid(fields={"title": _("A title has at most %(num)s characters.", num=LONGEST_TITLE)})
    if language and language not in LANGUAGES:
        raise Invalid(fields={"language": _("Choose one of the four languages.")})
    others = (Draft.subject_kind != kind) | (Draft.subject_id != subject_id)
    if db.session.scalar(select(func.count()).where(Draft.member_id == member_id, others)) >= MOST_DRAFTS:
        raise Invalid(_("You keep %(num)s drafts already. Send or delete some first.", num=MOST_DRAFTS))
    said: dict[str, Any] = {
        "title": title,
        "words": words,
        "language": language,
        "reply_to": reply_to,
        "version": version,
    }
    said |= {"themes": list(themes)[:MOST_LABELS], "tags": [tag[:LONGEST_LINE] for tag in tags][:MOST_LABELS]}
    said |= {"kind": topic_kind[:10], "reason": reason[:LONGEST_LINE], "saved_at": clock.now()}
    row = insert(Draft).values(member_id=member_id, subject_kind=kind, subject_id=subject_id, **said)
    db.session.execute(row.on_conflict_do_update(index_elements=["member_id", "subject_kind", "subject_id"], set_=said))


_forget = delete(Draft).where(
    Draft.member_id == bindparam("member_id", type_=Id),
    Draft.subject_kind == bindparam("kind"),
    Draft.subject_id == bindparam("subject_id", type_=Id),
)


def forget_draft(member_id: int, kind: DraftKind, subject_id: int) -> None:
    """The words were sent, or are not wanted; twice does no harm."""
    run(_forget, member_id=member_id, kind=kind, subject_id=subject_id)
