"""Passkeys: what is taken and what is not. A real browser uses one in tests/journeys/test_second_step.py."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select
from webauthn.helpers import base64url_to_bytes

from forum.core import clock
from forum.core.db import db, transaction
from forum.core.mail import Letter
from forum.members import passkeys
from forum.members.actions import second_step as actions
from forum.members.actions import stepping
from forum.members.models import Member, MemberState, Passkey, SignInSession
from tests.authenticator import ORIGIN, PRESENT, Authenticator, text_of
from tests.making import PASSWORD

PAGE = "/en/settings/second-step"


@pytest.fixture
def rana(make):
    """A member."""
    return make.member("Rana", email="rana@example.org")


@pytest.fixture
def here(rana, sign_in):
    """Her browser, where she has shown the password again."""
    client = sign_in(rana)
    client.json("PUT", "/api/v1/sessions/current/confirmation", {"current": PASSWORD})
    return client


@pytest.fixture
def key(here):
    """Her passkey."""
    made = Authenticator()
    answer = add(here, made.make(options(here)))
    assert answer.status_code == 200, answer.text
    return made


def options(client, path=f"{PAGE}/passkeys/options"):
    """What the server has a browser ask."""
    answer = client.post(path, headers={"X-CSRF-Token": client.token()})
    assert answer.status_code == 200, answer.text
    return answer.json


def add(client, answer, name="My phone"):
    """Send a new passkey."""
    return client.form(f"{PAGE}/passkeys", {"name": name, "passkey": answer})


def asked(client):
    """What a browser is asked that signs in without a password."""
    return options(client, "/en/sign-in/passkey/options")


def come(client, answer, language="en"):
    """Sign in with it."""
    return client.form(f"/{language}/sign-in/passkey", {"passkey": answer})


def count(app, table=Passkey):
    """How many there are."""
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(table))


# Made


def test_a_passkey_is_made_switches_the_second_step_on_and_is_told(app, rana, here, key):
    page = here.get(PAGE).text
    assert "My phone" in page and "Not used yet" in page
    assert here.get("/api/v1/account/second-step").json["recovery_codes"] == 10
    with app.app_context():
        assert db.session.scalar(select(Member.has_second_step))
        kept = db.session.scalar(select(Passkey))
        told = list(db.session.scalars(select(Letter.text).where(Letter.kind == "second_step")))
    assert (kept.transports, kept.name) == ("internal", "My phone")
    assert any("My phone" in text for text in told)


def test_what_the_browser_is_asked_names_nobody(rana, here, key):
    wanted = options(here)
    assert wanted["rp"]["id"] == "localhost" and wanted["attestation"] == "none"
    assert wanted["user"]["name"] == rana.email
    assert len(base64url_to_bytes(wanted["user"]["id"])) == 32  # by chance, not the member's number
    assert [one["id"] for one in wanted["excludeCredentials"]] == [text_of(key.id)]
    guest = asked(here.application.test_client())
    assert (guest.get("allowCredentials") or [], guest["userVerification"]) == ([], "required")


def test_a_passkey_has_a_name(app, here):
    for name in ("", " ", "\u200b", "x" * 61, "a\u202eb"):
        answer = add(here, Authenticator().make(options(here)), name)
        assert answer.status_code == 422 and 'href="#name"' in answer.text
    assert count(app) == 0


def test_what_was_not_asked_for_makes_no_passkey(app, here):
    made = Authenticator()
    wanted = options(here)
    wrong = [
        made.make(wanted, origin="http://evil.example"),
        made.make(wanted | {"challenge": text_of(b"x" * 32)}),
        made.make(wanted | {"rp": {"id": "evil.example"}}),
        made.make(wanted, flags=0),
        "{}",
        "[]",
        "null",
        "",
        json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": {"attestationObject": "AA"}}),
        "x" * 30_000,
        "[" * 15_000,
    ]
    for one in wrong:
        answer = add(here, one)
        assert answer.status_code == 422, one[:60]
        wanted = options(here)
    assert count(app) == 0


def test_the_question_is_good_once_and_for_five_minutes(app, here):
    first, second = Authenticator(), Authenticator()
    wanted = options(here)
    assert add(here, first.make(wanted)).status_code == 200
    assert add(here, second.make(wanted)).status_code == 422
    wanted = options(here)
    with clock.at(clock.now() + actions.CHALLENGE + timedelta(seconds=1)):
        assert add(here, second.make(wanted)).status_code == 422
    assert count(app) == 1


def test_one_passkey_belongs_to_one_member(app, make, sign_in, key):
    other = sign_in(make.member())
    other.json("PUT", "/api/v1/sessions/current/confirmation", {"current": PASSWORD})
    assert add(other, key.make(options(other))).status_code == 422
    assert count(app) == 1


def test_a_passkey_is_renamed_and_removed_by_its_owner_only(app, make, sign_in, rana, here, key):
    stick = Authenticator()
    add(here, stick.make(options(here)), "A stick")
    ids = [one["id"] for one in here.get("/api/v1/account/second-step").json["passkeys"]]
    other = sign_in(make.member())
    other.json("PUT", "/api/v1/sessions/current/confirmation", {"current": PASSWORD})
    for client, status in ((other, 404), (here, 200)):
        path = f"/api/v1/account/second-step/passkeys/{ids[0]}"
        assert client.json("PATCH", path, {"name": "Another name"}).status_code == status
    assert other.form(f"{PAGE}/passkeys/{ids[0]}", {"name": "Mine"}, method="PUT").status_code == 404
    assert other.form(f"{PAGE}/passkeys/{ids[0]}", method="DELETE").status_code == 404
    assert here.form(f"{PAGE}/passkeys/{ids[0]}", {"name": ""}, method="PUT").status_code == 422
    assert here.form(f"{PAGE}/passkeys/{ids[0]}", {"name": "هاتفي"}, method="PUT").status_code == 303
    assert "هاتفي" in here.get(PAGE).text
    assert here.form(f"{PAGE}/passkeys/{ids[0]}", method="DELETE").status_code == 303
    guest = app.test_client()
    assert come(guest, key.sign(asked(guest))).status_code == 401, "a removed passkey opens nothing"
    assert here.json("DELETE", f"/api/v1/account/second-step/passkeys/{ids[1]}").status_code == 204
    assert here.get("/api/v1/account/second-step").json["on"] is False, "the last one switches it off"
    sign_in(rana)


# Used


def test_a_passkey_signs_in_without_a_password(app, rana, key):
    guest = app.test_client()
    answer = come(guest, key.sign(asked(guest)))
    assert (answer.status_code, answer.location) == (303, "/en/")
    assert guest.get("/api/v1/sessions/current").json["member"]["id"] == rana.id
    assert "Signed in with a passkey" in guest.get("/en/devices").text


def test_a_passkey_alone_must_have_asked_for_finger_or_face(app, key):
    guest = app.test_client()
    assert come(guest, key.sign(asked(guest), flags=PRESENT)).status_code == 401


def test_after_the_password_touching_it_is_enough(app, rana, key):
    guest = app.test_client()
    answer = guest.form("/en/sign-in", {"email": rana.email, "password": PASSWORD})
    assert answer.location == "/en/sign-in/step"
    wanted = options(guest, "/en/sign-in/step/options")
    assert [one["id"] for one in wanted["allowCredentials"]] == [text_of(key.id)]
    answer = guest.form("/en/sign-in/step", {"passkey": key.sign(wanted, flags=PRESENT)})
    assert (answer.status_code, answer.location) == (303, "/en/")
    assert "Signed in with the password and a passkey" in guest.get("/en/devices").text


def test_what_was_not_asked_for_signs_nobody_in(app, make, sign_in, rana, key):
    guest = app.test_client()
    wanted = asked(guest)
    wrong = [
        lambda: key.sign(wanted, origin="http://evil.example"),
        lambda: key.sign(wanted, origin=ORIGIN.replace("5000", "5001")),
        lambda: key.sign(wanted, rp="evil.example"),
        lambda: key.sign(wanted | {"challenge": text_of(b"x" * 32)}),
        lambda: key.sign(wanted, handle=b"somebody else"),
        lambda: key.sign(wanted).replace('"signature": "', '"signature": "AAAA'),
        lambda: key.sign(wanted).replace("public-key", "password"),
        lambda: Authenticator().sign(wanted, handle=b"x"),
    ]
    for make_answer in wrong:
        answer = come(guest, make_answer())
        assert answer.status_code == 401 and "This passkey was not accepted." in answer.text
    assert guest.get("/en/settings").status_code == 401


def test_an_answer_works_once_and_in_its_own_browser(app, key):
    guest, thief = app.test_client(), app.test_client()
    answer = key.sign(asked(guest))
    asked(thief)
    assert come(thief, answer).status_code == 401, "it answers another question"
    assert come(guest, answer).status_code == 303
    again = app.test_client()
    again.set_cookie("half", guest.get_cookie("half", domain="127.0.0.1") or "", domain="127.0.0.1")
    assert come(again, answer).status_code == 401


def test_a_copy_that_counts_behind_is_refused(app, key):
    guest = app.test_client()
    assert come(guest, key.sign(asked(guest))).status_code == 303
    key.count = 0
    copy = app.test_client()
    assert come(copy, key.sign(asked(copy))).status_code == 401


def test_the_question_is_over_after_ten_minutes(app, key):
    guest = app.test_client()
    wanted = asked(guest)
    with clock.at(clock.now() + stepping.LIFE + timedelta(seconds=1)):
        assert come(guest, key.sign(wanted)).status_code == 401


def test_somebody_elses_passkey_is_no_second_step(app, make, sign_in, key):
    other = make.member(email="other@example.org")
    make.phone(other)
    guest = app.test_client()
    guest.form("/en/sign-in", {"email": other.email, "password": PASSWORD})
    wanted = options(guest, "/en/sign-in/step/options")
    assert guest.form("/en/sign-in/step", {"passkey": key.sign(wanted)}).status_code == 401


def test_a_suspended_member_hears_so_after_the_right_passkey_only(app, make, rana, key):
    manager = make.manager()
    make.suspend(rana, until=datetime(2030, 5, 1, 21, tzinfo=UTC))
    guest, stranger = app.test_client(), app.test_client()
    open_before = count(app, SignInSession)
    answer = key.sign(asked(guest))
    said = come(guest, answer)
    assert said.status_code == 403
    assert "Your account is suspended until 2 May 2030, 00:00." in said.text and manager.name in said.text
    assert come(guest, answer).status_code == 401, "it is used up all the same"
    wrong = come(stranger, Authenticator().sign(asked(stranger), handle=key.handle))
    assert wrong.status_code == 401 and manager.name not in wrong.text
    assert guest.get("/en/settings").status_code == 401 and count(app, SignInSession) == open_before
    assert "حسابك موقوف حتى" in come(guest, key.sign(asked(guest)), "ar").text


def test_an_erased_members_passkey_opens_nothing(app, rana, key):
    guest = app.test_client()
    answer = key.sign(asked(guest))
    with app.app_context(), transaction():
        db.session.get_one(Member, rana.id).state = MemberState.ERASED
    said = come(guest, answer)
    assert said.status_code == 401 and "This passkey was not accepted." in said.text


def test_a_passkey_shows_again_who_one_is(app, key):
    guest = app.test_client()
    come(guest, key.sign(asked(guest)))
    assert guest.form(f"{PAGE}/recovery-codes").status_code == 303
    answer = key.sign(options(guest, "/en/settings/confirm/options"))
    assert guest.form("/en/settings/confirm", {"passkey": answer}).location == PAGE
    assert guest.form(f"{PAGE}/recovery-codes").status_code == 200
    assert guest.form("/en/settings/confirm", {"passkey": answer}).status_code == 401, "once"


def test_only_with_a_passkey_the_api_takes_recovery_codes(app, rana, here, client, key):
    made = here.json("POST", "/api/v1/account/second-step/recovery-codes").json["recovery_codes"]
    body = {"email": rana.email, "password": PASSWORD}
    assert client.json("POST", "/api/v1/sessions", body | {"code": "123456"}).status_code == 401
    assert client.json("POST", "/api/v1/sessions", body | {"recovery_code": made[0]}).status_code == 201
    assert count(app, SignInSession) == 2


# Where


@pytest.mark.parametrize(
    ("mode", "url", "host", "place"),
    [
        ("production", "https://forum.example.org", "forum.example.org", ""),
        ("production", "http://192.0.2.5", "192.0.2.5", None),
        ("test", "http://127.0.0.1:5000", "localhost:5000", ""),
        ("test", "http://127.0.0.1:5000", "127.0.0.1:5000", "http://localhost:5000"),
    ],
)
def test_passkeys_are_bound_to_the_name_of_the_site(make_app, mode, url, host, place):
    with make_app(mode=mode, base_url=url).app_context():
        assert passkeys.place(host) == place


def test_the_page_says_where_they_work_and_that_they_need_javascript(here):
    assert "http://localhost:5000" in here.get(PAGE).text
    here.set_cookie("session", here.get_cookie("session", domain="127.0.0.1").value, domain="localhost")
    assert "with JavaScript" in here.get(PAGE, base_url="http://localhost:5000").text
    answer = add(here, "")
    assert answer.status_code == 422 and "A passkey needs JavaScript" in answer.text
