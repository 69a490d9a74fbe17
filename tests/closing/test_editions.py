"""Each text that a record had: for whoever reads the record, with what the next one made of it."""

import pytest

from tests.counting import statements

MARK = "Zaytouna"


@pytest.fixture
def workshop(make):
    """An event that is closed, and corrected since."""
    event = make.over("Plans for towns")
    ids = [str(id) for id in make.objectives(event)]
    met = {id: {"outcome": "met", "words": {"en": "As hoped."}} for id in ids}
    partly = met | {ids[1]: {"outcome": "partly", "words": {"en": "As feared.", "ar": "كما خُشي."}}}
    make.closed(event, summary={"en": "It rained **twice**.", "ar": "أمطرت."}, objectives=met, attendance=20)
    make.closed(event, summary={"en": "It rained **once**.", "ar": "أمطرت."}, objectives=partly, attendance=21)
    return event


def test_a_text_is_shown_with_what_the_next_one_changed(client, workshop):
    path = f"/en/workshops/{workshop.id}/outcome/editions"
    assert f"{path}" in client.get(f"/en/workshops/{workshop.id}").text
    listed = client.get(path).text
    assert f"{path}/1" in listed and f"{path}/2" in listed and "This is how it reads now." in listed
    page = client.get(f"{path}/1").text
    assert "It rained <strong>twice</strong>." in page and "20 people came" in page
    for change in ("<del>twice</del>", "<ins>once</ins>", "<del>hoped</del>", "<ins>feared</ins>", "<del>Met</del>"):
        assert change in page, change
    assert "<ins>كما خُشي.</ins>" in page and "noindex" in page and page.count("أمطرت.") == 1, "it did not change"
    last = client.get(f"{path}/2").text
    assert "It rained <strong>once</strong>." in last and "<del>" not in last
    for wrong in ("0", "3", "99999999999"):
        assert client.get(f"{path}/{wrong}").status_code == 404


def test_the_api_gives_both(client, workshop):
    path = f"/api/v1/workshops/{workshop.id}/outcome/editions"
    assert [one["number"] for one in client.get(path).json["items"]] == [2, 1]
    first, last = client.get(f"{path}/1").json, client.get(f"{path}/2").json
    assert (first["edition"], first["next"], first["attendance"]) == (1, 2, 20)
    assert first["summary"]["en"]["words"] == "It rained **twice**."
    told = [(one["part"], one["language"], one["before"], one["after"]) for one in first["changes"]]
    assert told == [
        ("summary", "en", "It rained **twice**.", "It rained **once**."),
        ("outcome", None, "met", "partly"),
        ("objective", "ar", "", "كما خُشي."),
        ("objective", "en", "As hoped.", "As feared."),
        ("attendance", None, "20", "21"),
    ]
    assert (last["next"], last["changes"]) == (None, [])
    assert last == client.get(f"/api/v1/workshops/{workshop.id}/outcome").json | {"next": None, "changes": []}


def test_a_record_that_is_taken_back_is_taken_back_with_all_its_texts(make, client, sign_in, workshop):
    manager = sign_in(make.manager())
    assert manager.form(f"/en/workshops/{workshop.id}/closing/publication", method="DELETE").status_code == 303
    for reader, status in ((client, 404), (sign_in(make.member()), 404), (manager, 200)):
        for path in ("/en", "/api/v1"):
            for rest in ("", "/1", "/2"):
                at = f"{path}/workshops/{workshop.id}/outcome/editions{rest}"
                assert reader.get(at).status_code == status, at


def test_an_earlier_text_is_taken_out_of_sight_and_shown_again(make, client, sign_in, workshop):
    ids = [str(id) for id in make.objectives(workshop)]
    said = {id: {"outcome": "met", "words": {"en": "At last."}} for id in ids}
    make.closed(workshop, summary={"en": "It rained."}, objectives=said)
    path, rest = f"/workshops/{workshop.id}/outcome/editions", "/2/withdrawal"
    manager, moderator = sign_in(make.manager()), sign_in(make.member(roles=["moderator"]))
    for reader, status in ((client, 401), (sign_in(make.member()), 403), (moderator, 403)):
        for method in ("PUT", "DELETE"):
            assert reader.json(method, f"/api/v1{path}{rest}").status_code == status
    assert manager.json("PUT", f"/api/v1{path}/3/withdrawal").status_code == 409, "it is corrected instead"
    assert manager.json("PUT", f"/api/v1{path}/9/withdrawal").status_code == 404
    for _press in range(2):
        assert manager.form(f"/en{path}{rest}", method="PUT").status_code == 303
    for reader in (client, moderator):
        for at in (f"/en{path}/2", f"/api/v1{path}/2"):
            assert reader.get(at).status_code == 404
        listed = reader.get(f"/en{path}").text
        assert f"{path}/2" not in listed and "Out of sight" in listed
        first = reader.get(f"/api/v1{path}/1").json
        assert first["next"] == 3 and "once" not in reader.get(f"/en{path}/1").text, "compared with what may be read"
    assert "out of sight" in manager.get(f"/en{path}/2").text and f"{path}/2" in manager.get(f"/en{path}").text
    assert manager.json("DELETE", f"/api/v1{path}{rest}").status_code == 204
    assert "once" in client.get(f"/en{path}/2").text and "It rained." in client.get(f"/en/workshops/{workshop.id}").text


def test_what_is_said_in_a_private_space_stays_there_and_posts_are_named_to_their_readers(make, client, sign_in):
    inside = make.member()
    space = make.space("private", members=[inside, make.manager()])
    event = make.over(MARK, space=space)
    topic = make.topic(f"{MARK} topic", author=inside, space=space)
    posts = {
        str(id): {"outcome": "met", "words": {}, "posts": f"/posts/{topic.post.id}"} for id in make.objectives(event)
    }
    make.closed(event, summary={"en": MARK}, objectives=posts)
    path = f"/workshops/{event.id}/outcome/editions/1"
    for reader in (client, sign_in(make.member())):
        for at in (f"/en{path}", f"/api/v1{path}", f"/en{path[:-2]}", f"/api/v1{path[:-2]}"):
            assert reader.get(at).status_code == 404 and MARK not in reader.get(at).text
    assert f"{MARK} topic" in sign_in(inside).get(f"/en{path}").text


def test_it_costs_the_same_whatever_changed(app, make, client, workshop):
    cost = []
    for number in (1, 2):
        client.get(f"/en/workshops/{workshop.id}/outcome/editions/{number}")
        with statements(app) as counted:
            client.get(f"/en/workshops/{workshop.id}/outcome/editions/{number}")
        cost.append(counted.number)
    assert cost == [4, 4]
