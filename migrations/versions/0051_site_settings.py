"""Site settings that managers change while the forum runs: one row.

Revision ID: 0051
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0013"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "site_settings",
        sa.Column("id", Id, nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_settings")),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("site_settings")
