"""A member's photo.

Revision ID: 0062
Revises: 0083
"""

import sqlalchemy as sa
from alembic import op

revision = "0062"
down_revision = "0083"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the column."""
    op.add_column("members", sa.Column("photo_id", Id, nullable=True))


def downgrade() -> None:
    """Drop it; the files stay."""
    with op.batch_alter_table("members") as table:
        table.drop_column("photo_id")
