"""Drafts: what members have begun to write.

Revision ID: 0023
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0012"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "drafts",
        sa.Column("member_id", Id, nullable=False),
        sa.Column("subject_kind", sa.String(10), nullable=False),
        sa.Column("subject_id", Id, nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("reply_to", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_drafts_member_id_members"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member_id", "subject_kind", "subject_id", name=op.f("pk_drafts")),
    )
    op.create_index("ix_drafts_latest", "drafts", ["member_id", "saved_at"])


def downgrade() -> None:
    """Drop it."""
    op.drop_table("drafts")
