"""What moderators do with questions: hide one, let it be seen, say that it is answered. All of it can be taken back."""

import re

from sqlalchemy import select

from forum.attending import rules
from forum.attending.actions.telling import changed
from forum.attending.models import LONGEST_ANSWER, AskedState, AudienceQuestion
from forum.core import audit, clock
from forum.core.db import db
from forum.core.errors import Conflict, Forbidden, Invalid
from forum.core.languages import LANGUAGES, clean_body, clean_line
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.core.site import own_origins
from forum.topics.actions.texts import check_reason
from forum.topics.models import Post, PostState, Topic
from forum.topics.queries import visible_topics

_BY_ID = re.compile(r"/posts/(\d{1,15})")
_BY_NUMBER = re.compile(r"/topics/(\d{1,15})(?:-[^/?#]*)?/posts/(\d{1,9})")
_IN_PAGE = re.compile(r"/topics/(\d{1,15})(?:-[^/?#]*)?(?:\?[^#]*)?#post-(\d{1,9})")


def hide(question: AudienceQuestion, *, reason: str, by: Reader) -> None:
    """Out of sight but for its asker and for staff, with the reason; hidden already, it has another reason now."""
    _check(by)
    reason = check_reason(reason)
    if not reason:
        raise Invalid(fields={"reason": _("Say why, so that its asker understands.")})
    question.state, question.hidden_reason, question.hidden_by_id = AskedState.HIDDEN, reason, by.id
    _done(question, "question hidden", by, reason=reason)


def let_in(question: AudienceQuestion, *, by: Reader) -> None:
    """Whoever sees the event sees it: one that was hidden, or that waited."""
    _check(by)
    if question.state == AskedState.SHOWN:
        return
    question.state, question.hidden_reason, question.hidden_by_id = AskedState.SHOWN, "", None
    _done(question, "question shown", by)


def answer(question: AudienceQuestion, *, words: str = "", link: str = "", by: Reader) -> None:
    """It is answered: in the room, in these few words, or by the post that the link leads to."""
    _check(by)
    if question.state != AskedState.SHOWN:
        raise Conflict(_("Let everybody see the question first."))
    wrong = {}
    if len(words := clean_body(words)) > LONGEST_ANSWER:
        wrong["words"] = _("At most %(num)s characters.", num=LONGEST_ANSWER)
    post_id = find_linked_post(link, by=by)
    if clean_line(link) and post_id is None:
        wrong["link"] = _("Give the address of a post of this forum, as the browser shows it.")
    if wrong:
        raise Invalid(fields=wrong)
    question.answered_at = question.answered_at or clock.now()
    question.answered_by_id, question.answer, question.answer_post_id = by.id, words, post_id
    _done(question, "question answered", by)


def take_answer_back(question: AudienceQuestion, *, by: Reader) -> None:
    """It waits again, with the voices that it had."""
    _check(by)
    if question.answered_at is None:
        return
    question.answered_at = question.answered_by_id = question.answer_post_id = None
    question.answer = ""
    _done(question, "question open again", by)


def own_path(link: str) -> str:
    """An address of this site without its beginning and its language; another one as it is."""
    link = clean_line(link)
    for origin in own_origins():
        link = link.removeprefix(origin)
    return re.sub(rf"^/(?:{'|'.join(LANGUAGES)})(?=/)", "", link)


def find_linked_post(link: str, *, by: Reader) -> int | None:
    """The id of the post at this address of ours, if there is one that the reader may read."""
    link = own_path(link)
    query = select(Post.id).join(Topic, Topic.id == Post.topic_id).where(visible_topics(by))
    query = query.where(Post.state == PostState.SHOWN)
    if found := _BY_ID.fullmatch(link):
        return db.session.scalar(query.where(Post.id == int(found[1])))
    if found := _BY_NUMBER.fullmatch(link) or _IN_PAGE.fullmatch(link):
        return db.session.scalar(query.where(Post.topic_id == int(found[1]), Post.number == int(found[2])))
    return None


def _check(by: Reader) -> None:
    if not rules.may_moderate(by):
        raise Forbidden


def _done(question: AudienceQuestion, what: str, by: Reader, **details: str) -> None:
    audit.note(what, actor_id=by.id, subject=("audience question", question.id), **details)
    changed(question)
