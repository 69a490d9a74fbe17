"""Of which day of an event somebody was reminded last.

Revision ID: 0197
Revises: 0196
"""

import sqlalchemy as sa
from alembic import op

revision = "0197"
down_revision = "0196"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; nobody has been reminded of a later day yet."""
    op.add_column("registrations", sa.Column("reminded_day", sa.String(10), server_default="", nullable=False))


def downgrade() -> None:
    """Take it away."""
    op.drop_column("registrations", "reminded_day")
