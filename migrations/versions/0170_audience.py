"""Questions of the audience with their voices, and who was there.

Revision ID: 0170
Revises: 0146
"""

import sqlalchemy as sa
from alembic import op

revision = "0170"
down_revision = "0146"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
QUESTIONS, VOICES, ATTENDANCES = "audience_questions", "audience_voices", "attendances"


def _key(table: str, column: str, other: str, **more: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"), **more)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        QUESTIONS,
        sa.Column("id", Id, nullable=False),
        sa.Column("workshop_id", Id, nullable=False),
        sa.Column("asker_id", Id, nullable=True),
        sa.Column("registration_id", Id, nullable=True),
        sa.Column("talk_id", Id, nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("language_source", sa.String(10), nullable=False),
        sa.Column("direction", sa.String(3), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("edited_at", sa.DateTime(), nullable=True),
        sa.Column("hidden_by_id", Id, nullable=True),
        sa.Column("hidden_reason", sa.String(200), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("answered_by_id", Id, nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answer_post_id", Id, nullable=True),
        _key(QUESTIONS, "workshop_id", "workshops", ondelete="CASCADE"),
        _key(QUESTIONS, "asker_id", "members"),
        _key(QUESTIONS, "registration_id", "registrations", ondelete="CASCADE"),
        _key(QUESTIONS, "talk_id", "talks", ondelete="SET NULL"),
        _key(QUESTIONS, "hidden_by_id", "members"),
        _key(QUESTIONS, "answered_by_id", "members"),
        _key(QUESTIONS, "answer_post_id", "posts", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audience_questions")),
    )
    op.create_index("ix_audience_questions_order", QUESTIONS, ["workshop_id", "seconds", "id"])
    for column in ("asker_id", "registration_id", "talk_id", "hidden_by_id", "answered_by_id", "answer_post_id"):
        op.create_index(op.f(f"ix_{QUESTIONS}_{column}"), QUESTIONS, [column])
    op.create_table(
        VOICES,
        sa.Column("question_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("cast_at", sa.DateTime(), nullable=False),
        _key(VOICES, "question_id", QUESTIONS, ondelete="CASCADE"),
        _key(VOICES, "member_id", "members", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("question_id", "member_id", name=op.f("pk_audience_voices")),
    )
    op.create_index(op.f("ix_audience_voices_member_id"), VOICES, ["member_id"])
    op.create_table(
        ATTENDANCES,
        sa.Column("id", Id, nullable=False),
        sa.Column("workshop_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=True),
        sa.Column("registration_id", Id, nullable=True),
        sa.Column("noted_at", sa.DateTime(), nullable=False),
        sa.Column("presence", sa.String(5), nullable=False),
        sa.Column("noted_by_id", Id, nullable=True),
        _key(ATTENDANCES, "workshop_id", "workshops", ondelete="CASCADE"),
        _key(ATTENDANCES, "member_id", "members"),
        _key(ATTENDANCES, "registration_id", "registrations", ondelete="CASCADE"),
        _key(ATTENDANCES, "noted_by_id", "members"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendances")),
        sa.UniqueConstraint("workshop_id", "member_id", name=op.f("uq_attendances_workshop_id_member_id")),
        sa.UniqueConstraint("workshop_id", "registration_id", name=op.f("uq_attendances_workshop_id_registration_id")),
    )
    for column in ("member_id", "registration_id", "noted_by_id"):
        op.create_index(op.f(f"ix_{ATTENDANCES}_{column}"), ATTENDANCES, [column])


def downgrade() -> None:
    """Drop them."""
    for table in (ATTENDANCES, VOICES, QUESTIONS):
        op.drop_table(table)
