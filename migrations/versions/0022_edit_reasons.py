"""Why a text of a post was replaced.

Revision ID: 0022
Revises: 0042
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("post_versions", sa.Column("reason", sa.String(200), server_default="", nullable=False))


def downgrade() -> None:
    """Drop it; who took a post back left no other trace than its state."""
    op.execute("UPDATE posts SET state = 'hidden' WHERE state = 'deleted'")
    with op.batch_alter_table("post_versions") as table:
        table.drop_column("reason")
