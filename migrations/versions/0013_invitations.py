"""Invitations: who was asked to join, by whom, and what became of it.

Revision ID: 0013
Revises: 0045
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0045"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "invitations",
        sa.Column("id", Id, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("display_name", sa.String(length=80), nullable=False),
        sa.Column("municipality_id", Id, nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("invited_by", Id, nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("member_id", Id, nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_invitations_municipality_id_municipalities")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_invitations_member_id_members"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
    )
    for column in ("email", "municipality_id", "member_id"):
        op.create_index(op.f(f"ix_invitations_{column}"), "invitations", [column])


def downgrade() -> None:
    """Drop it; links that are on their way open nothing any more."""
    for column in ("member_id", "municipality_id", "email"):
        op.drop_index(op.f(f"ix_invitations_{column}"), table_name="invitations")
    op.drop_table("invitations")
