"""Held posts: what new members wrote and a moderator has not looked at yet.

Revision ID: 0103
Revises: 0070
"""

import sqlalchemy as sa
from alembic import op

revision = "0103"
down_revision = "0070"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "held_posts",
        sa.Column("id", Id, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("author_id", Id, nullable=False),
        sa.Column("space_id", Id, nullable=False),
        sa.Column("topic_id", Id, nullable=True),
        sa.Column("workshop_id", Id, nullable=True),
        sa.Column("reply_to", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("direction", sa.String(length=3), nullable=False),
        sa.Column("chosen", sa.String(length=2), nullable=False),
        sa.Column("themes", sa.JSON(), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("decided_by_id", Id, nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("post_id", Id, nullable=True),
        sa.ForeignKeyConstraint(
            ["author_id"], ["members.id"], name=op.f("fk_held_posts_author_id_members"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name=op.f("fk_held_posts_space_id_spaces")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_posts")),
    )
    op.create_index("ix_held_posts_state", "held_posts", ["state", "id"])
    op.create_index("ix_held_posts_author", "held_posts", ["author_id", "state", "topic_id"])
    op.create_index(op.f("ix_held_posts_space_id"), "held_posts", ["space_id"])


def downgrade() -> None:
    """Drop it, with the notices of what it held."""
    op.execute("DELETE FROM notices WHERE subject_kind = 'held'")
    op.execute("DELETE FROM submissions WHERE subject_id < 0")
    op.drop_table("held_posts")
