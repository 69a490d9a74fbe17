"""Municipalities kept by managers: old names that are still found, texts, and what was merged into what.

Revision ID: 0100
Revises: 0090
"""

import sqlalchemy as sa
from alembic import op

revision = "0100"
down_revision = "0090"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables and the column."""
    op.create_table(
        "municipality_old_names",
        sa.Column("id", Id, nullable=False),
        sa.Column("municipality_id", Id, nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("folded", sa.String(length=240), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("fk_municipality_old_names_municipality_id_municipalities"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_municipality_old_names")),
        sa.UniqueConstraint("municipality_id", "folded", name=op.f("uq_municipality_old_names_municipality_id_folded")),
    )
    op.create_index(op.f("ix_municipality_old_names_folded"), "municipality_old_names", ["folded"])
    op.create_table(
        "municipality_texts",
        sa.Column("municipality_id", Id, nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("fk_municipality_texts_municipality_id_municipalities"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("municipality_id", "language", name=op.f("pk_municipality_texts")),
    )
    with op.batch_alter_table("municipalities") as batch:
        batch.add_column(sa.Column("merged_into_id", Id, nullable=True))
        batch.create_foreign_key(
            op.f("fk_municipalities_merged_into_id_municipalities"), "municipalities", ["merged_into_id"], ["id"]
        )
        batch.create_index(op.f("ix_municipalities_merged_into_id"), ["merged_into_id"])


def downgrade() -> None:
    """Drop them, and what was merged into others: nothing points to it."""
    op.execute("DELETE FROM municipalities WHERE merged_into_id IS NOT NULL")
    op.drop_table("municipality_texts")
    op.drop_table("municipality_old_names")
    with op.batch_alter_table("municipalities") as batch:
        batch.drop_index(op.f("ix_municipalities_merged_into_id"))
        batch.drop_constraint(op.f("fk_municipalities_merged_into_id_municipalities"), type_="foreignkey")
        batch.drop_column("merged_into_id")
