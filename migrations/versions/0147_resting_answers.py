"""An acceptance rests while its post is out of sight.

Revision ID: 0147
Revises: 0180
"""

import sqlalchemy as sa
from alembic import op

revision = "0147"
down_revision = "0180"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("accepted_answers", sa.Column("rests", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Take it away; what rests is no acceptance any more, as before."""
    answers = sa.table("accepted_answers", sa.column("rests", sa.Boolean()))
    op.execute(answers.delete().where(answers.c.rests))
    op.drop_column("accepted_answers", "rests")
