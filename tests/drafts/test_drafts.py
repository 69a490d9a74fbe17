"""Drafts: only ever one's own, there again wherever one goes on, gone with the sending, there when a topic is not."""

import re
from html import unescape

import pytest
from sqlalchemy import select

from forum.core.db import db
from forum.drafts.models import Draft
from tests.counting import statements


def put(client, subject: str, words: str = "Half a sentence", **more):
    """Keep it through the API."""
    return client.json("PUT", f"/api/v1/drafts/{subject}", {"words": words, **more})


def box(answer) -> str:
    """What stands in the composer."""
    return unescape(re.search(r'<textarea[^>]*id="words"[^>]*>(.*?)</textarea>', answer.text, re.DOTALL)[1])


def test_a_draft_is_kept_read_and_forgotten(make, sign_in):
    client = sign_in(make.member())
    path = "/api/v1/drafts/topic/5"
    assert client.get(path).status_code == 404
    assert put(client, "topic/5", "one").status_code == 204
    assert put(client, "topic/5", "one two", language="fr", reply_to=3).status_code == 204
    kept = client.get(path).json
    assert (kept["kind"], kept["id"], kept["words"], kept["language"], kept["reply_to"]) == (
        "topic",
        5,
        "one two",
        "fr",
        3,
    )
    assert [item["words"] for item in client.get("/api/v1/drafts").json["items"]] == ["one two"]
    for _ in range(2):
        assert client.json("DELETE", path).status_code == 204
    assert client.get("/api/v1/drafts").json["items"] == []


def test_nothing_written_keeps_nothing(make, sign_in):
    client = sign_in(make.member())
    put(client, "space/1", "words", title="A title")
    assert put(client, "space/1", "", title="A title").status_code == 204
    assert client.get("/api/v1/drafts/space/1").json["title"] == "A title"
    assert put(client, "space/1", " \n", title="").status_code == 204
    assert client.get("/api/v1/drafts/space/1").status_code == 404


@pytest.mark.parametrize(
    ("subject", "body", "status"),
    [
        ("topic/1", {"words": "x" * 20_001}, 422),
        ("topic/1", {"words": "a\x00b"}, 422),
        ("topic/1", {"words": "a", "title": "x" * 201}, 422),
        ("topic/1", {"words": "a", "language": "de"}, 422),
        ("topic/1", {"words": "a", "reply_to": "x"}, 422),
        ("topic/1", {"words": ["a"]}, 422),
        ("letter/1", {"words": "a"}, 404),
        ("topic/0", {"words": "a"}, 404),
        ("topic/١", {"words": "a"}, 404),
    ],
)
def test_what_cannot_be_is_refused(make, sign_in, subject, body, status):
    client = sign_in(make.member())
    assert client.json("PUT", f"/api/v1/drafts/{subject}", body).status_code == status
    assert client.get("/api/v1/drafts").json["items"] == []


def test_nobody_sees_or_forgets_the_drafts_of_another(make, sign_in, client):
    topic = make.topic()
    one, other = sign_in(make.member()), sign_in(make.member())
    put(one, f"topic/{topic.id}", "my own words")
    for reader in (other, client):
        for path in ("/en/drafts", f"/en/topics/{topic.id}", f"/en/topics/{topic.id}/reply", "/api/v1/drafts"):
            assert "my own words" not in reader.get(path).text
    other.json("DELETE", f"/api/v1/drafts/topic/{topic.id}")
    assert one.get(f"/api/v1/drafts/topic/{topic.id}").json["words"] == "my own words"
    assert put(client, f"topic/{topic.id}").status_code == 401


def test_a_reply_begun_stands_in_the_box_of_the_topic_and_of_the_reply_page(make, sign_in):
    topic = make.topic(replies=2)
    client, other = sign_in(make.member()), sign_in(make.member())
    words = 'Half <a "sentence" & نصف جملة'
    for reader in (client, other):
        for _ in range(2):
            assert box(reader.get(f"/en/topics/{topic.id}")) == ""
    put(client, f"topic/{topic.id}", words, reply_to=2)
    for _ in range(2):
        page = client.get(f"/en/topics/{topic.id}")
        assert box(page) == words
        assert 'name="reply_to" value="2"' in page.text
    assert box(client.get(f"/en/topics/{topic.id}/reply")) == words
    assert box(other.get(f"/en/topics/{topic.id}")) == ""
    quoted = box(client.get(f"/en/topics/{topic.id}/reply?to=1&quote=1"))
    assert quoted.startswith(f"{words}\n\n> [")


def test_the_topic_page_costs_no_statement_more(app, make, sign_in):
    topic = make.topic()
    client = sign_in(make.member())
    put(client, f"topic/{topic.id}")
    client.get(f"/en/topics/{topic.id}")
    with statements(app) as counted:
        assert box(client.get(f"/en/topics/{topic.id}")) == "Half a sentence"
    assert counted.number == 1, counted.said


def test_sending_forgets_the_draft(app, make, sign_in):
    topic, space = make.topic(), make.public()
    writer = make.member()
    client = sign_in(writer)
    post = make.reply(topic, author=writer)
    workshop = make.workshop()
    for subject in (f"topic/{topic.id}", f"post/{post.id}", f"space/{space.id}", f"workshop/{workshop.id}"):
        put(client, subject)
    put(client, "topic/999")
    client.form(f"/en/topics/{topic.id}/posts", {"words": "Sent.", "key": "a"})
    client.form(f"/en/posts/{post.id}", {"words": "Sent.", "version": "1"}, method="PUT")
    client.form(f"/en/spaces/{space.id}/topics", {"title": "Sent", "words": "Sent.", "key": "b"})
    client.form(f"/en/workshops/{workshop.id}/topics", {"title": "Sent", "words": "Sent.", "key": "c"})
    with app.app_context():
        assert db.session.scalars(select(Draft.subject_id)).all() == [999]


def test_what_is_refused_keeps_the_draft(make, sign_in):
    topic = make.topic()
    client = sign_in(make.member())
    put(client, f"topic/{topic.id}")
    make.close(topic)
    assert client.form(f"/en/topics/{topic.id}/posts", {"words": "Sent.", "key": "a"}).status_code == 409
    assert client.get(f"/api/v1/drafts/topic/{topic.id}").json["words"] == "Half a sentence"
    page = client.get(f"/en/topics/{topic.id}").text
    assert "is among your drafts" in page
    assert "Half a sentence" in client.get("/en/drafts").text


def test_an_edit_begun_goes_on_with_the_version_that_it_began_with(make, sign_in):
    topic = make.topic(words="before")
    client = sign_in(topic.author)
    put(client, f"post/{topic.post.id}", "almost", version=1)
    make.edit(topic.post, "faster", by=make.member(roles=["moderator"]))
    page = client.get(f"/en/posts/{topic.post.id}/edit")
    assert box(page) == "almost"
    assert "had begun" in page.text
    assert re.search(r'name="version"[^>]*value="1"', page.text)


def test_a_new_topic_begun_goes_on(make, sign_in):
    space, workshop = make.public(), make.workshop()
    client = sign_in(make.member())
    for kind, id in (("space", space.id), ("workshop", workshop.id)):
        put(client, f"{kind}/{id}", f"First words {kind}", title=f"Title {kind}")
        page = client.get(f"/en/{kind}s/{id}/topics/new")
        assert box(page) == f"First words {kind}"
        assert f'value="Title {kind}"' in page.text


def test_a_new_topic_keeps_themes_tags_and_whether_it_asks(make, sign_in):
    theme, space, workshop = make.theme(), make.public(), make.workshop()
    client = sign_in(make.member())
    for kind, id in (("space", space.id), ("workshop", workshop.id)):
        said = {"themes": [theme.id], "tags": ["wells, pu"], "topic_kind": "question"}
        put(client, f"{kind}/{id}", "", title="", **said)
        draft = client.get(f"/api/v1/drafts/{kind}/{id}").json
        assert {name: draft[name] for name in said} == said
        page = client.get(f"/en/{kind}s/{id}/topics/new").text
        assert f'name="themes" value="{theme.id}" checked' in page
        assert 'value="question" aria-describedby="kind-hint" checked' in page and 'value="wells, pu"' in page
        put(client, f"{kind}/{id}", "", themes=[theme.id])
        assert client.get(f"/api/v1/drafts/{kind}/{id}").status_code == 404, "boxes alone are nothing written"


def test_without_a_script_a_new_topic_is_kept_whole_too(make, sign_in):
    theme, workshop = make.theme(), make.workshop()
    client, path = sign_in(make.member()), f"/en/workshops/{workshop.id}/topics"
    fields = {"title": "Water", "words": "Later", "themes": str(theme.id), "tags": "wells, pumps", "kind": "question"}
    answer = client.form(path, fields | {"keep": "1", "key": "k"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/en/drafts")
    assert "Later" in client.get("/en/drafts").text
    page = client.get(f"{path}/new").text
    assert 'value="Water"' in page and 'value="wells, pumps"' in page and f'value="{theme.id}" checked' in page
    assert client.get("/api/v1/topics").json["items"] == []
    assert client.form(path, fields | {"key": "k"}).status_code == 303
    assert client.get(f"/api/v1/drafts/workshop/{workshop.id}").status_code == 404


def test_an_edit_keeps_its_reason(make, sign_in):
    topic = make.topic(words="before")
    client = sign_in(topic.author)
    put(client, f"post/{topic.post.id}", "after", version=1, reason="A number was wrong")
    assert 'value="A number was wrong"' in client.get(f"/en/posts/{topic.post.id}/edit").text


def test_without_a_script_a_button_keeps_it_and_the_page_of_drafts_leads_back(make, sign_in):
    topic = make.topic("Water", words="before")
    client = sign_in(topic.author)
    for path, method, more in (
        (f"/en/topics/{topic.id}/posts", "POST", {"key": "k", "reply_to": "1"}),
        (f"/en/posts/{topic.post.id}", "PUT", {"version": "1"}),
    ):
        answer = client.form(path, {"words": f"Later {method}", "keep": "1", **more}, method=method)
        assert answer.status_code == 303
        assert answer.headers["Location"].endswith("/en/drafts")
    page = client.get("/en/drafts").text
    assert "Later POST" in page
    assert "Later PUT" in page
    assert "Water" in page
    assert f'href="/en/topics/{topic.id}/reply"' in page
    assert f'href="/en/posts/{topic.post.id}/edit"' in page
    assert client.get(f"/api/v1/topics/{topic.id}").json["posts"] == 1
    client.form(f"/en/drafts/topic/{topic.id}", method="DELETE")
    assert "Later POST" not in client.get("/en/drafts").text


def test_words_outlive_what_they_were_meant_for(make, sign_in):
    member = make.member()
    space = make.space("private", members=[member])
    topic = make.topic("Zaytouna", author=member, space=space)
    client = sign_in(member)
    put(client, f"topic/{topic.id}", "my own words")
    assert "Zaytouna" in client.get("/en/drafts").text
    make.remove_from_space(space, member)
    page = client.get("/en/drafts").text
    assert "my own words" in page
    assert "Zaytouna" not in page
    assert "no longer open to you" in page


def test_the_page_costs_the_same_for_one_and_for_thirty(app, make, sign_in):
    client, costs = sign_in(make.member()), []
    for count in (1, 29):
        for _ in range(count):
            put(client, f"topic/{make.topic().id}")
        for path in ("/en/drafts", "/api/v1/drafts"):
            client.get(path)
            with statements(app) as counted:
                client.get(path)
            costs.append(counted.number)
    assert costs[:2] == costs[2:]
