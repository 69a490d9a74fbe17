"""Polls in topics: what is asked, what can be chosen, the voices.

Revision ID: 0045
Revises: 0023
"""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0023"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "polls",
        sa.Column("id", Id, nullable=False),
        sa.Column("topic_id", Id, nullable=False),
        sa.Column("author_id", Id, nullable=False),
        sa.Column("question", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("direction", sa.String(length=3), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("voice", sa.String(length=12), nullable=False),
        sa.Column("results", sa.String(length=10), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("closes_at", sa.DateTime(), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["topic_id"], ["topics.id"], name=op.f("fk_polls_topic_id_topics"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["author_id"], ["members.id"], name=op.f("fk_polls_author_id_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_polls")),
    )
    op.create_index(op.f("ix_polls_topic_id"), "polls", ["topic_id"])
    op.create_table(
        "poll_options",
        sa.Column("id", Id, nullable=False),
        sa.Column("poll_id", Id, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=120), nullable=False),
        sa.Column("direction", sa.String(length=3), nullable=False),
        sa.ForeignKeyConstraint(
            ["poll_id"], ["polls.id"], name=op.f("fk_poll_options_poll_id_polls"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll_options")),
        sa.UniqueConstraint("poll_id", "position", name=op.f("uq_poll_options_poll_id_position")),
    )
    op.create_table(
        "poll_ballots",
        sa.Column("id", Id, nullable=False),
        sa.Column("poll_id", Id, nullable=False),
        sa.Column("voter_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("cast_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["poll_id"], ["polls.id"], name=op.f("fk_poll_ballots_poll_id_polls"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_poll_ballots_member_id_members"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll_ballots")),
        sa.UniqueConstraint("poll_id", "voter_id", name=op.f("uq_poll_ballots_poll_id_voter_id")),
    )
    op.create_index(op.f("ix_poll_ballots_member_id"), "poll_ballots", ["member_id"])
    op.create_table(
        "poll_choices",
        sa.Column("ballot_id", Id, nullable=False),
        sa.Column("option_id", Id, nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ballot_id"], ["poll_ballots.id"], name=op.f("fk_poll_choices_ballot_id_poll_ballots"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["option_id"], ["poll_options.id"], name=op.f("fk_poll_choices_option_id_poll_options"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("ballot_id", "option_id", name=op.f("pk_poll_choices")),
    )
    op.create_index(op.f("ix_poll_choices_option_id"), "poll_choices", ["option_id"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("poll_choices")
    op.drop_table("poll_ballots")
    op.drop_table("poll_options")
    op.drop_table("polls")
