"""A link that is too old may ask for another letter, for a while.

Revision ID: 0146
Revises: 0145
"""

import sqlalchemy as sa
from alembic import op

revision = "0146"
down_revision = "0145"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column. Ways back that were sent before keep their week, and their order among one another."""
    op.add_column("tokens", sa.Column("renewable_until", sa.DateTime(), nullable=True))
    tokens = sa.table("tokens", sa.column("purpose"), sa.column("expires_at"), sa.column("renewable_until"))
    ways_back = tokens.c.purpose.in_(["email undo", "erasure undo"])
    op.execute(tokens.update().where(ways_back).values(renewable_until=tokens.c.expires_at))


def downgrade() -> None:
    """Take it away."""
    op.drop_column("tokens", "renewable_until")
