"""A member's own account: another password, another address with a way back, and how long a device stays."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from forum.core import clock
from forum.core.audit import AuditEntry
from forum.core.db import db
from forum.core.mail import post_letters
from forum.members.models import Member
from tests.counting import statements
from tests.making import PASSWORD

NEW = "four words in a row"
OLD_EMAIL, EMAIL = "rana@example.org", "rana.new@example.org"


@pytest.fixture
def sending(make_app, post_office):
    """An application that sends."""
    return make_app(smtp_url=post_office.url)


@pytest.fixture
def rana(make):
    """A member."""
    return make.member("Rana", email=OLD_EMAIL)


@pytest.fixture
def post(sending, post_office):
    """`post(address)`: have the letters go; the last to this address."""

    def post(address):
        with sending.app_context():
            post_letters()
        return post_office.to(address)

    return post


def may_sign_in(app, email, password):
    """Does this open a session?"""
    body = {"email": email, "password": password}
    return app.test_client().json("POST", "/api/v1/sessions", body).status_code == 201


def test_another_password_signs_the_other_devices_out(sending, sign_in, rana, post):
    here, elsewhere = sign_in(rana, app=sending), sign_in(rana, app=sending)
    done = here.form("/en/settings/password", {"current": PASSWORD, "password": NEW})
    assert (done.status_code, done.location) == (303, "/en/settings")
    assert here.get("/en/settings").status_code == 200 and elsewhere.get("/en/settings").status_code == 401
    assert may_sign_in(sending, OLD_EMAIL, NEW) and not may_sign_in(sending, OLD_EMAIL, PASSWORD)
    letter = post(OLD_EMAIL)
    assert "your other devices have been signed out" in letter.text
    with sending.app_context():
        assert db.session.scalar(select(AuditEntry.details).where(AuditEntry.action == "password changed")) == {}


@pytest.mark.parametrize(
    ("current", "password", "field"),
    [("wrong one", NEW, "current"), ("", NEW, "current"), (PASSWORD, "short", "password"), (PASSWORD, "", "password")],
)
def test_a_password_is_not_changed_by_who_sits_at_an_open_page(app, sign_in, rana, current, password, field):
    here = sign_in(rana)
    answer = here.form("/en/settings/password", {"current": current, "password": password})
    assert answer.status_code == 422 and f'id="{field}-error"' in answer.text
    assert f'value="{NEW}"' not in answer.text and may_sign_in(app, OLD_EMAIL, PASSWORD)


def test_guessing_at_an_open_page_is_limited(make_app, sign_in, rana):
    here = sign_in(rana, app=make_app(rate_limits=True))
    body = {"current": "wrong one", "password": NEW}
    said = [here.form("/en/settings/password", body).status_code for _ in range(11)]
    assert said == [422] * 10 + [429]
    assert here.json("PUT", "/api/v1/account/email", {"current": PASSWORD, "email": EMAIL}).status_code == 429


@pytest.mark.parametrize(
    ("language", "subject", "told"),
    [
        ("ar", "يُرجى تأكيد بريدكم الإلكتروني الجديد", "تغيّر بريدكم الإلكتروني"),
        ("en", "Please confirm your new e-mail address", "Your e-mail address has been changed"),
        ("fr", "Veuillez confirmer votre nouvelle adresse", "Votre adresse électronique a été changée"),
        ("tr", "Lütfen yeni e-posta adresinizi doğrulayın", "E-posta adresiniz değiştirildi"),
    ],
)
def test_another_address_confirmed_at_the_new_and_told_to_the_old(
    sending, make, sign_in, post, post_office, language, subject, told
):
    member = make.member("Rana", email=OLD_EMAIL, language=language)
    here = sign_in(member, app=sending)
    done = here.form("/en/settings/email", {"email": " Rana.New@example.org", "current": PASSWORD})
    assert (done.status_code, done.location) == (303, "/en/settings/email?sent=1")
    assert here.get(done.location).status_code == 200
    letter = post(EMAIL)
    assert letter.subject == subject and letter.path.startswith(f"/{language}/email/")
    assert may_sign_in(sending, OLD_EMAIL, PASSWORD), "nothing changes before it is confirmed"
    phone = sending.test_client()
    page = phone.get(letter.path)
    assert EMAIL in page.text and page.headers["Cache-Control"] == "no-store"
    assert phone.form(letter.path).status_code == 303
    assert may_sign_in(sending, EMAIL, PASSWORD) and not may_sign_in(sending, OLD_EMAIL, PASSWORD)
    assert post(OLD_EMAIL).subject == told and EMAIL not in post_office.to(OLD_EMAIL).text
    assert phone.form(letter.path).status_code == 410


def test_the_old_address_takes_the_change_back(sending, sign_in, rana, post):
    thief = sign_in(rana, app=sending)
    thief.form("/en/settings/email", {"email": EMAIL, "current": PASSWORD})
    thief.form(post(EMAIL).path)
    undo = post(OLD_EMAIL).path
    thief.form("/en/settings/email", {"email": "third@example.org", "current": PASSWORD})
    thief.form(post("third@example.org").path)
    later_undo = post(EMAIL).path
    owner = sending.test_client()
    assert OLD_EMAIL in owner.get(undo).text
    assert owner.form(undo).status_code == 303
    assert thief.get("/en/settings").status_code == 401
    for email in (OLD_EMAIL, EMAIL, "third@example.org"):
        assert not may_sign_in(sending, email, PASSWORD)
    assert sending.test_client().form(later_undo).status_code == 410, "the first owner has the last word"
    reset = post(OLD_EMAIL).path
    assert reset.startswith("/en/reset/") and owner.form(reset, {"password": NEW}).status_code == 303
    assert may_sign_in(sending, OLD_EMAIL, NEW)


def test_a_way_back_that_is_too_old_brings_another_for_a_week(sending, sign_in, rana, post):
    thief, owner = sign_in(rana, app=sending), sending.test_client()
    thief.form("/en/settings/email", {"email": EMAIL, "current": PASSWORD})
    thief.form(post(EMAIL).path)
    first = post(OLD_EMAIL).path
    thief.form("/en/settings/email", {"email": "third@example.org", "current": PASSWORD})
    thief.form(post("third@example.org").path)
    later_undo = post(EMAIL).path
    renewal = f"/en/links/{first.rpartition('/')[2]}/renewal"
    assert owner.form(renewal).status_code == 410, "it is good yet"
    with clock.at(clock.now() + timedelta(minutes=60)):
        for answer in (owner.get(first), owner.form(first)):
            assert answer.status_code == 410 and f'action="{renewal}"' in answer.text
        assert owner.form(renewal).status_code == 303
        assert owner.form(renewal).status_code == 410 and renewal not in owner.get(first).text, (
            "one letter for each link"
        )
        second = post(OLD_EMAIL).path
        assert second != first
    with clock.at(clock.now() + timedelta(days=6, hours=23)):
        token = second.rpartition("/")[2]
        assert owner.json("POST", f"/api/v1/links/{token}/renewal").status_code == 202
        assert owner.form(post(OLD_EMAIL).path).status_code == 303
        assert OLD_EMAIL in sign_in(rana, app=sending).get("/en/settings/email").text
        later = f"/en/links/{later_undo.rpartition('/')[2]}/renewal"
        assert owner.form(later).status_code == 410, "the first owner has the last word, renewed or not"


def test_after_a_week_there_is_no_way_back(sending, sign_in, rana, post):
    thief, owner = sign_in(rana, app=sending), sending.test_client()
    thief.form("/en/settings/email", {"email": EMAIL, "current": PASSWORD})
    thief.form(post(EMAIL).path)
    path = post(OLD_EMAIL).path
    with clock.at(clock.now() + timedelta(days=7)):
        assert "renewal" not in owner.get(path).text
        assert owner.form(f"/en/links/{path.rpartition('/')[2]}/renewal").status_code == 410


def test_a_later_undo_does_not_end_an_earlier_one(sending, sign_in, rana, post):
    thief = sign_in(rana, app=sending)
    paths = []
    for old, new in ((OLD_EMAIL, EMAIL), (EMAIL, "third@example.org")):
        thief.form("/en/settings/email", {"email": new, "current": PASSWORD})
        thief.form(post(new).path)
        paths.append(post(old).path)
    assert thief.form(paths[1]).status_code == 303
    assert sending.test_client().form(paths[0]).status_code == 303
    with sending.app_context():
        assert db.session.scalar(select(Member.email).where(Member.id == rana.id)) == OLD_EMAIL


def test_nobody_learns_whether_an_address_is_a_members(app, make, sign_in, rana, work):
    make.member(email="taken@example.org")
    here = sign_in(rana)
    here.form("/en/settings/email", {"email": "first@example.org", "current": PASSWORD})
    told, said = set(), []
    for email in ("taken@example.org", "free@example.org"):
        with statements(app) as counted:
            answer = here.form("/en/settings/email", {"email": email, "current": PASSWORD})
        told.add((answer.status_code, answer.location))
        said.append(counted.said)
    assert len(told) == 1 and said[0] == said[1]


def test_an_address_taken_meanwhile_is_not_taken_over(sending, make, sign_in, rana, post):
    here = sign_in(rana, app=sending)
    here.form("/en/settings/email", {"email": EMAIL, "current": PASSWORD})
    path = post(EMAIL).path
    make.member(email=EMAIL)
    assert here.form(path).status_code == 410
    assert may_sign_in(sending, OLD_EMAIL, PASSWORD)


def test_a_change_ends_links_that_were_sent_to_the_old_address(sending, sign_in, rana, post):
    here = sign_in(rana, app=sending)
    here.form("/en/reset", {"email": OLD_EMAIL})
    reset = post(OLD_EMAIL).path
    here.form("/en/settings/email", {"email": EMAIL, "current": PASSWORD})
    here.form(post(EMAIL).path)
    assert here.get(reset).status_code == 410


def test_old_and_suspended_links_change_nothing(sending, make, sign_in, rana, post):
    here = sign_in(rana, app=sending)
    here.form("/en/settings/email", {"email": EMAIL, "current": PASSWORD})
    path = post(EMAIL).path
    with clock.at(clock.now() + timedelta(minutes=61)):
        assert here.form(path).status_code == 410
    make.suspend(rana)
    assert sending.test_client().form(path).status_code == 410


@pytest.mark.parametrize("email", ["", "rana", OLD_EMAIL, "RANA@example.org"])
def test_what_is_no_new_address_is_said_at_the_field(sign_in, rana, email):
    answer = sign_in(rana).form("/en/settings/email", {"email": email, "current": PASSWORD})
    assert answer.status_code == 422 and 'id="email-error"' in answer.text


def test_the_api_changes_both(app, sign_in, rana):
    here = sign_in(rana)
    asked = {"current": PASSWORD, "email": EMAIL}
    assert here.json("PUT", "/api/v1/account/email", asked).json == {"state": "letter on its way"}
    assert here.json("PUT", "/api/v1/account/password", {"current": PASSWORD, "password": NEW}).status_code == 204
    assert may_sign_in(app, OLD_EMAIL, NEW)


@pytest.mark.parametrize(("stay", "hours", "is_there"), [(None, 23, True), (None, 25, False), ("y", 25, True)])
def test_a_device_stays_signed_in_when_that_was_chosen(app, rana, stay, hours, is_there):
    client = app.test_client()
    sent = {"email": rana.email, "password": PASSWORD} | ({"stay": stay} if stay else {})
    answer = client.form("/en/sign-in", sent)
    cookie = next(one for one in answer.headers.getlist("Set-Cookie") if one.startswith("session="))
    assert ("Max-Age" in cookie) == bool(stay), "without it the cookie goes with the browser's window"
    with clock.at(clock.now() + timedelta(hours=hours)):
        assert (client.get("/en/devices").status_code == 200) == is_there


def test_the_api_asks_for_a_long_session_by_name(app, rana):
    for stay, long in ((True, True), (False, False), (None, False)):
        body = {"email": rana.email, "password": PASSWORD, "stay": stay}
        answer = app.test_client().json("POST", "/api/v1/sessions", body)
        assert ("Max-Age" in answer.headers["Set-Cookie"]) == long
    answer = app.test_client().json("POST", "/api/v1/sessions", {"email": rana.email, "password": PASSWORD, "stay": 1})
    assert answer.status_code == 422 and list(answer.json["error"]["fields"]) == ["stay"]


def test_there_are_ways_from_the_settings(sign_in, rana):
    page = sign_in(rana).get("/ar/settings").text
    assert 'href="/ar/settings/password"' in page and 'href="/ar/settings/email"' in page
