"""A form sent twice is one thing done; other words with the same key are refused; twins of one moment too."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from forum.core.db import db
from forum.topics.models import Post, Topic


def posts_of(app, topic) -> int:
    """How many there are."""
    with app.app_context():
        return db.session.scalar(select(func.count()).where(Post.topic_id == topic.id))


def test_the_same_key_and_words_answer_the_same_post(app, make, sign_in):
    topic = make.topic()
    client = sign_in(topic.author)
    body = {"words": "once", "language": "en", "key": "key-1"}
    answers = [client.json("POST", f"/api/v1/topics/{topic.id}/posts", body) for _ in range(3)]
    assert {answer.status_code for answer in answers} == {201}
    assert len({(answer.json["id"], answer.json["number"]) for answer in answers}) == 1
    assert posts_of(app, topic) == 2
    assert client.get(f"/api/v1/topics/{topic.id}").json["change"] == 2


def test_the_same_form_twice_leads_to_the_same_post(app, make, sign_in):
    topic = make.topic()
    client = sign_in(topic.author)
    answers = [client.form(f"/en/topics/{topic.id}/posts", {"words": "once", "key": "key-1"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert posts_of(app, topic) == 2


def test_the_same_key_with_other_words_is_a_conflict(app, make, sign_in):
    topic, other = make.topic(), make.topic()
    client = sign_in(topic.author)
    path = f"/api/v1/topics/{topic.id}/posts"
    client.json("POST", path, {"words": "once", "key": "key-1"})
    for where, body in (
        (path, {"words": "twice", "key": "key-1"}),
        (path, {"words": "once", "language": "fr", "key": "key-1"}),
        (path, {"words": "once", "reply_to": 1, "key": "key-1"}),
        (f"/api/v1/topics/{other.id}/posts", {"words": "once", "key": "key-1"}),
    ):
        answer = client.json("POST", where, body)
        assert (answer.status_code, answer.json["error"]["code"]) == (409, "conflict")
    page = client.form(f"/en/topics/{topic.id}/posts", {"words": "my other words", "key": "key-1"})
    assert page.status_code == 409
    assert "my other words" in page.text
    assert posts_of(app, topic) + posts_of(app, other) == 3


def test_a_key_belongs_to_its_member(app, make, sign_in):
    topic = make.topic()
    for member in (topic.author, make.member()):
        answer = sign_in(member).json("POST", f"/api/v1/topics/{topic.id}/posts", {"words": "hello", "key": "same"})
        assert answer.status_code == 201
    assert posts_of(app, topic) == 3


def test_without_a_key_nothing_is_remembered(app, make, sign_in):
    topic = make.topic()
    client = sign_in(topic.author)
    numbers = {client.json("POST", f"/api/v1/topics/{topic.id}/posts", {"words": "hm"}).json["number"] for _ in "ab"}
    assert numbers == {2, 3}


def test_a_refused_form_does_not_use_its_key_up(app, make, sign_in):
    topic = make.topic()
    client = sign_in(topic.author)
    path = f"/api/v1/topics/{topic.id}/posts"
    assert client.json("POST", path, {"words": " ", "key": "key-1"}).status_code == 422
    assert client.json("POST", path, {"words": "now", "key": "key-1"}).status_code == 201


@pytest.mark.parametrize("key", ["k" * 65, {"a": 1}, ["k"], True, 1.5, "a\x00b", "\ud800"])
def test_an_odd_key_is_refused(app, make, sign_in, key):
    topic = make.topic()
    answer = sign_in(topic.author).json("POST", f"/api/v1/topics/{topic.id}/posts", {"words": "x", "key": key})
    assert answer.status_code == 422
    assert "key" in answer.json["error"]["fields"]
    assert posts_of(app, topic) == 1


def test_a_topic_started_twice_is_one_topic(app, make, sign_in):
    workshop = make.workshop()
    client = sign_in(make.member())
    body = {"title": "Twice", "words": "the same", "language": "en", "key": "key-1"}
    answers = [client.json("POST", f"/api/v1/workshops/{workshop.id}/topics", body) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json["id"] == answers[1].json["id"]
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Topic)) == 1


def test_twins_of_one_moment_are_one_post(app, make, sign_in):
    topic = make.topic()
    client = sign_in(topic.author)
    cookie = client.get_cookie("session", domain="127.0.0.1").value

    def send(_number: int):
        twin = app.test_client()
        twin.set_cookie("session", cookie, domain="127.0.0.1")
        return twin.json("POST", f"/api/v1/topics/{topic.id}/posts", {"words": "at once", "key": "key-1"})

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(send, range(6)))
    assert {answer.status_code for answer in answers} == {201}
    assert {answer.json["number"] for answer in answers} == {2}
    assert posts_of(app, topic) == 2


def test_many_writers_of_one_topic_get_numbers_without_gap(app, make, sign_in):
    topic = make.topic()
    cookies = [sign_in(make.member()).get_cookie("session", domain="127.0.0.1").value for _ in range(4)]

    def send(number: int):
        client = app.test_client()
        client.set_cookie("session", cookies[number % 4], domain="127.0.0.1")
        return client.json(
            "POST", f"/api/v1/topics/{topic.id}/posts", {"words": f"number {number}", "key": f"{number}"}
        )

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(send, range(24)))
    assert sorted(answer.json["number"] for answer in answers) == list(range(2, 26))
    seen = app.test_client().get(f"/api/v1/topics/{topic.id}").json
    assert (seen["last_number"], seen["posts"], seen["change"]) == (25, 25, 25)
