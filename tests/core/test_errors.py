"""Refusals and accidents: in four languages, as page and JSON, with a name for the log and no insides."""

import re

import pytest

from forum.core import errors
from forum.core.languages import gettext as _
from forum.core.languages import speaking
from forum.core.streaming import NoSuchPart
from forum.members.actions.shutting_out import AccountSuspended

LANGUAGES = ("ar", "en", "fr", "tr")


@pytest.fixture
def broken(make_app):
    """An application with an address that falls over."""
    app = make_app()

    def fall_over():
        raise RuntimeError("secret insides <b>")

    app.add_url_rule("/<language:language>/broken", "broken", fall_over)
    app.add_url_rule("/api/v1/broken", "broken_api", fall_over, methods=["GET", "POST"])
    return app.test_client()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_that_is_not_there_says_so_in_the_language_of_its_address(client, language):
    answer = client.get(f"/{language}/topics/999")
    assert answer.status_code == 404
    with speaking(language):
        said = _("There is nothing at this address, or it is not open to you.")
    assert said in answer.text
    assert f'lang="{language}"' in answer.text
    if language != "en":
        assert said != "There is nothing at this address, or it is not open to you."


@pytest.mark.parametrize("language", LANGUAGES)
def test_json_says_so_in_the_language_that_was_asked_for(client, language):
    answer = client.get("/api/v1/topics/999", headers={"Accept-Language": language})
    with speaking(language):
        said = _("There is nothing at this address, or it is not open to you.")
    error = answer.json["error"]
    assert (answer.status_code, error["code"], error["message"], error["fields"]) == (404, "not_found", said, {})
    assert answer.mimetype == "application/json"
    assert error["request"] == answer.headers["X-Request-Id"]


def test_an_error_page_names_its_request(client):
    answer = client.get("/en/nowhere")
    assert re.fullmatch("[0-9a-f]{12}", answer.headers["X-Request-Id"])
    assert answer.headers["X-Request-Id"] in answer.text


def test_every_request_has_a_name_of_its_own(client):
    assert len({client.get("/health").headers["X-Request-Id"] for _ in range(5)}) == 5


def test_an_accident_shows_no_insides(broken):
    page, data = broken.get("/en/broken"), broken.get("/api/v1/broken")
    for answer in (page, data):
        assert answer.status_code == 500
        assert "secret insides" not in answer.text
        assert "Traceback" not in answer.text
        assert answer.headers["X-Request-Id"] in answer.text
        assert "Content-Security-Policy" in answer.headers
    assert data.json["error"]["code"] == "accident"
    assert "Something went wrong on our side" in page.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_accident_is_told_in_the_readers_language(broken, language):
    assert f'lang="{language}"' in broken.get(f"/{language}/broken").text


def test_a_guest_is_asked_to_sign_in(client):
    page, data = client.get("/en/notices"), client.get("/api/v1/notices")
    assert (page.status_code, data.status_code) == (401, 401)
    assert "Please sign in first" in page.text and 'href="/en/sign-in?next=/en/notices"' in page.text
    assert "sign-in?next=/en/topics/unread?cursor%3Dx" in client.get("/en/topics/unread?cursor=x").text
    assert data.json["error"]["code"] == "sign_in"


def test_a_body_that_is_too_long_is_refused(make, sign_in):
    topic = make.topic()
    client = sign_in(topic.author)
    long = "x" * 600_000
    page = client.form(f"/en/topics/{topic.id}/posts", {"words": long, "key": "k"})
    data = client.json("POST", f"/api/v1/topics/{topic.id}/posts", {"words": long, "key": "k"})
    assert (page.status_code, data.status_code) == (413, 413)
    assert data.json["error"]["code"] == "too_long"
    assert client.get(f"/api/v1/topics/{topic.id}").json["posts"] == 1


def test_what_is_not_json_is_refused(make, sign_in):
    topic = make.topic()
    client = sign_in(topic.author)
    path = f"/api/v1/topics/{topic.id}/posts"
    for body in (b"", b"{", b"[]", b"1", b'"x"', b"null", b"\xff", b'{"a":NaN}', b'{"a":1e400}', b"[" * 100_000):
        answer = client.post(path, data=body, content_type="application/json")
        assert answer.status_code in (400, 415), body[:10]
        assert answer.json["error"]["message"]


def away(make_app, tmp_path, database_kind):
    """An application whose database does not answer."""
    if database_kind == "sqlite":
        return make_app(database_url=f"sqlite:///{tmp_path}/not/there.db")
    return make_app(database_url="postgresql+psycopg://nobody@127.0.0.1:1/nothing")


@pytest.mark.parametrize("language", LANGUAGES)
def test_with_the_database_away_everybody_is_told_to_come_back(make_app, tmp_path, database_kind, language):
    client = away(make_app, tmp_path, database_kind).test_client()
    guest = client.get(f"/{language}/topics")
    client.set_cookie("session", "some-token", domain="127.0.0.1")
    member = client.get(f"/{language}/topics/1")
    data = client.get("/api/v1/topics")
    for answer in (guest, member, data, client.get("/ready")):
        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "5"
    assert f'lang="{language}"' in guest.text
    assert f'lang="{language}"' in member.text
    assert data.json["error"]["code"] == "unavailable"
    client.delete_cookie("session", domain="127.0.0.1")
    assert client.get("/health").json == {"status": "ok"}


def test_every_kind_of_refusal_has_a_status_a_code_and_words(app):
    kinds = [errors.Refused, *errors.Refused.__subclasses__()]
    given = {
        errors.TooMany: {"retry_after": 3},
        AccountSuspended: {"until": None, "asked": []},
        NoSuchPart: {"size": 3},
    }
    with app.test_request_context("/"):
        made = [kind(**given.get(kind, {})) for kind in kinds]
    assert len({one.code for one in made}) == len(made)
    assert all(400 <= one.status < 600 and one.message for one in made)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["nowhere", "topics/x/y/z", "topics/1/posts/x"])
def test_an_address_that_leads_nowhere_has_the_language_that_it_begins_with(client, language, path):
    answer = client.get(f"/{language}/{path}", headers={"Accept-Language": "en" if language != "en" else "ar"})
    assert (answer.status_code, f'lang="{language}"' in answer.text) == (404, True)
    wrong = client.open(f"/{language}/notices", method="PUT", headers={"Accept-Language": "fr"})
    assert (wrong.status_code // 100, f'<html lang="{language}"' in wrong.text) == (4, True)


def test_the_heading_says_that_somebody_was_faster_only_where_somebody_was(make_app):
    app = make_app()

    def refuse(what):
        raise errors.Conflict(None if what == "faster" else "It is not over yet.")

    app.add_url_rule("/<language:language>/conflict/<what>", "conflict", refuse)
    client = app.test_client()
    assert "<h1>Somebody was faster</h1>" in client.get("/en/conflict/faster").text
    early = client.get("/en/conflict/early")
    assert early.status_code == 409 and "<h1>This cannot be done</h1>" in early.text
