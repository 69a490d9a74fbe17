"""Starting a topic is one thing, in a space and in a workshop: the same form, preview, refusals and answers."""

import pytest

HELD_FIELDS = {"title": "Water", "language": "en", "tags": "wells", "kind": "question", "key": "k"}


@pytest.fixture(params=["spaces", "workshops"])
def place(request, make):
    """Where a topic is started: the path of a space or of a workshop."""
    made = make.public() if request.param == "spaces" else make.workshop()
    return f"{request.param}/{made.id}"


def test_the_preview_shows_names_and_cards_as_the_post_will(make, client, sign_in, place):
    linked = make.topic("What is linked to", words="The words that are quoted")
    writer = sign_in(make.member())
    words = f"> [Somebody #1](/posts/1)\n> The words\n\n[x](/topics/{linked.id})"
    page = writer.form(f"/en/{place}/topics", {"words": words, "preview": "1", **HELD_FIELDS}).text
    assert 'class="quote-head"' in page and 'class="link-card"' in page and "What is linked to" in page
    assert 'value="Water"' in page and "wells" in page
    assert client.get("/api/v1/topics").json["items"][0]["id"] == linked.id, "nothing was started"


def test_a_refused_form_comes_back_filled_in_and_nothing_is_there(make, client, sign_in, place):
    writer = sign_in(make.member())
    answer = writer.form(f"/ar/{place}/topics", HELD_FIELDS | {"words": "Where is it?", "title": " "})
    assert answer.status_code == 422
    assert 'id="title-error"' in answer.text and "Where is it?" in answer.text and "wells" in answer.text
    assert client.get("/api/v1/topics").json["items"] == []


def test_page_and_api_start_the_same(make, sign_in, place):
    writer = sign_in(member := make.member())
    assert writer.form(f"/en/{place}/topics", HELD_FIELDS | {"words": "By the page"}).status_code == 303
    sent = HELD_FIELDS | {"tags": ["wells"], "words": "By the API", "key": "api"}
    started = writer.json("POST", f"/api/v1/{place}/topics", sent)
    assert started.status_code == 201
    items = writer.get(f"/api/v1/{place}/topics").json["items"]
    assert len(items) == 2
    for one in items:
        assert (one["title"], one["kind"], one["tags"], one["author"]["id"]) == (
            "Water",
            "question",
            ["wells"],
            member.id,
        )
        assert ("phase" in one) == place.startswith("workshops")
    if place.startswith("workshops"):
        topic = started.json["topic"]
        assert (topic["kind"], topic["answered"], topic["phase"], topic["follow"]) == (
            "question",
            False,
            "before",
            "all",
        )


def test_nobody_but_who_may_starts_one(make, client, sign_in):
    space = make.space("private", members=[make.member()])
    workshop = make.workshop(space=space)
    for path in (f"spaces/{space.id}", f"workshops/{workshop.id}"):
        stranger = sign_in(make.member())
        assert stranger.form(f"/en/{path}/topics", HELD_FIELDS | {"words": "x"}).status_code == 404
        assert stranger.get(f"/en/{path}/topics/new").status_code == 404
        assert client.json("POST", f"/api/v1/{path}/topics", {"title": "x", "words": "x"}).status_code == 401
