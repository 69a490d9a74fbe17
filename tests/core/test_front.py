"""The memory in front of Flask: guests only, a second at most; compression, once."""

import gzip
import re
import time

import brotli
import pytest

from forum.core.front import Front, encoding_for
from tests.counting import statements


def test_a_guests_page_comes_from_memory_for_a_second(app, client, make):
    topic = make.topic("Warm")
    client.get(f"/en/topics/{topic.id}")
    with statements(app) as counted:
        pages = [client.get(f"/en/topics/{topic.id}") for _ in range(3)]
    assert counted.number == 0
    assert all("Warm" in page.text for page in pages)
    assert len({page.headers["X-Request-Id"] for page in pages}) == 3


def test_an_edit_a_rename_and_a_hiding_show_within_two_seconds(client, make):
    topic = make.topic("Before", author=make.member("Old Name"))
    post = make.reply(topic, "to be hidden")
    path = f"/en/topics/{topic.id}"
    assert "to be hidden" in client.get(path).text
    make.edit(topic.post, "edited words")
    make.rename(topic.author, "New Name")
    make.rename_topic(topic, "After")
    make.hide(post)
    time.sleep(1.05)
    page = client.get(path).text
    for there in ("edited words", "New Name", "After"):
        assert there in page
    for gone in ("Old Name", "Before", "to be hidden"):
        assert gone not in page


def test_a_topic_taken_into_a_private_space_is_gone_within_two_seconds(client, make):
    topic = make.topic("Was public")
    assert client.get(f"/en/topics/{topic.id}").status_code == 200
    make.change_space(make.public(), "private")
    time.sleep(1.05)
    answer = client.get(f"/en/topics/{topic.id}")
    assert answer.status_code == 404
    assert "Was public" not in answer.text


def test_nobody_with_a_cookie_is_answered_from_the_guests_memory(app, client, make, sign_in):
    topic = make.topic()
    client.get(f"/en/topics/{topic.id}")
    member = sign_in(make.member("Layla Mansour"))
    assert "Layla Mansour" in member.get(f"/en/topics/{topic.id}").text
    assert "Layla Mansour" not in client.get(f"/en/topics/{topic.id}").text
    other = app.test_client()
    other.set_cookie("anything", "1", domain="127.0.0.1")
    with statements(app) as counted:
        other.get(f"/en/topics/{topic.id}")
    assert counted.number >= 1


def test_what_is_kept_for_members_holds_nothing_of_another_member(make, sign_in):
    topic = make.topic()
    names = ("Layla Mansour", "Karim Saleh")
    clients = {name: sign_in(make.member(name)) for name in names}
    for _ in range(3):
        for name, client in clients.items():
            page = client.get(f"/en/topics/{topic.id}").text
            other = names[1 - names.index(name)]
            assert name in page
            assert other not in page


def test_languages_have_pages_of_their_own(client, make):
    topic = make.topic()
    for _ in range(2):
        for language in ("ar", "en", "fr", "tr"):
            assert f'<html lang="{language}"' in client.get(f"/{language}/topics/{topic.id}").text


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("", ""),
        ("gzip", "gzip"),
        ("gzip, deflate, br", "br"),
        ("br;q=0, gzip", "gzip"),
        ("br; q=0.00, gzip;q=0.5", "gzip"),
        ("identity", ""),
        ("BR", "br"),
    ],
)
def test_the_best_encoding_that_the_browser_takes(accepted, encoding):
    assert encoding_for(accepted) == encoding


@pytest.mark.parametrize("path", ["topic", "/en/topics", "/api/v1/topics"])
def test_pages_are_compressed_and_say_what_they_depend_on(client, make, path):
    for _ in range(8):
        topic = make.topic()
    path = f"/en/topics/{topic.id}" if path == "topic" else path
    plain = client.get(path)
    for encoding, undo in (("br", brotli.decompress), ("gzip", gzip.decompress)):
        answer = client.get(path, headers={"Accept-Encoding": encoding})
        assert answer.headers["Content-Encoding"] == encoding
        assert len(answer.data) < len(plain.data) / 2
        assert undo(answer.data)[:200] == plain.data[:200]
        assert int(answer.headers["Content-Length"]) == len(answer.data)
        assert "Accept-Encoding" in answer.headers["Vary"]
    assert "Content-Encoding" not in plain.headers
    assert "Accept-Encoding" in plain.headers["Vary"]


def test_a_members_page_is_compressed_too(make, sign_in):
    topic = make.topic()
    client = sign_in(topic.author)
    for _ in range(3):
        answer = client.get(f"/en/topics/{topic.id}", headers={"Accept-Encoding": "br"})
        assert topic.title in brotli.decompress(answer.data).decode()
        assert "Accept-Encoding" in answer.headers["Vary"]


def test_assets_are_kept_for_a_year_and_have_a_hash_in_their_name(client):
    page = client.get("/en/").text
    names = re.findall(r'/assets/([^"#?]+)', page)
    assert any(name.endswith(".css") for name in names)
    for name in set(names):
        answer = client.get(f"/assets/{name}", headers={"Accept-Encoding": "br"})
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]
        assert re.search(r"[-.][0-9A-Z]{8}\.|[0-9a-f]{8}", name, re.IGNORECASE)


@pytest.mark.parametrize(
    "name", ["../settings.py", "..%2f..%2f__init__.py", "%2e%2e/x", "x/../../../x", "manifest.txt", ""]
)
def test_assets_are_what_was_bundled_and_nothing_else(client, name):
    assert client.get(f"/assets/{name}").status_code == 404


def of_size(length: int):
    """A tiny application that wants all its pages kept."""

    def app(environ, start_response):
        environ["multaqa.keep"].append(True)
        start_response("200 OK", [("Content-Type", "text/html")])
        return [b"x" * length]

    return app


def ask(front: Front, path: str, **more: str) -> bytes:
    """One GET."""
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": "", "HTTP_HOST": "h", **more}
    return b"".join(front(environ, lambda status, headers, error=None: None))


def test_the_memory_is_bounded_by_bytes():
    front = Front(of_size(1000), limit=10_000)
    for number in range(50):
        assert len(ask(front, f"/{number}")) == 1000
    assert front.size <= 10_000
    assert len(front.kept) <= 10


def test_an_answer_that_sets_a_cookie_is_never_kept():
    def app(environ, start_response):
        environ["multaqa.keep"].append(True)
        start_response("200 OK", [("Set-Cookie", "a=b")])
        return [b"mine"]

    front = Front(app)
    assert ask(front, "/") == b"mine"
    assert not front.kept


def test_an_error_is_never_kept(client, make):
    assert client.get("/en/topics/1").status_code == 404
    topic = make.topic()
    assert topic.id == 1
    assert client.get("/en/topics/1").status_code == 200
