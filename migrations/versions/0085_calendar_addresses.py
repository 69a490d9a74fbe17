"""Secret addresses of members' own calendars.

Revision ID: 0085
Revises: 0142
"""

import sqlalchemy as sa
from alembic import op

revision = "0085"
down_revision = "0142"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "calendar_addresses",
        sa.Column("member_id", Id, nullable=False),
        sa.Column("salt", sa.LargeBinary(16), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_calendar_addresses_member_id_members"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_calendar_addresses")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_addresses_token_hash")),
    )


def downgrade() -> None:
    """Drop it: the addresses lead nowhere any more."""
    op.drop_table("calendar_addresses")
