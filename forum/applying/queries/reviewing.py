"""Reviews: a reviewer's own, and both for those who may read them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, select

from forum.applying.models import Candidacy, Review, Score
from forum.applying.queries.applicants import applicant_rows
from forum.core.db import db
from forum.core.paging import Page, page_of
from forum.core.reader import Reader
from forum.members.models import Member

PAGE = 50


@dataclass(frozen=True)
class Given:
    """What a reviewer says of an application; `scores` are {criterion id: points}."""

    reviewer_id: int
    name: str
    name_language: str
    given_at: datetime | None
    note: str
    scores: dict[int, int] = field(default_factory=dict)


def reviewed_rows(workshop_id: int, reader: Reader, language: str) -> Select[Any]:
    """The applications that the reader looks at: who and where from, what they say, and whether the review is given.
    Neither gender nor a decision is among the columns; those of the reader's own municipality are left out."""
    more = (Review.id.label("review_id"), Review.given_at, Review.note)
    return (
        applicant_rows(workshop_id, language, *more)
        .join(Review, (Review.candidacy_id == Candidacy.id) & (Review.reviewer_id == (reader.id or 0)))
        .where(Candidacy.member_id != (reader.id or 0), Candidacy.municipality_id != (reader.municipality_id or 0))
    )


def reviewed(workshop_id: int, reader: Reader, language: str, *, cursor: str | None = None) -> Page[Row]:
    """In the order in which they came."""
    return page_of(reviewed_rows(workshop_id, reader, language), [Candidacy.id], cursor=cursor, size=PAGE)


def find_reviewed(workshop_id: int, candidacy_id: int, reader: Reader, language: str) -> Row | None:
    """One that the reader looks at."""
    query = reviewed_rows(workshop_id, reader, language).where(Candidacy.id == candidacy_id)
    return db.session.execute(query).one_or_none()


def count_left(workshop_id: int, reader: Reader) -> tuple[int, int]:
    """(how many the reader looks at, how many of them are still to do)."""
    rows = reviewed_rows(workshop_id, reader, "en").subquery()
    query = select(func.count().label("all"), func.count(rows.c.given_at).label("given")).select_from(rows)
    row = db.session.execute(query).one()
    return row.all, row.all - row.given


def find_review(candidacy_id: int, reviewer_id: int) -> Review | None:
    """The review that this reviewer gives, or is to give."""
    query = select(Review).where(Review.candidacy_id == candidacy_id, Review.reviewer_id == reviewer_id)
    return db.session.scalar(query.execution_options(populate_existing=True))


def reviews_of(candidacy_id: int) -> Sequence[Given]:
    """All, with the points, the first that was given first."""
    query = (
        select(Review, Member.display_name, Member.name_language)
        .join(Member, Member.id == Review.reviewer_id)
        .where(Review.candidacy_id == candidacy_id)
    )
    scores: dict[int, dict[int, int]] = defaultdict(dict)
    points = select(Score).join(Review, Review.id == Score.review_id).where(Review.candidacy_id == candidacy_id)
    for one in db.session.scalars(points.execution_options(populate_existing=True)):
        scores[one.review_id][one.criterion_id] = one.points
    rows = db.session.execute(query.order_by(Review.given_at.is_(None), Review.given_at, Review.id))
    return [
        Given(review.reviewer_id, name, language, review.given_at, review.note, scores[review.id])
        for review, name, language in rows
    ]


def seen_reviews(candidacy_id: int, reader: Reader) -> list[Given]:
    """Those that the reader may read now: none but their own as long as theirs is still to come."""
    found = reviews_of(candidacy_id)
    if any(one.reviewer_id == reader.id and one.given_at is None for one in found):
        return []
    return [one for one in found if one.given_at is not None]
