"""Questions: an answer is accepted by the asker or a moderator, stands first, and can be taken back."""

import pytest
from sqlalchemy import select

from forum.core.audit import AuditEntry
from forum.core.db import db
from forum.topics.models import AcceptedAnswer, Topic
from tests.counting import statements


@pytest.fixture
def asked(make):
    """A question of one page and a half."""
    return make.topic("Who pays for the pump?", kind="question")


def accept(client, post, method: str = "PUT"):
    """Through the API."""
    return client.json(method, f"/api/v1/posts/{post.id}/acceptance")


def waiting(client) -> list[int]:
    """The ids in the list of what waits for an answer."""
    return [row["id"] for row in client.get("/api/v1/topics?show=unanswered").json["items"]]


def test_the_accepted_answer_stands_at_the_top_of_every_page(asked, make, sign_in, client):
    posts = make.replies(asked, 24)
    make.edit(posts[23], "The **governorate** pays.")
    answer = accept(sign_in(asked.author), posts[23])
    assert answer.status_code == 200
    assert (answer.json["kind"], answer.json["answered"]) == ("question", True)
    for page in ("", "?page=2"):
        head = client.get(f"/en/topics/{asked.id}{page}").text.partition("</header>\n<nav")[0]
        assert "Accepted answer" in head
        assert "The governorate pays." in head
        assert f'href="/en/posts/{posts[23].id}"' in head
    second = client.get(f"/en/topics/{asked.id}?page=2").text
    assert second.count("post-accepted") == 1
    assert "post-accepted" not in client.get(f"/en/topics/{asked.id}").text
    items = client.get(f"/api/v1/topics/{asked.id}/posts?page=2").json["items"]
    assert [item["number"] for item in items if item["accepted"]] == [25]


def test_another_answer_takes_its_place_and_both_posts_change(app, asked, make, sign_in, client):
    first, second = make.replies(asked, 2)
    asker = sign_in(asked.author)
    accept(asker, first)
    with app.app_context():
        before = db.session.get_one(Topic, asked.id).change
    accept(asker, second)
    changed = client.get(f"/api/v1/topics/{asked.id}/posts?since={before}").json
    assert changed["reload"] is True, "the head is another one"
    posts = client.get(f"/api/v1/topics/{asked.id}/posts").json["items"]
    assert [post["accepted"] for post in posts] == [False, False, True]
    page = client.get(f"/en/topics/{asked.id}").text
    assert page.count("post-accepted") == 1
    with app.app_context():
        assert [row.post_id for row in db.session.scalars(select(AcceptedAnswer))] == [second.id]


def test_accepting_twice_and_taking_back_twice_do_no_harm(app, asked, make, sign_in, client):
    post = make.reply(asked)
    asker = sign_in(asked.author)
    for _ in range(2):
        assert accept(asker, post).json["answered"] is True
    with app.app_context():
        change = db.session.get_one(Topic, asked.id).change
    accept(asker, post)
    with app.app_context():
        assert db.session.get_one(Topic, asked.id).change == change
    for _ in range(2):
        assert accept(asker, post, "DELETE").json["answered"] is False
    assert "Accepted answer" not in client.get(f"/en/topics/{asked.id}").text


def test_what_waits_for_an_answer(asked, make, sign_in, client):
    talked, silent = make.topic(replies=1), make.topic()
    post = make.reply(asked)
    assert set(waiting(client)) == {asked.id, silent.id}
    asker = sign_in(asked.author)
    accept(asker, post)
    assert set(waiting(client)) == {silent.id}
    accept(asker, post, "DELETE")
    assert set(waiting(client)) == {asked.id, silent.id}
    make.close(asked)
    assert set(waiting(client)) == {silent.id}
    assert talked.id not in waiting(client)


def test_a_moderator_may_decide_and_leaves_a_trace_others_may_not(app, asked, make, sign_in):
    post = make.reply(asked, author=make.member())
    for stranger in (make.member(), post.author):
        assert accept(sign_in(stranger), post).status_code == 403
    assert accept(sign_in(make.manager()), post).status_code == 200
    with app.app_context():
        said = db.session.scalars(select(AuditEntry.action).where(AuditEntry.action.like("answer%"))).all()
        assert said == ["answer accepted"]


def test_the_question_itself_a_hidden_post_and_a_discussion_have_no_answer(asked, make, sign_in):
    asker = sign_in(asked.author)
    assert accept(asker, asked.post).status_code == 422
    post = make.reply(asked)
    make.hide(post)
    assert accept(asker, post).status_code == 404
    talk = make.topic(author=asked.author)
    assert accept(asker, make.reply(talk)).status_code == 403


def test_an_answer_taken_out_of_sight_answers_no_more(asked, make, sign_in, client):
    post = make.reply(asked, "A secret of the trade.")
    make.accept(post, by=asked.author)
    make.hide(post)
    page = client.get(f"/en/topics/{asked.id}").text
    assert "Accepted answer" not in page
    assert "secret" not in page
    assert waiting(client) == [asked.id]
    assert client.get(f"/api/v1/topics/{asked.id}").json["answered"] is False


def test_it_answers_again_when_it_comes_back_unless_another_one_does(asked, make, sign_in, client):
    first, second = make.reply(asked, "The first way."), make.reply(asked, "The second way.")
    moderator = sign_in(make.member(roles=["moderator"]))
    asker = sign_in(asked.author)
    accept(asker, first)
    for method in ("PUT", "DELETE"):
        assert moderator.form(f"/en/posts/{first.id}/hiding", {"why": "A test."}, method=method).status_code == 303
    assert waiting(client) == [] and accepted(client, asked) == [first.number]
    moderator.form(f"/en/posts/{first.id}/hiding", {"why": "A test."}, method="PUT")
    accept(asker, second)
    moderator.form(f"/en/posts/{first.id}/hiding", method="DELETE")
    assert waiting(client) == [] and accepted(client, asked) == [second.number]


def accepted(client, topic) -> list[int]:
    """The numbers of the posts that answer."""
    posts = client.get(f"/api/v1/topics/{topic.id}/posts").json["items"]
    return [post["number"] for post in posts if post["accepted"]]


def test_who_takes_the_accepted_answer_back_leaves_the_question_open(asked, make, sign_in, client):
    post = make.reply(asked, author=make.member())
    make.accept(post, by=asked.author)
    author = sign_in(post.author)
    assert author.form(f"/en/posts/{post.id}/deletion", method="PUT").status_code == 303
    assert waiting(client) == [asked.id]
    assert accept(sign_in(asked.author), post).status_code == 404


def test_another_wording_of_the_answer_is_the_one_at_the_top(asked, make, sign_in):
    client, post = sign_in(make.member()), make.reply(asked, "First wording.")
    make.accept(post, by=asked.author)
    assert "First wording." in client.get(f"/en/topics/{asked.id}").text
    make.edit(post, "Second wording.")
    assert "First wording." not in client.get(f"/en/topics/{asked.id}").text


def test_without_a_script_it_is_done_on_the_posts_own_page(asked, make, sign_in):
    post = make.reply(asked)
    asker = sign_in(asked.author)
    path = f"/en/posts/{post.id}"
    assert "This is the answer" in asker.get(f"{path}/menu").text
    answer = asker.form(f"{path}/acceptance", method="PUT")
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith(path)
    assert "Not the answer after all" in asker.get(f"{path}/menu").text
    assert "It was accepted" not in sign_in(make.member()).get(f"{path}/menu").text


def test_a_topic_becomes_a_question_and_a_discussion_again(make, sign_in, client):
    topic = make.topic()
    post = make.reply(topic)
    author = sign_in(topic.author)
    path = f"/en/topics/{topic.id}"
    body = {"title": "A title", "tags": "", "labels": "1"}
    assert author.form(path, body | {"kind": "question"}, method="PUT").status_code == 303
    assert 'value="question" aria-describedby="kind-hint" checked' in author.get(f"{path}/edit").text
    accept(author, post)
    author.json("PATCH", f"/api/v1/topics/{topic.id}", {"title": "Another title"})
    assert client.get(f"/api/v1/topics/{topic.id}").json["answered"] is True, "what is left out stays"
    author.form(path, body, method="PUT")
    found = client.get(f"/api/v1/topics/{topic.id}").json
    assert (found["kind"], found["answered"]) == ("discussion", False)
    page = client.get(path).text
    assert "post-accepted" not in page
    assert "for-asker" not in page
    assert author.json("PATCH", f"/api/v1/topics/{topic.id}", {"kind": "riddle"}).status_code == 422


def test_one_starts_a_topic_as_a_question(make, sign_in, client):
    workshop = make.workshop()
    body = {"title": "Who knows?", "words": "Who knows it?", "kind": "question", "language": "en"}
    answer = sign_in(make.member()).form(f"/en/workshops/{workshop.id}/topics", body)
    assert answer.status_code == 303
    assert client.get("/api/v1/topics").json["items"][0]["kind"] == "question"
    assert "Question" in client.get("/en/topics").text


def test_the_answer_costs_no_statement_more(app, make, sign_in, asked):
    posts = make.replies(asked, 24)
    guest = app.test_client()
    with statements(app) as before:
        guest.get(f"/en/topics/{asked.id}")
    make.accept(posts[23], by=asked.author)
    with statements(app) as after:
        guest.get(f"/en/topics/{asked.id}?page=1")
    assert after.number == before.number


def test_in_arabic_no_word_is_english(asked, make, sign_in):
    post = make.reply(asked)
    make.accept(post, by=asked.author)
    page = sign_in(asked.author).get(f"/ar/topics/{asked.id}").text
    assert "الإجابة المعتمدة" in page
    assert "Accepted" not in page
