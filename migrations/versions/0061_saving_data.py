"""A member may have pictures loaded only on demand.

Revision ID: 0061
Revises: 0102
"""

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0102"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("members", sa.Column("saves_data", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    """Drop it."""
    with op.batch_alter_table("members") as table:
        table.drop_column("saves_data")
