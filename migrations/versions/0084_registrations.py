"""Registrations: who comes to a workshop, how many come in, and what guests say until their address is known.

Revision ID: 0084
Revises: 0075
"""

import sqlalchemy as sa
from alembic import op

revision = "0084"
down_revision = "0075"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "admissions",
        sa.Column("workshop_id", Id, nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("joining_link", sa.String(500), nullable=False),
        sa.Column("link_version", sa.Integer(), nullable=False),
        _workshop("admissions"),
        sa.PrimaryKeyConstraint("workshop_id", name=op.f("pk_admissions")),
    )
    op.create_table(
        "registrations",
        sa.Column("id", Id, nullable=False),
        sa.Column("workshop_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=True),
        sa.Column("email", sa.String(254), nullable=True),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("organisation", sa.String(120), nullable=False),
        sa.Column("country", sa.String(2), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("answer", sa.String(5), nullable=False),
        sa.Column("place", sa.String(9), nullable=False),
        sa.Column("wants", sa.String(2), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("talk_id", Id, nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("waits_since", sa.DateTime(), nullable=True),
        sa.Column("told", sa.String(30), nullable=False),
        _workshop("registrations"),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_registrations_member_id_members"), ondelete="CASCADE"
        ),
        _talk("registrations"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registrations")),
        sa.UniqueConstraint("workshop_id", "member_id", name=op.f("uq_registrations_workshop_id_member_id")),
        sa.UniqueConstraint("workshop_id", "email", name=op.f("uq_registrations_workshop_id_email")),
    )
    op.create_index(op.f("ix_registrations_member_id"), "registrations", ["member_id"])
    op.create_index(op.f("ix_registrations_email"), "registrations", ["email"])
    op.create_index(op.f("ix_registrations_talk_id"), "registrations", ["talk_id"])
    op.create_index("ix_registrations_place", "registrations", ["workshop_id", "place", "waits_since", "id"])
    op.create_table(
        "guest_answers",
        sa.Column("id", Id, nullable=False),
        sa.Column("workshop_id", Id, nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("organisation", sa.String(120), nullable=False),
        sa.Column("country", sa.String(2), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("answer", sa.String(5), nullable=False),
        sa.Column("wants", sa.String(2), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("talk_id", Id, nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(), nullable=True),
        _workshop("guest_answers"),
        _talk("guest_answers"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guest_answers")),
    )
    for column in ("workshop_id", "email", "talk_id", "created_at"):
        op.create_index(op.f(f"ix_guest_answers_{column}"), "guest_answers", [column])


def _workshop(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_workshop_id_workshops")
    return sa.ForeignKeyConstraint(["workshop_id"], ["workshops.id"], name=name, ondelete="CASCADE")


def _talk(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["talk_id"], ["talks.id"], name=op.f(f"fk_{table}_talk_id_talks"), ondelete="SET NULL"
    )


def downgrade() -> None:
    """Drop them; follows that came with them stay as they are."""
    op.drop_table("guest_answers")
    op.drop_table("registrations")
    op.drop_table("admissions")
