"""Reactions: who agrees, thanks, finds it useful, does this too or has a question; their counts beside each post.

Revision ID: 0020
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0002"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table; posts know their counts."""
    op.create_table(
        "reactions",
        sa.Column("id", Id, nullable=False),
        sa.Column("post_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("topic_id", Id, nullable=False),
        sa.Column("reacted_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_reactions_member_id_members"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_reactions_post_id_posts"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["topics.id"], name=op.f("fk_reactions_topic_id_topics"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reactions")),
        sa.UniqueConstraint("post_id", "member_id", "kind", name=op.f("uq_reactions_post_id_member_id_kind")),
    )
    op.create_index(op.f("ix_reactions_topic_id_member_id"), "reactions", ["topic_id", "member_id"])
    op.create_index(op.f("ix_reactions_member_id"), "reactions", ["member_id"])
    with op.batch_alter_table("posts") as posts:
        posts.add_column(sa.Column("reactions", sa.String(length=120), nullable=False, server_default=""))


def downgrade() -> None:
    """Drop both."""
    with op.batch_alter_table("posts") as posts:
        posts.drop_column("reactions")
    op.drop_table("reactions")
