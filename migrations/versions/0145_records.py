"""What was said at events: records, their lines, and the corrections to them.

Revision ID: 0145
Revises: 0086
"""

import sqlalchemy as sa
from alembic import op

revision = "0145"
down_revision = "0086"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
RECORDS, LINES, CORRECTIONS = "records", "record_lines", "record_corrections"


def _key(table: str, column: str, other: str, **more: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"), **more)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        RECORDS,
        sa.Column("id", Id, nullable=False),
        sa.Column("workshop_id", Id, nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("uploaded_by_id", Id, nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("open_until", sa.DateTime(), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=True),
        _key(RECORDS, "workshop_id", "workshops", ondelete="CASCADE"),
        _key(RECORDS, "uploaded_by_id", "members"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_records")),
        sa.UniqueConstraint("workshop_id", "language", name=op.f("uq_records_workshop_id_language")),
    )
    for column in ("uploaded_by_id", "published_at"):
        op.create_index(op.f(f"ix_{RECORDS}_{column}"), RECORDS, [column])
    op.create_table(
        LINES,
        sa.Column("id", Id, nullable=False),
        sa.Column("record_id", Id, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("starts_ms", sa.Integer(), nullable=True),
        sa.Column("speaker", sa.String(120), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("direction", sa.String(3), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _key(LINES, "record_id", RECORDS, ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_lines")),
        sa.UniqueConstraint("record_id", "number", name=op.f("uq_record_lines_record_id_number")),
    )
    op.create_table(
        CORRECTIONS,
        sa.Column("id", Id, nullable=False),
        sa.Column("line_id", Id, nullable=False),
        sa.Column("proposer_id", Id, nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("decided_by_id", Id, nullable=True),
        _key(CORRECTIONS, "line_id", LINES, ondelete="CASCADE"),
        _key(CORRECTIONS, "proposer_id", "members"),
        _key(CORRECTIONS, "decided_by_id", "members"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_corrections")),
        sa.UniqueConstraint("line_id", "proposer_id", name=op.f("uq_record_corrections_line_id_proposer_id")),
    )
    op.create_index("ix_record_corrections_state", CORRECTIONS, ["state", "id"])
    for column in ("proposer_id", "decided_by_id"):
        op.create_index(op.f(f"ix_{CORRECTIONS}_{column}"), CORRECTIONS, [column])


def downgrade() -> None:
    """Drop them."""
    for table in (CORRECTIONS, LINES, RECORDS):
        op.drop_table(table)
