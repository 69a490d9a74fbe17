"""Shutting a member out: until when, who may, what they hear, and in again by the clock."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from forum.core import clock
from forum.core.audit import AuditEntry
from forum.core.db import db, transaction
from forum.core.mail import post_letters
from forum.members.actions.suspending import lift_what_is_over
from forum.members.models import Suspension
from tests.counting import statements
from tests.making import PASSWORD

WHY = "Advertising again, after two warnings."


@pytest.fixture
def sending(make_app, post_office):
    """An application that sends."""
    return make_app(smtp_url=post_office.url)


@pytest.fixture
def rana(make):
    """Who is shut out."""
    return make.member("رنا", name_language="ar", language="ar", email="rana@example.org")


@pytest.fixture
def manager(make, sign_in):
    """A manager's browser."""
    return sign_in(make.manager())


def tomorrow():
    """As a form sends it."""
    return (clock.now() + timedelta(days=1)).date().isoformat()


def sign_in_as(client, member, password=PASSWORD):
    """The page's answer."""
    return client.form("/en/sign-in", {"email": member.email, "password": password})


def post(app):
    """One round."""
    with app.app_context():
        post_letters()


def let_time_pass(app, **more):
    """The clock comes round later."""
    with app.app_context(), clock.at(clock.now() + timedelta(**more)), transaction():
        lift_what_is_over()


def test_a_manager_suspends_for_a_while_and_everything_ends(sending, make, sign_in, rana, post_office):
    manager, theirs = sign_in(make.manager(), app=sending), sign_in(rana, app=sending)
    profile = manager.get(f"/en/members/{rana.id}").text
    assert f'href="/en/members/{rana.id}/suspension"' in profile
    form = manager.get(f"/en/members/{rana.id}/suspension").text
    assert 'type="date"' in form and "Without a day" in form
    done = manager.form(f"/en/members/{rana.id}/suspension", {"why": WHY, "last_day": "2026-12-٠٣"}, "PUT")
    assert (done.status_code, done.location) == (303, "/en/suspensions")
    assert theirs.get("/en/settings").status_code == 401
    listed = manager.get("/en/suspensions").text
    assert "رنا" in listed and WHY in listed
    assert 'Until <time datetime="2026-12-03T21:00:00Z"' in listed
    assert "Suspended" in manager.get(f"/en/members/{rana.id}").text
    assert "Suspended" not in sending.test_client().get(f"/en/members/{rana.id}").text
    post(sending)
    letter = post_office.to(rana.email)
    assert letter.subject == "حسابك موقوف" and letter.message["Content-Language"] == "ar"
    assert WHY in letter.text and "The Manager" in letter.text and '<blockquote lang="en" dir="ltr"' in letter.html
    with sending.app_context():
        row = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "member suspended")).one()
        assert row.details == {"why": WHY, "until": "2026-12-03T21:00:00+00:00"}


def test_signing_in_says_until_when_and_whom_to_ask_after_the_right_password_only(make, sign_in, rana, manager, client):
    say = {"contacts": {"email": {"value": "office@example.org", "shown_to": "everybody"}}}
    manager.json("PATCH", "/api/v1/account/profile", say)
    make.suspend(rana, until=datetime(2030, 5, 1, 21, tzinfo=UTC))
    right = sign_in_as(client, rana)
    assert right.status_code == 403
    assert "Your account is suspended until 2 May 2030, 00:00." in right.text
    assert "The Manager" in right.text and "office@example.org" in right.text
    wrong, unknown = sign_in_as(client, rana, "wrong password"), client.form("/en/sign-in", {"email": "x@y.example"})
    assert wrong.status_code == 401 and "suspended" not in wrong.text.split("Just looking")[0]
    assert unknown.status_code in (401, 422)
    body = {"email": rana.email, "password": PASSWORD}
    answer = client.json("POST", "/api/v1/sessions", body)
    error = answer.json["error"]
    assert (answer.status_code, error["code"], error["until"]) == (403, "suspended", "2030-05-01T21:00:00Z")
    assert error["ask"] == [{"id": make.manager().id, "name": "The Manager", "email": "office@example.org"}]
    assert (
        client.json("POST", "/api/v1/sessions", body | {"password": "wrong"}).json["error"]["code"] == "wrong_password"
    )
    assert "حسابك موقوف حتى" in client.form("/ar/sign-in", body).text


def test_the_right_password_of_a_suspended_member_counts_as_no_guess(make_app, make, rana):
    app = make_app(rate_limits=True)
    make.suspend(rana)
    client = app.test_client()
    assert {sign_in_as(client, rana).status_code for _ in range(12)} == {403}


def test_the_clock_lifts_what_is_over_and_nothing_else(sending, make, sign_in, rana, post_office):
    other = make.member("Other")
    make.suspend(rana, until=clock.now() + timedelta(hours=1))
    make.suspend(other)
    let_time_pass(sending)
    assert sign_in_as(sending.test_client(), rana).status_code == 403
    let_time_pass(sending, hours=2)
    let_time_pass(sending, hours=3)
    assert sign_in_as(sending.test_client(), rana).status_code == 303
    assert sign_in_as(sending.test_client(), other).status_code == 403
    with clock.at(clock.now() + timedelta(hours=4)):
        post(sending)
    assert [one.subject for one in post_office.letters if one.to == rana.email] == ["حسابك مفتوح من جديد"]
    with sending.app_context():
        row = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "suspension lifted")).one()
        assert (row.actor_id, row.subject_id) == (None, rana.id)


def test_a_manager_changes_and_lifts_it(app, make, rana, manager, client):
    path = f"/api/v1/members/{rana.id}/suspension"
    first = manager.json("PUT", path, {"why": WHY})
    assert first.json["member"] == {"id": rana.id, "name": "رنا"} and first.json["until"] is None
    again = manager.json("PUT", path, {"why": "For less long", "last_day": tomorrow()})
    assert again.json["until"] and again.json["began_at"] == first.json["began_at"]
    assert [one["why"] for one in manager.get("/api/v1/suspensions").json["items"]] == ["For less long"]
    assert 'value="' + tomorrow() in manager.get(f"/en/members/{rana.id}/suspension").text
    assert manager.form(f"/en/members/{rana.id}/suspension", method="DELETE").status_code == 303
    assert manager.json("DELETE", path).status_code == 204
    assert sign_in_as(client, rana).status_code == 303
    assert "Nobody is suspended" in manager.get("/en/suspensions").text
    assert manager.json("PUT", path, {"why": "Once more"}).status_code == 200
    with app.app_context():
        assert len(db.session.scalars(select(Suspension)).all()) == 2


@pytest.mark.parametrize(
    ("role", "whose", "status"),
    [
        ("moderator", (), 403),
        ("translator", (), 403),
        ("manager", (), 200),
        ("manager", ("translator", "moderator"), 200),
        ("manager", ("manager",), 200),
        ("manager", ("admin",), 403),
        ("admin", ("admin",), 200),
    ],
)
def test_nobody_suspends_somebody_of_a_higher_role(make, sign_in, role, whose, status):
    client, other = sign_in(make.member(roles=[role])), make.member(roles=whose)
    path = f"/api/v1/members/{other.id}/suspension"
    assert client.json("PUT", path, {"why": WHY}).status_code == status
    assert client.json("DELETE", path).status_code == (204 if status == 200 else 403)
    assert client.get(f"/en/members/{other.id}/suspension").status_code == status
    assert ("/suspension" in client.get(f"/en/members/{other.id}").text) == (status == 200)


def test_nobody_suspends_themselves(make, sign_in):
    member = make.member(roles=["admin"])
    client = sign_in(member)
    answer = client.json("PUT", f"/api/v1/members/{member.id}/suspension", {"why": WHY})
    assert answer.status_code == 403 and "themselves" in answer.json["error"]["message"]
    assert "/suspension" not in client.get(f"/en/members/{member.id}").text
    assert client.json("PUT", "/api/v1/members/999/suspension", {"why": WHY}).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"why": ""},
        {"why": "x" * 501},
        {"why": "\u2800"},
        {"last_day": "tomorrow"},
        {"last_day": "2026-02-30"},
        {"last_day": "2020-01-01"},
        {"last_day": "9999-12-31"},
        {"last_day": "2099-01-01"},
    ],
)
def test_what_cannot_be_comes_back(app, rana, manager, wrong):
    given = {"why": WHY, "last_day": tomorrow()} | wrong
    answer = manager.form(f"/en/members/{rana.id}/suspension", given, "PUT")
    assert answer.status_code == 422 and "field-error" in answer.text
    assert manager.json("PUT", f"/api/v1/members/{rana.id}/suspension", given).status_code == 422
    with app.app_context():
        assert db.session.scalars(select(Suspension)).all() == []


def test_the_list_costs_the_same_with_1_and_30(app, make, manager):
    costs = []
    for more in (1, 29):
        for _n in range(more):
            make.suspend(make.member())
        manager.get("/en/suspensions")
        with statements(app) as counted:
            assert manager.get("/en/suspensions").status_code == 200
        costs.append(counted.number)
    assert costs[0] == costs[1]
    assert 'rel="next"' not in manager.get("/en/suspensions").text


def test_words_of_the_reason_are_escaped(make, rana, manager):
    attack = "<script>alert(1)</script>"
    manager.json("PUT", f"/api/v1/members/{rana.id}/suspension", {"why": attack})
    for path in ("/en/suspensions", f"/ar/members/{rana.id}/suspension"):
        page = manager.get(path).text
        assert attack not in page and "&lt;script&gt;" in page
