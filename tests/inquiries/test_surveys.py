"""Surveys: made by managers, seen by those whom they ask, answered once, closed for good."""

from datetime import timedelta

import pytest

from forum.core import clock
from forum.core.db import db, transaction
from forum.inquiries.actions import invite
from forum.inquiries.models import SurveyInvitation
from forum.questionnaires.actions import QuestionPlan
from tests.counting import statements

YES_NO = ({"en": "Yes", "ar": "نعم"}, {"en": "No", "ar": "لا"})
PLAN = QuestionPlan("choice", {"en": "A plan?", "ar": "خطة؟"}, options=YES_NO, is_required=True)
WHY = QuestionPlan("text", {"en": "Why?"})


@pytest.fixture
def manager(make, sign_in):
    """Who makes surveys."""
    return sign_in(make.member("The manager", roles=["manager"]))


@pytest.fixture
def rana(make):
    """An officer of Mafraq."""
    return make.member("Rana", municipality=make.municipality("Mafraq"))


def form_of(make, survey, *values, **more):
    """What a browser sends."""
    asked = make.asked(survey.questionnaire_id)
    sent = {"edition": make.edition(survey.questionnaire_id), "version": 0, "do": "send"}
    for question, value in zip(asked, values, strict=False):
        lineages = {one.words: one.lineage for one in question.options}
        sent[question.name] = lineages.get(value, value)
    return sent | more


def test_a_manager_makes_one_and_designs_it_and_members_answer(make, manager, sign_in, rana):
    space = make.public()
    opens = clock.now() + timedelta(minutes=5)
    sent = {
        "occasion": "yearly",
        "space": space.id,
        "voice": "member",
        "results_for": "answered",
        "opens": opens.isoformat(),
        "closes": (opens + timedelta(days=9)).isoformat(),
        "title_en": "Gaps of the year",
        "title_ar": "فجوات العام",
    }
    assert "Yearly, for the whole network" in manager.get("/en/surveys/new").text
    made = manager.form("/en/surveys", sent)
    assert made.status_code == 303 and "/questionnaires/" in made.location
    question = {"kind": "choice", "words_en": "A plan?", "options_en": "Yes\nNo", "required": "y"}
    assert manager.form(f"{made.location}/questions", question).status_code == 303
    (survey,) = manager.get("/api/v1/surveys").json["items"]
    member = sign_in(rana)
    assert member.get(f"/en/surveys/{survey['id']}").status_code == 404  # it has not opened
    assert "Not open yet" in manager.get("/en/surveys").text
    assert "Gaps of the year" not in member.get("/en/surveys").text
    with clock.at(opens + timedelta(minutes=1)):
        listed = member.get("/ar/surveys").text
        assert "فجوات العام" in listed
        page = member.get(f"/en/surveys/{survey['id']}/answers").text
        lineage = member.get(f"/api/v1/surveys/{survey['id']}/answers").json["questionnaire"]["questions"][0]["lineage"]
        assert f'name="q{lineage}"' in page and 'name="version" value="0"' in page
        empty = member.form(f"/en/surveys/{survey['id']}/answers", {"version": "0"}, method="PUT")
        assert empty.status_code == 422 and f'href="#q{lineage}"' in empty.text


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"title_en": ""}, "title_en"),
        ({"words_ar": "بلا عنوان"}, "title_ar"),
        ({"opens": "soon"}, "opens"),
        ({"closes": ""}, "closes"),
        ({"closes": "2020-01-01T00:00"}, "closes"),
        ({"voice": "anybody"}, "voice"),
        ({"occasion": "before"}, "workshop"),
        ({"space": "999999"}, "space"),
        ({"previous": "999999"}, "previous"),
    ],
)
def test_what_cannot_be_comes_back(make, manager, sent, field):
    right = {"occasion": "yearly", "space": make.public().id, "voice": "member", "results_for": "staff"}
    right |= {"opens": "2031-01-01T09:00", "closes": "2031-02-01T09:00", "title_en": "These words stay"}
    page = manager.form("/en/surveys", right | sent)
    assert page.status_code == 422 and f'href="#{field}"' in page.text
    assert "These words stay" in page.text or "title_en" in sent


def test_an_answer_is_sent_once_changed_and_never_lost(app, make, sign_in, rana):
    survey, client = make.survey(PLAN, WHY), sign_in(rana)
    path = f"/en/surveys/{survey.id}/answers"
    sent = form_of(make, survey, "Yes", "Because of the water")
    for _press in range(2):
        done = client.form(path, sent, method="PUT")
        assert done.status_code == 303
    assert "your answers count" in client.get(done.location).text
    other_tab = client.form(path, form_of(make, survey, "No", "For another reason"), method="PUT")
    assert other_tab.status_code == 409 and "in another window" in other_tab.text
    assert "For another reason" in other_tab.text and 'name="version" value="1"' in other_tab.text
    again = client.form(path, form_of(make, survey, "No", "For another reason", version=1), method="PUT")
    assert again.status_code == 303
    assert client.get(f"/api/v1/surveys/{survey.id}").json["answered"] == 1
    assert "For another reason" in client.get(f"/en/surveys/{survey.id}").text


def test_a_form_that_changed_meanwhile_comes_back_with_what_was_written(make, manager, sign_in, rana):
    survey = make.survey(PLAN, WHY)
    make.answers(survey.questionnaire_id, make.member("Samah"), "No")
    sent = form_of(make, survey, "Yes", "Because of the water")
    old = make.question_ids(survey.questionnaire_id)[0]
    changed = {"kind": "choice", "words": {"en": "Is there a plan?"}, "options": {"en": "Yes\nNo\nSoon"}}
    path = f"/api/v1/questionnaires/{survey.questionnaire_id}/questions/{old}"
    assert manager.json("PUT", path, changed).status_code == 200
    page = sign_in(rana).form(f"/en/surveys/{survey.id}/answers", sent, method="PUT")
    assert page.status_code == 409 and "The questions were changed while you answered" in page.text
    assert "Because of the water" in page.text and "Is there a plan?" in page.text and "checked" in page.text


def test_a_closed_survey_takes_nothing_and_gives_the_words_back(make, manager, sign_in, rana):
    survey, client = make.survey(PLAN, WHY), sign_in(rana)
    sent = form_of(make, survey, "Yes", "Because of the water")
    assert manager.form(f"/en/surveys/{survey.id}/closing", method="PUT").status_code == 303
    page = client.form(f"/en/surveys/{survey.id}/answers", sent, method="PUT")
    assert page.status_code == 409 and "takes no answers any more" in page.text
    assert "Because of the water" in page.text and 'value="send"' not in page.text
    assert client.get(f"/en/surveys/{survey.id}/answers").status_code == 302
    again = {"opens": "2031-01-01T09:00", "closes": "2031-02-01T09:00", "titles": {"en": "Open again"}}
    assert manager.json("PUT", f"/api/v1/surveys/{survey.id}", again).status_code == 409


def test_once_it_is_open_it_stays_as_it_began(make, manager):
    survey = make.survey(PLAN)
    held = manager.get(f"/en/surveys/{survey.id}/edit").text
    opens = held.split('name="opens"')[1].split('value="')[1].split('"')[0]
    sent = {
        "voice": "member",
        "results_for": "staff",
        "opens": opens,
        "closes": "2026-12-31T09:00",
        "title_en": "Other",
    }
    sent["closes"] = (clock.now() + timedelta(days=20)).strftime("%Y-%m-%dT%H:%M")
    path = f"/en/surveys/{survey.id}"
    assert manager.form(path, sent, method="PUT").status_code == 303
    for wrong in ({"opens": "2031-01-01T09:00"}, {"voice": "municipality"}, {"results_for": "answered"}):
        assert manager.form(path, sent | wrong, method="PUT").status_code == 422, wrong


def test_drafts_do_not_count_and_what_is_sent_stays_sent(make, sign_in, rana):
    survey, client = make.survey(PLAN, WHY), sign_in(rana)
    path = f"/en/surveys/{survey.id}/answers"
    kept = client.form(path, form_of(make, survey, "", "Half a thought", do="draft"), method="PUT")
    assert "Your draft is kept" in client.get(kept.location).text
    assert client.get(f"/api/v1/surveys/{survey.id}").json["answered"] == 0
    assert "Half a thought" in client.get(path).text
    client.form(path, form_of(make, survey, "Yes", "A thought", version=1), method="PUT")
    late = client.form(path, form_of(make, survey, "Yes", "A draft", version=2, do="draft"), method="PUT")
    assert late.status_code == 409 and "A draft" in late.text
    assert client.get(f"/api/v1/surveys/{survey.id}").json["mine"] == "sent"


def test_only_those_who_were_at_the_event_are_asked(make, sign_in):
    workshop = make.workshop("Plans for towns")
    there, away = make.member("Rana"), make.member("Samah")
    make.registration(workshop, there)
    survey = make.survey(PLAN, workshop=workshop)
    assert sign_in(there).get(f"/en/surveys/{survey.id}").status_code == 200
    other = sign_in(away)
    for path in (f"/en/surveys/{survey.id}", f"/api/v1/surveys/{survey.id}/answers"):
        assert other.get(path).status_code == 404
    assert other.get("/api/v1/surveys").json["items"] == []


def test_everybody_whom_it_asks_has_one_letter_and_one_notice(app, make, sign_in, work):
    workshop = make.workshop("Plans for towns")
    members = [make.member("رنا", language="ar"), make.member("Samah")]
    make.member("Somebody else")
    for one in members:
        make.registration(workshop, one)
    survey = make.survey(PLAN, workshop=workshop, title="How was it?")
    for _minute in range(2):
        with app.app_context(), transaction():
            invite()
        work()
    with app.app_context():
        assert db.session.query(SurveyInvitation).count() == 2
    letters = [one for one in make.letters("survey") if one.kind == "survey"]
    assert sorted(one.language for one in letters) == ["ar", "en"]
    (english,) = [one for one in letters if one.language == "en"]
    assert "How was it?" in english.subject and "words are read without names" in " ".join(english.text.split())
    client = sign_in(members[1])
    assert "A survey asks you" in client.get("/en/notices").text
    (notice,) = client.get("/api/v1/notices").json["items"]
    assert notice["subject"] == {"kind": "survey", "id": survey.id}


def test_nobody_is_invited_until_something_is_asked(app, make, rana):
    make.survey(previous_id=None)
    with app.app_context(), transaction():
        invite()
    assert make.letters("survey") == []


def test_the_list_costs_the_same_with_one_and_with_many(app, make, sign_in, rana):
    client, costs = sign_in(rana), []
    for number in (1, 29):
        for _n in range(number):
            make.survey(WHY)
        client.get("/en/surveys")
        with statements(app) as counted:
            page = client.get("/en/surveys")
        assert page.text.count('class="survey"') == (number if number == 1 else 30)
        costs.append(counted.number)
    assert costs[0] == costs[1] <= 4
