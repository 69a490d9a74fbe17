"""Whom a letter has reminded that a survey closes.

Revision ID: 0198
Revises: 0197
"""

import sqlalchemy as sa
from alembic import op

revision = "0198"
down_revision = "0197"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; nobody has been reminded yet."""
    op.add_column("survey_invitations", sa.Column("reminded_at", sa.DateTime(), nullable=True))


def downgrade() -> None:
    """Take it away."""
    op.drop_column("survey_invitations", "reminded_at")
