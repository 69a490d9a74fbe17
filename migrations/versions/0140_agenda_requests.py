"""What the network asks for, and the voices behind it.

Revision ID: 0140
Revises: 0084
"""

import sqlalchemy as sa
from alembic import op

revision = "0140"
down_revision = "0084"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
REQUESTS, VOICES = "agenda_requests", "agenda_voices"


def _key(table: str, column: str, other: str, **more: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"), **more)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        REQUESTS,
        sa.Column("id", Id, nullable=False),
        sa.Column("space_id", Id, nullable=False),
        sa.Column("asker_id", Id, nullable=False),
        sa.Column("municipality_id", Id, nullable=True),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("language_source", sa.String(10), nullable=False),
        sa.Column("direction", sa.String(3), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("voices", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("decision", sa.Integer(), nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("decided_by_id", Id, nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("link", sa.String(500), nullable=False),
        sa.Column("workshop_id", Id, nullable=True),
        sa.Column("merged_into_id", Id, nullable=True),
        _key(REQUESTS, "space_id", "spaces"),
        _key(REQUESTS, "asker_id", "members"),
        _key(REQUESTS, "municipality_id", "municipalities"),
        _key(REQUESTS, "decided_by_id", "members"),
        _key(REQUESTS, "workshop_id", "workshops", ondelete="SET NULL"),
        _key(REQUESTS, "merged_into_id", REQUESTS),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_requests")),
    )
    op.create_index("ix_agenda_requests_state", REQUESTS, ["state", "voices", "id"])
    for column in ("space_id", "asker_id", "municipality_id", "decided_by_id", "workshop_id", "merged_into_id"):
        op.create_index(op.f(f"ix_{REQUESTS}_{column}"), REQUESTS, [column])
    op.create_table(
        VOICES,
        sa.Column("id", Id, nullable=False),
        sa.Column("request_id", Id, nullable=False),
        sa.Column("town_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("through_id", Id, nullable=True),
        sa.Column("cast_at", sa.DateTime(), nullable=False),
        _key(VOICES, "request_id", REQUESTS, ondelete="CASCADE"),
        _key(VOICES, "member_id", "members", ondelete="CASCADE"),
        _key(VOICES, "through_id", REQUESTS, ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_voices")),
        sa.UniqueConstraint("request_id", "town_id", name=op.f("uq_agenda_voices_request_id_town_id")),
    )
    for column in ("town_id", "member_id", "through_id"):
        op.create_index(op.f(f"ix_{VOICES}_{column}"), VOICES, [column])


def downgrade() -> None:
    """Drop them; notices of requests with them, for they would lead nowhere."""
    op.execute("DELETE FROM notices WHERE subject_kind = 'request'")
    op.drop_table(VOICES)
    op.drop_table(REQUESTS)
