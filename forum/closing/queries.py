"""Every read of closings. Whether one sees the event is asked before, at its door."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, and_, func, select

from forum.attending.models import Attendance, AudienceQuestion
from forum.attending.queries import unanswered_of
from forum.closing.models import ClosedQuestion, Closing, ClosingEdition, Recording
from forum.closing.rules import may_close, reads_all
from forum.core.db import db
from forum.core.errors import NotFound
from forum.core.languages import LANGUAGES
from forum.core.reader import GUEST, Reader
from forum.members.models import Member
from forum.municipalities.models import Municipality
from forum.registering.models import Registration
from forum.spaces.models import Space
from forum.spaces.queries import visible_to
from forum.topics.models import Post, PostState, Topic
from forum.topics.queries import visible_topics
from forum.workshops.models import Workshop


@dataclass(frozen=True)
class Draft:
    """What is prepared: `said` is what the form holds; `edition` 0 has never been published."""

    said: dict[str, Any]
    version: int = 0
    edition: int = 0
    saved_at: Any = None
    saver: str | None = None
    saver_language: str | None = None
    is_told: bool = False


def draft_of(workshop_id: int) -> Draft:
    """For who manages the event."""
    query = (
        select(Closing, Member.display_name, Member.name_language)
        .outerjoin(Member, Member.id == Closing.saved_by_id)
        .where(Closing.workshop_id == workshop_id)
    )
    row = db.session.execute(query.execution_options(populate_existing=True)).one_or_none()
    if row is None:
        return Draft({})
    one, name, language = row
    return Draft(one.draft, one.version, one.edition, one.saved_at, name, language, one.told_at is not None)


def find_record(workshop_id: int) -> ClosingEdition | None:
    """What was published last."""
    query = select(ClosingEdition).where(ClosingEdition.workshop_id == workshop_id)
    return db.session.scalar(query.order_by(ClosingEdition.number.desc()).limit(1))


def find_recording(workshop_id: int) -> Recording | None:
    """The one that the event's record shows, as long as it is published; who sees the event may hear it."""
    return next((one for one in recordings_of(workshop_id) if one.published_at is not None), None)


def recording_of(edition: ClosingEdition) -> Recording | None:
    """The one that this edition shows, if it is still there."""
    shown = edition.content.get("recording_file")
    found = find_recording(edition.workshop_id) if shown else None
    return found if found is not None and found.id == shown else None


def recordings_of(workshop_id: int) -> Sequence[Recording]:
    """For who closes the event: what was handed in last, then what the record shows, if that is another."""
    query = select(Recording).where(Recording.workshop_id == workshop_id, Recording.removed_at.is_(None))
    return db.session.scalars(query.order_by(Recording.id.desc()).execution_options(populate_existing=True)).all()


def get_recording(recording_id: int, *, reader: Reader) -> Row:
    """Recording and whether anybody may have it (`is_public`), or NotFound: who sees the event hears what its record
    shows, and who may close it also what is not published yet."""
    shown = and_(Recording.published_at.is_not(None), Workshop.closed_at.is_not(None))
    query = (
        select(Recording, and_(shown, visible_to(GUEST, Workshop.space_id)).label("is_public"))
        .join(Workshop, Workshop.id == Recording.workshop_id)
        .where(Recording.id == recording_id, Recording.removed_at.is_(None), visible_to(reader, Workshop.space_id))
    )
    row = db.session.execute(query if may_close(reader) else query.where(shown)).one_or_none()
    if row is None:
        raise NotFound
    return row


def editions_of(workshop_id: int) -> Sequence[Row]:
    """Each publication: number, when, by whom, whether it is out of sight; the last first."""
    known = (ClosingEdition.number, ClosingEdition.closed_at, ClosingEdition.withdrawn_at)
    query = (
        select(*known, ClosingEdition.closed_by_id)
        .add_columns(Member.display_name.label("closer"), Member.name_language.label("closer_language"))
        .join(Member, Member.id == ClosingEdition.closed_by_id)
        .where(ClosingEdition.workshop_id == workshop_id)
    )
    return db.session.execute(query.order_by(ClosingEdition.number.desc())).all()


def get_edition(workshop_id: int, number: int, *, withdrawn: bool) -> tuple[ClosingEdition, ClosingEdition | None]:
    """One with the one that followed it, if any; or NotFound. `withdrawn`: those that are out of sight, too."""
    query = select(ClosingEdition).where(ClosingEdition.workshop_id == workshop_id, ClosingEdition.number >= number)
    if not withdrawn:
        query = query.where(ClosingEdition.withdrawn_at.is_(None))
    found = db.session.scalars(query.order_by(ClosingEdition.number).limit(2)).all()
    if not found or found[0].number != number:
        raise NotFound
    return found[0], found[1] if len(found) > 1 else None


@dataclass(frozen=True)
class Change:
    """What stands otherwise in a later edition: a part (`summary`, `recommendations`, `objective` in words, `outcome`,
    `attendance`, `recording`), of which objective, in which language."""

    part: str
    before: str
    after: str
    language: str | None = None
    objective: int | None = None


def changes(before: ClosingEdition, after: ClosingEdition) -> list[Change]:
    """What another edition says otherwise, in the order of the page."""
    (old, new), found = (before.content, after.content), []
    for part in ("summary", "recommendations"):
        for one in LANGUAGES:
            texts = [side[part].get(one, {}).get("words", "") for side in (old, new)]
            found.append(Change(part, *texts, language=one))
    for id in sorted({*old["objectives"], *new["objectives"]}, key=int):
        said = [side["objectives"].get(id, {"outcome": "", "words": {}}) for side in (old, new)]
        found.append(Change("outcome", *(one["outcome"] for one in said), objective=int(id)))
        for lang in LANGUAGES:
            found.append(Change("objective", *(one["words"].get(lang, "") for one in said), lang, int(id)))
    for part, name in (("attendance", "attendance"), ("recording", "recording_link")):
        found.append(Change(part, *(str(side[name] or "") for side in (old, new))))
    return [one for one in found if one.before != one.after]


def posts_for(post_ids: Collection[int], *, reader: Reader) -> dict[int, Row]:
    """{id: number, title, language, direction} of those that are in sight and that the reader may read."""
    if not post_ids:
        return {}
    query = (
        select(Post.id, Post.number, Topic.title, Topic.language, Topic.direction)
        .join(Topic, Topic.id == Post.topic_id)
        .where(Post.id.in_(post_ids), Post.state == PostState.SHOWN, visible_topics(reader))
    )
    return {row.id: row for row in db.session.execute(query)}


def all_may_read(post_id: int, *, own_space: tuple[int, str]) -> bool:
    """Do all who see the event read this post?"""
    query = select(Space.id, Space.kind).join(Topic, Topic.space_id == Space.id).join(Post, Post.topic_id == Topic.id)
    found = db.session.execute(query.where(Post.id == post_id)).one_or_none()
    return found is not None and reads_all((found.id, found.kind), own_space)


def attendance_of(workshop_id: int) -> tuple[int, int]:
    """(how many came, from how many countries), as far as the list knows."""
    country = func.coalesce(Municipality.country, func.nullif(Registration.country, ""))
    query = (
        select(func.count(Attendance.id), func.count(country.distinct()))
        .outerjoin(Registration, Registration.id == Attendance.registration_id)
        .outerjoin(Member, Member.id == Attendance.member_id)
        .outerjoin(Municipality, Municipality.id == Member.municipality_id)
        .where(Attendance.workshop_id == workshop_id)
    )
    people, countries = db.session.execute(query).one()
    return people, countries


def open_questions(workshop_id: int) -> Sequence[AudienceQuestion]:
    """Those that nobody answered and that have not become a topic."""
    questions = unanswered_of(workshop_id)
    done = topics_of_questions([one.id for one in questions])
    return [one for one in questions if one.id not in done]


def topics_of_questions(question_ids: Collection[int]) -> dict[int, int]:
    """{question: topic} of those that have become one."""
    query = select(ClosedQuestion).where(ClosedQuestion.question_id.in_(question_ids))
    return {row.question_id: row.topic_id for row in db.session.scalars(query)}
