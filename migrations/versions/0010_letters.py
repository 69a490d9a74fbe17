"""Letters: what waits for the mail server, what it took, what it refused.

Revision ID: 0010
Revises: 0020
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0020"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "letters",
        sa.Column("id", Id, nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("member_id", Id, nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("token_salt", sa.LargeBinary(length=16), nullable=True),
        sa.Column("message_id", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=True),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letters")),
    )
    op.create_index(op.f("ix_letters_created_at"), "letters", ["created_at"])
    op.create_index(op.f("ix_letters_member_id"), "letters", ["member_id"])
    op.create_index("ix_letters_state_due_at", "letters", ["state", "due_at"])


def downgrade() -> None:
    """Drop it; what still waited is lost."""
    op.drop_index("ix_letters_state_due_at", table_name="letters")
    op.drop_index(op.f("ix_letters_member_id"), table_name="letters")
    op.drop_index(op.f("ix_letters_created_at"), table_name="letters")
    op.drop_table("letters")
