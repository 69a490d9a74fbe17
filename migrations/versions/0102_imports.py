"""Lists of members that managers bring: the list, its lines.

Revision ID: 0102
Revises: 0101
"""

import sqlalchemy as sa
from alembic import op

revision = "0102"
down_revision = "0101"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "imports",
        sa.Column("id", Id, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("way", sa.String(length=12), nullable=True),
        sa.Column("by_id", Id, nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("same", sa.String(length=64), nullable=False),
        sa.Column("heading", sa.JSON(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("municipality_id", Id, nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("towns", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=True),
        sa.Column("done_at", sa.DateTime(), nullable=True),
        sa.Column("letters_at", sa.DateTime(), nullable=True),
        sa.Column("letters_by_id", Id, nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_imports_municipality_id_municipalities")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
        sa.UniqueConstraint("same", name=op.f("uq_imports_same")),
    )
    op.create_index(op.f("ix_imports_municipality_id"), "imports", ["municipality_id"])
    op.create_table(
        "import_lines",
        sa.Column("import_id", Id, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("email", sa.String(length=300), nullable=False),
        sa.Column("name", sa.String(length=601), nullable=False),
        sa.Column("other_name", sa.String(length=300), nullable=False),
        sa.Column("post_held", sa.String(length=120), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("town", sa.String(length=300), nullable=False),
        sa.Column("municipality_id", Id, nullable=True),
        sa.Column("likely_id", Id, nullable=True),
        sa.Column("member_id", Id, nullable=True),
        sa.Column("invitation_id", Id, nullable=True),
        sa.ForeignKeyConstraint(
            ["import_id"], ["imports.id"], name=op.f("fk_import_lines_import_id_imports"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_import_lines_municipality_id_municipalities")
        ),
        sa.ForeignKeyConstraint(
            ["likely_id"], ["municipalities.id"], name=op.f("fk_import_lines_likely_id_municipalities")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_import_lines_member_id_members"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("import_id", "number", name=op.f("pk_import_lines")),
    )
    op.create_index("ix_import_lines_outcome", "import_lines", ["import_id", "outcome", "number"])
    for column in ("email", "municipality_id", "likely_id", "member_id"):
        op.create_index(op.f(f"ix_import_lines_{column}"), "import_lines", [column])


def downgrade() -> None:
    """Drop them. An invitation that was prepared, and never sent, is withdrawn."""
    op.execute("UPDATE invitations SET state = 'withdrawn' WHERE state = 'prepared'")
    op.drop_table("import_lines")
    op.drop_table("imports")
