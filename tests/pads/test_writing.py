"""What the notes say: saved, shown, kept in versions, brought back."""

from datetime import timedelta

import pytest

from forum.core import clock
from tests.counting import statements

MARK = "Zaytouna"


@pytest.fixture
def workshop(make):
    """An event."""
    return make.workshop("Plans for towns")


@pytest.fixture
def writer(make, workshop):
    """Somebody with a place."""
    member = make.member("Rana")
    make.registration(workshop, member)
    return member


def test_words_are_shown_clean_and_each_block_its_own_way(client, sign_in, workshop, writer):
    words = "## What was said\n\nThe first talk.\n\nمنصة C4D التعاونية\n\n<script>alert(1)</script>"
    path = f"/workshops/{workshop.id}/notes"
    saved = sign_in(writer).json("PUT", f"/api/v1{path}", {"words": words, "version": 0}).json
    assert saved["version"] == 1 and saved["mine"] and saved["words"] == words
    page = client.get(f"/en{path}").text
    assert '<p dir="rtl">منصة' in page and "<script>alert" not in page and "Rana" in page
    assert 'dir="rtl"' in client.get(f"/ar{path}").text


def test_two_who_write_over_one_text_lose_nothing(sign_in, workshop, writer):
    one, other = sign_in(writer), sign_in(writer)
    path = f"/api/v1/workshops/{workshop.id}/notes"
    one.json("PUT", path, {"words": "First.", "version": 0})
    refused = other.json("PUT", path, {"words": "Second.", "version": 0})
    assert refused.status_code == 409
    error = refused.json["error"]
    assert (error["theirs"], error["yours"], error["version"]) == ("First.", "Second.", 1)
    assert other.json("PUT", path, {"words": "First.", "version": 0}).status_code == 200, (
        "the same words are no quarrel"
    )
    page = other.form(f"/en/workshops/{workshop.id}/notes", {"words": "Second.", "version": "0"}, method="PUT")
    assert page.status_code == 409 and "Second.</textarea>" in page.text and "First." in page.text
    assert 'name="version" value="1"' in page.text


@pytest.mark.parametrize("words", ["x" * 20_001, "a\x00b"])
def test_what_cannot_be_comes_back(sign_in, workshop, writer, words):
    path = f"/workshops/{workshop.id}/notes"
    client = sign_in(writer)
    assert client.json("PUT", f"/api/v1{path}", {"words": words, "version": 0}).status_code == 422
    page = client.form(f"/en{path}", {"words": words, "version": "0"}, method="PUT")
    assert page.status_code == 422 and 'href="#words"' in page.text


def test_a_spell_of_writing_is_one_version(sign_in, make, workshop, writer):
    client = sign_in(writer)
    path = f"/api/v1/workshops/{workshop.id}/notes"
    began = clock.now()
    for second, words in enumerate(["One", "One two", "One two three"]):
        with clock.at(began + timedelta(seconds=second * 3)):
            assert client.json("PUT", path, {"words": words, "version": second}).status_code == 200
    with clock.at(began + timedelta(minutes=6)):
        client.json("PUT", path, {"words": "One two three four", "version": 3})
    listed = client.get(f"{path}/versions").json["items"]
    assert [one["number"] for one in listed] == [2, 1]
    assert client.get(f"{path}/versions/1").json["words"] == "One two three"
    assert client.get(f"{path}/versions/99999999999").status_code == 404, "a number that no column holds"


def test_what_was_long_and_is_erased_stays_a_version(make, sign_in, workshop, writer):
    client = sign_in(writer)
    path = f"/api/v1/workshops/{workshop.id}/notes"
    client.json("PUT", path, {"words": "word " * 60, "version": 0})
    client.json("PUT", path, {"words": "oh", "version": 1})
    client.json("PUT", path, {"words": "oh no", "version": 2})
    assert [client.get(f"{path}/versions/{n}").json["words"][:4] for n in (1, 2)] == ["word", "oh n"]


def test_staff_bring_an_older_text_back(make, sign_in, workshop, writer):
    make.notes(workshop, "What was good.", by=writer)
    other = make.member("Karim")
    make.registration(workshop, other)
    make.notes(workshop, "What was less good.", by=other, pen=True)
    path = f"/en/workshops/{workshop.id}/notes"
    reader, moderator = sign_in(writer), sign_in(make.member("Mona", roles=["moderator"]))
    page = reader.get(f"{path}/history?number=2").text
    assert "<ins>less </ins>" in page and "Rana" in page and "Karim" in page and "Bring this text back" not in page
    assert reader.form(f"{path}/versions/1/return", method="PUT").status_code == 403
    assert "Bring this text back" in moderator.get(f"{path}/history?number=2").text
    assert moderator.form(f"{path}/versions/1/return", method="PUT").status_code == 303
    assert "What was good." in reader.get(path).text
    assert "brought back from text 1" in reader.get(f"{path}/history").text
    back = sign_in(other).json("PUT", f"/api/v1{path[3:]}", {"words": "And more.", "version": 2})
    assert back.status_code == 409 and back.json["error"]["theirs"] == "What was good."
    assert moderator.form(f"{path}/versions/77/return", method="PUT").status_code == 404


def test_notes_of_a_private_event_stay_there(make, client, sign_in):
    inside = make.member()
    workshop = make.workshop(MARK, space=make.space("private", members=[inside]))
    make.registration(workshop, inside)
    make.notes(workshop, MARK, by=inside)
    paths = [f"/en/workshops/{workshop.id}/notes{rest}" for rest in ("", "/part", "/history")]
    paths += [f"/api/v1/workshops/{workshop.id}/notes{rest}" for rest in ("", "/versions", "/versions/1")]
    for path in paths:
        assert sign_in(inside).get(path).status_code == 200
        for reader in (client, sign_in(make.member()), sign_in(make.member(roles=["admin"]))):
            assert reader.get(path).status_code in (401, 404)


def test_asking_over_http_brings_what_is_new_or_nothing(client, make, workshop, writer):
    make.notes(workshop, "One.", by=writer)
    path = f"/en/workshops/{workshop.id}/notes/part"
    change = client.get(f"/api/v1/workshops/{workshop.id}/notes").json["change"]
    assert client.get(f"{path}?since={change}").status_code == 204
    make.notes(workshop, "Two.", by=writer)
    assert "Two." in client.get(f"{path}?since={change}").text


def test_the_history_costs_the_same_however_long_it_is(app, make, sign_in, workshop, writer):
    other = make.member("Karim")
    make.registration(workshop, other)
    make.notes(workshop, "0", by=writer)
    client, cost = sign_in(writer), []
    path = f"/en/workshops/{workshop.id}/notes/history"
    for number in range(2):
        client.get(path)
        with statements(app) as counted:
            client.get(path)
        cost.append(counted.number)
        for n in range(15 if not number else 0):
            make.notes(workshop, f"a{n}", by=other)
            make.notes(workshop, f"b{n}", by=writer)
    assert cost[0] == cost[1]
    assert len(client.get(f"/api/v1/workshops/{workshop.id}/notes/versions").json["items"]) == 31
