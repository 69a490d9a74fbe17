"""Topics that ask a question, and the answer that was accepted; what waits for an answer counts them.

Revision ID: 0043
Revises: 0022
"""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0022"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BEFORE = sa.text("state = 'open' AND post_count = 1")
UNANSWERED = sa.text("state = 'open' AND (post_count = 1 OR question = 'open')")


def upgrade() -> None:
    """Make the column and the table, and the index anew."""
    op.create_table(
        "accepted_answers",
        sa.Column("topic_id", Id, nullable=False),
        sa.Column("post_id", Id, nullable=False),
        sa.Column("accepted_by_id", Id, nullable=False),
        sa.Column("accepted_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["topics.id"], name=op.f("fk_accepted_answers_topic_id_topics"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["posts.id"], name=op.f("fk_accepted_answers_post_id_posts"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["accepted_by_id"], ["members.id"], name=op.f("fk_accepted_answers_accepted_by_id_members")
        ),
        sa.PrimaryKeyConstraint("topic_id", name=op.f("pk_accepted_answers")),
        sa.UniqueConstraint("post_id", name=op.f("uq_accepted_answers_post_id")),
    )
    op.add_column("topics", sa.Column("question", sa.String(length=10), nullable=True))
    _index_anew(UNANSWERED)


def downgrade() -> None:
    """As it was before."""
    _index_anew(BEFORE)
    op.drop_column("topics", "question")
    op.drop_table("accepted_answers")


def _index_anew(condition: sa.TextClause) -> None:
    op.drop_index("ix_topics_unanswered", table_name="topics")
    op.create_index(
        "ix_topics_unanswered", "topics", ["last_post_at", "id"], sqlite_where=condition, postgresql_where=condition
    )
