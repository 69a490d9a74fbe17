"""Every read of notices. A notice of a topic that its owner may not see any more is not there."""

from sqlalchemy import Row, Select, bindparam, exists, func, or_, select
from sqlalchemy.sql import ColumnElement

from forum.agenda.models import AgendaRequest
from forum.core.db import Id, run
from forum.core.paging import Page, page_of
from forum.core.reader import Reader
from forum.holding.models import HeldPost
from forum.inquiries.models import Survey, SurveyText
from forum.members.models import Member
from forum.notifications.models import Notice
from forum.spaces.models import Space, SpaceName
from forum.spaces.queries import known_to, visible_to
from forum.topics.models import Post, Topic
from forum.topics.queries import visible_topics
from forum.workshops.models import Workshop, WorkshopText

PAGE = 30


def unread_count(member_id: ColumnElement[int]) -> ColumnElement[int]:
    """How many notices wait, as a column for the reader's one statement. A notice goes with its reader's access:
    see `actions.forget_hidden`."""
    return select(func.count()).where(Notice.member_id == member_id, Notice.read_at.is_(None)).scalar_subquery()


def _concerns(reader: Reader) -> ColumnElement[bool]:
    """A notice of what is no topic and no space; of what is held or asked for, where they may read it."""
    kind, subject = Notice.subject_kind, Notice.subject_id
    seen = or_(HeldPost.author_id == reader.id, visible_to(reader, HeldPost.space_id))
    return or_(
        kind == "handover",
        (kind == "held") & exists().where(HeldPost.id == subject, seen),
        (kind == "request") & visible_to(reader, AgendaRequest.space_id),
        (kind == "workshop") & visible_to(reader, Workshop.space_id),
        (kind == "survey") & exists().where(Survey.id == subject, visible_to(reader, Survey.space_id)),
    )


def notice_rows(reader: Reader, language: str) -> Select:
    """A reader's notices with what their lines say; the names of spaces come in this language."""
    author = func.coalesce(Post.author_id, Notice.actor_id)
    return (
        select(
            Notice.id,
            Notice.kind,
            Notice.count,
            Notice.first_number,
            Notice.updated_at,
            Notice.read_at,
            Topic.id.label("topic_id"),
            Topic.title,
            Topic.language,
            Topic.direction,
            Topic.slug,
            Post.number,
            Post.id.label("post_id"),
            Member.display_name.label("author"),
            Member.name_language.label("author_language"),
            Notice.space_id,
            SpaceName.name.label("space"),
            Notice.subject_kind,
            Notice.subject_id,
            func.coalesce(AgendaRequest.title, WorkshopText.title, SurveyText.title).label("asked"),
            func.coalesce(AgendaRequest.language, WorkshopText.written_in, SurveyText.written_in, language).label(
                "asked_language"
            ),
        )
        .outerjoin(Topic, Topic.id == Notice.topic_id)
        .outerjoin(Post, Post.id == Notice.last_post_id)
        .outerjoin(Space, Space.id == Notice.space_id)
        .outerjoin(SpaceName, (SpaceName.space_id == Notice.space_id) & (SpaceName.language == language))
        .outerjoin(AgendaRequest, (Notice.subject_kind == "request") & (AgendaRequest.id == Notice.subject_id))
        .outerjoin(Workshop, (Notice.subject_kind == "workshop") & (Workshop.id == Notice.subject_id))
        .outerjoin(WorkshopText, (WorkshopText.workshop_id == Workshop.id) & (WorkshopText.language == language))
        .outerjoin(
            SurveyText,
            (Notice.subject_kind == "survey")
            & (SurveyText.survey_id == Notice.subject_id)
            & (SurveyText.language == language),
        )
        .join(Member, Member.id == author)
        .where(Notice.member_id == reader.id)
        .where(or_(visible_topics(reader), known_to(reader) & Space.id.is_not(None), _concerns(reader)))
    )


def notices_of(reader: Reader, language: str, *, cursor: str | None = None) -> Page[Row]:
    """What the reader was told, the newest first."""
    return page_of(
        notice_rows(reader, language), [Notice.updated_at, Notice.id], cursor=cursor, size=PAGE, descending=True
    )


_unread = select(func.count()).where(Notice.member_id == bindparam("member_id", type_=Id), Notice.read_at.is_(None))


def count_unread(member_id: int) -> int:
    """How many notices wait for a member."""
    return run(_unread, member_id=member_id).scalar_one()
