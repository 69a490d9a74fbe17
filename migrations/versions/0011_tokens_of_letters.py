"""Tokens: what they are about besides a member (an application, an invitation).

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """One column."""
    with op.batch_alter_table("tokens") as table:
        table.add_column(sa.Column("subject_id", Id, nullable=True))
        table.create_index(op.f("ix_tokens_email"), ["email"])


def downgrade() -> None:
    """Drop it; letters that are on their way lose their links."""
    op.execute("DELETE FROM tokens")
    with op.batch_alter_table("tokens") as table:
        table.drop_index(op.f("ix_tokens_email"))
        table.drop_column("subject_id")
