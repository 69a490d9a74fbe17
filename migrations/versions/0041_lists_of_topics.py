"""Lists of topics by author, municipality, country and language cost the same however many topics there are.

Revision ID: 0041
Revises: 0040
"""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

LISTS = ("author_id", "municipality_id", "country", "language")


def upgrade() -> None:
    """The country beside the municipality, and an index for each list."""
    op.add_column("topics", sa.Column("country", sa.String(length=2), nullable=True))
    op.execute(
        "UPDATE topics SET country ="
        " (SELECT municipalities.country FROM municipalities WHERE municipalities.id = topics.municipality_id)"
    )
    for column in LISTS:
        op.create_index(_name(column), "topics", [column, "last_post_at", "id"])
    op.drop_index(op.f("ix_topics_author_id"), table_name="topics")


def downgrade() -> None:
    """Without them."""
    op.create_index(op.f("ix_topics_author_id"), "topics", ["author_id"])
    for column in LISTS:
        op.drop_index(_name(column), table_name="topics")
    op.drop_column("topics", "country")


def _name(column: str) -> str:
    return f"ix_topics_{column.removesuffix('_id')}_latest"
