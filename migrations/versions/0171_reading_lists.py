"""What to read before an event; how often a question of the audience became another one.

Revision ID: 0171
Revises: 0160
"""

import sqlalchemy as sa
from alembic import op

revision = "0171"
down_revision = "0160"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ENTRIES, TEXTS = "reading_entries", "reading_texts"


def _key(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete="CASCADE")


def upgrade() -> None:
    """Add the column, make the tables."""
    op.add_column("audience_questions", sa.Column("change", sa.Integer(), server_default="0", nullable=False))
    op.create_table(
        ENTRIES,
        sa.Column("id", Id, nullable=False),
        sa.Column("workshop_id", Id, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("link", sa.String(500), nullable=False),
        sa.Column("topic_id", Id, nullable=True),
        sa.Column("post_id", Id, nullable=True),
        _key(ENTRIES, "workshop_id", "workshops"),
        _key(ENTRIES, "topic_id", "topics"),
        _key(ENTRIES, "post_id", "posts"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading_entries")),
    )
    for column in ("workshop_id", "topic_id", "post_id"):
        op.create_index(op.f(f"ix_{ENTRIES}_{column}"), ENTRIES, [column])
    op.create_table(
        TEXTS,
        sa.Column("entry_id", Id, nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("written_in", sa.String(2), nullable=True),
        _key(TEXTS, "entry_id", ENTRIES),
        sa.PrimaryKeyConstraint("entry_id", "language", name=op.f("pk_reading_texts")),
    )


def downgrade() -> None:
    """Drop them."""
    for table in (TEXTS, ENTRIES):
        op.drop_table(table)
    with op.batch_alter_table("audience_questions") as batch:
        batch.drop_column("change")
