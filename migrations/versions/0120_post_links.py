"""Links: what of ours a post links to in a paragraph of its own.

Revision ID: 0120
Revises: 0051
"""

import sqlalchemy as sa
from alembic import op

revision = "0120"
down_revision = "0051"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "post_links",
        sa.Column("post_id", Id, nullable=False),
        sa.Column("mark", sa.String(60), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("target_id", Id, nullable=False),
        sa.ForeignKeyConstraint(
            ["post_id"], ["posts.id"], name=op.f("fk_post_links_post_id_posts"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("post_id", "mark", name=op.f("pk_post_links")),
    )
    op.create_index(op.f("ix_post_links_kind_target_id"), "post_links", ["kind", "target_id"])


def downgrade() -> None:
    """Drop it."""
    op.drop_table("post_links")
