"""A forgotten password: a letter, a link that works once, a new password."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from forum.core import clock
from forum.core.audit import AuditEntry
from forum.core.db import db
from forum.core.mail import Letter, LetterState, post_letters
from forum.members.models import Token
from tests.counting import statements
from tests.making import PASSWORD

NEW = "four words in a row"


@pytest.fixture
def sending(make_app, post_office):
    """An application that sends."""
    return make_app(smtp_url=post_office.url)


def ask(client, email, language="en", **more):
    """Send the form."""
    return client.form(f"/{language}/reset", {"email": email, **more})


def post(app):
    """Have the letters go."""
    with app.app_context():
        post_letters()


@pytest.mark.parametrize(
    ("language", "subject", "words"),
    [
        ("ar", "كلمة مرور جديدة في ملتقى", "مرة واحدة خلال الدقائق الستين"),
        ("en", "A new password for Multaqa", "once, within the next 60 minutes"),
        ("fr", "Un nouveau mot de passe pour Multaqa", "60 prochaines minutes"),
        ("tr", "Multaqa için yeni parola", "60 dakika içinde"),
    ],
)
def test_from_the_form_to_the_new_password(sending, post_office, make, sign_in, language, subject, words):
    make.member("رنا" if language == "ar" else "Rana", email="rana@example.org", language=language)
    client, elsewhere = sending.test_client(), sign_in("rana@example.org", app=sending)
    assert ask(client, " Rana@Example.org", "en").location == "/en/reset?sent=1"
    post(sending)
    letter = post_office.to("rana@example.org")
    assert letter.subject == subject
    assert words in letter.text and words in letter.html
    assert letter.path.startswith(f"/{language}/reset/")  # in the recipient's language, not the asker's
    form = client.get(letter.path)
    assert form.status_code == 200 and 'value="rana@example.org"' in form.text
    assert form.headers["Cache-Control"] == "no-store"
    done = client.form(letter.path, {"password": NEW})
    assert (done.status_code, done.location) == (303, f"/{language}/sign-in")
    assert elsewhere.get("/api/v1/sessions/current").status_code == 401
    for password, status in ((PASSWORD, 401), (NEW, 201)):
        body = {"email": "rana@example.org", "password": password}
        assert client.json("POST", "/api/v1/sessions", body).status_code == status
    post(sending)
    assert "reset" in post_office.to("rana@example.org").path
    assert len(post_office.letters) == 2  # the second tells of the change


def link(app, client, post_office, email="rana@example.org"):
    """The path of a fresh link."""
    ask(client, email)
    post(app)
    return post_office.to(email).path


@pytest.fixture
def rana(make):
    """A member."""
    return make.member("Rana", email="rana@example.org")


def test_a_link_works_once(sending, post_office, rana):
    client = sending.test_client()
    path = link(sending, client, post_office)
    assert client.form(path, {"password": NEW}).status_code == 303
    for answer in (client.get(path), client.form(path, {"password": NEW + "!"})):
        assert answer.status_code == 410
        assert "This link is over" in answer.text and 'href="/en/reset"' in answer.text


@pytest.mark.parametrize("language", ["ar", "en", "fr", "tr"])
def test_an_old_link_answers_politely_in_every_language(client, language):
    answer = client.get(f"/{language}/reset/{'x' * 43}")
    assert answer.status_code == 410
    assert f'<html lang="{language}"' in answer.text and f'href="/{language}/reset"' in answer.text


def test_a_link_expires_also_between_page_and_sending(sending, post_office, rana):
    client = sending.test_client()
    path = link(sending, client, post_office)
    assert client.get(path).status_code == 200
    with clock.at(clock.now() + timedelta(minutes=61)):
        assert client.form(path, {"password": NEW}).status_code == 410


def test_a_newer_request_voids_the_older_link(sending, post_office, rana):
    client = sending.test_client()
    first = link(sending, client, post_office)
    second = link(sending, client, post_office)
    assert client.get(first).status_code == 410
    assert client.get(second).status_code == 200


def test_a_suspended_members_link_opens_nothing(sending, post_office, rana, make):
    client = sending.test_client()
    path = link(sending, client, post_office)
    make.suspend(rana)
    assert client.form(path, {"password": NEW}).status_code == 410


def test_a_password_that_is_refused_does_not_use_the_link_up(sending, post_office, rana):
    client = sending.test_client()
    path = link(sending, client, post_office)
    for bad in ("short", "password123", "x" * 129, "aaaaaaaaaaaa", "rana@example.org", "PASSWORD1", "١٢٣٤٥٦٧٨"):
        answer = client.form(path, {"password": bad})
        assert answer.status_code == 422 and 'id="password-error"' in answer.text
        assert f'value="{bad}"' not in re.sub('id="email"[^>]*', "", answer.text)
    assert client.form(path, {"password": NEW}).status_code == 303


def test_known_and_unknown_addresses_are_answered_alike(app, client, rana, make):
    make.suspend(make.member(email="gone@example.org"))
    ask(client, "first@example.org")
    told, said = set(), []
    for email in ("rana@example.org", "nobody@example.org", "gone@example.org"):
        with statements(app) as counted:
            answer = ask(client, email)
        told.add((answer.status_code, answer.location))
        said.append(counted.said)
    assert told == {(303, "/en/reset?sent=1")}
    assert said[0] == said[1] == said[2]


def test_nobody_gets_a_letter_who_is_no_member(sending, post_office, rana):
    ask(sending.test_client(), "nobody@example.org")
    post(sending)
    assert post_office.letters == []
    with sending.app_context():
        assert db.session.scalars(select(Letter.state)).all() == [LetterState.VOID]


def test_letters_to_one_address_are_limited_for_known_and_unknown_alike(make_app, rana):
    client = make_app(rate_limits=True).test_client()
    for email in ("rana@example.org", "nobody@example.org"):
        answers = [ask(client, email) for _ in range(4)]
        assert [one.status_code for one in answers] == [303, 303, 303, 429]
        assert "Retry-After" in answers[-1].headers
    assert ask(client, "RANA@example.org ").status_code == 429


@pytest.mark.parametrize("email", ["", "rana", "a@b", "a@example.org, b@example.org", "a\nb@example.org"])
def test_what_is_no_address_is_said_at_the_field(client, email):
    answer = ask(client, email)
    assert answer.status_code == 422 and 'id="email-error"' in answer.text


def test_the_token_is_random_hashed_and_bound(sending, post_office, rana):
    client = sending.test_client()
    path = link(sending, client, post_office)
    token = path.rsplit("/", 1)[1]
    with sending.app_context():
        row = db.session.scalar(select(Token))
        assert token.encode() not in row.token_hash and len(row.token_hash) == 32
        assert (row.member_id, row.purpose, row.email) == (rana.id, "reset", "rana@example.org")
        row.purpose = "another"
        db.session.commit()
    assert client.get(path).status_code == 410


def test_the_change_is_noted_without_secrets(sending, post_office, rana):
    client = sending.test_client()
    client.form(link(sending, client, post_office), {"password": NEW})
    with sending.app_context():
        entry = db.session.scalar(select(AuditEntry).where(AuditEntry.action == "password set"))
        assert entry.details == {"by": "reset"}


def test_the_log_holds_no_token(sending, post_office, rana, caplog):
    caplog.set_level("INFO", "forum.requests")
    client = sending.test_client()
    path = link(sending, client, post_office)
    client.get(path)
    assert [one.path for one in caplog.records if "/reset/" in getattr(one, "path", "")] == ["/en/reset/…"]


def test_there_is_a_way_from_the_sign_in_form(client):
    assert 'href="/ar/reset"' in client.get("/ar/sign-in").text
