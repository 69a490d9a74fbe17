"""Calls for applications: texts, criteria, reviewers, candidacies, reviews, decisions; admissions know of them.

Revision ID: 0160
Revises: 0147
"""

import sqlalchemy as sa
from alembic import op

revision = "0160"
down_revision = "0147"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _key(table: str, column: str, other: str, to: str = "id", **more: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.{to}"], name=op.f(f"fk_{table}_{column}_{other}"), **more)


def _of_call(table: str) -> sa.ForeignKeyConstraint:
    return _key(table, "workshop_id", "calls", "workshop_id", ondelete="CASCADE")


def _primary(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=op.f(f"pk_{table}"))


INDEXES = {
    "calls": ("closes_at",),
    "criteria": ("workshop_id",),
    "call_reviewers": ("member_id",),
    "candidacies": ("member_id", "municipality_id", "theme_id"),
    "candidacy_decisions": ("decided_by_id",),
    "candidacy_reviews": ("reviewer_id",),
    "candidacy_scores": ("criterion_id",),
}


def upgrade() -> None:
    """Make the tables."""
    _calls()
    _candidacies()
    _reviews()
    for table, columns in INDEXES.items():
        for column in columns:
            op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    with op.batch_alter_table("admissions") as batch:
        batch.add_column(sa.Column("applications_until", sa.DateTime(), nullable=True))


def _calls() -> None:
    op.create_table(
        "calls",
        sa.Column("workshop_id", Id, nullable=False),
        sa.Column("zone", sa.String(40), nullable=False),
        sa.Column("closes_wall", sa.String(16), nullable=False),
        sa.Column("closes_at", sa.DateTime(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("assigned_at", sa.DateTime(), nullable=True),
        sa.Column("told_at", sa.DateTime(), nullable=True),
        _key("calls", "workshop_id", "workshops", ondelete="CASCADE"),
        _primary("calls", "workshop_id"),
    )
    op.create_table(
        "call_texts",
        sa.Column("workshop_id", Id, nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("renderer", sa.Integer(), nullable=False),
        sa.Column("written_in", sa.String(2), nullable=True),
        _of_call("call_texts"),
        _primary("call_texts", "workshop_id", "language"),
    )
    op.create_table(
        "criteria",
        sa.Column("id", Id, nullable=False),
        sa.Column("workshop_id", Id, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        _of_call("criteria"),
        _primary("criteria", "id"),
    )
    op.create_table(
        "criterion_texts",
        sa.Column("criterion_id", Id, nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("words", sa.String(200), nullable=False),
        sa.Column("written_in", sa.String(2), nullable=True),
        _key("criterion_texts", "criterion_id", "criteria", ondelete="CASCADE"),
        _primary("criterion_texts", "criterion_id", "language"),
    )
    op.create_table(
        "call_reviewers",
        sa.Column("workshop_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        _of_call("call_reviewers"),
        _key("call_reviewers", "member_id", "members", ondelete="CASCADE"),
        _primary("call_reviewers", "workshop_id", "member_id"),
    )


def _candidacies() -> None:
    op.create_table(
        "candidacies",
        sa.Column("id", Id, nullable=False),
        sa.Column("workshop_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("municipality_id", Id, nullable=False),
        sa.Column("gender", sa.String(5), nullable=False),
        sa.Column("theme_id", Id, nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("direction", sa.String(3), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.Column("letter_at", sa.DateTime(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(), nullable=True),
        _of_call("candidacies"),
        _key("candidacies", "member_id", "members", ondelete="CASCADE"),
        _key("candidacies", "municipality_id", "municipalities"),
        _key("candidacies", "theme_id", "themes", ondelete="SET NULL"),
        _primary("candidacies", "id"),
        sa.UniqueConstraint("workshop_id", "member_id", name=op.f("uq_candidacies_workshop_id_member_id")),
    )
    op.create_table(
        "candidacy_decisions",
        sa.Column("candidacy_id", Id, nullable=False),
        sa.Column("decision", sa.String(8), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=False),
        sa.Column("decided_by_id", Id, nullable=True),
        _key("candidacy_decisions", "candidacy_id", "candidacies", ondelete="CASCADE"),
        _key("candidacy_decisions", "decided_by_id", "members"),
        _primary("candidacy_decisions", "candidacy_id"),
    )


def _reviews() -> None:
    op.create_table(
        "candidacy_reviews",
        sa.Column("id", Id, nullable=False),
        sa.Column("candidacy_id", Id, nullable=False),
        sa.Column("reviewer_id", Id, nullable=False),
        sa.Column("assigned_at", sa.DateTime(), nullable=False),
        sa.Column("given_at", sa.DateTime(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        _key("candidacy_reviews", "candidacy_id", "candidacies", ondelete="CASCADE"),
        _key("candidacy_reviews", "reviewer_id", "members"),
        _primary("candidacy_reviews", "id"),
        sa.UniqueConstraint("candidacy_id", "reviewer_id", name=op.f("uq_candidacy_reviews_candidacy_id_reviewer_id")),
    )
    op.create_table(
        "candidacy_scores",
        sa.Column("review_id", Id, nullable=False),
        sa.Column("criterion_id", Id, nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        _key("candidacy_scores", "review_id", "candidacy_reviews", ondelete="CASCADE"),
        _key("candidacy_scores", "criterion_id", "criteria", ondelete="CASCADE"),
        _primary("candidacy_scores", "review_id", "criterion_id"),
    )


def downgrade() -> None:
    """Drop them."""
    with op.batch_alter_table("admissions") as batch:
        batch.drop_column("applications_until")
    for table in (
        "candidacy_scores",
        "candidacy_reviews",
        "candidacy_decisions",
        "candidacies",
        "call_reviewers",
        "criterion_texts",
        "criteria",
        "call_texts",
        "calls",
    ):
        op.drop_table(table)
