"""The form that a manager designs: asked of applicants, read by reviewers and managers."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from forum.applying.queries import SUBJECT
from forum.core import clock
from forum.core.db import db
from forum.questionnaires.actions import QuestionPlan, add_question, begin_questionnaire
from forum.questionnaires.models import AnswerSheet
from tests.applying.choosing import Choosing

CHOICE = {
    "kind": "choice",
    "required": True,
    "words": {"en": "How long have you worked on it?", "ar": "منذ متى العمل في المجال؟"},
    "options": {"en": "Less than a year\nLonger", "ar": "أقل من سنة\nأكثر"},
}
TEXT = {"kind": "text", "words": {"en": "What do you bring?"}}


@pytest.fixture
def workshop(make):
    made = make.workshop(starts=(clock.now() + timedelta(days=10)).replace(tzinfo=None, microsecond=0))
    make.call(made)
    return made


@pytest.fixture
def asked(make, sign_in, workshop):
    """A question that must be answered, and one that may stay open: as the API tells of them."""
    manager = sign_in(make.manager())
    id = manager.get(f"/api/v1/workshops/{workshop.id}/call").json["questionnaire"]["id"]
    for question in (CHOICE, TEXT):
        assert manager.json("POST", f"/api/v1/questionnaires/{id}/questions", question).status_code == 201
    return manager.get(f"/api/v1/questionnaires/{id}").json


def test_managers_alone_design_it_and_until_the_call_closes(make, sign_in, client, workshop, asked):
    page = f"/en/questionnaires/{asked['id']}"
    manager, member = sign_in(make.manager()), sign_in(make.member())
    assert page in manager.get(f"/en/workshops/{workshop.id}/call").text
    assert manager.get(page).status_code == 200
    assert member.get(page).status_code == 403 and client.get(page).status_code == 401
    assert page not in member.get(f"/en/workshops/{workshop.id}/call").text
    closed = make.workshop(starts=(clock.now() + timedelta(days=10)).replace(tzinfo=None, microsecond=0))
    make.call(closed, closed=True)
    late = manager.get(f"/api/v1/workshops/{closed.id}/call").json["questionnaire"]["id"]
    assert manager.get(f"/en/questionnaires/{late}").status_code == 403


def test_applicants_answer_it_on_the_page_in_their_language(app, make, sign_in, workshop, asked):
    member = sign_in(make.member(municipality=make.municipality()))
    page, (first, second) = f"/ar/workshops/{workshop.id}/application", asked["questions"]
    assert "منذ متى" in member.get(page).text
    sent = {"words": "نعمل على المياه.", "gender": "woman", f"q{second['lineage']}": "خبرة عشر سنوات"}
    refused = member.form(page, sent | {"edition": str(asked["version"])}, method="PUT")
    assert refused.status_code == 422 and f'href="#q{first["lineage"]}"' in refused.text
    assert "نعمل على المياه." in refused.text and "خبرة عشر سنوات" in refused.text
    empty = member.form(page, {"words": ""}, method="PUT").text
    assert empty.count('class="error-summary"') == 1 and 'href="#words"' in empty and "<title>خطأ" in empty
    sent[f"q{first['lineage']}"] = str(first["options"][1]["lineage"])
    for _twice in range(2):
        assert member.form(page, sent | {"edition": str(asked["version"])}, method="PUT").status_code == 303
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(AnswerSheet)) == 1
    again = member.get(page).text
    assert "خبرة عشر سنوات" in again and "checked" in again
    overtaken = member.form(page, sent | {"edition": "1"}, method="PUT")
    assert overtaken.status_code == 409 and "خبرة عشر سنوات" in overtaken.text
    assert member.form(page, method="DELETE").status_code == 303
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(AnswerSheet)) == 0


def test_applicants_answer_it_by_the_api(make, sign_in, workshop, asked):
    member = sign_in(make.member(municipality=make.municipality()))
    api, (first, second) = f"/api/v1/workshops/{workshop.id}/application", asked["questions"]
    known = member.get(f"/api/v1/workshops/{workshop.id}/call").json["questionnaire"]
    assert [one["id"] for one in known["questions"]] == [first["id"], second["id"]]
    assert member.json("PUT", api, {"words": "We need it."}).status_code == 422
    answers = [
        {"question": first["id"], "options": [first["options"][0]["id"]]},
        {"question": second["id"], "words": "Ten years of work."},
    ]
    own = member.json("PUT", api, {"words": "We need it.", "edition": known["version"], "answers": answers})
    assert own.status_code == 200 and own.json["answers"] == answers
    assert member.json("PUT", api, {"words": "We need it.", "answers": [{"question": 9999}]}).status_code == 422
    assert member.json("PUT", api, {"words": "We need it.", "answers": "yes"}).status_code == 422


def test_a_question_that_comes_later_is_pointed_out(make, sign_in, workshop):
    member = make.member(municipality=make.municipality())
    make.candidacy(workshop, member)
    manager, client = sign_in(make.manager()), sign_in(member)
    page = f"/en/workshops/{workshop.id}/application"
    assert "not answered yet" not in client.get(page).text
    id = manager.get(f"/api/v1/workshops/{workshop.id}/call").json["questionnaire"]["id"]
    manager.json("POST", f"/api/v1/questionnaires/{id}/questions", CHOICE)
    assert "not answered yet" in client.get(page).text


def test_reviewers_and_managers_read_the_answers_and_the_sheet_has_them(app, make, sign_in):
    choosing = Choosing(app, make, sign_in)
    with make.writing():
        asked = make_question(choosing.workshop.id)
    make.answers(asked, choosing.members[0], "Marked77")
    base = f"/workshops/{choosing.workshop.id}/applications"
    assert "Marked77" in choosing.manager.get(f"/en{base}/{choosing.ids[0]}").text
    assert "Marked77" not in choosing.manager.get(f"/en{base}/{choosing.ids[1]}").text
    assert choosing.manager.get(f"/api/v1{base}/{choosing.ids[0]}").json["answers"][0]["words"] == "Marked77"
    assert choosing.manager.get(f"/en{base}.csv").text.count("Marked77") == 1
    assert "Marked77" in choosing.client(0).get(f"/en/workshops/{choosing.workshop.id}/application").text
    assert choosing.client(1).get(f"/en{base}/{choosing.ids[0]}").status_code == 404
    choosing.erase(0)
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(AnswerSheet)) == 0


def make_question(workshop_id: int) -> int:
    """One text is asked; the id of the questionnaire."""
    made = begin_questionnaire(SUBJECT, workshop_id)
    add_question(made, QuestionPlan("text", {"en": "What do you bring?"}), by=None)
    return made.id
