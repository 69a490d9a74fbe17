"""Events that are called off or moved, what their people were told, and letters with a calendar file.

Revision ID: 0142
Revises: 0071
"""

import sqlalchemy as sa
from alembic import op

revision = "0142"
down_revision = "0071"
branch_labels = None
depends_on = None

COLUMNS = {
    "workshops": (
        sa.Column("schedule", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("cancelled_at", sa.DateTime(), nullable=True),
        sa.Column("cancel_reason", sa.Text(), nullable=False, server_default=""),
    ),
    "registrations": (
        sa.Column("told_schedule", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("reminded", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("reminded_of", sa.DateTime(), nullable=True),
    ),
    "letters": (sa.Column("calendar", sa.Text(), nullable=True),),
}


def upgrade() -> None:
    """Add the columns."""
    for table, columns in COLUMNS.items():
        for column in columns:
            op.add_column(table, column)


def downgrade() -> None:
    """Drop them: an event that was called off is one that takes place."""
    for table, columns in COLUMNS.items():
        with op.batch_alter_table(table) as batch:
            for column in columns:
                batch.drop_column(column.name)
