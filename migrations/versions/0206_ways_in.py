"""From what the way in of a registration's letters is made.

Revision ID: 0206
Revises: 0198
"""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0206"
down_revision = "0198"
branch_labels = None
depends_on = None

BYTES = 16


def upgrade() -> None:
    """Add it; each registration has one of its own."""
    op.add_column("registrations", sa.Column("salt", sa.LargeBinary(BYTES), nullable=True))
    rows = sa.table("registrations", sa.column("id", sa.BigInteger), sa.column("salt", sa.LargeBinary))
    connection = op.get_bind()
    salts = [{"row": id, "new": secrets.token_bytes(BYTES)} for id in connection.scalars(sa.select(rows.c.id))]
    if salts:
        filled = rows.update().where(rows.c.id == sa.bindparam("row")).values(salt=sa.bindparam("new"))
        connection.execute(filled, salts)
    with op.batch_alter_table("registrations") as batch:
        batch.alter_column("salt", nullable=False)


def downgrade() -> None:
    """Take it away."""
    op.drop_column("registrations", "salt")
