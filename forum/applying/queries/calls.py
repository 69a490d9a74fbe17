"""Calls, their texts, criteria and reviewers. What concerns a workshop is asked for one that has passed its door."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Row, func, or_, select

from forum.applying.models import Call, CallReviewer, CallText, Candidacy, Criterion, CriterionText, Review, Score
from forum.core.db import db
from forum.core.errors import NotFound
from forum.members.models import Member, MemberState
from forum.registering.models import Admission


def find_call(workshop_id: int) -> Call | None:
    """The workshop's call; read anew."""
    return db.session.scalar(
        select(Call).where(Call.workshop_id == workshop_id).execution_options(populate_existing=True)
    )


def get_call(workshop_id: int) -> Call:
    """The workshop's call, or NotFound."""
    call = find_call(workshop_id)
    if call is None:
        raise NotFound
    return call


def hold_call(workshop_id: int) -> Call:
    """The call, ours until the transaction ends: whoever applies, decides or tells everybody takes turns. NotFound."""
    query = select(Call).where(Call.workshop_id == workshop_id).with_for_update()
    call = db.session.scalar(query.execution_options(populate_existing=True))
    if call is None:
        raise NotFound
    return call


def get_call_row(workshop_id: int, language: str) -> Row:
    """The call as it is shown: its times, `html` in this language, `seats`; or NotFound."""
    query = (
        select(
            Call.workshop_id,
            Call.zone,
            Call.closes_wall,
            Call.closes_at,
            Call.assigned_at,
            Call.told_at,
            CallText.words,
            CallText.html,
            func.coalesce(CallText.written_in, language).label("text_language"),
            Admission.capacity.label("seats"),
        )
        .join(CallText, (CallText.workshop_id == Call.workshop_id) & (CallText.language == language))
        .join(Admission, Admission.workshop_id == Call.workshop_id)
        .where(Call.workshop_id == workshop_id)
    )
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise NotFound
    return row


def call_words_of(workshop_id: int) -> dict[str, str]:
    """{language: words} as they were written."""
    query = select(CallText.language, CallText.words)
    query = query.where(CallText.workshop_id == workshop_id, CallText.written_in.is_(None))
    return {row.language: row.words for row in db.session.execute(query)}


def criteria_of(workshop_id: int, language: str) -> Sequence[Row]:
    """id, most, words, text_language, in order."""
    written = func.coalesce(CriterionText.written_in, language).label("text_language")
    query = (
        select(Criterion.id, Criterion.most, CriterionText.words, written)
        .join(CriterionText, (CriterionText.criterion_id == Criterion.id) & (CriterionText.language == language))
        .where(Criterion.workshop_id == workshop_id)
    )
    return db.session.execute(query.order_by(Criterion.position)).all()


def criterion_plans_of(workshop_id: int) -> list[tuple[dict[str, str], int]]:
    """({language: words as they were written}, most), in order."""
    query = (
        select(Criterion.id, Criterion.most, CriterionText.language, CriterionText.words)
        .join(CriterionText, CriterionText.criterion_id == Criterion.id)
        .where(Criterion.workshop_id == workshop_id, CriterionText.written_in.is_(None))
    )
    found: dict[int, tuple[dict[str, str], int]] = {}
    for row in db.session.execute(query.order_by(Criterion.position)):
        found.setdefault(row.id, ({}, row.most))[0][row.language] = row.words
    return list(found.values())


def reviewers_of(workshop_id: int) -> Sequence[Row]:
    """id, display_name, name_language, municipality_id of those who look at applications and are members still."""
    query = (
        select(Member.id, Member.display_name, Member.name_language, Member.municipality_id)
        .join(CallReviewer, CallReviewer.member_id == Member.id)
        .where(CallReviewer.workshop_id == workshop_id, Member.display_name != "")
    )
    return db.session.execute(query.order_by(Member.sort_key, Member.id)).all()


def members_called(names: Iterable[str]) -> dict[str, set[int]]:
    """{folded name: ids of the active members whose whole name, in either script, it is}."""
    folded = set(names)
    either = or_(Member.folded_name.in_(folded), Member.folded_other_name.in_(folded))
    query = select(Member.id, Member.folded_name, Member.folded_other_name)
    found: dict[str, set[int]] = {name: set() for name in folded}
    for row in db.session.execute(query.where(either, Member.state == MemberState.ACTIVE)):
        for name in {row.folded_name, row.folded_other_name} & folded:
            found[name].add(row.id)
    return found


def is_reviewer(workshop_id: int, member_id: int) -> bool:
    """Does this member look at applications of the call?"""
    return db.session.get(CallReviewer, (workshop_id, member_id)) is not None


def count_candidacies(workshop_id: int) -> int:
    """How many applied and did not think better of it."""
    query = select(func.count()).where(Candidacy.workshop_id == workshop_id, Candidacy.withdrawn_at.is_(None))
    return db.session.scalar(query) or 0


def has_scores(workshop_id: int) -> bool:
    """Has a reviewer given points?"""
    query = select(Score.review_id).join(Review, Review.id == Score.review_id)
    query = query.join(Candidacy, Candidacy.id == Review.candidacy_id).where(Candidacy.workshop_id == workshop_id)
    return db.session.scalar(query.limit(1)) is not None
