"""The answers to what is held. What is approved becomes a post of its author, now, with the next number."""

from sqlalchemy import select, update

from forum.core import audit, clock
from forum.core.db import db
from forum.core.errors import Conflict, Forbidden, Invalid, NotFound, Refused
from forum.core.events import record
from forum.core.languages import clean_body
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.drafts.actions import keep_draft
from forum.drafts.models import DraftKind
from forum.drafts.queries import find_draft
from forum.holding.events import HeldPostDecided
from forum.holding.models import LONGEST_ANSWER, HeldPost, HeldState
from forum.members.queries import reader_for
from forum.moderation import rules
from forum.topics import actions as topics
from forum.topics.actions import Done
from forum.topics.models import Post
from forum.topics.queries import get_topic
from forum.workshops import actions as workshops
from forum.workshops.queries import get_workshop


def approve(held: HeldPost, *, by: Reader) -> int:
    """It becomes a post, as if its author had written it now; the post's id. Raises Conflict when it cannot any more:
    a topic was closed, its author may no longer read it."""
    _check(held, by)
    _end(held, HeldState.APPROVED, by)
    try:
        done = _publish(held, reader_for(held.author_id))
    except (NotFound, Forbidden):
        raise Conflict(_("The author may not write there any more. Decline it, with a word why.")) from None
    except Refused as refused:
        why = next(iter(refused.fields.values()), refused.message)
        raise Conflict(_("It cannot be published any more: %(why)s", why=why)) from None
    if held.topic_id is None:
        held.topic_id = done.id
        held.post_id = db.session.scalar(select(Post.id).where(Post.topic_id == done.id).order_by(Post.id).limit(1))
    else:
        held.post_id = done.id
    _tell(held, "held post approved", by)
    return held.post_id or 0


def _publish(held: HeldPost, author: Reader) -> Done:
    texts = {"author": author, "words": held.words, "language": held.chosen or None, "seen_by_moderator": True}
    if held.topic_id is not None:
        topic = get_topic(held.topic_id, reader=author)
        return topics.reply(topic, reply_to=held.reply_to, **texts)
    more = {"title": held.title, "themes": held.themes, "tags": held.tags, "kind": held.kind or None}
    if held.workshop_id is not None:
        workshop = get_workshop(held.workshop_id, reader=author, language=author.language or "en")
        return workshops.start_topic(workshop, **texts, **more)
    return topics.start_topic(space_id=held.space_id, **texts, **more)


def decline(held: HeldPost, *, by: Reader, reason: str) -> None:
    """Nobody will see it; its author is told why, and keeps the words."""
    _check(held, by)
    reason = clean_body(reason)
    if not 1 <= len(reason) <= LONGEST_ANSWER:
        raise Invalid(fields={"reason": _("Please give a reason, in at most 500 characters: the author reads it.")})
    held.reason = reason
    _end(held, HeldState.DECLINED, by)
    _tell(held, "held post declined", by)


def withdraw(held: HeldPost, *, by: Reader) -> None:
    """Its author takes it back; the words are a draft again, unless another one was begun there."""
    if not rules.is_own(by, held):
        raise Forbidden
    _end(held, HeldState.WITHDRAWN, by)
    record(HeldPostDecided(held.id))
    kind, subject_id = _draft_of(held)
    if find_draft(by.member_id, kind, subject_id) is None:
        keep_draft(
            by.member_id,
            kind,
            subject_id,
            words=held.words,
            title=held.title,
            language=held.chosen,
            reply_to=held.reply_to,
            themes=held.themes,
            tags=held.tags,
            topic_kind=held.kind,
        )


def _draft_of(held: HeldPost) -> tuple[DraftKind, int]:
    if held.topic_id is not None:
        return DraftKind.TOPIC, held.topic_id
    return (DraftKind.WORKSHOP, held.workshop_id) if held.workshop_id else (DraftKind.SPACE, held.space_id)


def _check(held: HeldPost, by: Reader) -> None:
    """Nobody approves what they wrote themselves."""
    if not rules.may_moderate(by) or rules.is_own(by, held):
        raise Forbidden


def _end(held: HeldPost, state: HeldState, by: Reader) -> None:
    """Of two moderators who answer at once one is told."""
    waiting = (HeldPost.id == held.id, HeldPost.state == HeldState.WAITING)
    said = {"state": state, "decided_at": clock.now(), "decided_by_id": by.member_id, "reason": held.reason}
    ended = update(HeldPost).where(*waiting).values(**said).returning(HeldPost.id)
    with db.session.no_autoflush:
        found = db.session.scalar(ended.execution_options(synchronize_session=False))
    if found is None:
        raise Conflict(_("This has been answered or taken back in the meantime."))
    db.session.refresh(held)


def _tell(held: HeldPost, what: str, by: Reader) -> None:
    db.session.flush()
    record(HeldPostDecided(held.id))
    audit.note(what, actor_id=by.id, subject=("held post", held.id), author=held.author_id)
