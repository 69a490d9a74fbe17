"""Signing in with a second step: what a browser half inside may do, replay, guessing, races, what does not skip it."""

import re
import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from forum.core import clock
from forum.core.audit import AuditEntry
from forum.core.db import db, transaction
from forum.core.mail import Letter, post_letters
from forum.members import actions, codes, queries
from forum.members.actions import stepping
from forum.members.models import HalfSignIn, Member, RecoveryCode, SignInSession, SignInWay
from tests.making import PASSWORD, code_at

STEP = "/en/sign-in/step"
ARABIC, PERSIAN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"), str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


@pytest.fixture
def rana(make):
    """A member."""
    return make.member("Rana", email="rana@example.org")


@pytest.fixture
def phone(make, rana):
    """Her app."""
    return make.phone(rana)


def half(client, email="rana@example.org", language="en", **more):
    """Send the right password."""
    answer = client.form(f"/{language}/sign-in", {"email": email, "password": PASSWORD, **more})
    assert (answer.status_code, answer.location) == (303, f"/{language}/sign-in/step")
    return client


def call(client, email="rana@example.org", password=PASSWORD, **step):
    """The same through the API."""
    return client.json("POST", "/api/v1/sessions", {"email": email, "password": password} | step)


def sessions(app):
    """How many were opened since the phone was set up."""
    with app.app_context():
        return db.session.scalar(select(func.count()).where(SignInSession.address != "192.0.2.77"))


# Half inside


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_password_leads_to_the_second_step_and_the_code_home(app, rana, phone, client, language):
    half(client, language=language)
    page = client.get(f"/{language}/sign-in/step")
    assert 'autocomplete="one-time-code"' in page.text and page.headers["Cache-Control"] == "no-store"
    assert sessions(app) == 0
    answer = client.form(f"/{language}/sign-in/step", {"code": phone.code()})
    assert (answer.status_code, answer.location) == (303, "/en/")
    assert client.get("/en/settings").status_code == 200
    assert client.get_cookie("half", domain="127.0.0.1") is None


def test_half_inside_nothing_else_opens(rana, phone, client):
    half(client)
    for path in ("/en/settings", "/en/devices", "/api/v1/sessions/current", "/en/settings/second-step"):
        assert client.get(path).status_code == 401, path
    kept = client.get_cookie("half", domain="127.0.0.1").value
    client.set_cookie("session", kept, domain="127.0.0.1")
    assert client.get("/en/settings").status_code == 401, "its token is no session's"


def test_its_cookie_is_kept_from_scripts_and_lives_ten_minutes(rana, phone, client):
    answer = client.form("/en/sign-in", {"email": rana.email, "password": PASSWORD})
    cookie = next(c for c in answer.headers.getlist("Set-Cookie") if c.startswith("half="))
    assert {"HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=600"} <= set(cookie.split("; "))


def test_another_browser_cannot_go_on_with_it(app, rana, phone, client):
    half(client)
    other = app.test_client()
    assert other.get(STEP).location == "/en/sign-in"
    assert other.form(STEP, {"code": phone.code()}).location == "/en/sign-in"
    other.set_cookie("half", "guessed", domain="127.0.0.1")
    assert other.form(STEP, {"code": phone.code()}).location == "/en/sign-in"
    assert sessions(app) == 0


def test_after_ten_minutes_it_is_over(app, rana, phone, client):
    half(client)
    with clock.at(clock.now() + stepping.LIFE + timedelta(seconds=1)):
        assert client.form(STEP, {"code": phone.code()}).location == "/en/sign-in"
        with app.app_context(), transaction():
            stepping.forget_halves()
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(HalfSignIn)) == 0


def test_it_is_used_once(rana, phone, client):
    half(client)
    kept = client.get_cookie("half", domain="127.0.0.1").value
    client.form(STEP, {"code": phone.code()})
    client.form("/en/sign-out")
    client.set_cookie("half", kept, domain="127.0.0.1")
    assert client.form(STEP, {"code": phone.code()}).location == "/en/sign-in"
    assert client.get("/en/settings").status_code == 401


def test_where_to_go_and_whether_to_stay_survive_the_second_step(rana, phone, client):
    half(client, next="/en/topics", stay="y")
    assert client.form(STEP, {"code": "000000"}).status_code == 401
    answer = client.form(STEP, {"code": phone.code()})
    assert answer.location == "/en/topics"
    assert any("Max-Age=5184000" in c for c in answer.headers.getlist("Set-Cookie") if c.startswith("session="))


def test_a_new_session_ends_the_old_one_of_this_browser(app, rana, phone, client):
    half(client)
    client.form(STEP, {"code": phone.code()})
    first = client.get_cookie("session", domain="127.0.0.1").value
    half(client)
    client.form(STEP, {"code": phone.code()})
    assert client.get_cookie("session", domain="127.0.0.1").value != first
    thief = app.test_client()
    thief.set_cookie("session", first, domain="127.0.0.1")
    assert thief.get("/en/settings").status_code == 401


@pytest.mark.parametrize("what", ["suspended", "another password", "reset"])
def test_what_signs_out_everywhere_ends_it_too(app, make, rana, phone, client, sign_in, what):
    other = sign_in(rana, code=phone.code())
    half(client)
    if what == "suspended":
        make.suspend(rana)
    elif what == "another password":
        body = {"current": PASSWORD, "password": "four words in a row"}
        assert other.json("PUT", "/api/v1/account/password", body).status_code == 204
    else:
        admin = sign_in(make.member(roles=["admin"]))
        path = f"/api/v1/members/{rana.id}/second-step"
        assert admin.json("DELETE", path, {"why": "Lost her phone."}).status_code == 204
    answer = client.form(STEP, {"code": phone.code()})
    assert answer.location == "/en/sign-in"
    assert client.get("/en/settings").status_code == 401


# Codes


@pytest.mark.parametrize("digits", [str, lambda code: code.translate(ARABIC), lambda code: code.translate(PERSIAN)])
def test_codes_are_taken_in_all_digits_and_with_spaces(rana, phone, client, digits):
    half(client)
    code = digits(phone.code())
    assert client.form(STEP, {"code": f" {code[:3]} \u200f{code[3:]}"}).status_code == 303
    client.form("/en/sign-out")
    half(client)
    assert client.form(STEP, {"recovery_code": digits(phone.recovery_codes[0]).replace(" ", "-")}).status_code == 303


def test_a_code_works_once(rana, phone, client, app):
    code = phone.code()
    assert call(client, code=code).status_code == 201
    assert call(app.test_client(), code=code).status_code == 401
    half(client)
    assert client.form(STEP, {"code": code}).status_code == 401


def test_an_older_code_than_the_last_used_is_refused(rana, phone, client):
    older, newer = phone.code(), phone.code()
    assert call(client, code=newer).status_code == 201
    assert call(client, code=older).status_code == 401


def test_clocks_may_differ_by_one_step_and_no_more(rana, phone, client):
    with clock.at(clock.now() + timedelta(hours=1)):
        now = int(clock.now().timestamp()) // codes.LIFE
        answers = [call(client, code=code_at(phone.key, now + by)).status_code for by in (-2, 2, -1, 0, 1)]
    assert answers == [401, 401, 201, 201, 201]


@pytest.mark.parametrize(
    ("language", "said", "guessed"),
    [
        ("ar", "بقيت 9 رموز استرداد.", "محاولة لتسجيل الدخول باسمكم"),
        ("en", "9 recovery codes are left.", "Somebody tries to sign in as you"),
    ],
)
def test_a_recovery_code_works_once_and_is_told_and_so_is_guessing(app, make, client, language, said, guessed):
    rana = make.member(email="rana@example.org", language=language)
    code = make.phone(rana).recovery_codes[0]
    assert call(client, recovery_code=code).status_code == 201
    for _n in range(stepping.PER_PAIR):
        assert call(client, recovery_code=code).status_code == 401
    with app.app_context():
        letters = {one.kind: one for one in db.session.scalars(select(Letter))}
        left = db.session.scalar(select(func.count()).where(RecoveryCode.used_at.is_(None)))
    assert left == 9 and said in letters["recovery_code"].text
    assert letters["codes_guessed"].subject == guessed
    assert {one.language for one in letters.values()} == {language}


def test_of_two_who_use_one_recovery_code_at_once_one_gets_in(app, rana, phone):
    begin, got = threading.Barrier(2), []

    def come():
        client = app.test_client()
        begin.wait()
        got.append(call(client, recovery_code=phone.recovery_codes[5]).status_code)

    both = [threading.Thread(target=come) for _n in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(got) == [201, 401]
    assert sessions(app) == 1


def test_of_two_who_use_one_code_at_once_one_gets_in(app, rana, phone):
    begin, got, code = threading.Barrier(2), [], phone.code()

    def come():
        client = app.test_client()
        begin.wait()
        got.append(call(client, code=code).status_code)

    both = [threading.Thread(target=come) for _n in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(got) == [201, 401]


def test_somebody_elses_codes_are_wrong(make, rana, phone, client):
    other = make.phone(make.member())
    assert call(client, code=other.code()).status_code == 401
    assert call(client, recovery_code=other.recovery_codes[0]).status_code == 401


HOSTILE = ["x", "0" * 19, "9" * 5000, "\u202e123456", "{{7*7}}", "%s", "1e400", "-1", "٣" * 6, "\ufdfa"]


@pytest.mark.parametrize("field", ["code", "recovery_code"])
def test_any_text_is_only_a_wrong_code(rana, phone, client, field):
    half(client)
    for code in HOSTILE:
        assert client.form(STEP, {field: code}).status_code == 401, code
    assert call(client, **{field: HOSTILE[-1]}).status_code == 401


PASSKEYS = ["", "{", "[]", "null", "[" * 9000, "[" * 30_000, '{"rawId": 5}', '{"rawId": "é"}', '{"rawId": "AA"}']


def test_any_text_is_only_a_wrong_passkey(rana, phone, client):
    half(client)
    for passkey in PASSKEYS:
        assert client.form(STEP, {"passkey": passkey}).status_code == (401 if passkey else 422), passkey
    client.post("/en/sign-in/passkey/options", headers={"X-CSRF-Token": client.token()})
    for passkey in PASSKEYS:
        assert client.form("/en/sign-in/passkey", {"passkey": passkey}).status_code == 401, passkey


def test_a_code_of_the_wrong_kind_is_refused_at_the_field(rana, phone, client):
    for code in (["1"], {"a": 1}, True, 1.5, "a\x00b", "\ud800"):
        answer = call(client, code=code)
        assert (answer.status_code, list(answer.json["error"]["fields"])) == (422, ["code"]), code


# Guessing


def test_after_five_wrong_codes_one_waits_and_the_member_is_told(app, rana, phone, make_app):
    client = make_app(rate_limits=True).test_client()
    half(client)
    answers = [client.form(STEP, {"code": "000000"}) for _n in range(stepping.PER_PAIR + 1)]
    assert [answer.status_code for answer in answers] == [401] * stepping.PER_PAIR + [429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert client.form(STEP, {"code": phone.code()}).status_code == 429
    with app.app_context():
        kinds = list(db.session.scalars(select(Letter.kind)))
    assert kinds.count("codes_guessed") == 1
    assert client.form(STEP, {"recovery_code": phone.recovery_codes[0]}).status_code == 303, "that is another door"


def test_guessers_elsewhere_do_not_lock_a_known_device_out(app, rana, phone, make_app, sign_in):
    limited = make_app(rate_limits=True)
    here, elsewhere = {"REMOTE_ADDR": "192.0.2.1"}, {"REMOTE_ADDR": "192.0.2.2"}
    body = {"email": rana.email, "password": PASSWORD, "recovery_code": phone.recovery_codes[0]}
    assert limited.test_client().json("POST", "/api/v1/sessions", body, environ_base=here).status_code == 201
    with limited.app_context(), transaction():
        member = db.session.get(Member, rana.id)
        for _n in range(stepping.ACCOUNT_A_DAY):
            stepping.note_wrong_step(member, stepping.Shown(code="1"), "198.51.100.7")
    body = {"email": rana.email, "password": PASSWORD, "code": phone.code()}
    assert limited.test_client().json("POST", "/api/v1/sessions", body, environ_base=elsewhere).status_code == 429
    assert limited.test_client().json("POST", "/api/v1/sessions", body, environ_base=here).status_code == 201


def test_who_does_not_know_the_password_learns_nothing_of_the_second_step(make, rana, phone, client):
    plain = make.member(email="plain@example.org")
    answers = [
        call(client, email, "not this one", code="000000") for email in (rana.email, plain.email, "no@example.org")
    ]
    bodies = {re.sub(r'"request":"\w+"', "", answer.text) for answer in answers}
    assert {answer.status_code for answer in answers} == {401} and len(bodies) == 1


# As JSON, and what does not skip it


def test_the_api_says_that_a_second_step_is_needed(app, rana, phone, client):
    answer = call(client)
    error = answer.json["error"]
    assert (answer.status_code, error["code"], error["ways"]) == (401, "second_step", ["code", "recovery_code"])
    assert not answer.headers.getlist("Set-Cookie")
    assert sessions(app) == 0


def test_without_a_second_step_a_code_has_no_effect(make, client):
    assert call(client, make.member().email, code="123456").status_code == 201


def test_a_new_password_by_letter_does_not_skip_it(app, rana, phone, client, make_app, post_office):
    sending = make_app(smtp_url=post_office.url)
    guest = sending.test_client()
    guest.form("/en/reset", {"email": rana.email})
    with sending.app_context():
        post_letters()
    link = post_office.to(rana.email).path
    answer = guest.form(link, {"password": "four words in a row"})
    assert answer.location == "/en/sign-in", "a reset opens no session"
    answer = guest.form("/en/sign-in", {"email": rana.email, "password": "four words in a row"})
    assert answer.location == "/en/sign-in/step"
    assert guest.get("/en/settings").status_code == 401
    assert call(client, password="four words in a row").json["error"]["code"] == "second_step"


def test_a_second_step_set_up_meanwhile_is_asked_for(app, make, rana):
    """Whoever has just shown the right password, and is about to get a session, while another device sets it up."""

    with app.app_context():
        member = queries.get_member(rana.id)
        make.phone(rana)
        assert not member.has_second_step
        with pytest.raises(stepping.SecondStepNeeded), transaction():
            actions.sign_in(member, way=SignInWay.PASSWORD, address="", agent="")


def test_it_is_in_the_log_without_secrets(app, rana, phone, client):
    call(client, code="000000")
    call(client, recovery_code=phone.recovery_codes[0])
    with app.app_context():
        entries = list(db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)))
    assert {"app set up", "second step on", "second step refused", "recovery code used"} <= {e.action for e in entries}
    assert entries[-1].action == "signed in" and entries[-1].details["way"] == "recovery"
    assert phone.recovery_codes[0] not in repr([e.details for e in entries])
