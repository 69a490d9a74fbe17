"""Workshops as JSON."""

from datetime import datetime

import pytest

from tests.counting import statements

GOOD = {"title": "Water", "words": "Where does the water go?", "language": "en", "key": "one"}


def test_the_list_says_all_a_client_needs(make, client):
    make.workshop("Old", starts=datetime(2018, 7, 11, 11), zone="Europe/Paris")
    make.workshop("Next")
    answer = client.get("/api/v1/workshops").json
    assert answer["next"] is None
    assert [one["title"] for one in answer["items"]] == ["Next", "Old"]
    old = answer["items"][1]
    assert old["starts_at"] == "2018-07-11T09:00:00Z" and old["starts_wall"] == "2018-07-11T11:00"
    assert (old["zone"], old["kind"], old["online"], old["public"]) == ("Europe/Paris", "webinar", True, True)
    assert old["languages"] == ["ar", "en"] and old["interpretation"] == ["fr"]


def test_a_long_past_is_paged(make, client):
    for day in range(1, 26):
        make.workshop(f"Day {day}", starts=datetime(2018, 1, day, 11))
    first = client.get("/api/v1/workshops").json
    second = client.get(f"/api/v1/workshops?cursor={first['next']}").json
    titles = [one["title"] for one in first["items"] + second["items"]]
    assert titles == [f"Day {day}" for day in range(25, 0, -1)] and second["next"] is None
    assert client.get("/api/v1/workshops?cursor=odd").status_code == 404


def test_one_workshop_has_its_programme_and_links(make, client):
    first, second = make.workshop("First"), make.workshop("Second")
    make.link(first, prepares=second)
    answer = client.get(f"/api/v1/workshops/{first.id}").json
    assert answer["prepares"] == [{"id": second.id, "kind": "webinar", "title": "Second"}]
    assert answer["html"].startswith("<p") and answer["talks"] == [] and answer["objectives"] == []
    assert client.get(f"/api/v1/workshops/{second.id}").json["follows"][0]["id"] == first.id


def test_what_one_may_not_see_is_not_there(make, client, sign_in):
    inside = make.member()
    secret = make.workshop("Secret", space=make.space("private", members=[inside]))
    make.topic("Secret topic", workshop=secret, author=inside)
    outsider = sign_in(make.member())
    for visitor in (client, outsider):
        assert visitor.get("/api/v1/workshops").json["items"] == []
        for path in ("", "/topics"):
            there = visitor.get(f"/api/v1/workshops/{secret.id}{path}")
            absent = visitor.get(f"/api/v1/workshops/{secret.id + 99}{path}")
            assert there.status_code == absent.status_code == 404
            answers = [there.json["error"], absent.json["error"]]
            assert all(answer.pop("request") for answer in answers) and answers[0] == answers[1]
    assert outsider.json("POST", f"/api/v1/workshops/{secret.id}/topics", GOOD).status_code == 404
    assert sign_in(inside).get(f"/api/v1/workshops/{secret.id}").json["public"] is False


def test_a_topic_is_started_once_however_often_it_is_sent(make, sign_in):
    workshop, client = make.workshop(), sign_in(make.member())
    path = f"/api/v1/workshops/{workshop.id}/topics"
    first, second = client.json("POST", path, GOOD), client.json("POST", path, GOOD)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json["id"] == second.json["id"] and first.json["number"] == 1
    topic = first.json["topic"]
    assert (topic["title"], topic["phase"], topic["posts"], topic["read_number"]) == ("Water", "before", 1, 1)
    assert [one["id"] for one in client.get(path).json["items"]] == [first.json["id"]]
    assert client.json("POST", path, GOOD | {"words": "Others"}).status_code == 409
    assert client.json("POST", path, GOOD | {"key": "two"}).json["id"] != first.json["id"]


def test_language_and_key_may_be_left_out(make, sign_in):
    workshop, client = make.workshop(), sign_in(make.member())
    sent = {"title": "أين تذهب المياه؟", "words": "نريد أن نعرف أين تذهب المياه في مدينتنا."}
    answer = client.json("POST", f"/api/v1/workshops/{workshop.id}/topics", sent)
    assert answer.status_code == 201 and answer.json["topic"]["language"] == "ar"


@pytest.mark.parametrize(
    ("sent", "status", "field"),
    [
        ({"title": ""}, 422, "title"),
        ({"title": None}, 422, "title"),
        ({"title": 12.5}, 422, "title"),
        ({"title": ["x"]}, 422, "title"),
        ({"title": "x" * 201}, 422, "title"),
        ({"title": "\u202e\u2066"}, 422, "title"),
        ({"words": ""}, 422, "words"),
        ({"words": "x" * 20_001}, 422, "words"),
        ({"words": {"deep": {}}}, 422, "words"),
        ({"words": "a\x00b"}, 422, "words"),
        ({"words": "a\ud800b"}, 422, "words"),
        ({"title": "a\udfffb"}, 422, "title"),
        ({"language": "de"}, 422, "language"),
        ({"language": "EN"}, 422, "language"),
        ({"key": "k" * 65}, 422, "key"),
        ({"key": {"a": 1}}, 422, "key"),
    ],
)
def test_bad_input_is_refused_at_its_field_and_nothing_is_kept(make, sign_in, sent, status, field):
    workshop, client = make.workshop(), sign_in(make.member())
    path = f"/api/v1/workshops/{workshop.id}/topics"
    answer = client.json("POST", path, GOOD | sent)
    assert answer.status_code == status
    assert list(answer.json["error"]["fields"]) == [field]
    assert client.get(path).json["items"] == []


@pytest.mark.parametrize("body", ["", "[]", "null", '"x"', "{", '{"title": NaN}', '{"a": 1e400}', "[" * 100_000])
def test_what_is_no_json_object_is_refused(make, sign_in, body):
    workshop, client = make.workshop(), sign_in(make.member())
    answer = client.post(
        f"/api/v1/workshops/{workshop.id}/topics", data=body, headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 400 and answer.json["error"]["code"] == "refused"


def test_other_fields_have_no_effect(make, sign_in):
    workshop, member = make.workshop(), make.member()
    client, other = sign_in(member), make.workshop(space=make.space("members"))
    sent = GOOD | {"author": 1, "phase": "after", "space": other.space_id, "closed": True, "id": 77, "preview": "1"}
    topic = client.json("POST", f"/api/v1/workshops/{workshop.id}/topics", sent).json["topic"]
    assert (topic["phase"], topic["space"], topic["closed"]) == ("before", workshop.space_id, False)


def test_a_guest_and_a_strange_origin_start_nothing(make, client, sign_in):
    workshop = make.workshop()
    path = f"/api/v1/workshops/{workshop.id}/topics"
    assert client.json("POST", path, GOOD).json["error"]["code"] == "sign_in"
    member = sign_in(make.member())
    for origin in (None, "https://elsewhere.example"):
        assert member.json("POST", path, GOOD, headers={"Origin": origin}).status_code == 403
    form = member.post(path, data={"title": "x", "words": "y"})
    assert form.status_code in (400, 415)
    assert member.get(path).json["items"] == []


def test_the_lists_cost_the_same_with_1_and_30(app, make, client):
    workshop = make.workshop()
    make.topic(workshop=workshop)
    costs = []
    for more in (0, 29):
        for _ in range(more):
            make.workshop()
            make.topic(workshop=workshop)
        with statements(app) as listed:
            client.get("/api/v1/workshops")
        with statements(app) as topics:
            client.get(f"/api/v1/workshops/{workshop.id}/topics")
        costs.append((listed.number, topics.number))
    assert costs == [(3, 3), (3, 3)]
