"""Handovers: who takes over from whom; a question that was taken over; notices that concern a member alone.

Revision ID: 0101
Revises: 0060
"""

import sqlalchemy as sa
from alembic import op

revision = "0101"
down_revision = "0060"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WAITING = sa.text("state = 'waiting'")
UNREAD = sa.text("read_at IS NULL")


def upgrade() -> None:
    """Make the table and the columns."""
    op.create_table(
        "handovers",
        sa.Column("id", Id, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("leaver_id", Id, nullable=False),
        sa.Column("successor_id", Id, nullable=False),
        sa.Column("municipality_id", Id, nullable=False),
        sa.Column("named_by_id", Id, nullable=True),
        sa.Column("drafts", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["leaver_id"], ["members.id"], name=op.f("fk_handovers_leaver_id_members"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["successor_id"], ["members.id"], name=op.f("fk_handovers_successor_id_members"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_handovers_municipality_id_municipalities")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handovers")),
    )
    for column in ("leaver_id", "successor_id", "municipality_id"):
        op.create_index(op.f(f"ix_handovers_{column}"), "handovers", [column])
    op.create_index(
        "uq_handovers_waiting", "handovers", ["leaver_id"], unique=True, sqlite_where=WAITING, postgresql_where=WAITING
    )
    op.add_column("topics", sa.Column("keeper_id", Id, nullable=True))
    op.create_index(op.f("ix_topics_keeper_id"), "topics", ["keeper_id"])
    op.add_column("notices", sa.Column("subject_kind", sa.String(length=20), nullable=True))
    op.add_column("notices", sa.Column("subject_id", Id, nullable=True))
    op.create_index(
        "uq_notices_unread_subject",
        "notices",
        ["member_id", "subject_kind", "subject_id", "kind"],
        unique=True,
        sqlite_where=UNREAD,
        postgresql_where=UNREAD,
    )


def downgrade() -> None:
    """Drop them; notices of nothing else go with them."""
    op.execute("DELETE FROM notices WHERE subject_kind IS NOT NULL")
    op.drop_index("uq_notices_unread_subject", table_name="notices")
    op.drop_column("notices", "subject_id")
    op.drop_column("notices", "subject_kind")
    op.drop_index(op.f("ix_topics_keeper_id"), table_name="topics")
    op.drop_column("topics", "keeper_id")
    op.drop_table("handovers")
