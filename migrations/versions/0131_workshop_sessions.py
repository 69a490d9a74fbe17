"""Sessions of workshops; texts that stand in for a language that is missing say in which they are.

Revision ID: 0131
Revises: 0062
"""

import sqlalchemy as sa
from alembic import op

revision = "0131"
down_revision = "0062"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXTS = ("workshop_texts", "objective_texts", "talk_texts", "speaker_texts")


def upgrade() -> None:
    """Make the tables and the columns."""
    op.create_table(
        "workshop_sessions",
        sa.Column("id", Id, nullable=False),
        sa.Column("workshop_id", Id, nullable=False),
        sa.Column("starts_wall", sa.String(16), nullable=False),
        sa.Column("ends_wall", sa.String(16), nullable=False),
        sa.Column("starts_at", sa.DateTime(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id"],
            ["workshops.id"],
            name=op.f("fk_workshop_sessions_workshop_id_workshops"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop_sessions")),
    )
    op.create_index("ix_workshop_sessions_workshop_starts", "workshop_sessions", ["workshop_id", "starts_at"])
    op.create_table(
        "session_texts",
        sa.Column("session_id", Id, nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("written_in", sa.String(2), nullable=True),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["workshop_sessions.id"],
            name=op.f("fk_session_texts_session_id_workshop_sessions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("session_id", "language", name=op.f("pk_session_texts")),
    )
    for table in TEXTS:
        op.add_column(table, sa.Column("written_in", sa.String(2), nullable=True))


def downgrade() -> None:
    """Drop them; what stood in for another language stays as that language's own."""
    for table in TEXTS:
        with op.batch_alter_table(table) as batch:
            batch.drop_column("written_in")
    op.drop_table("session_texts")
    op.drop_table("workshop_sessions")
