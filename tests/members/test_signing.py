"""Signing in and out: who gets in, what the others are told, what a browser keeps."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from forum.core import clock
from forum.core.db import db, transaction
from forum.members import actions
from forum.members.models import SignInSession
from tests.counting import statements
from tests.making import PASSWORD

CODE = re.compile(r"<code>[0-9a-f]{12}</code>|[0-9a-f]{12}|[\w-]{43,}=*")  # request ids and tokens differ each time


def main_of(answer):
    """The content of a page, without the frame and without what differs each time."""
    return CODE.sub("", re.search(r"<main.*</main>", answer.text, re.DOTALL).group())


def send(client, email, password=PASSWORD, language="en", **more):
    """Send the sign-in form."""
    return client.form(f"/{language}/sign-in", {"email": email, "password": password, **more})


def open_sessions(app):
    """How many devices are signed in."""
    with app.app_context():
        return db.session.scalar(select(func.count()).where(SignInSession.ended_at.is_(None)))


def test_the_form_leads_home_in_the_members_language(make, client):
    make.member(email="rana@example.org", language="ar")
    answer = send(client, "Rana@Example.org ")
    assert (answer.status_code, answer.location) == (303, "/ar/")
    assert client.get("/ar/settings").status_code == 200


def test_the_cookie_is_kept_from_scripts_and_other_sites(make, client):
    make.member(email="rana@example.org")
    cookie = next(c for c in send(client, "rana@example.org").headers.getlist("Set-Cookie") if c.startswith("session="))
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert "rana" not in cookie


def test_under_tls_the_cookie_is_bound_to_the_host(make, make_app):
    make.member(email="rana@example.org")
    app = make_app(base_url="https://forum.example.org")
    answer = app.test_client().post(
        "/api/v1/sessions",
        json={"email": "rana@example.org", "password": PASSWORD},
        base_url="https://forum.example.org",
        headers={"Origin": "https://forum.example.org"},
    )
    cookie = next(c for c in answer.headers.getlist("Set-Cookie") if c.startswith("__Host-session="))
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


@pytest.mark.parametrize("language", ["ar", "en", "fr", "tr"])
def test_wrong_unknown_and_suspended_are_told_the_same(make, client, language):
    make.member(email="rana@example.org")
    make.suspend(make.member(email="gone@example.org"))
    answers = [
        send(client, "rana@example.org", "not this one", language),
        send(client, "nobody@example.org", "not this one", language),
        send(client, "gone@example.org", "not this one", language),
    ]
    bodies = {
        main_of(answer).replace(email, "") for answer, email in zip(answers, ("rana", "nobody", "gone"), strict=True)
    }
    assert [answer.status_code for answer in answers] == [401, 401, 401]
    assert len(bodies) == 1


def test_wrong_and_unknown_cost_the_same_statements(app, make, client):
    make.member(email="rana@example.org")
    send(client, "first@example.org", "warms up")
    said = []
    for email in ("rana@example.org", "nobody@example.org"):
        with statements(app) as counted:
            send(client, email, "not this one")
        said.append(counted.said)
    assert said[0] == said[1]


def test_the_password_is_never_sent_back_but_the_address_is(make, client):
    answer = send(client, "rana@example.org", "a secret of mine")
    assert "a secret of mine" not in answer.text
    assert 'value="rana@example.org"' in answer.text


def test_what_was_typed_is_escaped(client):
    answer = send(client, '"><script>alert(1)</script>', "x")
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize(("field", "data"), [("email", {"password": "x"}), ("password", {"email": "a@example.org"})])
def test_an_empty_field_says_so_at_the_field(client, field, data):
    answer = client.form("/en/sign-in", data)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert f'id="{field}-error"' in answer.text


def test_after_too_many_tries_the_page_says_when_to_come_back(make, make_app):
    make.member(email="rana@example.org")
    client = make_app(rate_limits=True).test_client()
    answers = [send(client, "rana@example.org", "not this one") for _n in range(actions.PER_PAIR + 1)]
    assert [answer.status_code for answer in answers] == [401] * actions.PER_PAIR + [429]
    assert 0 < int(answers[-1].headers["Retry-After"]) <= actions.WINDOW.total_seconds()
    assert "minute" in main_of(answers[-1])
    assert send(client, "rana@example.org").status_code == 429


def test_guessers_elsewhere_do_not_lock_a_known_device_out(make, make_app):
    member = make.member(email="rana@example.org")
    app = make_app(rate_limits=True)
    here, elsewhere = {"REMOTE_ADDR": "192.0.2.1"}, {"REMOTE_ADDR": "192.0.2.2"}
    body = {"email": member.email, "password": PASSWORD}
    assert app.test_client().json("POST", "/api/v1/sessions", body, environ_base=here).status_code == 201
    with app.app_context(), transaction():
        for _n in range(actions.PER_ACCOUNT):
            actions.note_wrong_password(member.email, "198.51.100.7")
    assert app.test_client().json("POST", "/api/v1/sessions", body, environ_base=elsewhere).status_code == 429
    assert app.test_client().json("POST", "/api/v1/sessions", body, environ_base=here).status_code == 201


def test_a_cookie_is_worth_nothing_after_signing_out(make, client, app):
    make.member(email="rana@example.org")
    send(client, "rana@example.org")
    kept = client.get_cookie("session", domain="127.0.0.1").value
    answer = client.form("/en/sign-out")
    assert (answer.status_code, answer.location) == (303, "/en/")
    thief = app.test_client()
    thief.set_cookie("session", kept, domain="127.0.0.1")
    assert thief.get("/en/settings").status_code == 401
    assert thief.get("/api/v1/sessions/current").status_code == 401


def test_signing_in_again_gives_a_new_session_and_ends_the_old(make, client, app):
    make.member(email="rana@example.org")
    send(client, "rana@example.org")
    first = client.get_cookie("session", domain="127.0.0.1").value
    send(client, "rana@example.org")
    assert client.get_cookie("session", domain="127.0.0.1").value != first
    assert open_sessions(app) == 1


def test_a_planted_cookie_is_not_taken_over(make, client):
    make.member(email="rana@example.org")
    client.set_cookie("session", "planted", domain="127.0.0.1")
    send(client, "rana@example.org")
    assert client.get_cookie("session", domain="127.0.0.1").value != "planted"


def test_who_is_signed_in_needs_no_form(make, sign_in):
    client = sign_in(make.member())
    assert client.get("/en/sign-in").location == "/en/"
    assert client.get("/en/sign-in?next=/en/topics").location == "/en/topics"
    assert client.get("/en/sign-in?next=//evil.example").location == "/en/"


@pytest.mark.parametrize(
    "target", ["//evil", "https://evil", "/\\evil", "\\\\evil", "/\t/evil", "javascript:alert(1)", "/\r\nX: y", "evil"]
)
def test_next_stays_home(make, client, target):
    make.member(email="rana@example.org")
    assert "evil" not in main_of(client.get("/en/sign-in", query_string={"next": target}))
    assert send(client, "rana@example.org", next=target).location == "/en/"


def test_next_survives_a_wrong_password(make, client):
    make.member(email="rana@example.org")
    assert 'value="/en/topics"' in send(client, "rana@example.org", "not this one", next="/en/topics").text
    assert send(client, "rana@example.org", next="/en/topics").location == "/en/topics"


@pytest.mark.parametrize("headers", [{"Origin": None}, {"Origin": "https://evil.example"}, {"Origin": "null"}])
def test_a_sign_in_from_elsewhere_is_refused(make, client, app, headers):
    make.member(email="rana@example.org")
    data = {"email": "rana@example.org", "password": PASSWORD, "csrf_token": client.token()}
    assert client.post("/en/sign-in", data=data, headers=headers).status_code == 403
    assert open_sessions(app) == 0


@pytest.mark.parametrize("token", [None, "", "wrong", "é", "A" * 96])
def test_a_sign_in_without_its_token_is_refused(make, client, app, token):
    make.member(email="rana@example.org")
    data = {"email": "rana@example.org", "password": PASSWORD} | ({} if token is None else {"csrf_token": token})
    assert client.post("/en/sign-in", data=data).status_code == 403
    assert open_sessions(app) == 0


# In a demonstration


def test_a_demonstration_lists_its_accounts_and_one_touch_signs_in(make, make_app):
    make.member("Rana", email="member.ar@multaqa.example", password="demonstration", is_demonstration=True)
    make.member("Somebody Real", email="real@example.org")
    client = make_app(mode="demo").test_client()
    page = client.get("/en/sign-in").text
    assert "member.ar@multaqa.example" in page
    assert "<code>demonstration</code>" in page
    assert "real@example.org" not in page
    assert send(client, "member.ar@multaqa.example", "demonstration").status_code == 303


def test_elsewhere_no_accounts_are_listed(make, client):
    make.member("Rana", email="member.ar@multaqa.example", is_demonstration=True)
    page = client.get("/en/sign-in").text
    assert "member.ar" not in page
    assert "demonstration" not in main_of(client.get("/en/sign-in"))


# As JSON


def test_the_api_says_who_is_signed_in(make, sign_in, client):
    town = make.municipality("Mafraq")
    member = make.member("Rana", roles=["moderator"], municipality=town, language="ar")
    body = sign_in(member).get("/api/v1/sessions/current").json
    assert body["member"] == {"id": member.id, "name": "Rana", "municipality": town.id}
    assert (body["roles"], body["language"], body["digits"]) == (["moderator"], "ar", "latn")
    guest = client.get("/api/v1/sessions/current")
    assert (guest.status_code, guest.json["error"]["code"]) == (401, "sign_in")


def test_the_api_signs_out(make, sign_in, app):
    client = sign_in(make.member())
    assert client.json("DELETE", "/api/v1/sessions/current").status_code == 204
    assert client.get("/api/v1/sessions/current").status_code == 401
    assert open_sessions(app) == 0


def test_the_api_tells_wrong_and_unknown_the_same(make, client):
    member = make.member()
    answers = [
        client.json("POST", "/api/v1/sessions", {"email": email, "password": "not this one"})
        for email in (member.email, "nobody@example.org")
    ]
    bodies = [answer.json["error"] for answer in answers]
    assert [answer.status_code for answer in answers] == [401, 401]
    assert [body.pop("request") != "" for body in bodies] == [True, True]
    assert bodies[0] == bodies[1]
    assert bodies[0]["code"] == "wrong_password"


def test_extra_fields_have_no_effect(make, client, app):
    member = make.member()
    body = {"email": member.email, "password": PASSWORD, "roles": ["admin"], "id": 1, "member_id": 99}
    assert client.json("POST", "/api/v1/sessions", body).status_code == 201
    assert client.get("/api/v1/sessions/current").json["roles"] == []


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"null",
        b"[]",
        b'"text"',
        b"{",
        b'{"email": NaN, "password": "x"}',
        b'{"email": 1e400, "password": "x"}',
        b'{"email": ' + b"9" * 5000 + b', "password": "x"}',
        b"[" * 100_000,
        b'{"email": ' + b"[" * 100_000,
        b'{"email": "\xff", "password": "x"}',
    ],
)
def test_what_is_not_json_is_refused_politely(client, raw):
    answer = client.post("/api/v1/sessions", data=raw, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json["error"]["message"]


@pytest.mark.parametrize(
    "email",
    ["a\x00b", "\ud800", ["a"], {"a": 1}, True, None, "", 1.5],
)
def test_an_address_of_the_wrong_kind_is_refused_at_the_field(client, email):
    answer = client.json("POST", "/api/v1/sessions", {"email": email, "password": "x"})
    assert answer.status_code == 422
    assert answer.json["error"]["fields"].keys() == {"email"}


@pytest.mark.parametrize("password", ["x" * 100_000, "ش" * 129, "\u202e" * 10, "{{7*7}}%(x)s"])
def test_any_password_is_looked_at_or_refused(make, client, password):
    member = make.member()
    assert client.json("POST", "/api/v1/sessions", {"email": member.email, "password": password}).status_code == 401


def test_an_endless_address_is_only_unknown(client):
    answer = client.json("POST", "/api/v1/sessions", {"email": "a" * 100_000 + "@example.org", "password": "x"})
    assert answer.status_code == 401


def test_the_device_is_remembered_as_far_as_there_is_room(make, client, app):
    member = make.member()
    body = {"email": member.email, "password": PASSWORD}
    answer = client.json("POST", "/api/v1/sessions", body, headers={"User-Agent": "é" * 5000})
    assert answer.status_code == 201
    with app.app_context():
        assert db.session.scalar(select(SignInSession.agent)) == "é" * 200


def test_the_last_visit_is_noted_now_and_then(make, sign_in, app):
    client = sign_in(make.member())

    def seen():
        with app.app_context():
            return db.session.scalar(select(SignInSession.seen_at))

    first = seen()
    client.get("/en/topics")
    assert seen() == first
    with clock.at(clock.now() + timedelta(hours=1)):
        client.get("/en/topics")
    assert seen() > first
