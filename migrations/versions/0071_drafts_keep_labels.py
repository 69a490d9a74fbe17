"""A draft keeps all of a form: themes, tags and kind of a new topic, the reason of an edit.

Revision ID: 0071
Revises: 0140
"""

import sqlalchemy as sa
from alembic import op

revision = "0071"
down_revision = "0140"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; code of the release before leaves them as they are made."""
    with op.batch_alter_table("drafts") as batch:
        batch.add_column(sa.Column("themes", sa.JSON(), nullable=False, server_default="[]"))
        batch.add_column(sa.Column("tags", sa.JSON(), nullable=False, server_default="[]"))
        batch.add_column(sa.Column("kind", sa.String(length=10), nullable=False, server_default=""))
        batch.add_column(sa.Column("reason", sa.String(length=250), nullable=False, server_default=""))


def downgrade() -> None:
    """Drop them; the words stay."""
    with op.batch_alter_table("drafts") as batch:
        for name in ("reason", "kind", "tags", "themes"):
            batch.drop_column(name)
