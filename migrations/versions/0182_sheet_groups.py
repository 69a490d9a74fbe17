"""The groups that answers belonged to when they were sent.

Revision ID: 0182
Revises: 0151
"""

import sqlalchemy as sa
from alembic import op

revision = "0182"
down_revision = "0151"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
GROUPS = "answer_sheet_groups"


def upgrade() -> None:
    """Make the table; what was sent before belongs to its groups of today."""
    op.create_table(
        GROUPS,
        sa.Column("sheet_id", Id, nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("key", sa.String(20), nullable=False),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["answer_sheets.id"], name=op.f(f"fk_{GROUPS}_sheet_id_answer_sheets"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("sheet_id", "kind", "key", name=op.f(f"pk_{GROUPS}")),
    )
    op.execute(
        f"INSERT INTO {GROUPS} (sheet_id, kind, key) SELECT answer_sheets.id, 'country', municipalities.country "
        "FROM answer_sheets JOIN municipalities ON municipalities.id = answer_sheets.municipality_id "
        "WHERE answer_sheets.state = 'sent'"
    )
    op.execute(
        f"INSERT INTO {GROUPS} (sheet_id, kind, key) "
        "SELECT answer_sheets.id, 'theme', CAST(theme_interests.theme_id AS VARCHAR(20)) "
        "FROM answer_sheets JOIN theme_interests ON theme_interests.member_id = answer_sheets.member_id "
        "WHERE answer_sheets.state = 'sent'"
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_table(GROUPS)
