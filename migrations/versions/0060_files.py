"""Files that members send, and what uses them.

Revision ID: 0060
Revises: 0092
"""

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0092"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "files",
        sa.Column("id", Id, nullable=False),
        sa.Column("owner_id", Id, nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=4), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("stored", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("widths", sa.String(length=40), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("attached_at", sa.DateTime(), nullable=True),
        sa.Column("removed_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_files")),
        sa.UniqueConstraint("key", name=op.f("uq_files_key")),
    )
    op.create_index("ix_files_owner", "files", ["owner_id", "id"])
    op.create_index(op.f("ix_files_removed_at"), "files", ["removed_at"])
    op.create_table(
        "file_uses",
        sa.Column("file_id", Id, nullable=False),
        sa.Column("subject_kind", sa.String(length=10), nullable=False),
        sa.Column("subject_id", Id, nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("fk_file_uses_file_id_files"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("file_id", "subject_kind", "subject_id", name=op.f("pk_file_uses")),
    )
    op.create_index("ix_file_uses_subject", "file_uses", ["subject_kind", "subject_id"])


def downgrade() -> None:
    """Drop them; the bytes stay in the storage."""
    op.drop_table("file_uses")
    op.drop_table("files")
