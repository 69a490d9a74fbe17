"""Quotes: which posts a post takes words from; answers to a post are found by index.

Revision ID: 0021
Revises: 0050
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0050"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table and the index."""
    op.create_table(
        "quotes",
        sa.Column("post_id", Id, nullable=False),
        sa.Column("quoted_id", Id, nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_quotes_post_id_posts"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["quoted_id"], ["posts.id"], name=op.f("fk_quotes_quoted_id_posts"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("post_id", "quoted_id", name=op.f("pk_quotes")),
    )
    op.create_index(op.f("ix_quotes_quoted_id"), "quotes", ["quoted_id"])
    op.create_index(op.f("ix_posts_reply_to_id"), "posts", ["reply_to_id"])


def downgrade() -> None:
    """Drop both."""
    op.drop_index(op.f("ix_posts_reply_to_id"), table_name="posts")
    op.drop_table("quotes")
