"""Applications as managers see them, with the points that reviewers gave and with decisions."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Integer, Row, Select, case, cast, func, select

from forum.applying.models import Candidacy, CandidacyDecision, Decision, Review, Score
from forum.applying.queries.applicants import applicant_rows
from forum.core.db import db
from forum.core.errors import NotFound
from forum.core.paging import Page, page_of
from forum.core.reader import Reader
from forum.registering.models import Registration

PAGE = 50
NO_POINTS = -1


def candidacy_rows(workshop_id: int, reader: Reader, language: str) -> Select[Any]:
    """Applications of a call that were not withdrawn. `points` are the mean of what was given, in hundredths of the
    reviews' sum, or NO_POINTS; also where the reader's own review of it is still to come: nobody sees the other's
    before. `place` is that of the registration, once everybody is told."""
    own = select(Review.id).where(
        Review.candidacy_id == Candidacy.id, Review.reviewer_id == (reader.id or 0), Review.given_at.is_(None)
    )
    of_it = (Review.candidacy_id == Candidacy.id, Review.given_at.is_not(None))
    given = select(func.count()).where(*of_it).scalar_subquery()
    assigned = select(func.count()).where(Review.candidacy_id == Candidacy.id).scalar_subquery()
    total = select(func.sum(Score.points)).join(Review, Review.id == Score.review_id).where(*of_it).scalar_subquery()
    mean = cast(func.coalesce(total * 100 / func.nullif(given, 0), NO_POINTS), Integer)
    more = (
        Candidacy.gender,
        Candidacy.theme_id,
        Candidacy.created_at,
        Candidacy.confirmed_at,
        assigned.label("assigned"),
        given.label("given"),
        case((own.exists(), NO_POINTS), else_=mean).label("points"),
        CandidacyDecision.decision,
        CandidacyDecision.rank,
        Registration.id.label("registration_id"),
        Registration.place,
    )
    place = (Registration.workshop_id == Candidacy.workshop_id) & (Registration.member_id == Candidacy.member_id)
    return (
        applicant_rows(workshop_id, language, *more)
        .outerjoin(CandidacyDecision, CandidacyDecision.candidacy_id == Candidacy.id)
        .outerjoin(Registration, place)
    )


def candidacies(workshop_id: int, reader: Reader, language: str, *, cursor: str | None = None) -> Page[Row]:
    """The most points first."""
    query = candidacy_rows(workshop_id, reader, language)
    points = query.selected_columns.points
    return page_of(query, [points, Candidacy.id], cursor=cursor, size=PAGE, descending=True)


def all_candidacies(workshop_id: int, reader: Reader, language: str) -> Sequence[Row]:
    """All of them, in the order in which they came: for a sheet."""
    return db.session.execute(candidacy_rows(workshop_id, reader, language).order_by(Candidacy.id)).all()


def get_candidacy_row(workshop_id: int, candidacy_id: int, *, reader: Reader, language: str) -> Row:
    """One, or NotFound."""
    query = candidacy_rows(workshop_id, reader, language).where(Candidacy.id == candidacy_id)
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise NotFound
    return row


def get_candidacy(workshop_id: int, candidacy_id: int) -> Candidacy:
    """Its own row, or NotFound; read anew."""
    query = select(Candidacy).where(Candidacy.id == candidacy_id, Candidacy.workshop_id == workshop_id)
    found = db.session.scalar(query.where(Candidacy.withdrawn_at.is_(None)).execution_options(populate_existing=True))
    if found is None:
        raise NotFound
    return found


def decided(workshop_id: int) -> Sequence[Row]:
    """candidacy id, member_id, decision or None, rank, for all that were not withdrawn: who waits in the order in which
    they come in."""
    query = (
        select(Candidacy.id, Candidacy.member_id, CandidacyDecision.decision, CandidacyDecision.rank)
        .outerjoin(CandidacyDecision, CandidacyDecision.candidacy_id == Candidacy.id)
        .where(Candidacy.workshop_id == workshop_id, Candidacy.withdrawn_at.is_(None))
    )
    return db.session.execute(
        query.order_by(CandidacyDecision.rank.is_(None), CandidacyDecision.rank, Candidacy.id)
    ).all()


def decisions_of_member(member_id: int) -> dict[int, Decision]:
    """{workshop id: what was decided} of a member's applications, whether they are told or not: for merging."""
    query = select(Candidacy.workshop_id, CandidacyDecision.decision)
    query = query.join(CandidacyDecision, CandidacyDecision.candidacy_id == Candidacy.id)
    return {row.workshop_id: row.decision for row in db.session.execute(query.where(Candidacy.member_id == member_id))}
