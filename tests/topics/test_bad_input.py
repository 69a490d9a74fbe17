"""Bad input, by page and by API (by socket: tests/live): the reason in the reader's language, and nothing kept.

Each item of the promise: an over-long or empty post, an unknown language, a closed topic, a number that does not exist,
a form sent twice, a wrong password.
"""

import re

import pytest
from sqlalchemy import func, select

from forum.core.db import db
from forum.core.errors import Invalid
from forum.core.languages import gettext as _
from forum.core.languages import speaking
from forum.members import passwords
from forum.topics.models import Post, Topic
from tests.counting import statements

LANGUAGES = ("ar", "en", "fr", "tr")
EMPTY, LONG = " \n ", "x" * 20_001


def count(app, model) -> int:
    """How many rows."""
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model))


def said(language: str, which: str) -> str:
    """What the forum says, in a language."""
    with speaking(language):
        return {
            EMPTY: _("Write something first."),
            LONG: _("A post has at most %(num)s characters.", num=20_000),
            "xx": _("Choose one of the four languages."),
        }[which]


def plain(html: str) -> str:
    """Text as a reader sees it."""
    return html.replace("&#39;", "'").replace("&amp;", "&").replace("&#x27;", "'")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("words", [EMPTY, LONG], ids=["empty", "long"])
def test_an_empty_or_long_reply(app, make, sign_in, language, words):
    topic = make.topic()
    client = sign_in(make.member(language=language))
    page = client.form(f"/{language}/topics/{topic.id}/posts", {"words": words, "language": "fr", "key": "my-key"})
    assert page.status_code == 422
    assert said(language, words) in plain(page.text)
    assert re.search(r'aria-invalid="true"', page.text)
    assert 'value="my-key"' in page.text
    if words == LONG:
        assert LONG in page.text
    data = client.json("POST", f"/api/v1/topics/{topic.id}/posts", {"words": words, "key": "k"})
    assert data.status_code == 422
    assert data.json["error"]["fields"] == {"words": said(language, words)}
    assert count(app, Post) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_language(app, make, sign_in, language):
    topic = make.topic()
    client = sign_in(make.member(language=language))
    page = client.form(f"/{language}/topics/{topic.id}/posts", {"words": "kept words", "language": "xx", "key": "k"})
    assert page.status_code == 422
    assert "kept words" in page.text
    assert said(language, "xx") in plain(page.text)
    data = client.json("POST", f"/api/v1/topics/{topic.id}/posts", {"words": "x", "language": "xx", "key": "k"})
    assert (data.status_code, data.json["error"]["fields"]) == (422, {"language": said(language, "xx")})
    assert count(app, Post) == 1


def test_an_empty_or_long_topic(app, make, sign_in):
    workshop = make.workshop()
    client = sign_in(make.member())
    for body, field in (
        ({"title": "", "words": "Words"}, "title"),
        ({"title": "x" * 201, "words": "Words"}, "title"),
        ({"title": "Title", "words": ""}, "words"),
        ({"title": "Title", "words": LONG}, "words"),
        ({"title": "Title", "words": "Words", "language": "xx"}, "language"),
    ):
        page = client.form(f"/en/workshops/{workshop.id}/topics", {**body, "key": "k"})
        assert page.status_code == 422, field
        assert body["title"][:200] in page.text
        data = client.json("POST", f"/api/v1/workshops/{workshop.id}/topics", {**body, "key": "k"})
        assert (data.status_code, list(data.json["error"]["fields"])) == (422, [field])
    assert count(app, Topic) == 0


def test_a_closed_topic(app, make, sign_in):
    topic = make.topic()
    make.close(topic)
    for member in (topic.author, make.member(), make.member(roles=["admin"])):
        client = sign_in(member)
        page = client.form(f"/en/topics/{topic.id}/posts", {"words": "too late", "key": "k"})
        assert (page.status_code, "too late" in page.text) == (409, True)
        data = client.json("POST", f"/api/v1/topics/{topic.id}/posts", {"words": "too late", "key": "k"})
        assert (data.status_code, data.json["error"]["code"]) == (409, "conflict")
    assert count(app, Post) == 1


def test_a_number_that_does_not_exist(app, make, sign_in):
    make.topic()
    client = sign_in(make.member())
    for path in ("/en/topics/99", "/en/posts/99", "/en/workshops/99", "/en/members/99", "/en/municipalities/99"):
        assert client.get(path).status_code == 404
    assert client.form("/en/topics/99/posts", {"words": "x", "key": "k"}).status_code == 404
    assert client.json("POST", "/api/v1/topics/99/posts", {"words": "x", "key": "k"}).status_code == 404
    assert client.json("POST", "/api/v1/workshops/99/topics", {"title": "x", "words": "x"}).status_code == 404
    assert client.form("/en/topics/99/follow", {"level": "all"}, method="PUT").status_code == 404
    assert count(app, Post) == 1


def test_a_form_sent_twice(app, make, sign_in):
    topic = make.topic()
    client = sign_in(make.member())
    page = client.get(f"/en/topics/{topic.id}").text
    key = re.search(r'name="key"[^>]*value="([^"]+)"', page)[1]
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    data = {"words": "once", "key": key, "csrf_token": token}
    answers = [client.post(f"/en/topics/{topic.id}/posts", data=data) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert count(app, Post) == 2


def test_a_form_that_comes_back_with_other_words_is_another_sending_the_second_time(app, make, sign_in):
    topic = make.topic()
    client = sign_in(make.member())
    path = f"/en/topics/{topic.id}/posts"
    client.form(path, {"words": "what I sent", "key": "k"})
    page = client.form(path, {"words": "what I wrote after going back", "key": "k"})
    assert (page.status_code, "what I wrote after going back" in page.text) == (409, True)
    assert count(app, Post) == 2
    key = re.search(r'name="key" value="([^"]+)"', page.text)[1]
    assert client.form(path, {"words": "what I wrote after going back", "key": key}).status_code == 303
    assert count(app, Post) == 3


@pytest.mark.parametrize("body", [{"words": 5}, {"words": "x", "key": 5}, {"words": "x", "language": 5}])
def test_a_number_is_no_text(app, make, sign_in, body):
    topic = make.topic()
    data = sign_in(make.member()).json("POST", f"/api/v1/topics/{topic.id}/posts", {"key": "k", **body})
    assert (data.status_code, list(data.json["error"]["fields"].values())) == (422, ["This must be text."])
    assert count(app, Post) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_password_and_an_unknown_address_are_one_answer(client, make, language):
    member = make.member()
    suspended = make.member()
    make.suspend(suspended)
    answers = []
    for email, password in (
        (member.email, "wrong"),
        ("nobody@example.org", "wrong"),
        (suspended.email, "wrong"),
        (member.email, member.password + " "),
        (member.email, "x" * 5000),
        ("x" * 300 + "@example.org", "wrong"),
    ):
        page = client.form(f"/{language}/sign-in", {"email": email, "password": password})
        data = client.json(
            "POST", "/api/v1/sessions", {"email": email, "password": password}, headers={"Accept-Language": language}
        )
        assert (page.status_code, data.status_code) == (401, 401)
        assert password not in page.text or password == "wrong"
        text = page.text.replace(email, "EMAIL").replace(page.headers["X-Request-Id"], "")
        error = data.json["error"] | {"request": ""}
        answers.append((re.sub(r'value="[^"]{60,}"', "", text), str(error)))
        assert error["message"] in plain(page.text)
        assert "Set-Cookie" not in data.headers
    assert len(set(answers)) == 1


def test_a_wrong_password_costs_the_same_work_as_an_unknown_address(app, client, make, monkeypatch):
    """By structure: the same hash is checked and the same statements are made."""
    checked = []
    real = passwords._verify
    monkeypatch.setattr(passwords, "_verify", lambda kept, password: checked.append(kept[:30]) or real(kept, password))
    member = make.member()
    suspended = make.member()
    make.suspend(suspended)
    costs = []
    for email in (member.email, "nobody@example.org", suspended.email):
        with statements(app) as counted:
            client.json("POST", "/api/v1/sessions", {"email": email, "password": "wrong"})
        costs.append([re.sub(r"\s+", " ", one) for one in counted.said])
    assert len(checked) == 3
    assert len(set(checked)) == 1, "the same parameters"
    assert costs[0] == costs[1] == costs[2]


@pytest.mark.parametrize(
    "body", [{}, {"email": ""}, {"email": "a@b"}, {"password": "x"}, {"email": [], "password": {}}]
)
def test_a_sign_in_without_its_fields(client, body):
    answer = client.json("POST", "/api/v1/sessions", body)
    assert answer.status_code == 422
    assert answer.json["error"]["fields"]


INVISIBLE = ["\u200b", "\u2066\u2069", "\u3164"]


@pytest.mark.parametrize("words", [*INVISIBLE, "[](https://example.org)", "***", "&#8203;"])
def test_words_of_which_nothing_shows_are_no_words(app, make, sign_in, words):
    topic = make.topic()
    client = sign_in(make.member())
    page = client.form(f"/en/topics/{topic.id}/posts", {"words": words, "key": "k"})
    assert (page.status_code, "Write something first." in page.text) == (422, True)
    assert count(app, Post) == 1


@pytest.mark.parametrize("title", INVISIBLE)
def test_a_title_of_which_nothing_shows_is_no_title(app, make, sign_in, title):
    workshop, client = make.workshop(), sign_in(make.member())
    sent = {"title": title, "words": "fine", "key": "k"}
    data = client.json("POST", f"/api/v1/workshops/{workshop.id}/topics", sent)
    assert (data.status_code, list(data.json["error"]["fields"])) == (422, ["title"])
    assert count(app, Topic) == 0


def test_a_preview_is_checked_as_the_words_are(make, sign_in):
    topic, workshop = make.topic(), make.workshop()
    client = sign_in(topic.author)
    for path, method, more in (
        (f"/en/topics/{topic.id}/posts", "POST", {}),
        (f"/en/posts/{topic.post.id}", "PUT", {"version": 1}),
        (f"/en/workshops/{workshop.id}/topics", "POST", {"title": "A title"}),
    ):
        page = client.form(path, {"words": LONG, "preview": "1", **more}, method=method)
        assert page.status_code == 422
        assert said("en", LONG) in plain(page.text)
        assert LONG in page.text
        page = client.form(path, {"words": "fine", "language": "xx", "preview": "1", **more}, method=method)
        assert (page.status_code, said("en", "xx") in plain(page.text)) == (422, True)


def test_the_same_key_in_another_workshop_is_another_form(app, make, sign_in):
    one, other = make.workshop(), make.workshop()
    client = sign_in(make.member())
    sent = {"title": "A title", "words": "Words.", "language": "en", "key": "the-key"}
    assert client.json("POST", f"/api/v1/workshops/{one.id}/topics", sent).status_code == 201
    assert client.json("POST", f"/api/v1/workshops/{other.id}/topics", sent).status_code == 409
    assert count(app, Topic) == 1


@pytest.mark.parametrize("number", ["1e3", "--1", "9999999999", "2147483648", "-2147483648", "1_0"])
def test_a_number_that_is_none_or_too_large(make, sign_in, number):
    topic = make.topic()
    page = sign_in(make.member()).form(f"/en/topics/{topic.id}/posts", {"words": "Kept words", "reply_to": number})
    assert (page.status_code, "Kept words" in page.text) == (422, True)


def test_an_answer_to_a_post_that_is_not_there_keeps_the_words(app, make, sign_in):
    topic = make.topic()
    page = sign_in(make.member()).form(f"/en/topics/{topic.id}/posts", {"words": "Kept words", "reply_to": "77"})
    assert (page.status_code, "Kept words" in page.text) == (422, True)
    assert 'href="#reply_to"' not in page.text  # nothing to go to: the field is hidden
    assert count(app, Post) == 1


def test_who_lost_the_right_to_write_gets_the_words_back(app, make, sign_in):
    space = make.space("private", members=[member := make.member()])
    topic = make.topic(space=space, author=member)
    client = sign_in(member)
    make.remove_from_space(space, member)
    page = client.form(f"/ar/topics/{topic.id}/posts", {"words": "what I wrote <b>", "key": "k"})
    assert page.status_code in (403, 404)
    assert "what I wrote &lt;b&gt;</textarea>" in page.text
    assert "what I wrote" not in client.get(f"/ar/topics/{topic.id}").text


@pytest.mark.parametrize("name", ["\u3164", "a\u200bb", "Am\u202eina", "a\u00adb"])
def test_a_name_has_no_hidden_signs(make, name):
    with pytest.raises(Invalid):
        make.rename(make.member(), name)
