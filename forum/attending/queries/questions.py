"""The questions of an event whose door the reader has passed. What waits or is hidden is seen by its asker and by
staff; what was taken back by nobody."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Row, Select, exists, func, select

from forum.attending import rules
from forum.attending.models import AskedState, Attendance, AudienceQuestion, QuestionVoice
from forum.core.db import db
from forum.core.errors import NotFound
from forum.core.paging import Page, page_of
from forum.core.reader import GUEST, SITE, Reader
from forum.members.models import Member
from forum.municipalities.queries import name_in, named
from forum.registering.models import Registration
from forum.topics.models import Post, Topic
from forum.topics.queries import visible_topics
from forum.workshops.models import Talk, TalkText

PAGE = 50
SOME_MODERATOR = Reader(roles=frozenset({("moderator", *SITE)}))  # nobody: what any of them sees
MOST_LIVE = 200  # the live page shows at most so many that are open, and as many that are answered


def seen_by(reader: Reader) -> ColumnElement[bool]:
    """The condition that the reader sees a question of an event that they see."""
    if rules.may_moderate(reader):
        return AudienceQuestion.state != AskedState.WITHDRAWN
    shown = AudienceQuestion.state == AskedState.SHOWN
    own = (AudienceQuestion.asker_id == (reader.id or 0)) & (AudienceQuestion.state != AskedState.WITHDRAWN)
    return shown | own


def question_rows(reader: Reader, language: str) -> Select:
    """Questions as the reader sees them. `asker` is empty where the question came with a registration; `mine` and
    `has_voice` are the reader's; `post_id` is the answering post, if the reader may read it; `later` orders."""
    town = name_in(language)
    named_asker = AudienceQuestion.with_registration.is_(False)
    voice = exists().where(
        QuestionVoice.question_id == AudienceQuestion.id, QuestionVoice.member_id == (reader.id or 0)
    )
    post = (
        select(Post.id)
        .join(Topic, Topic.id == Post.topic_id)
        .where(Post.id == AudienceQuestion.answer_post_id, visible_topics(reader))
        .correlate(AudienceQuestion)
        .scalar_subquery()
    )
    return (
        select(
            AudienceQuestion.id,
            AudienceQuestion.workshop_id,
            AudienceQuestion.asker_id,
            AudienceQuestion.registration_id,
            AudienceQuestion.talk_id,
            AudienceQuestion.words,
            AudienceQuestion.language,
            AudienceQuestion.direction,
            AudienceQuestion.state,
            AudienceQuestion.seconds,
            AudienceQuestion.created_at,
            AudienceQuestion.edited_at,
            AudienceQuestion.hidden_reason,
            AudienceQuestion.answered_at,
            AudienceQuestion.answer,
            post.label("post_id"),
            (-AudienceQuestion.id).label("later"),
            Member.id.label("member_id"),
            Member.display_name.label("asker"),
            Member.name_language.label("asker_language"),
            town.name.label("municipality"),
            TalkText.title.label("talk"),
            func.coalesce(TalkText.written_in, language).label("talk_language"),
            (AudienceQuestion.asker_id == (reader.id or 0)).label("mine"),
            voice.label("has_voice"),
        )
        .outerjoin(Member, (Member.id == AudienceQuestion.asker_id) & named_asker)
        .outerjoin(town, named(town, Member.municipality_id, language))
        .outerjoin(TalkText, (TalkText.talk_id == AudienceQuestion.talk_id) & (TalkText.language == language))
        .where(seen_by(reader))
    )


def questions_of(
    workshop_id: int,
    *,
    reader: Reader,
    language: str,
    answered: bool = False,
    cursor: str | None = None,
    size: int = PAGE,
) -> Page[Row]:
    """Those that are open, or those that are answered: by voices, then by time."""
    done = AudienceQuestion.answered_at.is_not(None)
    query = question_rows(reader, language).where(AudienceQuestion.workshop_id == workshop_id)
    later = (-AudienceQuestion.id).label("later")
    order = [AudienceQuestion.seconds, later]
    return page_of(query.where(done if answered else ~done), order, cursor=cursor, size=size, descending=True)


def get_question_row(workshop_id: int, question_id: int, *, reader: Reader, language: str) -> Row:
    """One row of `question_rows`, or NotFound."""
    query = question_rows(reader, language).where(AudienceQuestion.id == question_id)
    row = db.session.execute(query.where(AudienceQuestion.workshop_id == workshop_id)).one_or_none()
    if row is None:
        raise NotFound
    return row


def rows_for_all(question_ids: Collection[int], language: str, *, for_staff: bool) -> Sequence[Row]:
    """Those of these questions that everybody who sees the event sees, or that all moderators do: for live pages."""
    query = question_rows(SOME_MODERATOR if for_staff else GUEST, language).where(AudienceQuestion.id.in_(question_ids))
    return db.session.execute(query.order_by(AudienceQuestion.id)).all()


def get_question(workshop_id: int, question_id: int, *, reader: Reader) -> AudienceQuestion:
    """The same, for who changes it; others wait meanwhile."""
    query = select(AudienceQuestion).where(
        AudienceQuestion.id == question_id, AudienceQuestion.workshop_id == workshop_id, seen_by(reader)
    )
    question = db.session.scalar(query.with_for_update().execution_options(populate_existing=True))
    if question is None:
        raise NotFound
    return question


def of_registration(registration_id: int) -> Sequence[AudienceQuestion]:
    """Those that came with a registration, the first first."""
    query = select(AudienceQuestion).where(AudienceQuestion.registration_id == registration_id)
    return db.session.scalars(query.order_by(AudienceQuestion.id)).all()


def find_left_behind(registration: Registration, words: str) -> AudienceQuestion | None:
    """What the same member asked in these words with an earlier registration, which is gone."""
    if registration.member_id is None:
        return None
    query = select(AudienceQuestion).where(
        AudienceQuestion.with_registration,
        AudienceQuestion.registration_id.is_(None),
        AudienceQuestion.workshop_id == registration.workshop_id,
        AudienceQuestion.asker_id == registration.member_id,
        AudienceQuestion.words == words,
        AudienceQuestion.state != AskedState.WITHDRAWN,
    )
    return db.session.scalars(query.order_by(AudienceQuestion.id)).first()


def unanswered_of(workshop_id: int) -> Sequence[AudienceQuestion]:
    """Those that everybody saw and nobody answered, by voices, then by time: for what becomes of them after it."""
    query = select(AudienceQuestion).where(
        AudienceQuestion.workshop_id == workshop_id,
        AudienceQuestion.state == AskedState.SHOWN,
        AudienceQuestion.answered_at.is_(None),
    )
    return db.session.scalars(query.order_by(AudienceQuestion.seconds.desc(), AudienceQuestion.id)).all()


def talks_to_ask(workshop_id: int, language: str) -> Sequence[Row]:
    """(id, title) of the talks that a question may go to, in order."""
    query = select(Talk.id, TalkText.title).join(
        TalkText, (TalkText.talk_id == Talk.id) & (TalkText.language == language)
    )
    return db.session.execute(query.where(Talk.workshop_id == workshop_id).order_by(Talk.position)).all()


def version_of(workshop_id: int) -> str:
    """Another one as soon as anything of its questions or of who is here is: what a page that was away asks."""
    asked = select(func.coalesce(func.sum(AudienceQuestion.change), 0), func.count())
    asked = asked.where(AudienceQuestion.workshop_id == workshop_id)
    here = select(func.count()).where(Attendance.workshop_id == workshop_id).scalar_subquery()
    changes, number, here_now = db.session.execute(asked.add_columns(here)).one()
    return f"{changes}-{number}-{here_now}"
