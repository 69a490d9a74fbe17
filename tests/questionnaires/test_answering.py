"""Answers: read in any digits, judged on the server, kept once, and lost by nobody."""

import threading

import pytest

from forum.core.db import db, transaction
from forum.core.errors import Invalid
from forum.core.languages import speaking
from forum.questionnaires import actions, queries
from forum.questionnaires.actions import Meanwhile, QuestionPlan, QuestionsChanged, read_answers, sent_of_json
from forum.questionnaires.models import Question, SheetState

PLAN = QuestionPlan("choice", {"en": "Plan?"}, options=({"en": "Yes"}, {"en": "No"}), is_required=True)
ONES = ({"en": "Water"}, {"en": "Waste"}, {"en": "Roads"})
SEVERAL = QuestionPlan("several", {"en": "Which?"}, options=ONES, at_least=1, at_most=2)
SCALE = QuestionPlan("scale", {"en": "How well?"}, at_least=1, at_most=5)
NUMBER = QuestionPlan("number", {"en": "How many?"}, at_least=0, at_most=2_000_000)
TEXT = QuestionPlan("text", {"en": "Why?"}, at_most=20)
GOOD_BAD = ({"en": "Good"}, {"en": "Bad"})
MATRIX = QuestionPlan("matrix", {"en": "State?"}, rows=ONES[:2], options=GOOD_BAD, is_required=True)


@pytest.fixture
def asking(app, make):
    """`asking(plan, …)`: what a questionnaire of these asks."""

    def ask(*plans):
        id = make.questionnaire(None, *plans)
        with app.app_context():
            return queries.asked_of(queries.get_questionnaire(id), "en")

    return ask


@pytest.mark.parametrize(
    ("plan", "texts", "given"),
    [
        (NUMBER, ["12"], 12.0),
        (NUMBER, ["١٢٬٣٤٥٫٥"], 12345.5),
        (NUMBER, [" 1 234,5 "], 1234.5),
        (NUMBER, ["-1"], "This must be 0 or more."),
        (NUMBER, ["2000001"], "This must be 2,000,000 or less."),
        (NUMBER, ["1e9"], "This must be a number."),
        (NUMBER, ["nan"], "This must be a number."),
        (NUMBER, [""], None),
        (SCALE, ["٥"], 5.0),
        (SCALE, ["6"], "Choose one of these."),
        (SCALE, ["1", "2"], "Choose one of these."),
        (TEXT, ["x" * 21], "At most 20 characters."),
        (TEXT, [" \u200b "], None),
        (SEVERAL, ["999999"], "Choose among these."),
    ],
)
def test_what_was_sent_is_read_or_refused(asking, plan, texts, given):
    asked = asking(plan)
    with speaking("en"):
        answers, errors = read_answers(asked, {asked[0].name: texts})
    if isinstance(given, str):
        assert errors == {asked[0].name: given} and not answers
    elif given is None:
        assert not answers and not errors
    else:
        assert answers[asked[0].id].number == given


@pytest.mark.parametrize(
    ("locale", "text", "number"),
    [
        ("en", "12,500", 12500),
        ("en", "1,234,567", 1234567),
        ("en", "12,500.75", 12500.75),
        ("en", "12.125", 12.125),
        ("ar", "١٢,٥٠٠", 12500),
        ("ar", "١٢٫١٢٥", 12.125),
        ("tr", "12.500", 12500),
        ("tr", "1.234.567,5", 1234567.5),
        ("tr", "12,125", 12.125),
        ("fr", "12.500", 12500),
        ("fr", "12\u202f500,5", 12500.5),
        ("fr", "0.125", 0.125),
    ],
)
def test_thousands_are_read_as_the_language_writes_them(asking, locale, text, number):
    asked = asking(NUMBER)
    with speaking(locale):
        answers, errors = read_answers(asked, {asked[0].name: [text]})
        assert not errors and answers[asked[0].id].number == number
        assert read_answers(asked, queries.as_sent(asked, answers)).answers == answers  # and so the form shows them
        json = sent_of_json(asked, [{"question": asked[0].id, "number": number}])
        assert read_answers(asked, json).answers == answers


def test_several_and_tables_have_their_limits(asking):
    several, matrix = asked = asking(SEVERAL, MATRIX)
    options = [str(one.lineage) for one in several.options]
    good = str(matrix.options[0].lineage)
    with speaking("en"):
        _none, errors = read_answers(asked, {several.name: options})
        assert errors == {several.name: "Choose 2 at most.", matrix.name: "Please choose something here."}
        _none, errors = read_answers(asked, {matrix.row_name(matrix.rows[0]): [good]})
        assert errors == {matrix.name: "Please choose something in each line."}
        sent = {several.name: [options[0]] * 2} | {matrix.row_name(row): [good] for row in matrix.rows}
        answers, errors = read_answers(asked, sent)
    assert not errors and answers[several.id].options == (several.options[0].id,)
    assert answers[matrix.id].rows == {row.id: matrix.options[0].id for row in matrix.rows}
    assert not read_answers(asked, {}, whole=False).errors


def test_errors_are_in_the_readers_language(asking):
    asked = asking(PLAN)
    with speaking("ar"):
        assert list(read_answers(asked, {}).errors.values()) == ["يرجى اختيار شيء هنا."]


def test_what_was_not_asked_is_neither_missed_nor_kept(app, make, asking):
    (plan,) = asking(PLAN)
    yes, no = (str(one.lineage) for one in plan.options)
    leaning = QuestionPlan("text", {"en": "Which?"}, is_required=True, shown_if=(plan.lineage, int(yes)))
    with make.writing():
        questionnaire = queries.find_questionnaire("space", make.public().id)
        actions.add_question(questionnaire, leaning, by=None)
        asked = queries.asked_of(questionnaire, "en")
    answers, errors = read_answers(asked, {plan.name: [no], asked[1].name: ["A hidden word"]})
    assert set(answers) == {plan.id} and not errors
    assert set(read_answers(asked, {plan.name: [yes]}).errors) == {asked[1].name}
    both = read_answers(asked, {plan.name: [yes], asked[1].name: ["The new one"]})
    assert both.answers[asked[1].id].words == "The new one" and not both.errors


def test_two_windows_the_second_is_told_and_a_double_press_is_one_sheet(app, make):
    id, member = make.questionnaire(None, PLAN), make.member("Rana")
    first = make.answers(id, member, "Yes", version=0)
    assert make.answers(id, member, "Yes", version=0) == first and make.sheet(first).version == 1
    with pytest.raises(Meanwhile):
        make.answers(id, member, "No", version=0)
    with app.app_context():
        assert len(queries.answers_on(queries.get_sheet(first))) == 1
    assert make.answers(id, member, "No", version=1) == first
    assert (make.sheet(first).version, make.sheet(first).state) == (2, SheetState.SENT)


def test_who_answers_questions_that_were_changed_is_told_and_the_form_still_fits(app, make):
    id, member = make.questionnaire(None, PLAN), make.member("Rana")
    make.answers(id, make.member("Samah"), "Yes")
    with app.app_context():
        questionnaire = queries.get_questionnaire(id)
        edition, (old,) = questionnaire.version, queries.asked_of(questionnaire, "en")
    sent = {old.name: [str(old.options[0].lineage)]}
    with make.writing():
        more = QuestionPlan("choice", {"en": "A plan?"}, options=(*PLAN.options, {"en": "Soon"}), is_required=True)
        actions.change_question(db.session.get_one(Question, old.id), more, by=None)
    with pytest.raises(QuestionsChanged):
        make.answers(id, member, "Yes", edition=edition)
    with app.app_context():
        (new,) = queries.asked_of(queries.get_questionnaire(id), "en")
        assert read_answers([new], sent).answers[new.id].options == (new.options[0].id,)


def test_a_sheet_written_anew_keeps_what_it_said_to_retired_questions(app, make):
    id, member = make.questionnaire(None, PLAN, TEXT), make.member("Rana")
    sheet = make.answers(id, member, "Yes", "Because")
    plan, text = make.question_ids(id)
    with make.writing():
        actions.remove_question(db.session.get_one(Question, plan), by=None)
    assert make.answers(id, member, "For two reasons") == sheet
    with app.app_context():
        given = queries.answers_on(queries.get_sheet(sheet))
        assert given[text].words == "For two reasons" and given[plan].options


def test_many_presses_at_once_are_one_sheet(app, make):
    id, member = make.questionnaire(None, PLAN), make.member("Rana")
    by = make.reader(member)
    with app.app_context():
        (question,) = queries.asked_of(queries.get_questionnaire(id), "en")
    answers, done = read_answers([question], {question.name: [str(question.options[0].lineage)]}).answers, []

    def press():
        with app.app_context(), transaction():
            one = queries.get_questionnaire(id)
            done.append(actions.keep_sheet(one, answers, by=by, language="en", version=0).id)

    threads = [threading.Thread(target=press) for _n in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(set(done)) == 1 and len(done) == 4
    with app.app_context():
        assert queries.count_sheets(id) == 1


def test_json_says_the_same_as_a_form(asking):
    asked = plan, several, scale, number, text, matrix = asking(PLAN, SEVERAL, SCALE, NUMBER, TEXT, MATRIX)
    cells = [{"row": row.id, "option": matrix.options[1].id} for row in matrix.rows]
    body = [
        {"question": plan.id, "options": [plan.options[0].id]},
        {"question": several.id, "options": [one.id for one in several.options[:2]]},
        {"question": scale.id, "number": 3},
        {"question": number.id, "number": 1234.5},
        {"question": text.id, "words": "Because."},
        {"question": matrix.id, "rows": cells},
    ]
    answers, errors = read_answers(asked, actions.sent_of_json(asked, body))
    assert not errors and len(answers) == 6
    assert actions.sent_of_json(asked, body) == queries.as_sent(asked, answers)
    assert queries.said(matrix, answers[matrix.id]) == ["Water: Bad", "Waste: Bad"]


@pytest.mark.parametrize(
    "body",
    [None, "all", [1], [{"question": 999999}], [{"question": True}], [{}]],
)
def test_json_that_answers_nothing_is_refused(asking, body):
    with pytest.raises(Invalid):
        actions.sent_of_json(asking(PLAN), body)


@pytest.mark.parametrize(
    "part",
    [
        {"options": ["1"]},
        {"options": 7},
        {"options": [-1]},
        {"number": "12"},
        {"number": 1e20},
        {"words": 7},
        {"rows": [{"row": "x"}]},
    ],
)
def test_json_of_the_wrong_kind_answers_nothing(asking, part):
    asked = asking(PLAN, NUMBER)
    for question in asked:
        sent = actions.sent_of_json(asked, [{"question": question.id} | part])
        assert not read_answers([question], sent).answers
