"""What was said at an event: handed in by managers, corrected by those who were there, published, quoted."""

import io
import re
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from forum.core import clock
from forum.core.db import transaction
from forum.records.actions import publish_what_is_due
from tests.counting import statements
from tests.records.test_reading import VTT


def ago(**time):
    """When an event began, as its plan says it."""
    return (clock.now() - timedelta(**time)).replace(tzinfo=None, second=0, microsecond=0)


@pytest.fixture
def workshop(make):
    """An event that began an hour ago."""
    return make.workshop("Plans for towns", zone="UTC", starts=ago(hours=1))


@pytest.fixture
def there(make, workshop):
    """Somebody who had a place."""
    member = make.member("Rana")
    make.registration(workshop, member)
    return member


@pytest.fixture
def manager(make, sign_in):
    """Who keeps records."""
    return sign_in(make.member("The manager", roles=["manager"]))


def test_a_manager_hands_in_a_file_or_what_is_pasted(make, manager, workshop):
    path = f"/en/workshops/{workshop.id}/records"
    assert "Captions (.vtt or .srt)" in manager.get(f"{path}/new").text
    file = {"file": (io.BytesIO(VTT.encode()), "talk.vtt"), "language": "ar", "kind": "transcript"}
    done = manager.post(path, data=file | {"csrf_token": manager.token()}, content_type="multipart/form-data")
    assert done.status_code == 303
    page = manager.get(done.location).text
    assert "أهلا وسهلا بكم (C4D)" in page and "<bdi>سامر بقاعين</bdi>" in page and "1:02" in page
    assert 'dir="ltr" data-words><span data-said>And welcome.' in page and "Not published yet" in page
    pasted = manager.form(path, {"text": "The minutes.", "language": "en", "kind": "minutes"})
    assert pasted.status_code == 303
    again = manager.form(path, {"text": "Other minutes.", "language": "en", "kind": "minutes"})
    assert again.status_code == 409 and "Other minutes." in again.text
    listed = manager.get(f"/api/v1/workshops/{workshop.id}/records").json["items"]
    assert [(one["language"], one["kind"], one["open"]) for one in listed] == [
        ("ar", "transcript", True),
        ("en", "minutes", True),
    ]


def test_before_the_first_session_begins_nothing_can_have_been_said(make, manager):
    event = make.workshop("Plans for towns", zone="UTC", starts=ago(hours=2), ends=ago(hours=-4))
    make.session(event, starts=ago(hours=-1))
    path, said = f"/en/workshops/{event.id}/records", {"text": "Kept <words>.", "language": "en", "kind": "minutes"}
    for page in (manager.get(f"{path}/new"), manager.form(path, said)):
        assert page.status_code == 409 and "has not begun yet" in page.text
    assert "Kept &lt;words&gt;." in page.text
    refused = manager.json("POST", f"/api/v1{path[3:]}", said)
    assert refused.status_code == 409 and "has not begun yet" in refused.json["error"]["message"]
    assert "records/new" not in manager.get(f"/en/workshops/{make.workshop().id}").text
    with clock.at(clock.now() + timedelta(hours=1)):
        assert manager.get(f"{path}/new").status_code == 200
        assert manager.form(path, said).status_code == 303


def test_who_came_without_a_place_was_there(make, sign_in, workshop):
    record, guest = make.record(workshop, "Zaytouna said this."), make.member("Huda")
    mine = sign_in(guest)
    assert mine.get(f"/en/records/{record}").status_code == 404
    make.attendance(workshop, guest)
    assert "Zaytouna said this." in mine.get(f"/en/records/{record}").text
    proposed = mine.json("PUT", f"/api/v1/records/{record}/lines/1/correction", {"words": "Zaytouna said that."})
    assert proposed.status_code == 200
    refused = mine.json("PUT", f"/api/v1/workshops/{workshop.id}/notes", {"words": "x", "version": 0})
    assert refused.status_code == 403  # whoever taps comes; who writes for all has a place


@pytest.mark.parametrize(
    ("sent", "field"),
    [({"text": ""}, "text"), ({"text": "WEBVTT\n\nx --> y\nz"}, "text"), ({"language": "xx"}, "language")],
)
def test_what_cannot_be_comes_back(manager, workshop, sent, field):
    whole = {"text": "Kept words.", "language": "en", "kind": "minutes"} | sent
    page = manager.form(f"/en/workshops/{workshop.id}/records", whole)
    assert page.status_code == 422 and f'href="#{field}"' in page.text
    refused = manager.json("POST", f"/api/v1/workshops/{workshop.id}/records", whole)
    assert refused.status_code == 422 and field in refused.json["error"]["fields"]


def test_before_it_is_published_only_those_who_were_there_see_it(make, sign_in, client, manager, workshop, there):
    record = make.record(workshop, "Zaytouna said this.")
    stranger, mine = sign_in(make.member()), sign_in(there)
    for reader in (client, stranger):
        for path in (f"/en/records/{record}", f"/api/v1/records/{record}", f"/api/v1/records/{record}/lines"):
            assert reader.get(path).status_code == 404
        assert "What was said" not in reader.get(f"/en/workshops/{workshop.id}").text
        assert reader.get(f"/api/v1/workshops/{workshop.id}/records").json["items"] == []
        refused = reader.json("PUT", f"/api/v1/records/{record}/lines/1/correction", {"words": "x"})
        assert refused.status_code == (401 if reader is client else 404)
    assert "Zaytouna said this." in mine.get(f"/en/records/{record}").text
    assert "What was said" in mine.get(f"/en/workshops/{workshop.id}").text
    assert mine.form(f"/en/records/{record}/publication", method="PUT").status_code == 403
    assert manager.form(f"/en/records/{record}/publication", method="PUT").status_code == 303
    assert "Zaytouna said this." in client.get(f"/en/records/{record}").text


def test_the_clock_publishes_after_seven_days(app, make, client, workshop):
    record = make.record(workshop)
    for days, status in ((6.9, 404), (7, 200)):
        with clock.at(clock.now() + timedelta(days=days)):
            with app.app_context(), transaction():
                publish_what_is_due()
        assert client.get(f"/api/v1/records/{record}").status_code == status


def test_a_correction_is_proposed_and_taken_over_or_not(make, sign_in, manager, workshop, there):
    record = make.record(workshop, "He said won million.\nAnd left.")
    mine = sign_in(there)
    path = f"/en/records/{record}/lines/1/correction"
    assert "He said won million." in mine.get(path).text
    assert mine.form(path, {"words": " "}, method="PUT").status_code == 422
    assert mine.form(path, {"words": "x" * 2001}, method="PUT").status_code == 422
    assert mine.form(path, {"words": "He said one million."}, method="PUT").status_code == 303
    again = mine.json("PUT", f"/api/v1{path[3:]}", {"words": "He said one million!"})
    assert again.json["state"] == "waiting"
    other = mine.json("PUT", f"/api/v1/records/{record}/lines/2/correction", {"words": "And went."}).json
    assert mine.get(f"/en/records/{record}/corrections").status_code == 403
    desk = manager.get(f"/en/records/{record}/corrections").text
    assert "He said won million." in desk and "He said one million!" in desk and "Rana" in desk
    [first, _second] = manager.get(f"/api/v1/records/{record}/corrections").json["items"]
    assert mine.json("PUT", f"/api/v1/corrections/{first['id']}/approval").status_code == 403
    assert manager.form(f"/en/corrections/{first['id']}/approval", method="PUT").status_code == 303
    assert manager.json("PUT", f"/api/v1/corrections/{first['id']}/approval").status_code == 409
    assert manager.json("PUT", f"/api/v1/corrections/{other['id']}/refusal").status_code == 200
    lines = [one["words"] for one in mine.get(f"/api/v1/records/{record}/lines").json["items"]]
    assert lines == ["He said one million!", "And left."]
    assert manager.get(f"/api/v1/records/{record}/corrections").json["items"] == []


def test_the_words_as_they_are_take_a_correction_back(make, sign_in, manager, workshop, there):
    record = make.record(workshop, "As it is.")
    make.correction(record, 1, "Otherwise.", by=there)
    path = f"/api/v1/records/{record}/lines/1/correction"
    assert sign_in(there).json("PUT", path, {"words": "As it is."}).json["state"] == "declined"
    assert manager.get(f"/api/v1/records/{record}/corrections").json["items"] == []


def test_after_it_is_published_nothing_is_corrected(make, sign_in, workshop, there):
    record = make.record(workshop, published=True)
    refused = sign_in(there).json("PUT", f"/api/v1/records/{record}/lines/1/correction", {"words": "x"})
    assert refused.status_code == 409
    assert sign_in(there).get(f"/en/records/{record}/lines/1/correction").status_code == 409
    assert "Correct it" not in sign_in(there).get(f"/en/records/{record}").text


def test_discussing_a_line_begins_a_topic_with_its_words_speaker_and_time(make, sign_in, workshop, there):
    record = make.record(workshop, VTT.replace("welcome", "welcome *all* [here]"), language="en", published=True)
    client = sign_in(there)
    links = re.findall(r'href="([^"]+)" data-discuss', client.get(f"/en/records/{record}").text)
    first, second = (unescape(one) for one in links)
    assert parse_qs(urlsplit(first).query)["words"] == [
        f"> أهلا وسهلا بكم (C4D)\n>\n> [سامر بقاعين, 0:01](/records/{record}#line-1)\n\n"
    ]
    words = parse_qs(urlsplit(second).query)["words"][0]
    assert words.startswith("> And welcome \\*all\\* \\[here\\].") and f"[1:02](/records/{record}#line-2)" in words
    form = client.get(second)
    assert form.status_code == 200 and "welcome \\*all\\*" in form.text
    done = client.form(
        urlsplit(second).path[: -len("/new")], {"title": "What he said", "words": words, "language": "en"}
    )
    topic = client.get(done.location).text
    assert "<blockquote" in topic and "welcome *all* [here]" in topic and f"/records/{record}#line-2" in topic


def test_a_record_that_is_taken_away_is_gone(make, client, manager, workshop, there):
    record = make.record(workshop, published=True)
    assert manager.form(f"/en/records/{record}", method="DELETE").status_code == 303
    assert client.get(f"/en/records/{record}").status_code == 404
    again = make.record(workshop, "In the same language again.", published=True)
    lines = client.get(f"/api/v1/records/{again}/lines").json["items"]
    assert [one["words"] for one in lines] == ["In the same language again."]


def test_a_long_record_is_paged_and_costs_the_same(app, make, client, workshop):
    short = make.record(workshop, "One.", published=True)
    long = make.record(workshop, "\n".join(f"Line {n}." for n in range(1, 251)), language="fr", published=True)
    cost = []
    for record in (short, long):
        client.get(f"/en/records/{record}")
        with statements(app) as counted:
            client.get(f"/en/records/{record}")
        cost.append(counted.number)
    assert cost == [4, 4]
    found, cursor = [], None
    while True:
        page = client.get(f"/api/v1/records/{long}/lines", query_string={"cursor": cursor} if cursor else {}).json
        found += [one["number"] for one in page["items"]]
        if not (cursor := page["next"]):
            break
    assert found == list(range(1, 251))


def test_what_is_said_in_a_private_space_stays_there(make, client, sign_in):
    inside = make.member()
    workshop = make.workshop("Zaytouna", space=make.space("private", members=[inside]))
    record = make.record(workshop, "Zaytouna", published=True)
    assert sign_in(inside).get(f"/en/records/{record}").status_code == 200
    for reader in (client, sign_in(make.member()), sign_in(make.member(roles=["manager"]))):
        for path in (f"/en/records/{record}", f"/api/v1/records/{record}/lines"):
            assert reader.get(path).status_code == 404
