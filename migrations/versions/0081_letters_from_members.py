"""Whether a member takes letters from others through the forum.

Revision ID: 0081
Revises: 0121
"""

import sqlalchemy as sa
from alembic import op

revision = "0081"
down_revision = "0121"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the column."""
    op.add_column("members", sa.Column("takes_letters", sa.Boolean(), server_default=sa.true(), nullable=False))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("members", "takes_letters")
