"""Members: the account that an account is part of now. Without a foreign key, for which SQLite would copy the table.

Revision ID: 0092
Revises: 0091
"""

import sqlalchemy as sa
from alembic import op

revision = "0092"
down_revision = "0091"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the column."""
    op.add_column("members", sa.Column("merged_into_id", Id, nullable=True))
    op.create_index(op.f("ix_members_merged_into_id"), "members", ["merged_into_id"])


def downgrade() -> None:
    """Drop it."""
    op.drop_index(op.f("ix_members_merged_into_id"), "members")
    op.drop_column("members", "merged_into_id")
