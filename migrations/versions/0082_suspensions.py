"""Suspensions: why, until when, by whom. Who is suspended already is so until further notice.

Revision ID: 0082
Revises: 0081
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0082"
down_revision = "0081"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table, with a row for whoever is suspended."""
    op.create_table(
        "suspensions",
        sa.Column("id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("by_id", Id, nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("began_at", sa.DateTime(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("ended_by_id", Id, nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_suspensions_member_id_members"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["by_id"], ["members.id"], name=op.f("fk_suspensions_by_id_members")),
        sa.ForeignKeyConstraint(["ended_by_id"], ["members.id"], name=op.f("fk_suspensions_ended_by_id_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suspensions")),
    )
    op.create_index(op.f("ix_suspensions_member_id"), "suspensions", ["member_id"])
    op.create_index(
        "uq_suspensions_open",
        "suspensions",
        ["member_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    suspended = sa.text(
        "INSERT INTO suspensions (member_id, why, began_at) SELECT id, '', :now FROM members WHERE state = 'suspended'"
    ).bindparams(sa.bindparam("now", datetime.now(UTC).replace(tzinfo=None), sa.DateTime()))
    op.execute(suspended)


def downgrade() -> None:
    """Drop it."""
    op.drop_index("uq_suspensions_open", table_name="suspensions")
    op.drop_index(op.f("ix_suspensions_member_id"), table_name="suspensions")
    op.drop_table("suspensions")
