"""Notes that are taken together, and what they said before.

Revision ID: 0180
Revises: 0150
"""

import sqlalchemy as sa
from alembic import op

revision = "0180"
down_revision = "0150"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
PADS, VERSIONS = "pads", "pad_versions"


def _key(table: str, column: str, other: str, **more: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"), **more)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        PADS,
        sa.Column("id", Id, nullable=False),
        sa.Column("subject_kind", sa.String(20), nullable=False),
        sa.Column("subject_id", Id, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("direction", sa.String(3), nullable=False),
        sa.Column("renderer", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("writer_id", Id, nullable=True),
        sa.Column("pen_until", sa.DateTime(), nullable=True),
        sa.Column("asker_id", Id, nullable=True),
        sa.Column("asked_at", sa.DateTime(), nullable=True),
        sa.Column("saved_at", sa.DateTime(), nullable=True),
        sa.Column("saved_by_id", Id, nullable=True),
        *(_key(PADS, column, "members") for column in ("writer_id", "asker_id", "saved_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pads")),
        sa.UniqueConstraint("subject_kind", "subject_id", name=op.f("uq_pads_subject_kind_subject_id")),
    )
    for column in ("writer_id", "asker_id", "saved_by_id"):
        op.create_index(op.f(f"ix_{PADS}_{column}"), PADS, [column])
    op.create_table(
        VERSIONS,
        sa.Column("id", Id, nullable=False),
        sa.Column("pad_id", Id, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("writer_id", Id, nullable=False),
        sa.Column("began_at", sa.DateTime(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.Column("brought_from", sa.Integer(), nullable=True),
        _key(VERSIONS, "pad_id", PADS, ondelete="CASCADE"),
        _key(VERSIONS, "writer_id", "members"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pad_versions")),
        sa.UniqueConstraint("pad_id", "number", name=op.f("uq_pad_versions_pad_id_number")),
    )
    op.create_index(op.f("ix_pad_versions_writer_id"), VERSIONS, ["writer_id"])


def downgrade() -> None:
    """Drop them."""
    for table in (VERSIONS, PADS):
        op.drop_table(table)
