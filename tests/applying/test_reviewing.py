"""Reviewers: who looks at what, and who sees which points."""

import random
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import select

from forum.applying.actions import shared_out
from forum.core import clock
from forum.core.db import db
from forum.core.mail import Letter
from tests.counting import statements


@pytest.fixture
def workshop(make):
    return make.workshop(starts=(clock.now() + timedelta(days=10)).replace(tzinfo=None, microsecond=0))


def test_each_application_has_two_reviewers_evenly_and_never_of_its_own_town():
    dice = random.Random(7)
    for _ in range(60):
        reviewers = {id: dice.randrange(6) for id in range(1, dice.randrange(3, 9))}
        towns = {id: dice.randrange(8) for id in range(100, 100 + dice.randrange(1, 45))}
        may = {id: [one for one, town in reviewers.items() if town != towns[id]] for id in towns}
        added = shared_out(may, {id: set() for id in towns})
        assert len(set(added)) == len(added)
        each = Counter(candidacy for candidacy, _reviewer in added)
        assert all(each[id] == min(2, len(may[id])) for id in towns)
        assert all(towns[candidacy] != reviewers[reviewer] for candidacy, reviewer in added)
        load = Counter(reviewer for _candidacy, reviewer in added)
        if all(len(may[id]) == len(reviewers) for id in towns):
            assert max(load.values()) - min(load[id] for id in reviewers) <= 1


def test_who_has_given_reviews_keeps_them_and_others_get_the_rest():
    may = {id: [1, 2, 3] for id in (10, 11, 12)}
    added = shared_out(may, {10: {1, 2}, 11: {1}, 12: set()})
    assert sorted(candidacy for candidacy, _reviewer in added) == [11, 12, 12]
    assert (11, 1) not in added and Counter(one for _c, one in added)[3] == 2


def test_reviewers_see_theirs_alone_and_the_others_points_only_after_their_own(app, make, sign_in, workshop):
    town = make.municipality("Irbid")
    first, second, third = (make.member(name, municipality=make.municipality()) for name in ("One", "Two", "Three"))
    neighbour = make.member("Neighbour", municipality=town)
    make.call(workshop, reviewers=[first, second, neighbour], closed=True)
    id = make.candidacy(workshop, make.member("The Applicant", municipality=town), "We need it.", gender="woman")
    make.assign(workshop)
    base = f"/workshops/{workshop.id}/applications/{id}"
    clients = {one.name: sign_in(one) for one in (first, second, third, neighbour)}
    for name in ("Three", "Neighbour"):
        assert clients[name].get(f"/en{base}").status_code == clients[name].get(f"/api/v1{base}").status_code == 404
        assert clients[name].json("PUT", f"/api/v1{base}/review", {"points": [1, 1]}).status_code == 404
    assert clients["Three"].get(f"/en/workshops/{workshop.id}/reviews").status_code == 403
    assert clients["Neighbour"].get(f"/api/v1/workshops/{workshop.id}/reviews").json["items"] == []
    assert "The Applicant" in clients["One"].get(f"/en/workshops/{workshop.id}/reviews").text
    assert "woman" not in clients["One"].get(f"/en{base}").text.lower()
    given = clients["One"].form(f"/en{base}/review", {"points": ["3", "٧"], "note": "Marked77"}, method="PUT")
    assert given.status_code == 303
    assert clients["One"].get(f"/en{base}").text.count("Marked77") == 1, "in the form alone, not below it once more"
    for path in (f"/en{base}", f"/api/v1{base}", f"/en/workshops/{workshop.id}/reviews"):
        assert "Marked77" not in clients["Two"].get(path).text
    clients["Two"].json("PUT", f"/api/v1{base}/review", {"points": [5, 10], "note": ""})
    both = clients["Two"].get(f"/api/v1{base}").json["reviews"]
    assert sorted(sorted(one["points"].values()) for one in both) == [[3, 7], [5, 10]]
    assert "Marked77" in clients["Two"].get(f"/en{base}").text
    row = sign_in(make.manager()).get(f"/api/v1/workshops/{workshop.id}/applications").json["items"][0]
    assert (row["points"], row["reviews"], row["reviewers"]) == (12.5, 2, 2)
    with app.app_context():
        told = db.session.scalars(select(Letter.member_id).where(Letter.kind == "to_review"))
        assert sorted(told) == [first.id, second.id]


def test_a_manager_who_reviews_sees_no_points_before_giving_theirs(make, sign_in, workshop):
    boss = make.member("Boss", roles=["manager"], municipality=make.municipality())
    other = make.member("Other", municipality=make.municipality())
    make.call(workshop, reviewers=[boss, other], closed=True)
    id = make.candidacy(workshop, make.member(municipality=make.municipality()))
    make.assign(workshop)
    base = f"/api/v1/workshops/{workshop.id}/applications"
    sign_in(other).json("PUT", f"{base}/{id}/review", {"points": [4, 8], "note": "Marked77"})
    client = sign_in(boss)
    assert client.get(base).json["items"][0]["points"] is None
    assert client.get(f"{base}/{id}").json["reviews"] == []
    for path in (f"/en/workshops/{workshop.id}/applications", f"/en/workshops/{workshop.id}/applications/{id}"):
        assert "Marked77" not in client.get(path).text and "12" not in client.get(f"{base}.csv").text.split(",")
    client.json("PUT", f"{base}/{id}/review", {"points": [1, 1]})
    assert client.get(base).json["items"][0]["points"] == 7.0


@pytest.mark.parametrize("points", [[], [1], ["", 3], [6, 1], [-1, 1], [1, 11], ["x", 1]])
def test_points_that_are_missing_or_too_many_are_refused(make, sign_in, workshop, points):
    reviewers = [make.member(municipality=make.municipality()) for _ in range(2)]
    make.call(workshop, reviewers=reviewers, closed=True)
    id = make.candidacy(workshop, make.member(municipality=make.municipality()))
    make.assign(workshop)
    path = f"/workshops/{workshop.id}/applications/{id}/review"
    client = sign_in(reviewers[0])
    assert client.json("PUT", f"/api/v1{path}", {"points": points}).status_code == 422
    answer = client.form(f"/en{path}", {"points": [str(one) for one in points], "note": "Kept here"}, method="PUT")
    assert answer.status_code == 422 and "Kept here" in answer.text


def test_other_reviewers_take_over_what_was_not_given(make, sign_in, workshop):
    first, second, third = (make.member(municipality=make.municipality()) for _ in range(3))
    make.call(workshop, reviewers=[first, second], closed=True)
    id = make.candidacy(workshop, make.member(municipality=make.municipality()))
    make.assign(workshop)
    path = f"/api/v1/workshops/{workshop.id}"
    sign_in(first).json("PUT", f"{path}/applications/{id}/review", {"points": [1, 2]})
    manager = sign_in(make.manager())
    held = manager.get(f"{path}/call").json
    sent = {
        "seats": 2,
        "closes": (clock.now() + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M"),
        "zone": "UTC",
        "texts": {"en": "Apply."},
        "criteria": {"en": "\n".join(one["words"] for one in held["criteria"])},
        "reviewers": f"{third.id}",
    }
    assert manager.json("PUT", f"{path}/call", sent).status_code == 422  # criteria in one language are other criteria
    sent["criteria"] = dict.fromkeys(("ar", "en", "fr", "tr"), sent["criteria"]["en"])
    assert manager.json("PUT", f"{path}/call", sent | {"most": "5 10"}).status_code == 200
    with make.app.app_context(), clock.at(clock.now() + timedelta(hours=3)):
        make.assign(workshop)
    assert manager.get(f"{path}/applications/{id}").json["applicant"]["reviewers"] == 2
    assert sign_in(third).get(f"{path}/applications/{id}").status_code == 200
    assert sign_in(second).get(f"{path}/applications/{id}").status_code == 404


@pytest.mark.parametrize("path", ["applications", "balance", "reviews", "decisions", "call"])
def test_lists_cost_the_same_with_one_and_with_many(app, make, sign_in, workshop, path):
    boss = make.member(roles=["manager"], municipality=make.municipality())
    make.call(workshop, reviewers=[boss, make.member(municipality=make.municipality())], closed=True)
    make.candidacy(workshop, make.member(municipality=make.municipality()))
    make.assign(workshop)
    client, cost = sign_in(boss), []
    for number in (0, 11):
        for _ in range(number):
            make.candidacy(workshop, make.member(municipality=make.municipality()))
        make.app.extensions["jobs"].waiting.clear()
        with statements(app) as counted:
            assert client.get(f"/en/workshops/{workshop.id}/{path}").status_code == 200
        cost.append(counted.number)
    assert cost[0] == cost[1] <= 12, cost
