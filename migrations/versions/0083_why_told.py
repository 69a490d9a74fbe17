"""Why a member was told of a post, so that an edit tells whom it speaks to once.

Revision ID: 0083
Revises: 0082
"""

import sqlalchemy as sa
from alembic import op

revision = "0083"
down_revision = "0082"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the column, and say of whom a post speaks to that they were told so."""
    op.add_column("told_posts", sa.Column("kind", sa.String(length=10), server_default="reply", nullable=False))
    op.execute(
        "UPDATE told_posts SET kind = 'mention' WHERE EXISTS (SELECT 1 FROM mentions "
        "WHERE mentions.post_id = told_posts.post_id AND mentions.member_id = told_posts.member_id)"
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_column("told_posts", "kind")
