"""Questionnaire, its questions with their options and texts, and the sheets with answers. Texts are rows per
language; where a language has none, another one stands in for it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Float, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Id, Moment, db

LONGEST_QUESTION = 400
LONGEST_HELP = 1000
LONGEST_OPTION = 200
LONGEST_END = 80  # what stands at an end of a scale
LONGEST_ANSWER = 4000  # unless the question says less
MOST_QUESTIONS = 60
MOST_OPTIONS = 30
WIDEST_SCALE = 11  # 0 to 10
LARGEST_NUMBER = 10**12


class QuestionKind(StrEnum):
    """How a question is answered."""

    CHOICE = "choice"  # one option
    SEVERAL = "several"  # some
    SCALE = "scale"  # a whole number from one end to the other
    NUMBER = "number"
    TEXT = "text"
    MATRIX = "matrix"  # one option for each row


class Part(StrEnum):
    """What an option is to its question."""

    OPTION = "option"
    ROW = "row"  # of a matrix, whose options are its columns


class HolderKind(StrEnum):
    """Whose sheet it is."""

    MEMBER = "member"
    MUNICIPALITY = "municipality"


class SheetState(StrEnum):
    """How far it is."""

    DRAFT = "draft"  # kept, and counts nowhere
    PROPOSED = "proposed"  # waits for whoever approves it
    SENT = "sent"


class GroupKind(StrEnum):
    """By what answers are grouped."""

    COUNTRY = "country"
    THEME = "theme"


class Questionnaire(db.Model):
    """The questions about one subject, as a follow names its own: without a foreign key. `version` counts what was
    changed in the questions."""

    __tablename__ = "questionnaires"
    __table_args__ = (UniqueConstraint("subject_kind", "subject_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    subject_kind: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[int] = mapped_column(Id)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(Moment)


class Question(db.Model):
    """A question that has answers is never changed: another one takes its place and keeps its `lineage`, by which
    answers are compared, and this one retires. So does the copy of it in another questionnaire. Forms name it by its
    lineage.

    `at_least` and `at_most` are the ends of a scale, the limits of a number, how many of several are chosen, and the
    length of a text. It is shown when the question `shown_if_question` was answered with `shown_if_option`: lineages.
    """

    __tablename__ = "questions"
    __table_args__ = (Index("ix_questions_questionnaire", "questionnaire_id", "position"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaires.id", ondelete="CASCADE"))
    position: Mapped[int]
    lineage: Mapped[int] = mapped_column(Id, default=0)
    kind: Mapped[QuestionKind] = mapped_column(String(10))
    is_required: Mapped[bool] = mapped_column(default=False)
    at_least: Mapped[int | None]
    at_most: Mapped[int | None]
    shown_if_question: Mapped[int | None] = mapped_column(Id)
    shown_if_option: Mapped[int | None] = mapped_column(Id)
    retired_at: Mapped[datetime | None] = mapped_column(Moment)


class QuestionText(db.Model):
    """A question in one language. `low` and `high` are said at the ends of a scale."""

    __tablename__ = "question_texts"

    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(String(2), primary_key=True)
    words: Mapped[str] = mapped_column(String(LONGEST_QUESTION))
    help: Mapped[str] = mapped_column(Text, default="")
    low: Mapped[str] = mapped_column(String(LONGEST_END), default="")
    high: Mapped[str] = mapped_column(String(LONGEST_END), default="")


class QuestionOption(db.Model):
    """What can be chosen, or a row of a matrix. Its `lineage` goes with it from question to question."""

    __tablename__ = "question_options"
    __table_args__ = (Index("ix_question_options_question", "question_id", "part", "position"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"))
    part: Mapped[Part] = mapped_column(String(6))
    position: Mapped[int]
    lineage: Mapped[int] = mapped_column(Id, default=0)


class OptionText(db.Model):
    """An option in one language."""

    __tablename__ = "question_option_texts"

    option_id: Mapped[int] = mapped_column(ForeignKey("question_options.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(String(2), primary_key=True)
    words: Mapped[str] = mapped_column(String(LONGEST_OPTION))


class AnswerSheet(db.Model):
    """What one member or one municipality answers: there is one sheet for each. `member_id` wrote it last,
    `municipality_id` is theirs at that time, `approved_by_id` stands behind it where somebody has to. `version` counts
    how often it was written."""

    __tablename__ = "answer_sheets"
    __table_args__ = (UniqueConstraint("questionnaire_id", "holder_kind", "holder_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaires.id", ondelete="CASCADE"))
    holder_kind: Mapped[HolderKind] = mapped_column(String(12))
    holder_id: Mapped[int] = mapped_column(Id)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipalities.id"), index=True)
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    language: Mapped[str] = mapped_column(String(2))
    state: Mapped[SheetState] = mapped_column(String(10), default=SheetState.DRAFT)
    version: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(Moment)
    changed_at: Mapped[datetime] = mapped_column(Moment)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)


class SheetGroup(db.Model):
    """A group that a sheet belonged to when it was sent: the country of its municipality, the themes that its writer
    was interested in. What they change later moves no answer from one group to another, or two looks at the results
    would tell whose it was."""

    __tablename__ = "answer_sheet_groups"

    sheet_id: Mapped[int] = mapped_column(ForeignKey("answer_sheets.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[GroupKind] = mapped_column(String(10), primary_key=True)
    key: Mapped[str] = mapped_column(String(20), primary_key=True)  # a country's code, a theme's id


class Answer(db.Model):
    """A part of the answer to a question: a row for each option chosen (with `row_id` in a matrix), or one row with a
    number or with words."""

    __tablename__ = "answers"
    __table_args__ = (Index("ix_answers_sheet", "sheet_id", "question_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    sheet_id: Mapped[int] = mapped_column(ForeignKey("answer_sheets.id", ondelete="CASCADE"))
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"), index=True)
    row_id: Mapped[int | None] = mapped_column(ForeignKey("question_options.id", ondelete="CASCADE"), index=True)
    option_id: Mapped[int | None] = mapped_column(ForeignKey("question_options.id", ondelete="CASCADE"), index=True)
    number: Mapped[float | None] = mapped_column(Float)
    words: Mapped[str] = mapped_column(Text, default="")
