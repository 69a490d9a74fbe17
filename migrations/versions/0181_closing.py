"""Closing events: what managers prepare, each publication of it, and which questions went on as topics.

Revision ID: 0181
Revises: 0171
"""

import sqlalchemy as sa
from alembic import op

revision = "0181"
down_revision = "0171"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
CLOSINGS, EDITIONS, QUESTIONS = "closings", "closing_editions", "closed_questions"


def _key(table: str, column: str, other: str, **more: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"), **more)


def upgrade() -> None:
    """Make the tables; an event says whether it is closed."""
    op.add_column("workshops", sa.Column("closed_at", sa.DateTime(), nullable=True))
    op.create_table(
        CLOSINGS,
        sa.Column("workshop_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("draft", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=True),
        sa.Column("saved_by_id", Id, nullable=True),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.DateTime(), nullable=True),
        _key(CLOSINGS, "workshop_id", "workshops", ondelete="CASCADE"),
        _key(CLOSINGS, "saved_by_id", "members"),
        sa.PrimaryKeyConstraint("workshop_id", name=op.f("pk_closings")),
    )
    op.create_index(op.f("ix_closings_saved_by_id"), CLOSINGS, ["saved_by_id"])
    op.create_table(
        EDITIONS,
        sa.Column("id", Id, nullable=False),
        sa.Column("workshop_id", Id, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("closed_by_id", Id, nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=False),
        _key(EDITIONS, "workshop_id", "workshops", ondelete="CASCADE"),
        _key(EDITIONS, "closed_by_id", "members"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closing_editions")),
        sa.UniqueConstraint("workshop_id", "number", name=op.f("uq_closing_editions_workshop_id_number")),
    )
    op.create_index(op.f("ix_closing_editions_closed_by_id"), EDITIONS, ["closed_by_id"])
    op.create_table(
        QUESTIONS,
        sa.Column("question_id", Id, nullable=False),
        sa.Column("topic_id", Id, nullable=False),
        _key(QUESTIONS, "question_id", "audience_questions", ondelete="CASCADE"),
        _key(QUESTIONS, "topic_id", "topics", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("question_id", name=op.f("pk_closed_questions")),
    )
    op.create_index(op.f("ix_closed_questions_topic_id"), QUESTIONS, ["topic_id"])


def downgrade() -> None:
    """Drop them."""
    for table in (QUESTIONS, EDITIONS, CLOSINGS):
        op.drop_table(table)
    with op.batch_alter_table("workshops") as batch:
        batch.drop_column("closed_at")
