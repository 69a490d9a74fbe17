"""Told posts: whom each post was told to, so that jobs may run twice and in any order.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "told_posts",
        sa.Column("member_id", Id, nullable=False),
        sa.Column("post_id", Id, nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_told_posts_member_id_members"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["posts.id"], name=op.f("fk_told_posts_post_id_posts"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member_id", "post_id", name=op.f("pk_told_posts")),
    )
    op.create_index(op.f("ix_told_posts_post_id"), "told_posts", ["post_id"])


def downgrade() -> None:
    """Drop it."""
    op.drop_index(op.f("ix_told_posts_post_id"), table_name="told_posts")
    op.drop_table("told_posts")
