"""Questionnaires: questions in languages, and the sheets on which they are answered.

Revision ID: 0150
Revises: 0170
"""

import sqlalchemy as sa
from alembic import op

revision = "0150"
down_revision = "0170"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "questionnaires",
        sa.Column("id", Id, nullable=False),
        sa.Column("subject_kind", sa.String(20), nullable=False),
        sa.Column("subject_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questionnaires")),
        sa.UniqueConstraint("subject_kind", "subject_id", name=op.f("uq_questionnaires_subject_kind_subject_id")),
    )
    op.create_table(
        "questions",
        sa.Column("id", Id, nullable=False),
        sa.Column("questionnaire_id", Id, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("lineage", Id, nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("is_required", sa.Boolean(), nullable=False),
        sa.Column("at_least", sa.Integer(), nullable=True),
        sa.Column("at_most", sa.Integer(), nullable=True),
        sa.Column("shown_if_question", Id, nullable=True),
        sa.Column("shown_if_option", Id, nullable=True),
        sa.Column("retired_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["questionnaire_id"],
            ["questionnaires.id"],
            name=op.f("fk_questions_questionnaire_id_questionnaires"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
    )
    op.create_index("ix_questions_questionnaire", "questions", ["questionnaire_id", "position"])
    op.create_table(
        "answer_sheets",
        sa.Column("id", Id, nullable=False),
        sa.Column("questionnaire_id", Id, nullable=False),
        sa.Column("holder_kind", sa.String(12), nullable=False),
        sa.Column("holder_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("municipality_id", Id, nullable=True),
        sa.Column("approved_by_id", Id, nullable=True),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["approved_by_id"], ["members.id"], name=op.f("fk_answer_sheets_approved_by_id_members")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_answer_sheets_member_id_members")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_answer_sheets_municipality_id_municipalities")
        ),
        sa.ForeignKeyConstraint(
            ["questionnaire_id"],
            ["questionnaires.id"],
            name=op.f("fk_answer_sheets_questionnaire_id_questionnaires"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_sheets")),
        sa.UniqueConstraint(
            "questionnaire_id",
            "holder_kind",
            "holder_id",
            name=op.f("uq_answer_sheets_questionnaire_id_holder_kind_holder_id"),
        ),
    )
    op.create_index("ix_answer_sheets_approved_by_id", "answer_sheets", ["approved_by_id"])
    op.create_index("ix_answer_sheets_member_id", "answer_sheets", ["member_id"])
    op.create_index("ix_answer_sheets_municipality_id", "answer_sheets", ["municipality_id"])
    op.create_table(
        "question_options",
        sa.Column("id", Id, nullable=False),
        sa.Column("question_id", Id, nullable=False),
        sa.Column("part", sa.String(6), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("lineage", Id, nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["questions.id"],
            name=op.f("fk_question_options_question_id_questions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_options")),
    )
    op.create_index("ix_question_options_question", "question_options", ["question_id", "part", "position"])
    op.create_table(
        "question_texts",
        sa.Column("question_id", Id, nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("words", sa.String(400), nullable=False),
        sa.Column("help", sa.Text(), nullable=False),
        sa.Column("low", sa.String(80), nullable=False),
        sa.Column("high", sa.String(80), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_question_texts_question_id_questions"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("question_id", "language", name=op.f("pk_question_texts")),
    )
    op.create_table(
        "answers",
        sa.Column("id", Id, nullable=False),
        sa.Column("sheet_id", Id, nullable=False),
        sa.Column("question_id", Id, nullable=False),
        sa.Column("row_id", Id, nullable=True),
        sa.Column("option_id", Id, nullable=True),
        sa.Column("number", sa.Float(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["option_id"],
            ["question_options.id"],
            name=op.f("fk_answers_option_id_question_options"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_answers_question_id_questions"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["row_id"], ["question_options.id"], name=op.f("fk_answers_row_id_question_options"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["answer_sheets.id"], name=op.f("fk_answers_sheet_id_answer_sheets"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answers")),
    )
    op.create_index("ix_answers_option_id", "answers", ["option_id"])
    op.create_index("ix_answers_question_id", "answers", ["question_id"])
    op.create_index("ix_answers_row_id", "answers", ["row_id"])
    op.create_index("ix_answers_sheet", "answers", ["sheet_id", "question_id"])
    op.create_table(
        "question_option_texts",
        sa.Column("option_id", Id, nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("words", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(
            ["option_id"],
            ["question_options.id"],
            name=op.f("fk_question_option_texts_option_id_question_options"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("option_id", "language", name=op.f("pk_question_option_texts")),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("question_option_texts")
    op.drop_table("answers")
    op.drop_table("question_texts")
    op.drop_table("question_options")
    op.drop_table("answer_sheets")
    op.drop_table("questions")
    op.drop_table("questionnaires")
