"""Workshops count their changes, so that calendars know which announcement is the newer one.

Revision ID: 0130
Revises: 0080
"""

import sqlalchemy as sa
from alembic import op

revision = "0130"
down_revision = "0080"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the count and the moment; what was never changed was last changed when it was made."""
    with op.batch_alter_table("workshops") as table:
        table.add_column(sa.Column("revision", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("changed_at", sa.DateTime(), nullable=True))
    op.execute("UPDATE workshops SET changed_at = created_at")
    with op.batch_alter_table("workshops") as table:
        table.alter_column("changed_at", existing_type=sa.DateTime(), nullable=False)


def downgrade() -> None:
    """Drop both."""
    with op.batch_alter_table("workshops") as table:
        table.drop_column("changed_at")
        table.drop_column("revision")
