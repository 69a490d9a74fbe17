"""Municipalities answer: one officer drafts, the focal point approves, one answer counts."""

import pytest

from forum.core.db import db
from forum.municipalities import actions as municipalities
from forum.municipalities.models import Municipality
from forum.questionnaires.actions import QuestionPlan

WHY = QuestionPlan("text", {"en": "Why?"}, is_required=True)


@pytest.fixture
def town(make):
    """Whose officers answer."""
    return make.municipality("Mafraq")


@pytest.fixture
def survey(make):
    """Asks municipalities."""
    return make.survey(WHY, voice="municipality")


def hand_over(make, client, survey, words, version=0):
    """Fill it in."""
    (question,) = make.asked(survey.questionnaire_id)
    sent = {question.name: words, "version": version, "edition": make.edition(survey.questionnaire_id), "do": "send"}
    return client.form(f"/en/surveys/{survey.id}/answers", sent, method="PUT")


def waiting(client, survey):
    """What waits for this reader."""
    return client.get(f"/api/v1/surveys/{survey.id}/approval").json["items"]


def test_the_focal_point_approves_and_then_it_counts_once(make, sign_in, town, survey):
    officer, colleague = (sign_in(make.member(name, municipality=town)) for name in ("Rana", "Huda"))
    chief = make.member("Samah", municipality=town)
    make.focal_point(chief, town)
    focal = sign_in(chief)
    done = hand_over(make, officer, survey, "Because of the water")
    page = officer.get(done.location).text
    assert "wait for the approval" in page and "Samah" in page
    assert officer.get(f"/api/v1/surveys/{survey.id}").json["answered"] == 0
    assert [one.subject for one in make.letters("survey_approval")] == ["Answers of your municipality wait for you"]
    assert waiting(officer, survey) == waiting(colleague, survey) == []
    (sheet,) = waiting(focal, survey)
    for other in (officer, colleague):
        refused = other.json("PUT", f"/api/v1/surveys/{survey.id}/approval", {"sheet": sheet["sheet"]})
        assert refused.status_code == 403
    assert "Because of the water" in focal.get(f"/en/surveys/{survey.id}").text
    stale = {"sheet": sheet["sheet"], "version": 7}
    assert focal.json("PUT", f"/api/v1/surveys/{survey.id}/approval", stale).status_code == 409
    for _press in range(2):
        sent = {"sheet": sheet["sheet"], "version": sheet["version"]}
        assert focal.form(f"/en/surveys/{survey.id}/approval", sent, method="PUT").status_code == 303
    assert officer.get(f"/api/v1/surveys/{survey.id}").json["answered"] == 1
    late = hand_over(make, colleague, survey, "Another reason", version=1)
    assert late.status_code == 409 and "Another reason" in late.text
    assert hand_over(make, focal, survey, "Because of the old pipes", version=1).status_code == 303
    assert officer.get(f"/api/v1/surveys/{survey.id}").json["answered"] == 1


def test_without_a_focal_point_a_second_member_approves_and_the_page_says_so(make, sign_in, town, survey):
    officer, colleague = (sign_in(make.member(name, municipality=town)) for name in ("Rana", "Huda"))
    manager = sign_in(make.member("The manager", roles=["manager"]))
    assert "a second member of it approves" in officer.get(f"/en/surveys/{survey.id}").text
    hand_over(make, officer, survey, "Because of the water")
    assert waiting(officer, survey) == waiting(manager, survey) == []
    (sheet,) = waiting(colleague, survey)
    sent = {"sheet": sheet["sheet"], "version": 1}
    assert colleague.json("PUT", f"/api/v1/surveys/{survey.id}/approval", sent).json["items"] == []
    assert officer.get(f"/api/v1/surveys/{survey.id}").json["answered"] == 1


def test_who_is_alone_is_approved_by_a_manager(make, sign_in, town, survey):
    officer = sign_in(make.member("Rana", municipality=town))
    assert "you are its only member here" in officer.get(f"/en/surveys/{survey.id}").text
    hand_over(make, officer, survey, "Because of the water")
    manager = sign_in(make.member("The manager", roles=["manager"]))
    (sheet,) = waiting(manager, survey)
    sent = {"sheet": sheet["sheet"], "version": 1}
    assert manager.json("PUT", f"/api/v1/surveys/{survey.id}/approval", sent).status_code == 200
    assert officer.get(f"/api/v1/surveys/{survey.id}").json["mine"] == "sent"


def test_who_belongs_to_no_municipality_is_not_asked(make, sign_in, survey):
    stranger = sign_in(make.member("Nobody"))
    assert stranger.get(f"/en/surveys/{survey.id}").status_code == 404


def test_managers_name_focal_points(make, sign_in, town):
    member, other = make.member("Rana", municipality=town), make.member("Huda")
    manager = sign_in(make.member("The manager", roles=["manager"]))
    path = f"/municipalities/{town.id}/focal-points"
    assert "Make focal point" in manager.get(f"/en{path}").text
    for _press in range(2):
        assert manager.form(f"/en{path}/{member.id}", method="PUT").status_code == 303
    assert manager.get(f"/api/v1{path}").json["items"] == [{"id": member.id, "name": "Rana"}]
    assert manager.json("PUT", f"/api/v1{path}/{other.id}").status_code == 422
    assert sign_in(member).get(f"/en{path}").status_code == 403
    assert manager.json("DELETE", f"/api/v1{path}/{member.id}").json["items"] == []


def test_two_that_become_one_have_one_answer_and_the_focal_points_of_both(app, make, sign_in, town, survey):
    other = make.municipality("Mafraq el Kubra")
    rana, huda = make.member("Rana", municipality=town), make.member("Huda", municipality=other)
    make.focal_point(rana, town)
    make.focal_point(huda, other)
    hand_over(make, sign_in(rana), survey, "Of the first")
    hand_over(make, sign_in(huda), survey, "Of the second")
    manager = make.member("The manager", roles=["manager"])
    by = make.reader(manager)
    with make.writing():
        goes, into = (db.session.get_one(Municipality, one.id) for one in (other, town))
        municipalities.merge_municipalities(goes, into=into, by=by)
    client = sign_in(make.member("Samah", municipality=town))
    assert client.get(f"/api/v1/surveys/{survey.id}").json["answered"] == 1
    boss = sign_in(manager)
    points = boss.get(f"/api/v1/municipalities/{town.id}/focal-points").json["items"]
    assert {one["name"] for one in points} == {"Rana", "Huda"}
