"""Setting up the second step: app, recovery codes, who is asked again first, what is told, what staff owe."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from forum.core import clock
from forum.core.audit import AuditEntry
from forum.core.db import db
from forum.core.mail import Letter
from forum.members import codes
from forum.members.actions import second_step as actions
from forum.members.models import Member, RecoveryCode
from tests.counting import statements
from tests.making import PASSWORD, code_at

PAGE = "/en/settings/second-step"
APP = "/api/v1/account/second-step/app"
SHOWN = re.compile(r"<code>((?:\d{4} ?){5})</code>")


@pytest.fixture
def rana(make):
    """A member."""
    return make.member("Rana", email="rana@example.org")


@pytest.fixture
def confirmed(sign_in):
    """`confirmed(member)`: a client that has shown the password again."""

    def confirmed(member, **more):
        client = sign_in(member, **more)
        answer = client.json("PUT", "/api/v1/sessions/current/confirmation", {"current": member.password})
        assert answer.status_code == 204, answer.text
        return client

    return confirmed


def key_on(page):
    """The key that a page shows beside the picture."""
    return re.search(r'class="key ltr"[^>]*>([A-Z2-7 ]+)<', page)[1]


def code_now(key):
    """What the app shows."""
    return code_at(key, int(clock.now().timestamp()) // codes.LIFE)


def look(app, query):
    """One value from the database."""
    with app.app_context():
        return db.session.scalar(query)


def letters_to(app, address):
    """The kinds of letters that wait for this address, and their words."""
    with app.app_context():
        theirs = select(Letter).where(Letter.address == address).order_by(Letter.id)
        return [(one.kind, one.text) for one in db.session.scalars(theirs)]


def entries(app):
    """What the log says."""
    with app.app_context():
        return list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


# The app


@pytest.mark.parametrize("language", ["ar", "en"])
def test_an_app_is_set_up_on_the_page(app, rana, confirmed, language):
    client, page = confirmed(rana), f"/{language}/settings/second-step"
    assert client.form(f"{page}/app").status_code == 303
    shown = client.get(page)
    key = key_on(shown.text)
    assert f"secret={key.replace(' ', '')}" in shown.text
    assert "<svg" in shown.text and "style=" not in shown.text.split("<svg", 2)[-1].split("</svg>")[0]
    assert shown.headers["Cache-Control"] == "no-store"
    assert not look(app, select(Member.has_second_step)), "it counts once the app has shown a code"
    answer = client.form(f"{page}/app", {"code": code_now(key)}, method="PUT")
    assert answer.status_code == 200
    assert len(set(SHOWN.findall(answer.text))) == codes.RECOVERY_CODES
    assert look(app, select(Member.has_second_step))
    again = client.get(page).text
    assert not SHOWN.search(again), "they are shown once"
    assert key not in again


def test_a_wrong_first_code_sets_nothing_up(app, rana, confirmed):
    client = confirmed(rana)
    client.form(f"{PAGE}/app")
    for code in ("000000", "", "12345", "abcdef", "1" * 5000, "\u0661", "\x00"):
        answer = client.form(f"{PAGE}/app", {"code": code}, method="PUT")
        assert answer.status_code == 422, code
        assert 'id="code-error"' in answer.text
    assert not look(app, select(Member.has_second_step))
    assert client.json("PUT", APP, {"code": "000000"}).json["error"]["fields"].keys() == {"code"}


def test_the_picture_is_good_for_half_an_hour(rana, confirmed):
    client = confirmed(rana)
    key = client.json("POST", APP).json["key"]
    with clock.at(clock.now() + actions.BEGUN + timedelta(seconds=1)):
        client.json("PUT", "/api/v1/sessions/current/confirmation", {"current": PASSWORD})
        assert client.json("PUT", APP, {"code": code_now(key)}).status_code == 422


def test_until_another_app_shows_a_code_the_old_one_holds(make, rana, confirmed, sign_in):
    phone = make.phone(rana)
    client = confirmed(rana, code=phone.code())
    key = client.json("POST", APP).json["key"]
    sign_in(rana, code=phone.code())
    assert client.json("PUT", APP, {"code": code_now(key)}).json == {"recovery_codes": []}
    with clock.at(clock.now() + timedelta(minutes=5)):
        body = {"email": rana.email, "password": PASSWORD, "code": phone.code()}
        assert client.json("POST", "/api/v1/sessions", body).status_code == 401
        sign_in(rana, code=code_now(key))


def test_the_code_that_set_the_app_up_does_not_sign_in(client, rana, confirmed):
    here = confirmed(rana)
    code = code_now(here.json("POST", APP).json["key"])
    assert here.json("PUT", APP, {"code": code}).status_code == 200
    body = {"email": rana.email, "password": PASSWORD, "code": code}
    assert client.json("POST", "/api/v1/sessions", body).status_code == 401


def test_setting_it_up_signs_other_devices_out_and_gives_this_one_a_new_cookie(rana, confirmed, sign_in):
    elsewhere, here = sign_in(rana), confirmed(rana)
    before = here.get_cookie("session", domain="127.0.0.1").value
    key = here.json("POST", APP).json["key"]
    here.json("PUT", APP, {"code": code_now(key)})
    assert here.get_cookie("session", domain="127.0.0.1").value != before
    assert here.get("/api/v1/sessions/current").status_code == 200
    assert elsewhere.get("/api/v1/sessions/current").status_code == 401
    here.set_cookie("session", before, domain="127.0.0.1")
    assert here.get("/api/v1/sessions/current").status_code == 401


def test_nothing_secret_stands_in_the_database_or_the_log(app, rana, confirmed):
    client = confirmed(rana)
    key = client.json("POST", APP).json["key"].replace(" ", "")
    made = client.json("PUT", APP, {"code": code_now(key)}).json["recovery_codes"]
    with app.app_context():
        rows = [tuple(row) for table in db.metadata.sorted_tables for row in db.session.execute(select(table))]
    kept = repr(rows)
    assert key not in kept
    assert not any(code in kept or code.replace(" ", "") in kept for code in made)


# Asked again


CHANGES = [
    ("POST", "/settings/second-step/app"),
    ("PUT", "/settings/second-step/app"),
    ("DELETE", "/settings/second-step/app"),
    ("POST", "/settings/second-step/passkeys/options"),
    ("POST", "/settings/second-step/passkeys"),
    ("POST", "/settings/second-step/recovery-codes"),
    ("DELETE", "/settings/second-step"),
]


@pytest.mark.parametrize(("method", "path"), CHANGES)
def test_every_change_asks_first_who_sits_there(app, make, rana, sign_in, method, path):
    phone = make.phone(rana)
    client = sign_in(rana, code=phone.code())
    before = look(app, select(func.min(RecoveryCode.id)))
    answer = client.form(f"/en{path}", {"code": phone.code(), "name": "a"}, method=method)
    assert (answer.status_code, answer.location) == (303, "/en/settings/confirm")
    if "passkeys" not in path:
        answer = client.json(method, f"/api/v1/account{path.removeprefix('/settings')}", {"code": "1"})
        assert (answer.status_code, answer.json["error"]["code"]) == (428, "confirm")
    assert look(app, select(func.min(RecoveryCode.id))) == before
    assert look(app, select(Member.has_second_step))


def test_the_password_or_a_code_opens_the_changes_for_ten_minutes(make, rana, sign_in):
    phone = make.phone(rana)
    client = sign_in(rana, code=phone.code())
    wrong = client.form("/en/settings/confirm", {"current": "not this one"})
    assert wrong.status_code == 422 and "This is not your password." in wrong.text
    assert client.form("/en/settings/confirm", {"code": "000000"}).status_code == 401
    assert client.form("/en/settings/confirm", {}).status_code == 422
    assert client.form("/en/settings/confirm", {"code": phone.code()}).location == PAGE
    assert client.form(f"{PAGE}/recovery-codes").status_code == 200
    with clock.at(clock.now() + actions.CONFIRMED + timedelta(seconds=1)):
        assert client.form(f"{PAGE}/recovery-codes").status_code == 303
        assert client.form("/en/settings/confirm?next=/en/topics", {"current": PASSWORD}).location == "/en/topics"
        assert client.form("/en/settings/confirm?next=//evil.example", {"current": PASSWORD}).location == PAGE


def test_a_recovery_code_confirms_nothing(make, rana, sign_in):
    phone = make.phone(rana)
    client = sign_in(rana, code=phone.code())
    body = {"recovery_code": phone.recovery_codes[0], "code": phone.recovery_codes[0]}
    assert client.json("PUT", "/api/v1/sessions/current/confirmation", body).status_code == 401


# Recovery codes, switching off, letters


def test_new_recovery_codes_end_the_old_ones(make, rana, confirmed, sign_in, client):
    phone = make.phone(rana)
    made = confirmed(rana, code=phone.code()).json("POST", "/api/v1/account/second-step/recovery-codes").json
    body = {"email": rana.email, "password": PASSWORD}
    old = client.json("POST", "/api/v1/sessions", body | {"recovery_code": phone.recovery_codes[0]})
    assert old.status_code == 401
    sign_in(rana, recovery_code=made["recovery_codes"][0])


def test_without_a_second_step_there_are_no_recovery_codes(rana, confirmed):
    client = confirmed(rana)
    assert client.json("POST", "/api/v1/account/second-step/recovery-codes").status_code == 403
    assert client.form(f"{PAGE}/recovery-codes").status_code == 403


@pytest.mark.parametrize("path", ["/api/v1/account/second-step", APP])
def test_a_member_switches_it_off_and_the_password_is_enough(app, make, rana, confirmed, sign_in, path):
    phone = make.phone(rana)
    client = confirmed(rana, code=phone.code())
    assert client.json("DELETE", path).status_code == 204
    assert client.get("/api/v1/account/second-step").json["on"] is False
    assert look(app, select(func.count()).select_from(RecoveryCode)) == 0
    sign_in(rana)
    assert "second step off" in entries(app)


def test_what_the_api_says_of_it(make, rana, sign_in):
    phone = make.phone(rana)
    said = sign_in(rana, recovery_code=phone.recovery_codes[3]).get("/api/v1/account/second-step").json
    assert said == {"on": True, "needed": False, "app": True, "recovery_codes": 9, "passkeys": []}


@pytest.mark.parametrize(
    ("language", "subject"),
    [("ar", "تغيير في الخطوة الثانية لتسجيل الدخول"), ("en", "The second step of signing in has been changed")],
)
def test_every_change_is_told_by_letter_in_the_members_language(app, make, confirmed, language, subject):
    rana = make.member("Rana", email="rana@example.org", language=language)
    phone = make.phone(rana)
    client = confirmed(rana, code=phone.code())
    client.json("POST", "/api/v1/account/second-step/recovery-codes")
    client.json("DELETE", "/api/v1/account/second-step")
    with app.app_context():
        told = list(db.session.scalars(select(Letter).where(Letter.kind == "second_step")))
    assert [one.subject for one in told] == [subject] * 3
    assert {one.language for one in told} == {language}
    assert all(f"/{language}/settings/second-step" in one.text for one in told)


def test_others_do_not_see_it(make, rana, sign_in):
    make.phone(rana)
    other = sign_in(make.member())
    for path in (f"/en/members/{rana.id}", f"/api/v1/members/{rana.id}"):
        said = other.get(path).text
        assert "second-step" not in said and "second_step" not in said


def test_the_page_costs_the_same_with_one_passkey_and_with_twenty(app, make, rana, sign_in):
    phone = make.phone(rana)
    client = sign_in(rana, code=phone.code())
    client.get(PAGE)
    cost = []
    for number in (1, 19):
        make.passkeys(rana, number)
        with statements(app) as counted:
            assert client.get(PAGE).status_code == 200
        cost.append(counted.number)
    assert cost[0] == cost[1] <= 7


# Devices


def test_the_devices_say_how_they_were_signed_in(make, rana, sign_in):
    sign_in(rana)
    phone = make.phone(rana)
    sign_in(rana, recovery_code=phone.recovery_codes[0])
    page = sign_in(rana, code=phone.code()).get("/en/devices").text
    assert "Signed in with the password and a code" in page
    assert "Signed in with the password and a recovery code" in page
    assert "Signed in with the password<" not in page, "that device was signed out"
