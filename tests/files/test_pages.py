"""Without a script: a file goes with the form of the composer, and the member's own page."""

import re
from html import unescape

import pytest

from tests import samples
from tests.counting import statements


def shown_words(answer) -> str:
    return unescape(re.search(r'<textarea[^>]*id="words"[^>]*>(.*?)</textarea>', answer.text, re.DOTALL)[1])


def send(client, path: str, content: bytes, name: str, **fields: str):
    sent = samples.multipart(content, name, csrf_token=client.token(), **fields)
    return client.post(path, **sent)


@pytest.fixture
def places(make, member):
    """{where one writes: (address of the form, fields besides)}."""
    topic, workshop, space = make.topic(), make.workshop(), make.space("members")
    return {
        "reply": (f"/en/topics/{topic.id}/posts", {}),
        "edit": (f"/en/posts/{topic.post.id}?_method=PUT", {"version": "1"}),
        "space": (f"/en/spaces/{space.id}/topics", {"title": "A title", "tags": "water"}),
        "workshop": (f"/en/workshops/{workshop.id}/topics", {"title": "A title", "tags": "water"}),
    }


@pytest.mark.parametrize("place", ["reply", "edit", "space", "workshop"])
def test_a_picture_goes_with_the_form_which_comes_back_with_it(app, client, places, place):
    path, more = places[place]
    more = {**more, "words": "Look:", "description": "A [new] pump"}
    answer = send(client, path, samples.photo(), "a.jpg", attach="1", **more)
    assert answer.status_code == 200, answer.text
    words = shown_words(answer)
    found = re.fullmatch(r"Look:\n\n!\[A \\\[new\\\] pump\]\(/files/(\d+)\)\n", words)
    assert found, words
    for name in ("title", "tags"):
        if name in more:
            assert f'value="{more[name]}"' in answer.text
    del more["description"]
    sent = client.form(path.partition("?")[0], more | {"words": words}, method="PUT" if place == "edit" else "POST")
    assert sent.status_code == 303, sent.text
    assert app.test_client().get(f"/files/{found[1]}").status_code == (404 if place == "space" else 200)


@pytest.mark.parametrize("place", ["reply", "edit", "space", "workshop"])
def test_a_refusal_keeps_what_is_typed(client, places, place):
    path, more = places[place]
    for content, name, status in (
        (samples.SVG, "a.png", 415),
        (b"", "a.txt", 422),
        (samples.png_head(9999, 9999), "a.png", 413),
    ):
        answer = send(client, path, content, name, attach="1", words="All that I typed.", **more)
        assert answer.status_code == status
        assert shown_words(answer) == "All that I typed."
        assert 'id="file-error"' in answer.text
    none = send(client, path, b"", "", attach="1", words="All that I typed.", **more)
    assert none.status_code == 422 and "Choose a file first" in none.text


@pytest.mark.parametrize("place", ["reply", "edit", "space", "workshop"])
def test_a_file_that_was_chosen_but_not_attached_is_not_forgotten(client, places, place):
    path, more = places[place]
    given = more | {"words": "All that I typed.", "file": "a.jpg"}
    answer = client.form(path.partition("?")[0], given, method="PUT" if place == "edit" else "POST")
    assert answer.status_code == 422
    assert "not attached yet" in answer.text
    assert shown_words(answer) == "All that I typed."


def test_a_picture_without_a_description_comes_back_and_says_which(client, places):
    path, _more = places["reply"]
    words = shown_words(send(client, path, samples.picture(), "a.png", attach="1", words="Look:"))
    answer = client.form(path, {"words": words})
    assert answer.status_code == 422
    assert "Say what the picture ![](/files/" in answer.text
    assert shown_words(answer).strip() == words.strip()


def test_a_preview_shows_the_picture(client, places):
    for place in ("reply", "edit", "space", "workshop"):
        path, more = places[place]
        words = shown_words(send(client, path, samples.picture(), "a.png", attach="1", description="A pump", **more))
        method = "PUT" if place == "edit" else "POST"
        page = client.form(path.partition("?")[0], more | {"words": words, "preview": "1"}, method=method).text
        assert '<img src="/files/' in page, place


def test_a_guest_or_forged_form_uploads_nothing(app, client, places):
    path, _more = places["reply"]
    assert client.post(path, **samples.multipart(b"words", attach="1")).status_code == 403
    guest = app.test_client()
    answer = guest.post(path, **samples.multipart(b"x" * 1_000_000, attach="1", csrf_token=guest.token()))
    assert answer.status_code == 413
    assert guest.get("/en/files").status_code == 401
    assert client.get("/api/v1/files").json["items"] == []


def test_ones_own_page_shows_what_there_is_and_takes_more(client, make):
    made = send(client, "/en/files", samples.photo(), "تقرير\u202e.jpg")
    assert made.status_code == 303
    page = client.get("/en/files").text
    assert "تقرير(U+202E).jpg" in page and "\u202e" not in page
    assert 'value="![](/files/1)"' in page
    assert 'src="/files/1/640"' in page
    topic = make.topic(words="![A pump](/files/1)")
    page = client.get("/en/files").text
    assert f"/en/posts/{topic.post.id}" in page
    assert client.form("/en/files/1", method="DELETE").status_code == 422
    refused = send(client, "/en/files", samples.SVG, "a.png")
    assert refused.status_code == 415 and "Attach a picture" in refused.text
    send(client, "/en/files", b"words", "b.txt")
    assert client.form("/en/files/2", method="DELETE").status_code == 303
    assert client.get("/files/2").status_code == 404


def test_ones_own_page_asks_as_often_for_many_as_for_one(app, client, upload):
    counts = []
    for many in (1, 30):
        for _ in range(many):
            upload(client, b"words")
        client.get("/en/files")
        with statements(app) as counted:
            assert client.get("/en/files").status_code == 200
        counts.append(counted.number)
    assert counts == [3, 3]
    page = client.get("/en/files").text
    assert page.count('class="attached"') == 30 and "cursor=" in page
