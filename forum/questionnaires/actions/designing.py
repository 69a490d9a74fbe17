"""Designing: questions are added, changed, moved, removed. What has answers is never changed in place."""

from collections.abc import Mapping

from sqlalchemy import delete, select

from forum.core import audit, clock
from forum.core.db import db, insert
from forum.core.errors import Conflict, Invalid
from forum.core.languages import LANGUAGES, clean_body, clean_line, fold
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.questionnaires import queries
from forum.questionnaires.actions.plans import ByLanguage, QuestionPlan, check_plan
from forum.questionnaires.models import (
    MOST_QUESTIONS,
    OptionText,
    Part,
    Question,
    QuestionKind,
    Questionnaire,
    QuestionOption,
    QuestionText,
)


def begin_questionnaire(subject_kind: str, subject_id: int) -> Questionnaire:
    """The questionnaire of a subject, made when it is asked for the first time."""
    row = {"subject_kind": subject_kind, "subject_id": subject_id, "version": 1, "created_at": clock.now()}
    begun = insert(Questionnaire).values(row)
    db.session.execute(begun.on_conflict_do_nothing(index_elements=["subject_kind", "subject_id"]))
    found = queries.find_questionnaire(subject_kind, subject_id)
    assert found is not None, "it was just inserted"
    return found


def add_question(questionnaire: Questionnaire, plan: QuestionPlan, *, by: Reader | None) -> Question:
    """At the end. The caller has asked `rules.subject_of`; `by` None is the operator."""
    questionnaire = queries.lock_questionnaire(questionnaire.id)
    asked = _active(questionnaire)
    if len(asked) >= MOST_QUESTIONS:
        raise Invalid(_("A questionnaire has at most %(num)s questions.", num=MOST_QUESTIONS))
    check_plan(plan, before=asked)
    question = _write(questionnaire, plan, position=(asked[-1].position if asked else 0) + 1)
    _note("question added", questionnaire, question, by)
    return question


def change_question(question: Question, plan: QuestionPlan, *, by: Reader | None) -> Question:
    """Ask something else instead. A question that has answers retires with them, and another one takes its place."""
    questionnaire = queries.lock_questionnaire(question.questionnaire_id)
    question = queries.get_question(questionnaire, question.id)
    before = [one for one in _active(questionnaire) if one.position < question.position]
    check_plan(plan, before=before)
    if _says(plan) == _says(plan_of(question)):
        return question
    old, lineage = _lineages(question), question.lineage
    answered = queries.has_answers(question.id)
    if answered:
        question.retired_at = clock.now()
        changed = _write(questionnaire, plan, position=question.position, like=question, old=old)
    else:
        for table in (QuestionText, QuestionOption):
            db.session.execute(delete(table).where(table.question_id == question.id))
        changed = _write(questionnaire, plan, position=question.position, like=question, old=old, row=question)
    _check_leaned_on(questionnaire, lineage, changed)
    _note("question replaced" if answered else "question changed", questionnaire, changed, by)
    return changed


def move_question(question: Question, *, up: bool, by: Reader | None) -> None:
    """Change places with its neighbour; at an end nothing happens. A question stays behind the one it depends on."""
    questionnaire = queries.lock_questionnaire(question.questionnaire_id)
    question = queries.get_question(questionnaire, question.id)
    asked = _active(questionnaire)
    here = [one.id for one in asked].index(question.id)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(asked):
        return
    first, second = (asked[there], asked[here]) if up else (asked[here], asked[there])
    if second.shown_if_question == first.lineage:
        raise Conflict(_("One of the two depends on the other, which must come first."))
    first.position, second.position = second.position, first.position
    _note("question moved", questionnaire, question, by)


def remove_question(question: Question, *, by: Reader | None) -> bool:
    """Ask it no more. With answers it retires and keeps them: then True."""
    questionnaire = queries.lock_questionnaire(question.questionnaire_id)
    question = queries.get_question(questionnaire, question.id)
    if any(one.shown_if_question == question.lineage for one in _active(questionnaire)):
        raise Conflict(_("Another question depends on this one. Change that one first."))
    answered = queries.has_answers(question.id)
    _note("question removed", questionnaire, question, by)
    if answered:
        question.retired_at = clock.now()
    else:
        db.session.execute(delete(Question).where(Question.id == question.id))
    return answered


def copy_questions(source: Questionnaire, target: Questionnaire, *, by: Reader | None) -> None:
    """What one asks is asked by the other too, after what it asks already. Lineages stay: answers can be compared."""
    target = queries.lock_questionnaire(target.id)
    there = {one.lineage for one in _active(target)}
    position = max((one.position for one in _active(target)), default=0)
    for question in _active(source):
        if question.lineage in there:
            continue
        position += 1
        _write(target, plan_of(question), position=position, like=question, old=_lineages(question))
    target.version += 1
    audit.note("questions copied", actor_id=by and by.id, subject=("questionnaire", target.id))


_TEXTS = ("words", "help", "low", "high")


def plan_of(question: Question) -> QuestionPlan:
    """What it asks now."""
    texts, parts = queries.texts_of(question.id)
    option = question.shown_if_option
    return QuestionPlan(
        kind=question.kind,
        **{name: {one: getattr(text, name) for one, text in texts.items()} for name in _TEXTS},
        options=parts[Part.OPTION],
        rows=parts[Part.ROW],
        is_required=question.is_required,
        at_least=question.at_least,
        at_most=question.at_most,
        shown_if=(question.shown_if_question, option) if question.shown_if_question and option else None,
    )


def _says(plan: QuestionPlan) -> tuple[object, ...]:
    """All that a plan says, without what is empty."""
    lines = [[_cleaned(one) for one in part] for part in (plan.options, plan.rows)]
    texts = [_cleaned(getattr(plan, name)) for name in _TEXTS]
    return (plan.kind, *texts, *lines, plan.is_required, plan.at_least, plan.at_most, plan.shown_if)


def _cleaned(texts: ByLanguage) -> dict[str, str]:
    return {language: cleaned for language, text in texts.items() if (cleaned := clean_body(text or ""))}


def _active(questionnaire: Questionnaire) -> list[Question]:
    query = select(Question).where(Question.questionnaire_id == questionnaire.id, Question.retired_at.is_(None))
    query = query.order_by(Question.position, Question.id)
    return list(db.session.scalars(query.execution_options(populate_existing=True)))


def _lineages(question: Question) -> dict[tuple[str, str], int]:
    """{(part, folded words in any language): lineage} of its options: an option that keeps its words in one language
    is the same option."""
    query = (
        select(QuestionOption.part, QuestionOption.lineage, OptionText.words)
        .join(OptionText, OptionText.option_id == QuestionOption.id)
        .where(QuestionOption.question_id == question.id)
        .order_by(QuestionOption.position.desc())
    )
    return {(row.part, fold(row.words)): row.lineage for row in db.session.execute(query)}


def _write(
    questionnaire: Questionnaire,
    plan: QuestionPlan,
    *,
    position: int,
    like: Question | None = None,
    old: Mapping[tuple[str, str], int] | None = None,
    row: Question | None = None,
) -> Question:
    """The question with its texts and options: in `row`, or in a new one of the lineage of `like`. An answer of
    another kind cannot be compared, so that another kind begins a lineage."""
    question = row or Question(questionnaire_id=questionnaire.id, position=position)
    keeps = like is not None and like.kind == plan.kind
    question.kind, question.is_required = QuestionKind(plan.kind), plan.is_required
    question.at_least, question.at_most = plan.at_least, plan.at_most
    question.shown_if_question, question.shown_if_option = plan.shown_if or (None, None)
    db.session.add(question)
    db.session.flush()
    question.lineage = like.lineage if like is not None and keeps else question.id
    for language in LANGUAGES:
        if words := clean_line(plan.words.get(language) or ""):
            ends = {name: clean_line(getattr(plan, name).get(language) or "") for name in ("low", "high")}
            text = QuestionText(question_id=question.id, language=language, words=words, **ends)
            text.help = clean_body(plan.help.get(language) or "")
            db.session.add(text)
    taken: set[int] = set()
    for part, lines in ((Part.OPTION, plan.options), (Part.ROW, plan.rows)):
        for place, texts in enumerate(lines, start=1):
            _write_option(question, part, place, texts, old or {}, taken)
    db.session.flush()
    return question


def _write_option(
    question: Question,
    part: Part,
    position: int,
    texts: ByLanguage,
    old: Mapping[tuple[str, str], int],
    taken: set[int],
) -> None:
    option = QuestionOption(question_id=question.id, part=part, position=position)
    db.session.add(option)
    db.session.flush()
    known = (old.get((part, fold(clean_line(texts[one])))) for one in LANGUAGES if texts.get(one))
    option.lineage = next((one for one in known if one and one not in taken), option.id)
    taken.add(option.lineage)
    for language in LANGUAGES:
        if words := clean_line(texts.get(language) or ""):
            db.session.add(OptionText(option_id=option.id, language=language, words=words))


def _check_leaned_on(questionnaire: Questionnaire, before: int, changed: Question) -> None:
    """What depends on the question, which had the lineage `before`, must find the option that it waits for."""
    has = set(db.session.scalars(select(QuestionOption.lineage).where(QuestionOption.question_id == changed.id)))
    for one in _active(questionnaire):
        is_lost = before != changed.lineage or one.shown_if_option not in has
        if one.shown_if_question == before and one.id != changed.id and is_lost:
            raise Conflict(
                _("Another question is shown for an answer that would not be there any more. Change that one first.")
            )


def _note(what: str, questionnaire: Questionnaire, question: Question, by: Reader | None) -> None:
    questionnaire.version += 1
    audit.note(what, actor_id=by and by.id, subject=("questionnaire", questionnaire.id), question=question.id)
