"""Calls, applications and the balance as JSON, and as a table."""

from forum.applying.shapes.balance import BalanceLineShape, BalanceShape, balance_shape, line_shape
from forum.applying.shapes.candidacies import (
    ApplicantShape,
    CallShape,
    CandidacyShape,
    CriterionShape,
    OutcomeShape,
    PresentedShape,
    ReviewedShape,
    ReviewShape,
    SeenCandidacyShape,
    ToldShape,
    applicant_shape,
    call_shape,
    candidacy_shape,
    criterion_shape,
    form_shape,
    review_shape,
    reviewed_shape,
)
from forum.applying.shapes.table import candidacy_sheet

__all__ = [
    "ApplicantShape",
    "BalanceLineShape",
    "BalanceShape",
    "CallShape",
    "CandidacyShape",
    "CriterionShape",
    "OutcomeShape",
    "PresentedShape",
    "ReviewShape",
    "ReviewedShape",
    "SeenCandidacyShape",
    "ToldShape",
    "applicant_shape",
    "balance_shape",
    "call_shape",
    "candidacy_shape",
    "candidacy_sheet",
    "criterion_shape",
    "form_shape",
    "line_shape",
    "review_shape",
    "reviewed_shape",
]
