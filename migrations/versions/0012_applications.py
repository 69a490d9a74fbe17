"""Applications: who asks to join.

Revision ID: 0012
Revises: 0044
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0044"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "applications",
        sa.Column("id", Id, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("display_name", sa.String(length=80), nullable=False),
        sa.Column("other_name", sa.String(length=80), nullable=False),
        sa.Column("municipality_id", Id, nullable=True),
        sa.Column("town", sa.String(length=120), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("post_held", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("reads", sa.String(length=20), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("decided_by", Id, nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("member_id", Id, nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_applications_municipality_id_municipalities")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_applications_member_id_members"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_applications")),
    )
    for column in ("state", "email", "municipality_id", "member_id"):
        op.create_index(op.f(f"ix_applications_{column}"), "applications", [column])


def downgrade() -> None:
    """Drop it; applications that wait are lost."""
    for column in ("member_id", "municipality_id", "email", "state"):
        op.drop_index(op.f(f"ix_applications_{column}"), table_name="applications")
    op.drop_table("applications")
