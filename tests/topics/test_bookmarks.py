"""Bookmarks with a note: the member's own, and nothing of what they may see no longer."""

import pytest

from tests.counting import statements


def keep(client, post, note: str | None = None, method: str = "PUT"):
    """Through the API."""
    return client.json(method, f"/api/v1/posts/{post.id}/bookmark", None if note is None else {"note": note})


def kept(client) -> list[tuple[int, str]]:
    """(post, note) of the list."""
    return [(row["post"], row["note"]) for row in client.get("/api/v1/bookmarks").json["items"]]


def test_a_post_is_kept_once_and_its_note_changes(make, sign_in):
    topic = make.topic("The pump")
    reader = sign_in(make.member())
    assert keep(reader, topic.post, "Ask Huda").json == {"post": topic.post.id, "note": "Ask Huda"}
    assert keep(reader, topic.post).json["note"] == "Ask Huda", "without a note it stays"
    assert keep(reader, topic.post, "").json["note"] == ""
    keep(reader, topic.post, "اسأل هدى")
    assert kept(reader) == [(topic.post.id, "اسأل هدى")]
    page = reader.get("/en/bookmarks").text
    assert "The pump" in page
    assert 'dir="rtl">اسأل هدى</p>' in page
    for _ in range(2):
        assert keep(reader, topic.post, method="DELETE").status_code == 204
    assert kept(reader) == []
    assert "No bookmarks yet" in reader.get("/en/bookmarks").text


def test_nobody_else_sees_them(make, sign_in, client):
    topic = make.topic()
    keep(sign_in(make.member()), topic.post, "A private thought")
    other = sign_in(topic.author)
    assert kept(other) == []
    for path in (f"/en/posts/{topic.post.id}/menu", f"/en/topics/{topic.id}", "/en/bookmarks"):
        assert "A private thought" not in other.get(path).text
    assert client.get("/en/bookmarks").status_code == 401
    assert keep(client, topic.post).status_code == 401


def test_what_one_may_see_no_longer_is_not_there_and_can_still_be_removed(make, sign_in):
    member = make.member()
    space = make.space("private", members=[member])
    topic = make.topic("A secret", space=space, author=member)
    reader = sign_in(member)
    keep(reader, topic.post, "x")
    make.remove_from_space(space, member)
    assert kept(reader) == []
    assert "A secret" not in reader.get("/en/bookmarks").text
    assert keep(reader, topic.post, "y").status_code == 404
    assert keep(reader, topic.post, method="DELETE").status_code == 204
    make.add_to_space(space, member)
    assert kept(reader) == []


def test_a_hidden_post_shows_no_words(make, sign_in):
    topic = make.topic()
    post = make.reply(topic, "Words that were hidden later.")
    reader = sign_in(make.member())
    keep(reader, post)
    make.hide(post)
    page = reader.get("/en/bookmarks").text
    assert "Words that were hidden" not in page
    assert "This post is out of sight." in page


@pytest.mark.parametrize("state", ["hidden", "deleted"])
def test_a_post_out_of_sight_is_not_kept_anew_but_its_note_may_change(make, sign_in, state):
    topic = make.topic()
    post = make.reply(topic, "Words")
    reader, late = sign_in(make.member()), sign_in(make.member())
    keep(reader, post)
    if state == "hidden":
        make.hide(post)
    else:
        assert sign_in(post.author).open(f"/api/v1/posts/{post.id}", method="DELETE").status_code == 204
    answers = [one.json("PUT", f"/api/v1/posts/{post.id}/bookmark", {"note": "Mine"}) for one in (reader, late)]
    assert [answer.status_code for answer in answers] == [200, 403]
    assert late.form(f"/en/posts/{post.id}/bookmark", {"note": ""}, method="PUT").status_code == 403
    assert kept(late) == []


def test_a_note_is_text_and_not_too_long(make, sign_in):
    topic = make.topic()
    reader = sign_in(make.member())
    assert keep(reader, topic.post, "x" * 501).status_code == 422
    assert keep(reader, topic.post, "<b>x</b>").status_code == 200
    assert "&lt;b&gt;x" in reader.get("/en/bookmarks").text
    answer = reader.form(f"/en/posts/{topic.post.id}/bookmark", {"note": "y" * 501}, method="PUT")
    assert answer.status_code == 422
    assert "A note has at most 500 characters." in answer.text
    assert "y" * 501 in answer.text, "nothing typed is lost"


def test_without_a_script_it_is_done_on_the_posts_own_page(make, sign_in):
    topic = make.topic()
    reader = sign_in(make.member())
    path = f"/en/posts/{topic.post.id}"
    assert "Keep this post" in reader.get(f"{path}/menu").text
    answer = reader.form(f"{path}/bookmark", {"note": "Mine"}, method="PUT")
    assert answer.headers["Location"].endswith(f"{path}/menu#bookmark")
    page = reader.get(f"{path}/menu").text
    assert 'value="Mine"' in page
    assert "Remove the bookmark" in page
    assert reader.form(f"{path}/bookmark", method="DELETE").headers["Location"].endswith("/en/bookmarks")


def test_the_list_is_paged_and_costs_the_same(app, make, sign_in):
    topic = make.topic()
    reader = sign_in(make.member())
    posts = make.replies(topic, 34)
    keep(reader, posts[0])
    reader.get("/en/bookmarks")
    with statements(app) as one:
        reader.get("/en/bookmarks")
    for post in posts[1:]:
        keep(reader, post)
    with statements(app) as many:
        first = reader.get("/api/v1/bookmarks").json
    assert many.number <= one.number
    second = reader.get(f"/api/v1/bookmarks?cursor={first['next']}").json
    found = [row["number"] for row in first["items"] + second["items"]]
    assert found == list(range(35, 1, -1))
