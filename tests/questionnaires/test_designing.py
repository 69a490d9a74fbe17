"""Designing a questionnaire: by form and API, in languages, with what holds once there are answers."""

import pytest

from forum.core.db import db
from forum.core.errors import Conflict
from forum.questionnaires import actions, queries
from forum.questionnaires.actions import QuestionPlan
from forum.questionnaires.models import Question
from tests.counting import statements

YES_NO = ({"en": "Yes", "ar": "نعم"}, {"en": "No", "ar": "لا"})
CHOICE = QuestionPlan("choice", {"en": "Do you have a plan?", "ar": "هل لديكم خطة؟"}, options=YES_NO, is_required=True)
TEXT = QuestionPlan("text", {"en": "What do you need?"})


@pytest.fixture
def manager(make, sign_in):
    """Who designs."""
    return sign_in(make.member("The manager", roles=["manager"]))


def asked_of(app, questionnaire_id, language="en", **more):
    """What it asks."""
    with app.app_context():
        return queries.asked_of(queries.get_questionnaire(questionnaire_id), language, **more)


def test_a_question_of_each_kind_is_added_on_pages_that_need_no_script(app, make, manager):
    path = f"/en/questionnaires/{make.questionnaire(None, TEXT)}"
    options = {"options_en": "Water\n\nWaste\n", "options_ar": "المياه\nالنفايات"}
    sent = {
        "choice": {"words_en": "Which?", "words_ar": "أيها؟", **options, "required": "y"},
        "several": {"words_en": "Which ones?", **options, "words_ar": "أيّها؟", "at_most": "٢"},
        "scale": {"words_en": "How well?", "low_en": "badly", "high_en": "well", "at_least": "1", "at_most": "5"},
        "number": {"words_en": "How many?", "at_least": "0"},
        "text": {"words_en": "Why?", "help_en": "In a few words.", "at_most": "100"},
        "matrix": {"words_en": "How are they?", "rows_en": "Roads\nPipes", "options_en": "Good\nBad"},
    }
    for kind, fields in sent.items():
        assert f'name="kind" value="{kind}"' in manager.get(f"{path}/questions/new?kind={kind}").text
        done = manager.form(f"{path}/questions", {"kind": kind} | fields)
        assert done.status_code == 303, done.text
    page = manager.get(path).text
    assert page.count('class="design-question"') == 7 and "The question is added." in page
    _first, choice, several, scale, number, text, matrix = asked_of(app, int(path.rpartition("/")[2]), "ar")
    assert [one.words for one in choice.options] == ["المياه", "النفايات"] and choice.is_required
    assert several.at_most == 2 and (scale.at_least, scale.at_most, scale.low) == (1, 5, "badly")
    assert number.at_least == 0 and (text.help, text.at_most, text.language) == ("In a few words.", 100, "en")
    assert [one.words for one in matrix.rows] == ["Roads", "Pipes"]
    arabic = manager.get(path.replace("/en/", "/ar/") + "/preview").text
    assert "المياه" in arabic and '<span lang="en" dir="ltr">Roads</span>' in arabic and 'type="submit"' not in arabic


@pytest.mark.parametrize(
    ("kind", "sent", "field"),
    [
        ("text", {"words_en": ""}, "words_en"),
        ("text", {"words_en": "x" * 401}, "words_en"),
        ("text", {"words_en": "Why?", "help_ar": "لأن"}, "words_ar"),
        ("text", {"words_en": "Why?", "at_most": "0"}, "at_most"),
        ("choice", {"words_en": "Which?", "options_en": "One"}, "options_en"),
        ("choice", {"words_en": "Which?", "options_en": "One\nTwo", "options_ar": "واحد"}, "options_ar"),
        ("choice", {"words_en": "Which?", "options_en": "One\none"}, "options_en"),
        ("matrix", {"words_en": "Which?", "options_en": "One\nTwo"}, "rows_en"),
        ("scale", {"words_en": "How?", "at_least": "1"}, "at_most"),
        ("scale", {"words_en": "How?", "at_least": "0", "at_most": "50"}, "at_most"),
        ("several", {"words_en": "Which?", "options_en": "One\nTwo", "at_least": "3"}, "at_least"),
        ("number", {"words_en": "How many?", "at_least": "9", "at_most": "3"}, "at_most"),
        ("text", {"words_en": "Why?", "shown_if": "7-8"}, "shown_if"),
        ("text", {"words_en": "Why?", "shown_if": "\u0661-x"}, "shown_if"),
        ("dance", {"words_en": "Why?"}, "kind"),
    ],
)
def test_what_cannot_be_comes_back_with_all_that_was_written(make, manager, kind, sent, field):
    path = f"/en/questionnaires/{make.questionnaire()}/questions"
    page = manager.form(path, {"kind": kind, "help_en": "These words stay."} | sent)
    assert (page.status_code == 422 and f'href="#{field}"' in page.text) or field == "kind"
    assert "These words stay." in page.text and page.status_code == 422
    assert len(make.question_ids(int(path.split("/")[3]))) == 1


def test_the_same_form_twice_is_one_question(make, manager):
    id = make.questionnaire()
    sent = {"kind": "text", "words": {"en": "Why?"}, "key": "the-key"}
    for _again in range(2):
        assert manager.json("POST", f"/api/v1/questionnaires/{id}/questions", sent).status_code == 201
    assert len(make.question_ids(id)) == 2
    other = manager.json("POST", f"/api/v1/questionnaires/{id}/questions", sent | {"words": {"en": "How?"}})
    assert other.status_code == 409


def test_a_question_without_answers_is_changed_in_place(app, make, manager):
    id = make.questionnaire(None, CHOICE)
    (question,) = asked_of(app, id)
    path = f"/en/questionnaires/{id}/questions/{question.id}"
    assert "Do you have a plan?" in manager.get(path).text
    changed = {"kind": "choice", "words_en": "Have you got one?", "options_en": "Yes\nNo\nSoon"}
    assert manager.form(path, changed, method="PUT").status_code == 303
    (again,) = asked_of(app, id)
    assert (again.id, again.lineage, again.words) == (question.id, question.lineage, "Have you got one?")
    assert [one.lineage for one in again.options[:2]] == [one.lineage for one in question.options]


def test_a_question_with_answers_retires_and_the_changed_one_takes_its_place(app, make, manager):
    id = make.questionnaire(None, CHOICE, TEXT)
    sheet = make.answers(id, make.member("Rana"), "Yes", "Pipes")
    old, _text = asked_of(app, id)
    path = f"/en/questionnaires/{id}/questions/{old.id}"
    assert "This question has answers." in manager.get(path).text
    assert "There are answers already." in manager.get(f"/en/questionnaires/{id}").text
    changed = {"kind": "choice", "words_en": "Have you got one?", "options_en": "Yes\nNo\nSoon"}
    done = manager.form(path, changed, method="PUT")
    assert "The new question takes the place of the old one" in manager.get(done.location).text
    new, _text = asked_of(app, id)
    assert new.id != old.id and new.lineage == old.lineage and new.number == 1
    assert new.options[0].lineage == old.options[0].lineage and new.options[0].id != old.options[0].id
    with app.app_context():
        given = queries.answers_on(queries.get_sheet(sheet))
        assert given[old.id].options == (old.options[0].id,) and new.id not in given
        assert [one.id for one in asked_of(app, id, answered_on=sheet)] == [new.id, old.id, _text.id]
    assert manager.get(path).status_code == 404  # it is asked no more


def test_saving_an_answered_question_as_it_is_replaces_nothing(app, make):
    id = make.questionnaire(None, CHOICE)
    make.answers(id, make.member("Rana"), "No")
    (question,) = asked_of(app, id)
    with make.writing():
        row = db.session.get_one(Question, question.id)
        assert actions.change_question(row, actions.plan_of(row), by=None).id == question.id


def test_a_question_of_another_kind_begins_a_lineage(app, make):
    id = make.questionnaire(None, CHOICE)
    make.answers(id, make.member("Rana"), "No")
    (question,) = asked_of(app, id)
    with make.writing():
        actions.change_question(db.session.get_one(Question, question.id), TEXT, by=None)
    assert asked_of(app, id)[0].lineage != question.lineage


def test_questions_are_moved_and_removed_with_their_answers_kept(app, make, manager):
    id = make.questionnaire(None, CHOICE, TEXT)
    first, second = make.question_ids(id)
    path = f"/en/questionnaires/{id}/questions"
    assert manager.form(f"{path}/{second}/position", {"to": "up"}, method="PUT").status_code == 303
    assert make.question_ids(id) == [second, first]
    manager.form(f"{path}/{second}/position", {"to": "up"}, method="PUT")
    assert make.question_ids(id) == [second, first]
    assert manager.form(f"{path}/{second}/position", {"to": "away"}, method="PUT").status_code == 422
    sheet = make.answers(id, make.member("Rana"), "Pipes", "Yes")
    done = manager.form(f"{path}/{second}", method="DELETE")
    assert "The answers that it has are kept." in manager.get(done.location).text
    assert make.question_ids(id) == [first]
    with app.app_context():
        assert queries.answers_on(queries.get_sheet(sheet))[second].words == "Pipes"


def test_what_another_question_depends_on_can_neither_go_nor_come_after_it(app, make, manager):
    id = make.questionnaire(None, CHOICE)
    (choice,) = asked_of(app, id)
    sent = {"kind": "text", "words_en": "Which?", "shown_if": f"{choice.lineage}-{choice.options[0].lineage}"}
    assert manager.form(f"/en/questionnaires/{id}/questions", sent).status_code == 303
    assert "Only if the answer to “" in manager.get(f"/en/questionnaires/{id}").text
    row = f"/api/v1/questionnaires/{id}/questions/{choice.id}"
    assert manager.json("DELETE", row).status_code == 409
    assert manager.json("PUT", f"{row}/position", {"to": "down"}).status_code == 409
    without = {"kind": "choice", "words": {"en": "Have you?"}, "options": {"en": "No\nSoon"}}
    assert manager.json("PUT", row, without).status_code == 409
    assert manager.json("PUT", row, without | {"options": {"en": "yes\nSoon"}}).status_code == 200
    shown_if = manager.get(f"/api/v1/questionnaires/{id}").json["questions"][1]["shown_if"]
    assert shown_if == {"question": choice.lineage, "option": choice.options[0].lineage}


def test_next_years_copy_asks_the_same_lineages(app, make):
    id = make.questionnaire(None, CHOICE)
    (choice,) = asked_of(app, id)
    leaning = QuestionPlan("text", {"en": "Which?"}, shown_if=(choice.lineage, choice.options[0].lineage))
    with make.writing():
        actions.add_question(queries.get_questionnaire(id), leaning, by=None)
    other = make.questionnaire(make.space("public"), TEXT)
    for _again in range(2):
        with make.writing():
            actions.copy_questions(queries.get_questionnaire(id), queries.get_questionnaire(other), by=None)
    own, copied, depends = asked_of(app, other, "ar")
    assert own.words == "What do you need?" and copied.words == "هل لديكم خطة؟"
    assert copied.lineage == choice.lineage and copied.id != choice.id
    assert [one.lineage for one in copied.options] == [one.lineage for one in choice.options]
    assert depends.condition.option_words == "نعم"


def test_a_questionnaire_of_many_questions_costs_two_statements(app, make):
    few, many = make.questionnaire(None, TEXT), make.questionnaire(make.space("public"), *[CHOICE] * 30)
    costs = []
    for id in (few, many):
        with app.app_context():
            questionnaire = queries.get_questionnaire(id)
            with statements(app) as counted:
                queries.asked_of(questionnaire, "en")
            costs.append(counted.number)
    assert costs == [2, 2]


def test_there_is_an_end_to_questions(make):
    id = make.questionnaire(None, *[TEXT] * 60)
    with make.writing(), pytest.raises(Exception, match="at most 60"):
        actions.add_question(queries.get_questionnaire(id), TEXT, by=None)
    assert issubclass(actions.Meanwhile, Conflict)
