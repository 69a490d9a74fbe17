"""Addresses, hosts, languages, headers, methods, forgery: what every answer has in common."""

import re
import time
from datetime import timedelta

import pytest

from forum.core import clock
from forum.core.forgery import GUEST_TOKEN_AGE
from tests.asking import ORIGIN
from tests.counting import statements

LANGUAGES = ("ar", "en", "fr", "tr")
POLICY = (
    "default-src 'self'; script-src 'self'; object-src 'none'; base-uri 'none'; "
    "frame-ancestors 'none'; form-action 'self'"
)


# Hosts


@pytest.mark.parametrize("path", ["/", "/en/", "/en/topics", "/api/v1/topics", "/health", "/en/nowhere"])
@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1:5001", "127.0.0.1", "localhost:5000.evil.example"])
def test_other_hosts_get_400_and_nothing_of_ours(client, make, path, host):
    make.topic("Only at home")
    answer = client.get(path, environ_overrides={"HTTP_HOST": host})
    assert answer.status_code == 400
    assert "Only at home" not in answer.text
    assert "Location" not in answer.headers


@pytest.mark.parametrize("header", ["X-Forwarded-Host", "X-Host", "Forwarded"])
def test_a_forwarded_host_changes_nothing(client, header):
    value = "host=evil.example" if header == "Forwarded" else "evil.example"
    answer = client.get("/en/", headers={header: value, "X-Forwarded-Proto": "https"})
    assert answer.status_code == 200
    assert "evil.example" not in answer.text
    assert "evil.example" not in client.get("/topics", headers={header: value}).headers["Location"]


# The language of the address


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("ar", "ar"),
        ("ar-JO,ar;q=0.9,en;q=0.8", "ar"),
        ("fr-FR", "fr"),
        ("de,tr;q=0.5", "tr"),
        ("en;q=0.1,fr;q=0.2", "fr"),
        ("*", "en"),
        ("", "en"),
        ("xx;q=abc, ;;,é", "en"),
    ],
)
def test_without_language_the_address_leads_to_the_readers(client, accepted, language):
    for path in ("/", "/topics", "/sign-in"):
        answer = client.get(path, headers={"Accept-Language": accepted.encode().decode("latin-1")})
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/{language}{path}")
        assert {"Cookie", "Accept-Language"} <= set(re.split(r",\s*", answer.headers["Vary"]))


def test_the_members_choice_comes_before_the_browsers(make, sign_in):
    answer = sign_in(make.member(language="tr")).get("/topics?x=1", headers={"Accept-Language": "ar"})
    assert answer.headers["Location"] == "/tr/topics?x=1"


def test_a_form_without_language_is_sent_on_with_its_words(make, sign_in):
    topic = make.topic()
    client = sign_in(topic.author)
    answer = client.form(f"/topics/{topic.id}/posts", {"words": "by a short address", "key": "k"})
    assert (answer.status_code, answer.headers["Location"]) == (307, f"/en/topics/{topic.id}/posts")
    answer = client.form(answer.headers["Location"], {"words": "by a short address", "key": "k"})
    assert answer.status_code == 303


def test_an_address_that_no_language_has_is_not_there(client):
    for path in ("/nowhere", "/en/nowhere", "/de/topics", "/EN/topics", "/api/v1/nowhere", "/static/x", "/api"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_says_its_language_and_direction(client, language):
    page = client.get(f"/{language}/").text
    found = re.search(r"<html[^>]*>", page)[0]
    assert f'lang="{language}"' in found
    assert f'dir="{"rtl" if language == "ar" else "ltr"}"' in found
    for other in LANGUAGES:
        assert re.search(rf'hreflang="{other}"', page)


# Ids


@pytest.mark.parametrize("id", ["٣", "۱", "１", "1٣", "01", "+1", "-1", "1.0", "1e1", "0", "9" * 19, "", "x", "1%00"])
def test_a_row_has_one_address(client, make, id):
    make.topic("The first topic")
    for path in (f"/en/topics/{id}", f"/api/v1/topics/{id}", f"/en/posts/{id}"):
        answer = client.get(path, follow_redirects=path == "/en/topics/")
        if answer.status_code != 404:
            assert id == "" and path.startswith(("/en/topics", "/api/v1/topics"))


def test_the_slug_is_for_people_and_a_wrong_one_leads_to_the_right_one(client, make):
    topic = make.topic("Water in the valley")
    answer = client.get(f"/en/topics/{topic.id}-nonsense?page=1")
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/en/topics/{topic.id}-water-in-the-valley"
    assert client.get(answer.headers["Location"]).status_code == 200
    assert client.get(f"/en/topics/{topic.id}").status_code == 200


# Headers


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/en/",
        "/ar/topics",
        "/en/sign-in",
        "/en/nowhere",
        "/api/v1/topics",
        "/api/v1/nowhere",
        "/health",
        "/favicon.svg",
        "/en/notices",
        "topic",
        "asset",
    ],
)
def test_security_headers_are_on_every_answer(client, make, path):
    if path == "topic":
        path = f"/en/topics/{make.topic().id}"
    if path == "asset":
        path = re.search(r'/assets/[^"#]+\.css', client.get("/en/").text)[0]
    for _ in range(2):  # the second may come from memory
        headers = client.get(path).headers
        assert headers["Content-Security-Policy"] == POLICY
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert headers.get_all("Content-Security-Policy") == [POLICY]


def test_security_headers_are_on_a_members_page_from_memory(make, sign_in):
    topic = make.topic()
    client = sign_in(topic.author)
    pages = [client.get(f"/en/topics/{topic.id}") for _ in range(3)]
    assert {page.headers["Content-Security-Policy"] for page in pages} == {POLICY}
    assert {page.headers["Cache-Control"] for page in pages} == {"no-store"}
    assert len({page.headers["X-Request-Id"] for page in pages}) == 3


def test_private_pages_are_not_stored_anywhere(make, sign_in):
    client = sign_in(make.member())
    for path in ("/en/", "/en/topics", "/en/notices", "/en/settings", "/en/devices", "/api/v1/topics"):
        headers = client.get(path).headers
        assert headers["Cache-Control"] == "no-store", path
        assert "Cookie" in headers["Vary"], path


# Methods


def test_put_and_delete_travel_in_a_form(app, make, sign_in):
    topic = make.topic()
    client = sign_in(topic.author)
    answer = client.form(f"/en/topics/{topic.id}/closing", method="PUT")
    assert answer.status_code in (302, 303)
    assert client.get(f"/api/v1/topics/{topic.id}").json["closed"] is True
    client.form(f"/en/topics/{topic.id}/closing", method="DELETE")
    assert client.get(f"/api/v1/topics/{topic.id}").json["closed"] is False


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "TRACE", "POST", "put", "PUT%20", "CONNECT"])
def test_a_form_can_say_put_and_delete_only(make, sign_in, method):
    topic = make.topic()
    client = sign_in(topic.author)
    answer = client.form(f"/en/topics/{topic.id}/closing", method=method)
    assert answer.status_code == 405
    assert client.get(f"/api/v1/topics/{topic.id}").json["closed"] is False


def test_an_address_that_does_not_take_the_method_names_those_that_it_takes(client):
    answer = client.json("DELETE", "/api/v1/topics")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
    assert answer.json["error"]["code"] == "method_not_allowed"


HEADED = (
    "/ /topics /topics/{id} /topics/999999 /topics/{id}/reply /workshops /members /municipalities /notices /sign-in"
)


@pytest.mark.parametrize("path", [*HEADED.split(), "/settings", "/topics/{id}/posts?since=0"])
@pytest.mark.parametrize("as_guest", [True, False])
def test_head_answers_as_get_does_without_a_body(app, make, sign_in, path, as_guest):
    topic = make.topic(replies=3)
    client = app.test_client() if as_guest else sign_in(topic.author)
    for page in ("/en" + path.format(id=topic.id), "/api/v1" + path.format(id=topic.id)):
        for accepted in ("", "br"):
            got, headed = (ask(page, headers={"Accept-Encoding": accepted}) for ask in (client.get, client.head))
            assert headed.data == b""
            assert headed.status_code == got.status_code
            assert headers_of(headed) == headers_of(got), page


@pytest.mark.parametrize("as_guest", [True, False])
def test_a_page_that_head_asked_for_first_still_leads_to_its_languages(app, make, sign_in, as_guest):
    topic = make.topic()
    client = app.test_client() if as_guest else sign_in(topic.author)
    client.head(f"/en/topics/{topic.id}")
    assert f'hreflang="ar" href="{ORIGIN}/ar/topics/{topic.id}' in client.get(f"/en/topics/{topic.id}").text


def headers_of(answer) -> dict[str, str]:
    """All but what every answer has of its own; the length of a page with a token of its own differs by a few bytes."""
    own = {"X-Request-Id", *(["Content-Length"] if answer.headers.get("Content-Encoding") else [])}
    return {name: value for name, value in answer.headers.items() if name not in own}


def test_a_refused_form_leads_to_the_nearest_page_in_each_language(make, sign_in):
    topic, workshop, client = make.topic(), make.workshop(), sign_in(make.member())
    for path, page in (
        (f"topics/{topic.id}/posts", f"topics/{topic.id}"),
        (f"workshops/{workshop.id}/topics", f"workshops/{workshop.id}"),
    ):
        refused = client.form(f"/en/{path}", {"words": "", "title": ""})
        assert refused.status_code == 422, path
        switch = re.search(r'<a href="(/ar[^"]*)"', refused.text)
        shown = client.get(switch[1], follow_redirects=True)
        assert shown.status_code == 200 and shown.request.path.startswith(f"/ar/{page}"), path


def test_no_get_changes_anything(app, make, sign_in):
    topic = make.topic()
    client = sign_in(topic.author)
    for path in ("/en/sign-out", f"/en/topics/{topic.id}/read", f"/en/topics/{topic.id}/follow", "/en/notices/read"):
        assert client.get(path).status_code in (404, 405)
    assert client.get("/api/v1/sessions/current").status_code == 200


# Forgery


def tries_to_post(client, topic, *, origin=ORIGIN, token=None, **more):
    """Send the reply form as somebody might."""
    data = {"words": "forged", "key": "k"} | ({} if token is None else {"csrf_token": token})
    return client.post(f"/en/topics/{topic.id}/posts", data=data, headers={"Origin": origin, **more})


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "", "http://127.0.0.1:5001", "https://127.0.0.1:5000", None]
)
def test_a_form_from_elsewhere_is_refused(make, sign_in, origin):
    topic = make.topic()
    client = sign_in(topic.author)
    assert tries_to_post(client, topic, origin=origin, token=client.token()).status_code == 403
    assert client.get(f"/api/v1/topics/{topic.id}").json["posts"] == 1


def test_a_form_without_its_token_is_refused(make, sign_in):
    topic, other = make.topic(), make.member()
    client = sign_in(topic.author)
    tokens = [None, "", "x", "é", "A" * 64, "=" * 10, client.token()[:-4], sign_in(other).token()]
    for token in tokens:
        assert tries_to_post(client, topic, token=token).status_code == 403, token
    assert client.get(f"/api/v1/topics/{topic.id}").json["posts"] == 1
    assert tries_to_post(client, topic, token=client.token()).status_code == 303


def test_what_was_written_into_a_stale_form_is_given_back(make, sign_in):
    topic = make.topic()
    client = sign_in(topic.author)
    sent = {"csrf_token": "x", "note": "a long reply", "title": "كلام طويل", "key": "k", "current": "pass word phrase"}
    page = client.post(f"/en/topics/{topic.id}/posts", data=sent, headers={"Origin": ORIGIN})
    assert page.status_code == 403 and "<h1>This form was open too long</h1>" in page.text
    assert "a long reply\n\nكلام طويل</textarea>" in page.text and "pass word phrase" not in page.text
    elsewhere = client.post(f"/en/topics/{topic.id}/posts", data=sent, headers={"Origin": "http://evil.example"})
    assert "This is not open to you" in elsewhere.text


def test_a_token_does_not_outlive_its_sign_in(make, sign_in):
    topic = make.topic()
    client = sign_in(topic.author)
    token = client.token()
    client.form("/en/sign-out")
    client.json("POST", "/api/v1/sessions", {"email": topic.author.email, "password": topic.author.password})
    assert tries_to_post(client, topic, token=token).status_code == 403


def test_a_guests_token_is_no_members_token_and_grows_old(app, make, client, sign_in, monkeypatch):
    topic = make.topic()
    assert tries_to_post(sign_in(topic.author), topic, token=client.token()).status_code == 403
    data = {"email": topic.author.email, "password": topic.author.password, "csrf_token": client.token()}
    later = time.time() + GUEST_TOKEN_AGE + 60
    monkeypatch.setattr("forum.core.forgery.time.time", lambda: later)
    assert client.post("/en/sign-in", data=data).status_code == 403
    monkeypatch.undo()
    assert client.post("/en/sign-in", data=data).status_code == 303


def test_two_tokens_of_one_page_never_look_alike(app, make, sign_in):
    topic = make.topic()
    client = sign_in(topic.author)
    pages = [client.get(f"/en/topics/{topic.id}").text for _ in range(3)]
    tokens = [re.search(r'name="csrf_token" value="([^"]+)"', page)[1] for page in pages]
    assert len(set(tokens)) == 3
    assert all(tries_to_post(client, topic, token=token).status_code == 303 for token in tokens[:1])


@pytest.mark.parametrize("origin", ["http://evil.example", "null", None])
def test_json_with_the_cookie_from_elsewhere_is_refused(make, sign_in, origin):
    topic = make.topic()
    client = sign_in(topic.author)
    answer = client.json(
        "POST", f"/api/v1/topics/{topic.id}/posts", {"words": "x", "key": "k"}, headers={"Origin": origin}
    )
    assert (answer.status_code, answer.json["error"]["code"]) == (403, "forbidden")
    assert client.json("DELETE", f"/api/v1/topics/{topic.id}/follow", headers={"Origin": origin}).status_code == 403
    assert client.get(f"/api/v1/topics/{topic.id}").json["posts"] == 1


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_the_api_takes_json_and_nothing_that_a_form_could_send(make, sign_in, kind):
    topic = make.topic()
    client = sign_in(topic.author)
    answer = client.post(f"/api/v1/topics/{topic.id}/posts", data='{"words": "x", "key": "k"}', content_type=kind)
    assert (answer.status_code, answer.json["error"]["code"]) == (415, "not_json")
    assert client.get(f"/api/v1/topics/{topic.id}").json["posts"] == 1


def test_signing_in_gives_a_new_session_and_signing_out_ends_it_on_the_server(app, make, sign_in):
    member = make.member()
    client = sign_in(member)
    first = client.get_cookie("session", domain="127.0.0.1").value
    client.json("POST", "/api/v1/sessions", {"email": member.email, "password": member.password})
    second = client.get_cookie("session", domain="127.0.0.1").value
    assert first != second
    client.form("/en/sign-out")
    assert client.get_cookie("session", domain="127.0.0.1") is None
    for token in (first, second):
        stolen = app.test_client()
        stolen.set_cookie("session", token, domain="127.0.0.1")
        assert stolen.get("/api/v1/notices").status_code == 401


def test_sessions_end_by_idleness_and_by_age(app, make, sign_in):
    member, client = make.member(), app.test_client()
    body = {"email": member.email, "password": member.password, "stay": True}
    assert client.json("POST", "/api/v1/sessions", body).status_code == 201
    start = clock.now()
    for days in (13, 26, 39, 52):
        with clock.at(start + timedelta(days=days)):
            assert client.get("/api/v1/notices").status_code == 200
    with clock.at(start + timedelta(days=61)):
        assert client.get("/api/v1/notices").status_code == 401
    idle = sign_in(make.member())
    with clock.at(clock.now() + timedelta(days=15)):
        assert idle.get("/api/v1/notices").status_code == 401


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "/%0d%0aSet-Cookie:x",
        "evil.example",
        "/" + "a" * 600,
        "/en/sign-out",
        "/api/v1/topics",
        "/en/nowhere",
    ],
)
def test_after_signing_in_one_stays_home(client, make, target):
    member = make.member()
    data = {"email": member.email, "password": member.password, "next": target}
    location = client.form("/en/sign-in", data).headers["Location"]
    assert location == "/en/"


def test_after_signing_in_one_comes_back_to_where_one_was(client, make):
    topic = make.topic()
    data = {"email": topic.author.email, "password": topic.author.password, "next": f"/en/topics/{topic.id}?page=1"}
    answer = client.form("/en/sign-in", data)
    assert answer.headers["Location"] == f"/en/topics/{topic.id}?page=1"
    assert answer.headers["Cache-Control"] == "no-store"
    again = client.form("/en/sign-in", data | {"next": f"/topics/{topic.id}"})
    assert again.headers["Location"] in (f"/topics/{topic.id}", "/en/")


def test_what_is_the_same_for_everybody_asks_nobody_who_they_are(app, make, sign_in):
    client = sign_in(make.member())
    sheet = re.search(r'/assets/[^"#]+\.css', client.get("/en/").text)[0]
    for path in (sheet, "/favicon.svg", "/health"):
        with statements(app) as said:
            answer = client.get(path)
        assert answer.status_code == 200
        assert said.number == 0, path
        assert "Cookie" not in answer.headers.get("Vary", "") or path == "/health"
