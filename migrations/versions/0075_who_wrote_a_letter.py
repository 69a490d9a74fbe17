"""Letters know which member wrote them, so that they wait while that member is suspended.

Revision ID: 0075
Revises: 0103
"""

import sqlalchemy as sa
from alembic import op

revision = "0075"
down_revision = "0103"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the column."""
    op.add_column("letters", sa.Column("sender_id", Id, nullable=True))
    op.create_index(op.f("ix_letters_sender_id"), "letters", ["sender_id"])


def downgrade() -> None:
    """Drop it."""
    op.drop_index(op.f("ix_letters_sender_id"), "letters")
    with op.batch_alter_table("letters") as table:
        table.drop_column("sender_id")
