"""A member applies for their municipality."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from forum.applying import actions
from forum.applying.models import Candidacy
from forum.core import clock, events
from forum.core.db import db, transaction
from forum.municipalities.events import MunicipalityMerged
from forum.workshops.models import Workshop

SAID = {"words": "نستضيف عائلات كثيرة في بلدة صغيرة.", "gender": "woman"}


@pytest.fixture
def workshop(make):
    made = make.workshop(starts=(clock.now() + timedelta(days=10)).replace(tzinfo=None, microsecond=0))
    make.call(made)
    return made


def test_a_member_applies_changes_it_and_takes_it_back(make, sign_in, workshop):
    theme = make.theme("Water")
    member = sign_in(make.member(municipality=make.municipality("Mafraq")))
    page, api = f"/en/workshops/{workshop.id}/application", f"/api/v1/workshops/{workshop.id}/application"
    assert "Mafraq" in member.get(page).text and member.get(api).status_code == 404
    assert member.form(page, SAID | {"theme": str(theme.id)}, method="PUT").status_code == 303
    assert SAID["words"] in member.get(page).text
    own = member.get(api).json
    assert (own["words"], own["gender"], own["theme"], own["outcome"]) == (SAID["words"], "woman", theme.id, None)
    assert member.json("PUT", api, {"words": "Other words."}).json["gender"] == ""
    assert member.form(page, method="DELETE").status_code == 303
    assert member.get(api).status_code == 404


def test_pressed_twice_and_at_once_it_is_one(app, make, workshop):
    reader = make.reader(make.member(municipality=make.municipality()))

    def press(_number):
        with app.app_context(), transaction():
            row = db.session.get_one(Workshop, workshop.id)
            actions.apply(row, actions.Presented("Once."), by=reader)

    with ThreadPoolExecutor(3) as hands:
        list(hands.map(press, range(3)))
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Candidacy)) == 1


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"words": "  "}, "words"),
        ({"words": "x" * 2001}, "words"),
        ({"words": "Fine.", "gender": "robot"}, "gender"),
        ({"words": "Fine.", "theme": 999}, "theme"),
        ({"words": "Fine.", "theme": "x"}, "theme"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(make, sign_in, workshop, said, field):
    member = sign_in(make.member(municipality=make.municipality()))
    answer = member.json("PUT", f"/api/v1/workshops/{workshop.id}/application", said)
    assert answer.status_code == 422 and field in answer.json["error"]["fields"]


def test_who_belongs_to_no_municipality_and_who_reviews_cannot_apply(make, sign_in):
    workshop = make.workshop(starts=(clock.now() + timedelta(days=10)).replace(tzinfo=None, microsecond=0))
    reviewer = make.member(municipality=make.municipality())
    make.call(workshop, reviewers=[reviewer])
    api, page = f"/api/v1/workshops/{workshop.id}/application", f"/en/workshops/{workshop.id}/application"
    alone = sign_in(make.member())
    assert alone.json("PUT", api, SAID).status_code == 403 and "belong to none" in alone.get(page).text
    assert sign_in(reviewer).json("PUT", api, SAID).status_code == 409
    assert "cannot apply" in sign_in(reviewer).get(page).text


def test_guests_are_told_to_join(client, workshop):
    answer = client.get(f"/en/workshops/{workshop.id}/application")
    assert answer.status_code == 401 and "sign in" in answer.text
    assert "/en/apply" in client.get(f"/en/workshops/{workshop.id}/call").text


def test_after_the_moment_nothing_is_taken_and_nothing_changes(make, sign_in):
    workshop = make.workshop(starts=(clock.now() + timedelta(days=10)).replace(tzinfo=None, microsecond=0))
    make.call(workshop, closed=True)
    early, late = (make.member(municipality=make.municipality()) for _ in range(2))
    make.candidacy(workshop, early, "In time.")
    api = f"/api/v1/workshops/{workshop.id}/application"
    assert sign_in(late).json("PUT", api, SAID).status_code == 409
    client = sign_in(early)
    assert client.json("PUT", api, SAID).status_code == 409
    assert client.get(api).json["words"] == "In time."
    assert client.json("DELETE", api).status_code == 204
    assert client.get(api).json["withdrawn"] is True
    assert "took your application back" in client.get(f"/en/workshops/{workshop.id}/application").text
    assert sign_in(make.manager()).get(f"{api}s").json["items"] == []


def test_a_manager_who_applies_leaves_the_desk_to_the_others(make, sign_in, workshop):
    manager = make.member(roles=["manager"], municipality=make.municipality())
    client = sign_in(manager)
    assert client.get(f"/en/workshops/{workshop.id}/applications").status_code == 200
    make.candidacy(workshop, manager)
    for path in ("applications", "applications.csv", "balance", "decisions", "call/edit"):
        assert client.get(f"/en/workshops/{workshop.id}/{path}").status_code == 403
    for path in ("applications", "applications.csv", "balance"):
        assert client.get(f"/api/v1/workshops/{workshop.id}/{path}").status_code == 403
    assert client.get(f"/en/workshops/{workshop.id}/applications/1").status_code == 404
    assert "Change the call" not in client.get(f"/en/workshops/{workshop.id}/call").text


def test_a_municipality_that_becomes_part_of_another_takes_its_applications_along(make, sign_in, workshop):
    small, large = make.municipality("Small"), make.municipality("Large")
    make.candidacy(workshop, make.member(municipality=small))
    with make.writing():
        events.record(MunicipalityMerged(small.id, large.id))
    row = sign_in(make.manager()).get(f"/api/v1/workshops/{workshop.id}/applications").json["items"][0]
    assert row["municipality"] == "Large"
