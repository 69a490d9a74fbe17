"""What a post said before, who changed it and why; other words by API; a reply taken back by its author."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from forum.core import clock
from forum.core.audit import AuditEntry
from forum.core.db import db
from forum.core.text import differences
from forum.topics.models import Post
from tests.counting import statements


def patch(client, post, words: str = "after", version: str | None = "1", **more):
    """Send it through the API."""
    headers = {} if version is None else {"If-Match": version}
    return client.json("PATCH", f"/api/v1/posts/{post.id}", {"words": words, **more}, headers=headers)


@pytest.mark.parametrize("version", ["1", '"1"', 'W/"1"'])
def test_the_api_changes_words_of_the_version_that_was_seen(make, sign_in, version):
    topic = make.topic(words="before")
    client = sign_in(topic.author)
    seen = client.get(f"/api/v1/posts/{topic.post.id}")
    assert (seen.json["words"], seen.headers["ETag"]) == ("before", '"1"')
    answer = patch(client, topic.post, "*after*", version, reason="a better word", language="fr")
    assert answer.status_code == 200
    assert answer.headers["ETag"] == '"2"'
    assert (answer.json["version"], answer.json["language"]) == (2, "fr")
    assert "<em>after</em>" in answer.json["html"]


def test_who_is_slower_gets_both_texts_by_api(make, sign_in):
    topic = make.topic(words="original")
    assert patch(sign_in(make.member(roles=["moderator"])), topic.post, "the faster").status_code == 200
    answer = patch(sign_in(topic.author), topic.post, "the slower")
    assert answer.status_code == 409
    error = answer.json["error"]
    assert (error["theirs"], error["yours"], error["version"]) == ("the faster", "the slower", 2)
    assert patch(sign_in(topic.author), topic.post, "both", "2").json["version"] == 3


@pytest.mark.parametrize("version", [None, "", "*", "x", "١", "-1", "1, 2", "9" * 20])
def test_without_a_version_nothing_is_changed(make, sign_in, version):
    topic = make.topic(words="before")
    client = sign_in(topic.author)
    answer = patch(client, topic.post, version=version)
    assert answer.status_code == 428
    assert answer.json["error"]["code"] == "if_match"
    assert client.get(f"/api/v1/posts/{topic.post.id}").json["words"] == "before"


def test_the_version_in_the_body_counts_for_nothing(make, sign_in):
    topic = make.topic()
    assert patch(sign_in(topic.author), topic.post, version="7", **{"reason": "x"}).status_code == 409
    body = {"words": "after", "version": 1}
    headers = {"If-Match": "7"}
    path = f"/api/v1/posts/{topic.post.id}"
    assert sign_in(topic.author).json("PATCH", path, body, headers=headers).status_code == 409


@pytest.mark.parametrize("body", [{"words": ""}, {"words": 5}, {"words": "a", "language": "de"}, {"reason": "x" * 201}])
def test_what_cannot_be_is_said_at_its_field(make, sign_in, body):
    topic = make.topic()
    given = {"words": "after"} | body
    answer = sign_in(topic.author).json("PATCH", f"/api/v1/posts/{topic.post.id}", given, headers={"If-Match": "1"})
    assert answer.status_code == 422
    assert list(body)[-1] in answer.json["error"]["fields"]


def test_any_two_texts_stand_side_by_side(make, sign_in, client):
    topic = make.topic(words="We count the water.")
    author = sign_in(topic.author)
    patch(author, topic.post, "We count the bread.", reason="<b>Khaled</b> was right")
    patch(sign_in(make.member("Mona Moderator", roles=["moderator"])), topic.post, "We weigh the bread.", "2")
    reader = sign_in(make.member())
    path = f"/en/posts/{topic.post.id}/history"
    page = reader.get(path).text
    assert "We <del>count</del> the bread." in page
    assert "We <ins>weigh</ins> the bread." in page
    assert "Mona Moderator" in page
    assert "&lt;b&gt;Khaled&lt;/b&gt; was right" in page
    page = reader.get(f"{path}?old=1&new=2").text
    assert "We count the <del>water</del>." in page
    assert "We count the <ins>bread</ins>." in page
    assert reader.get(f"{path}?old=x&new=99").status_code == 200
    assert client.get(path).status_code == 401
    assert f'href="{path}"' in reader.get(f"/en/topics/{topic.id}").text
    items = reader.get(f"/api/v1/posts/{topic.post.id}/versions").json["items"]
    assert [item["words"] for item in items] == ["We count the water.", "We count the bread.", "We weigh the bread."]
    assert [item["reason"] for item in items] == ["", "<b>Khaled</b> was right", ""]
    assert [item["member"]["name"] for item in items] == ["Amal Haddad", "Amal Haddad", "Mona Moderator"]


def test_a_post_without_changes_says_so(make, sign_in):
    topic = make.topic()
    assert "has not been changed" in sign_in(make.member()).get(f"/en/posts/{topic.post.id}/history").text


def test_history_costs_the_same_for_two_texts_and_for_twenty(app, make, sign_in):
    topic = make.topic()
    client, costs = sign_in(topic.author), []
    for count in (1, 19):
        for number in range(count):
            make.edit(topic.post, f"text {count} {number}")
        for path in (f"/en/posts/{topic.post.id}/history", f"/api/v1/posts/{topic.post.id}/versions"):
            client.get(path)
            with statements(app) as counted:
                client.get(path)
            costs.append(counted.number)
    assert costs[:2] == costs[2:]


@pytest.mark.parametrize(
    ("old", "new"),
    [("a b c", "a x c"), ("", "a"), ("a", ""), ("a a a", "a a"), ("نعم لا", "نعم ربما لا"), ("a\n" * 3, "b\n" * 4)],
)
def test_both_texts_are_whole_in_what_differs(old, new):
    left, right = differences(old, new)
    assert ("".join(text for _, text in left), "".join(text for _, text in right)) == (old, new)
    same = ["".join(text for alone, text in side if not alone) for side in (left, right)]
    assert same[0] == same[1]


def test_a_long_change_is_shown_whole():
    left, right = differences("a b " * 3000, "c d " * 3000)
    assert [len(side) for side in (left, right)] == [2, 2]  # what changed, and the last space


def test_an_author_takes_a_reply_back_and_brings_it_back(app, make, sign_in, client):
    topic = make.topic()
    writer = make.member()
    post = make.reply(topic, "hasty words", author=writer, reply_to=1)
    author, path = sign_in(writer), f"/en/posts/{post.id}/deletion"
    assert f'action="{path}"' in author.get(f"/en/posts/{post.id}/menu").text
    for _ in range(2):
        assert author.form(path, method="PUT").status_code == 303
    page = author.get(f"/en/topics/{topic.id}").text
    assert "hasty words" not in page
    assert "The author has taken this post back." in page
    shown = client.get(f"/api/v1/posts/{post.id}").json
    assert (shown["deleted"], shown["hidden"], shown["words"], shown["html"]) == (True, False, "", "")
    assert client.get(f"/api/v1/topics/{topic.id}").json["posts"] == 1
    assert client.get(f"/api/v1/posts/{topic.post.id}").json["answers"] == 0
    assert author.get(f"/en/posts/{post.id}/history").status_code == 404
    assert patch(author, post).status_code == 403
    with app.app_context():
        assert db.session.scalars(select(AuditEntry.action)).all().count("post deleted") == 1
    for _ in range(2):
        assert author.form(path, method="DELETE").status_code == 303
    assert "hasty words" in author.get(f"/en/topics/{topic.id}").text
    assert client.get(f"/api/v1/topics/{topic.id}").json["posts"] == 2


def test_what_a_moderator_hid_its_author_does_not_bring_back(make, sign_in):
    topic, writer = make.topic(), make.member()
    post = make.reply(topic, author=writer)
    make.hide(post)
    assert sign_in(writer).json("DELETE", f"/api/v1/posts/{post.id}/deletion").status_code == 403
    assert sign_in(writer).json("DELETE", f"/api/v1/posts/{post.id}").status_code == 403


def test_a_moderator_brings_back_what_its_author_took_back(make, sign_in):
    topic, writer = make.topic(), make.member()
    post = make.reply(topic, author=writer)
    assert sign_in(writer).json("DELETE", f"/api/v1/posts/{post.id}").status_code == 204
    moderator = sign_in(make.member(roles=["moderator"]))
    assert "Bring the post back" in moderator.get(f"/en/posts/{post.id}/menu").text
    assert moderator.json("DELETE", f"/api/v1/posts/{post.id}/deletion").status_code == 204


def test_the_first_post_and_posts_of_a_closed_topic_stay(make, sign_in):
    topic = make.topic()
    post = make.reply(topic)
    author = sign_in(topic.author)
    assert author.json("DELETE", f"/api/v1/posts/{topic.post.id}").status_code == 422
    make.close(topic)
    assert author.json("DELETE", f"/api/v1/posts/{post.id}").status_code == 403


def test_after_sixty_days_only_moderators_change_a_post(app, make, sign_in):
    topic = make.topic()
    with make.writing():
        db.session.get_one(Post, topic.post.id).created_at = clock.now() - timedelta(days=61)
    assert patch(sign_in(topic.author), topic.post).status_code == 403
    assert patch(sign_in(make.member(roles=["moderator"])), topic.post).status_code == 200
