"""Questions: a topic asks one or no longer, an answer is accepted or no longer. Twice does no harm."""

from collections.abc import Sequence

from sqlalchemy import delete, select, update

from forum.core import audit, clock
from forum.core.db import db, insert
from forum.core.errors import Forbidden, Invalid
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.topics import rules
from forum.topics.actions.counting import change_head, count_change, member_id_of
from forum.topics.models import AcceptedAnswer, Post, QuestionState, Topic, TopicKind
from forum.topics.queries import TopicSeen


def check_kind(kind: str | None) -> TopicKind:
    """A discussion unless it is said; raises Invalid."""
    if (kind or TopicKind.DISCUSSION) not in list(TopicKind):
        raise Invalid(fields={"kind": _("A topic is a discussion or a question.")})
    return TopicKind(kind or TopicKind.DISCUSSION)


def accept_answer(topic: TopicSeen, post: Post, *, by: Reader) -> None:
    """This post answers the question; it takes the place of the one that was accepted before."""
    _check(topic, post, by)
    if topic.accepted_id == post.id:
        return
    change = count_change(topic.id)  # takes the topic's lock: what was accepted meanwhile is seen
    _mark_changed(topic)
    said = {"post_id": post.id, "accepted_by_id": member_id_of(by), "accepted_at": clock.now(), "rests": False}
    row = insert(AcceptedAnswer).values(topic_id=topic.id, **said)
    db.session.execute(row.on_conflict_do_update(index_elements=["topic_id"], set_=said))
    post.change = change
    _note("answer accepted", topic, post, by)
    change_head(topic.id, question=QuestionState.ANSWERED)


def withdraw_answer(topic: TopicSeen, post: Post, *, by: Reader) -> None:
    """It does not, and the question is open again."""
    _check(topic, post, by)
    if topic.accepted_id == post.id:
        _note("answer withdrawn", topic, post, by)
        reopen_question(topic)


def reopen_question(topic: TopicSeen) -> None:
    """No answer is accepted any more."""
    if topic.accepted_id is not None:
        _mark_changed(topic)
        db.session.execute(delete(AcceptedAnswer).where(AcceptedAnswer.topic_id == topic.id))
        change_head(topic.id, question=QuestionState.OPEN)


def rest_answer(topic: TopicSeen, post: Post) -> None:
    """The accepted answer goes out of sight: nothing answers the question meanwhile."""
    if post.id == topic.accepted_id:
        db.session.execute(update(AcceptedAnswer).where(AcceptedAnswer.topic_id == topic.id).values(rests=True))
        change_head(topic.id, question=QuestionState.OPEN)


def wake_answer(topic: TopicSeen, post: Post) -> None:
    """It comes back, and answers again unless another one does."""
    back = update(AcceptedAnswer).where(AcceptedAnswer.post_id == post.id, AcceptedAnswer.rests).values(rests=False)
    if topic.question is not None and db.session.execute(back).rowcount:  # type: ignore[attr-defined]
        change_head(topic.id, question=QuestionState.ANSWERED)


def _mark_changed(topic: TopicSeen) -> None:
    """The post that was the accepted one shows it no more."""
    before = select(AcceptedAnswer.post_id).where(AcceptedAnswer.topic_id == topic.id)
    changed = update(Post).where(Post.id.in_(before)).values(change=count_change(topic.id))
    db.session.execute(changed.execution_options(synchronize_session="fetch"))


def _check(topic: TopicSeen, post: Post, by: Reader) -> None:
    if not rules.may_accept(by, topic):
        raise Forbidden
    if not rules.can_answer(topic, post):
        raise Invalid(_("Only a reply to a question can be its answer."))


def _note(what: str, topic: TopicSeen, post: Post, by: Reader) -> None:
    """A moderator who decides for the asker leaves a trace."""
    if by.id not in (topic.author_id, topic.keeper_id):
        audit.note(what, actor_id=by.id, subject=("post", post.id))


def keep_questions(topic_ids: Sequence[int], *, keeper_id: int) -> None:
    """This member took them over, and may say which answers settle them; who asked still may."""
    for topic_id in topic_ids:
        db.session.execute(
            update(Topic)
            .where(Topic.id == topic_id)
            .values(keeper_id=keeper_id)
            .execution_options(synchronize_session=False)
        )
