"""A manager opens a call, changes it, takes it away; while it is on, the form of registrations is closed."""

from datetime import timedelta

import pytest

from forum.core import clock

WORDS = {"words_en": "Who works on water should apply.", "words_ar": "الدعوة موجّهة إلى العاملين في قطاع المياه."}


def sent(**more):
    """What a browser sends."""
    closes = (clock.now() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    form = {"seats": "3", "closes": closes, "zone": "Europe/Paris", "most": "5 10", "reviewers": ""}
    return form | {"criteria_en": "Need\nPlan", "criteria_ar": "الحاجة\nالخطة"} | WORDS | more


@pytest.fixture
def workshop(make):
    return make.workshop("The workshop", starts=(clock.now() + timedelta(days=10)).replace(tzinfo=None, microsecond=0))


def test_a_manager_opens_a_call_and_everybody_reads_it_in_their_language(make, sign_in, client, workshop):
    layla = make.member("Layla Haddad", municipality=make.municipality())
    manager = sign_in(make.manager())
    path = f"/en/workshops/{workshop.id}/call"
    assert "Places are given to" not in client.get(f"/en/workshops/{workshop.id}").text
    answer = manager.form(path, sent(reviewers="Layla Haddad"), method="PUT")
    assert answer.status_code == 303, answer.text
    assert WORDS["words_en"] in client.get(path).text
    assert WORDS["words_ar"] in client.get(path.replace("/en/", "/ar/")).text
    assert WORDS["words_en"] in client.get(path.replace("/en/", "/fr/")).text, "where there is none, English stands in"
    seen = client.get(f"/api/v1/workshops/{workshop.id}/call").json
    assert (seen["seats"], seen["open"], seen["criteria"], seen["reviewers"]) == (3, True, None, None)
    known = manager.get(f"/api/v1/workshops/{workshop.id}/call").json
    assert [(one["words"], one["most"]) for one in known["criteria"]] == [("Need", 5), ("Plan", 10)]
    assert known["reviewers"] == [{"id": layla.id, "name": "Layla Haddad"}]
    reviewer = sign_in(layla).get(f"/api/v1/workshops/{workshop.id}/call").json
    assert len(reviewer["criteria"]) == 2 and reviewer["reviewers"] is None
    assert "Layla Haddad" in manager.get(f"{path}/edit").text
    assert "Sign in and apply" in client.get(path).text and "Ask to join" in client.get(path).text


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"seats": "0"}, "seats"),
        ({"seats": ""}, "seats"),
        ({"closes": "2020-01-01T10:00"}, "closes"),
        ({"closes": "2999-01-01T10:00"}, "closes"),
        ({"closes": "soon"}, "closes"),
        ({"zone": "Asia/Nowhere"}, "zone"),
        ({"words_en": "", "words_ar": " "}, "words_en"),
        ({"most": "5 5 5"}, "most"),
        ({"most": "0"}, "most"),
        ({"criteria_en": "x" * 201}, "criteria_en"),
        ({"criteria_en": "\n".join("abcdefghijklm"), "most": "5"}, "criteria_en"),
        ({"reviewers": "Nobody Known"}, "reviewers"),
        ({"reviewers": "999999"}, "reviewers"),
        ({"reviewers": "A Twin"}, "reviewers"),
    ],
)
def test_what_is_wrong_with_a_call_is_said_at_its_field(make, sign_in, workshop, more, field):
    make.member("A Twin")
    make.member("A Twin")
    manager = sign_in(make.manager())
    answer = manager.form(f"/en/workshops/{workshop.id}/call", sent(**more), method="PUT")
    assert answer.status_code == 422 and f'href="#{field}"' in answer.text
    assert manager.get(f"/en/workshops/{workshop.id}/call").status_code == 404


def test_a_form_in_arabic_asks_for_the_words_in_arabic_and_numbers_may_be_too_large(make, sign_in, workshop):
    manager = sign_in(make.manager())
    asked = sent(words_en="", words_ar="", seats="2")
    answer = manager.form(f"/ar/workshops/{workshop.id}/call", asked, method="PUT")
    assert 'href="#words_ar"' in answer.text and 'href="#words_en"' not in answer.text
    for seats in ("99999999999", "9" * 5000):
        answer = manager.form(f"/en/workshops/{workshop.id}/call", sent(seats=seats), method="PUT")
        assert answer.status_code == 422 and "Places – This number is too large." in answer.text


def test_a_time_that_does_not_exist_is_refused(make, sign_in):
    workshop = make.workshop(starts=clock.now().replace(tzinfo=None, year=2031, month=6, day=1, microsecond=0))
    answer = sign_in(make.manager()).json(
        "PUT",
        f"/api/v1/workshops/{workshop.id}/call",
        {"seats": 2, "closes": "2031-03-30T02:30", "zone": "Europe/Paris", "texts": {"en": "Apply."}},
    )
    assert answer.status_code == 422 and "does not exist" in answer.json["error"]["fields"]["closes"]


def test_while_there_is_a_call_nobody_else_registers_and_the_page_says_so(make, sign_in, client, workshop):
    make.call(workshop)
    member = sign_in(make.member())
    page = f"/en/workshops/{workshop.id}/registration"
    assert "given by application" in client.get(f"/en/workshops/{workshop.id}").text
    for who in (member, client):
        assert "closed to all who were not selected" in who.get(page).text
    assert member.form(page, {"answer": "yes"}, method="PUT").status_code == 422
    assert member.json("PUT", f"/api/v1{page[3:]}", {"answer": "maybe"}).status_code == 422
    guest = {"answer": "yes", "display_name": "A Guest", "email": "guest@example.org"}
    assert client.form(f"{page}s", guest).status_code == 422
    assert client.json("POST", f"/api/v1{page[3:]}s", guest).status_code == 422


def test_a_call_comes_too_late_where_people_have_places(make, sign_in, workshop):
    make.registration(workshop, make.member())
    answer = sign_in(make.manager()).form(f"/en/workshops/{workshop.id}/call", sent(), method="PUT")
    assert answer.status_code == 409 and "unfair" in answer.text


def test_places_without_a_number_are_refused_while_people_apply(make, sign_in, workshop):
    make.call(workshop)
    manager = sign_in(make.manager())
    path = f"/api/v1/workshops/{workshop.id}/admission"
    assert manager.json("PUT", path, {"capacity": None}).status_code == 422
    assert manager.json("PUT", path, {"capacity": 7}).status_code == 200
    assert manager.get(f"/api/v1/workshops/{workshop.id}/call").json["seats"] == 7


def test_a_call_goes_while_nobody_has_applied_and_stays_after(make, sign_in, workshop):
    make.call(workshop)
    manager, member = sign_in(make.manager()), make.member(municipality=make.municipality())
    path = f"/api/v1/workshops/{workshop.id}/call"
    make.candidacy(workshop, member)
    assert manager.json("DELETE", path).status_code == 409
    sign_in(member).json("DELETE", f"/api/v1/workshops/{workshop.id}/application")
    assert manager.json("DELETE", path).status_code == 204
    assert manager.get(path).status_code == 404
    assert (
        sign_in(member).json("PUT", f"/api/v1/workshops/{workshop.id}/registration", {"answer": "yes"}).status_code
        == 200
    )


def test_criteria_stay_once_points_are_given(make, sign_in, workshop):
    reviewers = [make.member(municipality=make.municipality()) for _ in range(2)]
    make.call(workshop, reviewers=reviewers, closed=True)
    id = make.candidacy(workshop, make.member(municipality=make.municipality()))
    make.assign(workshop)
    path = f"/api/v1/workshops/{workshop.id}/applications/{id}/review"
    assert sign_in(reviewers[0]).json("PUT", path, {"points": [1, 2]}).status_code == 200
    manager = sign_in(make.manager())
    form = manager.get(f"/en/workshops/{workshop.id}/call/edit").text
    assert "What they bring" in form
    answer = manager.form(f"/en/workshops/{workshop.id}/call", sent(), method="PUT")
    assert answer.status_code == 422 and "stay as they are" in answer.text


def test_a_moment_that_is_past_closes_an_open_call_at_once(make, sign_in, workshop):
    reviewers = [make.member(municipality=make.municipality()) for _ in range(2)]
    make.call(workshop, reviewers=reviewers)
    make.candidacy(workshop, make.member(municipality=make.municipality()))
    manager, path = sign_in(make.manager()), f"/en/workshops/{workshop.id}/call"
    held = manager.get(f"/api/v1/workshops/{workshop.id}/call").json
    more = {"closes": "2020-01-01T10:00", "reviewers": "\n".join(f"#{one.id}" for one in reviewers)}
    assert manager.form(path, sent(**more), method="PUT").status_code == 303
    now = manager.get(f"/api/v1/workshops/{workshop.id}/call").json
    assert now["closes_at"] < held["closes_at"] and not now["open"]
    assert "2020" not in now["closes_at"], "it was open until now"
    for one in reviewers:
        assert len(sign_in(one).get(f"/api/v1/workshops/{workshop.id}/reviews").json["items"]) == 1
    assert manager.form(path, sent(**more), method="PUT").status_code == 422, "it is closed already"
