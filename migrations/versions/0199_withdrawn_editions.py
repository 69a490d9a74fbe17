"""An earlier text of a record may be taken out of sight.

Revision ID: 0199
Revises: 0206
"""

import sqlalchemy as sa
from alembic import op

revision = "0199"
down_revision = "0206"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; all that was published before may be read."""
    op.add_column("closing_editions", sa.Column("withdrawn_at", sa.DateTime(), nullable=True))


def downgrade() -> None:
    """Take it away."""
    op.drop_column("closing_editions", "withdrawn_at")
