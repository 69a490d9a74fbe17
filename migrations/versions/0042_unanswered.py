"""An index for the topics that wait for an answer.

Revision ID: 0042
Revises: 0041
"""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

UNANSWERED = sa.text("state = 'open' AND post_count = 1")


def upgrade() -> None:
    """Make it."""
    op.create_index(
        "ix_topics_unanswered", "topics", ["last_post_at", "id"], sqlite_where=UNANSWERED, postgresql_where=UNANSWERED
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_index("ix_topics_unanswered", table_name="topics")
