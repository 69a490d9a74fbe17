"""Surveys: a questionnaire with an occasion, who was invited, the topics of its charts.

Revision ID: 0151
Revises: 0181
"""

import sqlalchemy as sa
from alembic import op

revision = "0151"
down_revision = "0181"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "surveys",
        sa.Column("id", Id, nullable=False),
        sa.Column("occasion", sa.String(8), nullable=False),
        sa.Column("voice", sa.String(12), nullable=False),
        sa.Column("results_for", sa.String(10), nullable=False),
        sa.Column("workshop_id", Id, nullable=True),
        sa.Column("space_id", Id, nullable=False),
        sa.Column("previous_id", Id, nullable=True),
        sa.Column("made_by_id", Id, nullable=False),
        sa.Column("opens_at", sa.DateTime(), nullable=False),
        sa.Column("closes_at", sa.DateTime(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("invited_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["made_by_id"], ["members.id"], name=op.f("fk_surveys_made_by_id_members")),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["surveys.id"], name=op.f("fk_surveys_previous_id_surveys"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name=op.f("fk_surveys_space_id_spaces")),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshops.id"], name=op.f("fk_surveys_workshop_id_workshops"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surveys")),
    )
    op.create_index("ix_surveys_made_by_id", "surveys", ["made_by_id"])
    op.create_index("ix_surveys_previous_id", "surveys", ["previous_id"])
    op.create_index("ix_surveys_space_id", "surveys", ["space_id"])
    op.create_index("ix_surveys_times", "surveys", ["opens_at", "closes_at"])
    op.create_index("ix_surveys_workshop_id", "surveys", ["workshop_id"])
    op.create_table(
        "survey_invitations",
        sa.Column("survey_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("invited_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_survey_invitations_member_id_members"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["survey_id"], ["surveys.id"], name=op.f("fk_survey_invitations_survey_id_surveys"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("survey_id", "member_id", name=op.f("pk_survey_invitations")),
    )
    op.create_index("ix_survey_invitations_member_id", "survey_invitations", ["member_id"])
    op.create_table(
        "survey_texts",
        sa.Column("survey_id", Id, nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("written_in", sa.String(2), nullable=True),
        sa.ForeignKeyConstraint(
            ["survey_id"], ["surveys.id"], name=op.f("fk_survey_texts_survey_id_surveys"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("survey_id", "language", name=op.f("pk_survey_texts")),
    )
    op.create_table(
        "survey_topics",
        sa.Column("survey_id", Id, nullable=False),
        sa.Column("question_id", Id, nullable=False),
        sa.Column("topic_id", Id, nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_survey_topics_question_id_questions"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["survey_id"], ["surveys.id"], name=op.f("fk_survey_topics_survey_id_surveys"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["topics.id"], name=op.f("fk_survey_topics_topic_id_topics"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("survey_id", "question_id", name=op.f("pk_survey_topics")),
    )
    op.create_index("ix_survey_topics_topic_id", "survey_topics", ["topic_id"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("survey_topics")
    op.drop_table("survey_texts")
    op.drop_table("survey_invitations")
    op.drop_table("surveys")
