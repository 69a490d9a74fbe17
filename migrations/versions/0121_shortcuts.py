"""Members: keyboard shortcuts, on unless they are switched off.

Revision ID: 0121
Revises: 0061
"""

import sqlalchemy as sa
from alembic import op

revision = "0121"
down_revision = "0061"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("members", sa.Column("shortcuts", sa.Boolean(), nullable=False, server_default=sa.true()))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("members", "shortcuts")
