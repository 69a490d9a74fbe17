"""What becomes of requests: decided by managers alone, told to those who asked, and taken back with all it brought."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from forum.agenda.actions.deciding import checked_link
from forum.core import clock
from forum.core.audit import AuditEntry
from forum.core.db import db


@pytest.fixture
def rana(make):
    """An officer of Mafraq."""
    return make.member("Rana", municipality=make.municipality("Mafraq"))


@pytest.fixture
def other(make):
    """An officer of another town, in another country."""
    return make.member("Samah", municipality=make.municipality("Nablus", country="PS"))


@pytest.fixture
def manager(make, sign_in):
    """Who decides."""
    return sign_in(make.member("The manager", roles=["manager"]))


def notices(client):
    """(kind, subject) of what waits behind the bell."""
    items = client.get("/api/v1/notices").json["items"]
    return [(one["kind"], one["subject"]["id"]) for one in items if one["subject"] and not one["read_at"]]


def test_an_answer_has_a_link_and_those_who_asked_are_told(make, sign_in, manager, work, rana, other):
    request = make.request("We need a talk", asker=rana)
    make.second(request, other)
    refused = manager.form(f"/en/requests/{request}/answer", {"link": "", "words": "Kept."}, method="PUT")
    assert refused.status_code == 422 and 'href="#link"' in refused.text and "Kept." in refused.text
    sent = {"link": "http://127.0.0.1:5000/en/topics/12", "words": "See there."}
    assert manager.form(f"/en/requests/{request}/answer", sent, method="PUT").status_code == 303
    work()
    for member in (rana, other):
        client = sign_in(member)
        assert notices(client) == [("answered", request)]
        assert "What you asked for is answered" in client.get("/en/notices").text
    page = sign_in(rana).get(f"/en/requests/{request}").text
    assert 'href="/topics/12"' in page and "See there." in page
    assert manager.form(f"/en/requests/{request}/answer", sent, method="PUT").status_code == 409


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://example.org/a?b=c", "https://example.org/a?b=c"),
        ("/ar/topics/12", "/topics/12"),
        ("/topics/12", "/topics/12"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("//evil.example/x", None),
        ("https://", None),
        ("https://a b", None),
        ('https://example.org/"onclick', None),
        ("https://[", None),
        ("x" * 600, None),
        ("", None),
    ],
)
def test_links_lead_to_pages_or_are_none(app, given, kept):
    with app.app_context():
        assert checked_link(given) == kept


def test_an_event_that_takes_it_up_says_so(make, sign_in, client, manager, work, rana, other):
    workshop = make.workshop("The webinar")
    requests = [make.request(asker=rana), make.request(asker=other)]
    make.second(requests[0], other)
    assert manager.form(f"/en/requests/{requests[0]}/schedule", {"workshop": ""}, method="PUT").status_code == 422
    for request in requests:
        done = manager.json("PUT", f"/api/v1/requests/{request}/schedule", {"workshop": workshop.id})
        assert done.json["workshop"] == {"id": workshop.id, "name": "The webinar"}
    page = client.get(f"/en/workshops/{workshop.id}").text
    assert "Answers 2 requests from 2 countries" in page
    listed = client.get(f"/api/v1/requests?workshop={workshop.id}").json["items"]
    assert {one["id"] for one in listed} == set(requests)
    work()
    assert notices(sign_in(rana)) == [("scheduled", requests[0])]
    assert sign_in(other).json("DELETE", f"/api/v1/requests/{requests[0]}/voice").status_code == 200
    assert client.get("/en/requests?workshop=999999").status_code == 404
    assert client.get("/en/requests?workshop=٣").status_code == 404


def test_an_event_for_a_few_is_not_named_to_others(make, client, sign_in, rana):
    manager = make.member("The manager", roles=["manager"])
    workshop = make.workshop("Zaytouna", space=make.space("private", members=[manager]))
    request = make.request(asker=rana)
    done = sign_in(manager).json("PUT", f"/api/v1/requests/{request}/schedule", {"workshop": workshop.id})
    assert done.json["workshop"]["name"] == "Zaytouna"
    assert client.get(f"/api/v1/requests/{request}").json["workshop"] is None
    page = client.get(f"/en/requests/{request}").text
    assert "Zaytouna" not in page and "open to fewer people" in page


def test_declining_needs_a_reason(make, manager, client, work, sign_in, rana):
    request = make.request(asker=rana)
    assert manager.form(f"/en/requests/{request}/refusal", {"reason": "  "}, method="PUT").status_code == 422
    reason = {"reason": "لا ميزانية لذلك."}
    assert manager.form(f"/en/requests/{request}/refusal", reason, method="PUT").status_code == 303
    page = client.get(f"/en/requests/{request}").text
    assert '<p class="about" dir="rtl">لا ميزانية لذلك.</p>' in page
    assert client.get("/api/v1/requests?state=declined").json["items"][0]["answer"] == reason["reason"]
    work()
    assert notices(sign_in(rana)) == [("not-taken", request)]


def test_two_that_are_made_one_bring_their_voices_and_part_again(make, manager, client, work, sign_in, rana, other):
    first, second = make.request("We need a talk", asker=rana), make.request("We need talks", asker=other)
    assert manager.form(f"/en/requests/{first}/merger", {"into": str(first)}, method="PUT").status_code == 422
    assert manager.form(f"/en/requests/{first}/merger", {"into": "٩٩٩٩"}, method="PUT").status_code == 422
    assert manager.form(f"/en/requests/{first}/merger", {"into": str(second)}, method="PUT").status_code == 303
    assert client.get(f"/api/v1/requests/{second}").json["voices"] == 2
    assert f'href="/en/requests/{second}"' in client.get(f"/en/requests/{first}").text
    assert "We need a talk" in client.get(f"/en/requests/{second}").text
    work()
    assert notices(sign_in(rana)) == [("merged", first)]
    manager.json("PUT", f"/api/v1/requests/{second}/answer", {"link": "/topics/1"})
    work()
    assert ("answered", second) in notices(sign_in(rana)), "their request went on in the other"
    assert manager.form(f"/en/requests/{first}/decision", method="DELETE").status_code == 303
    assert client.get(f"/api/v1/requests/{second}").json["voices"] == 1
    assert client.get(f"/api/v1/requests/{first}").json == client.get(f"/api/v1/requests/{first}").json | {
        "state": "open",
        "voices": 1,
        "merged_into": None,
    }


def test_a_chain_of_mergers_leads_to_the_last_and_comes_apart(make, manager, client, rana, other):
    third_town = make.member(municipality=make.municipality("Zahle", country="LB"))
    one, two, three = make.request(asker=rana), make.request(asker=other), make.request(asker=third_town)
    assert manager.json("PUT", f"/api/v1/requests/{one}/merger", {"into": two}).status_code == 200
    assert manager.json("PUT", f"/api/v1/requests/{two}/merger", {"into": three}).status_code == 200
    assert client.get(f"/api/v1/requests/{one}").json["merged_into"] == three
    assert client.get(f"/api/v1/requests/{three}").json["voices"] == 3
    assert manager.json("PUT", f"/api/v1/requests/{three}/merger", {"into": one}).status_code == 422
    manager.json("DELETE", f"/api/v1/requests/{two}/decision")
    voices = [client.get(f"/api/v1/requests/{id}").json["voices"] for id in (one, two, three)]
    assert voices == [1, 1, 2]
    manager.json("DELETE", f"/api/v1/requests/{one}/decision")
    voices = [client.get(f"/api/v1/requests/{id}").json["voices"] for id in (one, two, three)]
    assert voices == [1, 1, 1]


def test_a_decision_taken_back_before_anybody_read_it_is_told_to_nobody(make, manager, work, sign_in, rana):
    request = make.request(asker=rana)
    manager.json("PUT", f"/api/v1/requests/{request}/refusal", {"reason": "A mistake."})
    manager.json("DELETE", f"/api/v1/requests/{request}/decision")
    work()
    assert notices(sign_in(rana)) == []
    manager.json("PUT", f"/api/v1/requests/{request}/answer", {"link": "/topics/1"})
    work()
    work()
    assert notices(sign_in(rana)) == [("answered", request)]


def test_nobody_but_managers_decides(make, sign_in, client, rana, other):
    request = make.request(asker=rana)
    decisions = [("answer", {"link": "/topics/1"}), ("schedule", {"workshop": 1}), ("refusal", {"reason": "No."})]
    for member in (rana, other, make.member(roles=["moderator"])):
        for name, body in decisions:
            path = f"/requests/{request}/{name}"
            assert sign_in(member).form(f"/en{path}", body, method="PUT").status_code == 403
            assert sign_in(member).json("PUT", f"/api/v1{path}", body).status_code == 403
        assert "What becomes of it" not in sign_in(member).get(f"/en/requests/{request}").text
    assert client.json("PUT", f"/api/v1/requests/{request}/answer", {"link": "/x"}).status_code == 401
    assert client.get(f"/api/v1/requests/{request}").json["state"] == "open"


def test_managers_are_reminded_of_what_waits_for_more_than_thirty_days(make, manager, client, rana):
    with clock.at(clock.now() - timedelta(days=31)):
        old = make.request(asker=rana)
    make.request(asker=rana)
    assert "1 request has waited for more than 30 days" in manager.get("/en/requests").text
    assert [one["id"] for one in manager.get("/api/v1/requests?waiting=long").json["items"]] == [old]
    assert len(client.get("/api/v1/requests?waiting=long").json["items"]) == 2, "others have the plain list"
    assert "has waited" not in client.get("/en/requests").text
    manager.json("PUT", f"/api/v1/requests/{old}/refusal", {"reason": "No means."})
    assert "has waited" not in manager.get("/en/requests").text


def test_what_was_planned_for_a_cancelled_event_waits_again(make, manager, client, rana):
    event, gone = make.workshop(), make.workshop()
    with clock.at(clock.now() - timedelta(days=31)):
        old = make.request(asker=rana)
    assert manager.json("PUT", f"/api/v1/workshops/{gone.id}/cancellation", {}).status_code == 200
    path = f"/api/v1/requests/{old}/schedule"
    refused = manager.json("PUT", path, {"workshop": gone.id})
    assert refused.status_code == 422 and "cancelled" in refused.json["error"]["fields"]["workshop"]
    assert manager.json("PUT", path, {"workshop": event.id}).status_code == 200
    assert "has waited" not in manager.get("/en/requests").text
    assert "Cancelled" not in client.get(f"/en/requests/{old}").text
    page = f"/en/workshops/{event.id}"
    assert "Answers 1 request" in client.get(page).text and "Put it in my calendar" in client.get(page).text
    manager.json("PUT", f"/api/v1/workshops/{event.id}/cancellation", {})
    assert "Answers 1 request" not in client.get(page).text and "Put it in my calendar" not in client.get(page).text
    assert "1 request has waited for more than 30 days" in manager.get("/en/requests").text
    assert "Cancelled" in client.get(f"/en/requests/{old}").text


def test_whoever_loses_the_space_loses_the_notice(make, manager, work, sign_in, rana, other):
    space = make.space("public", members=[rana])
    request = make.request(asker=rana, space=space)
    make.second(request, other)
    manager.json("PUT", f"/api/v1/requests/{request}/answer", {"link": "/topics/1"})
    work()
    make.change_space(space, "private")
    assert notices(sign_in(rana)) == [("answered", request)]
    assert notices(sign_in(other)) == []
    assert "data-unread hidden" in sign_in(other).get("/en/notices").text
    assert sign_in(other).get(f"/en/requests/{request}").status_code == 404


def test_decisions_stand_in_the_audit_log(app, make, manager, rana):
    request = make.request(asker=rana)
    manager.json("PUT", f"/api/v1/requests/{request}/refusal", {"reason": "No means."})
    with app.app_context():
        entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "request declined")).one()
        assert (entry.subject_id, entry.details) == (request, {})
