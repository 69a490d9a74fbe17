"""The second step of signing in: apps for codes, recovery codes, passkeys, sign-ins half done.

Revision ID: 0070
Revises: 0131
"""

import sqlalchemy as sa
from alembic import op

revision = "0070"
down_revision = "0131"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SESSION = ("way", "confirmed_at", "challenge", "challenge_until")


def upgrade() -> None:
    """Make the tables and columns. Who is signed in came in by the password alone."""
    op.add_column("members", sa.Column("has_second_step", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("sessions", sa.Column("way", sa.String(length=12), nullable=False, server_default="password"))
    op.add_column("sessions", sa.Column("confirmed_at", sa.DateTime(), nullable=True))
    op.add_column("sessions", sa.Column("challenge", sa.LargeBinary(length=32), nullable=True))
    op.add_column("sessions", sa.Column("challenge_until", sa.DateTime(), nullable=True))
    op.create_table(
        "half_sign_ins",
        sa.Column("id", Id, nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("member_id", Id, nullable=True),
        sa.Column("stays", sa.Boolean(), nullable=False),
        sa.Column("target", sa.String(length=500), nullable=False),
        sa.Column("challenge", sa.LargeBinary(length=32), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_half_sign_ins_member_id_members"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_half_sign_ins")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_half_sign_ins_token_hash")),
    )
    op.create_index(op.f("ix_half_sign_ins_member_id"), "half_sign_ins", ["member_id"])
    op.create_index(op.f("ix_half_sign_ins_expires_at"), "half_sign_ins", ["expires_at"])
    op.create_table(
        "second_steps",
        sa.Column("member_id", Id, nullable=False),
        sa.Column("handle", sa.LargeBinary(length=32), nullable=False),
        sa.Column("salt", sa.LargeBinary(length=16), nullable=True),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        sa.Column("new_salt", sa.LargeBinary(length=16), nullable=True),
        sa.Column("new_until", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_second_steps_member_id_members"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_second_steps")),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("code_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_recovery_codes_member_id_members"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_codes")),
        sa.UniqueConstraint("member_id", "code_hash", name=op.f("uq_recovery_codes_member_id_code_hash")),
    )
    op.create_table(
        "passkeys",
        sa.Column("id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("credential_id", sa.LargeBinary(length=1023), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("transports", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_passkeys_member_id_members"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkeys")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_passkeys_credential_id")),
    )
    op.create_index(op.f("ix_passkeys_member_id"), "passkeys", ["member_id"])


def downgrade() -> None:
    """Drop them: signing in asks for the password alone again."""
    for table in ("passkeys", "recovery_codes", "second_steps", "half_sign_ins"):
        op.drop_table(table)
    # Not in a batch: SQLite would build the table anew, and dropping the old one would empty all that hang on it.
    for name in SESSION:
        op.drop_column("sessions", name)
    op.drop_column("members", "has_second_step")
