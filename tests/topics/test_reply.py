"""Replying: by page, by API; what is kept, numbered, counted, followed and told."""

import pytest
from sqlalchemy import select

from forum.core import clock
from forum.core.db import db
from forum.following.models import Follow, Level
from forum.notifications.models import Notice
from forum.topics.models import Post, PostState, ReadMark, Topic
from tests.making import moment


def test_a_reply_by_page_stands_on_the_page(make, sign_in, client):
    topic = make.topic()
    answer = sign_in(make.member("Karim Saleh")).form(
        f"/en/topics/{topic.id}/posts", {"words": "Into the **valley**.", "key": "k"}
    )
    assert answer.status_code == 303
    place = client.get(answer.headers["Location"])
    assert place.headers["Location"].endswith("#post-2")
    page = client.get(place.headers["Location"]).text
    assert "Into the <strong>valley</strong>." in page
    assert "Karim Saleh" in page


def test_a_reply_by_api_answers_the_whole_post(make, sign_in):
    town = make.municipality("Zarqa")
    topic, author = make.topic(), make.member("Karim Saleh", municipality=town)
    body = {"words": "*One* line", "language": "fr", "reply_to": 1, "key": "k"}
    answer = sign_in(author).json("POST", f"/api/v1/topics/{topic.id}/posts", body)
    assert answer.status_code == 201
    post = answer.json
    assert post | {"id": 0, "created_at": ""} == {
        "id": 0,
        "topic": topic.id,
        "number": 2,
        "author": {"id": author.id, "name": "Karim Saleh"},
        "municipality": town.id,
        "then": False,
        "language": "fr",
        "direction": "ltr",
        "hidden": False,
        "deleted": False,
        "accepted": False,
        "html": post["html"],
        "reply_to": 1,
        "version": 1,
        "change": 2,
        "reactions": {},
        "quotes": [],
        "links": [],
        "answers": 0,
        "created_at": "",
        "edited_at": None,
    }
    assert "<em>One</em> line" in post["html"]


def test_a_reply_counts_numbers_and_changes(app, make):
    topic = make.topic()
    for expected in (2, 3, 4):
        assert make.reply(topic).number == expected
    with app.app_context():
        row = db.session.get_one(Topic, topic.id)
        assert (row.last_number, row.last_position, row.post_count, row.change) == (4, 4, 4, 4)
        assert row.head_change == 1
        changes = db.session.scalars(select(Post.change).order_by(Post.number)).all()
        assert changes == [1, 2, 3, 4]


def test_who_replies_follows_unless_they_chose_otherwise(app, make):
    topic, writer, quiet = make.topic(), make.member(), make.member()
    make.follow(topic, quiet, "muted")
    make.reply(topic, author=writer)
    make.reply(topic, author=quiet)
    with app.app_context():
        levels = dict(db.session.execute(select(Follow.member_id, Follow.level)).all())
    assert levels == {topic.author.id: Level.ALL, writer.id: Level.ALL, quiet.id: Level.MUTED}


def test_ones_own_reply_is_read_when_everything_before_was(app, make):
    topic, other = make.topic(), make.member()
    make.reply(topic, author=topic.author)
    make.reply(topic, author=other)
    make.reply(topic, author=topic.author)
    with app.app_context():
        marks = dict(db.session.execute(select(ReadMark.member_id, ReadMark.number)).all())
    assert marks[topic.author.id] == 2
    assert other.id not in marks or marks[other.id] < 3


@pytest.mark.parametrize(
    ("words", "declared", "language", "direction"),
    [
        ("أين يذهب الماء في الوادي؟", None, "ar", "rtl"),
        ("Où va l'eau de la vallée pendant les grandes pluies ?", None, "fr", "ltr"),
        ("Su vadide nereye gidiyor, belediye ne yapabilir?", None, "tr", "ltr"),
        ("Where does the water go when it rains for a week?", None, "en", "ltr"),
        ("H2O", "ar", "ar", "rtl"),
    ],
)
def test_the_language_is_declared_or_detected(make, sign_in, words, declared, language, direction):
    topic = make.topic()
    body = {"words": words, "key": "k"} | ({"language": declared} if declared else {})
    post = sign_in(make.member()).json("POST", f"/api/v1/topics/{topic.id}/posts", body).json
    assert (post["language"], post["direction"]) == (language, direction)


def test_followers_are_told_once_for_many_replies_and_the_author_is_not(app, make, work):
    topic, follower, muted, mentions = make.topic(), make.member(), make.member(), make.member("Mona Khalil")
    work()
    make.follow(topic, follower)
    make.follow(topic, muted, "muted")
    make.follow(topic, mentions, "mentions")
    writer = make.member()
    make.reply(topic, "first", author=writer)
    make.reply(topic, "second", author=writer)
    make.reply(topic, "third, for @Mona Khalil", author=writer)
    work()
    with app.app_context():
        told = {row.member_id: (row.kind, row.count) for row in db.session.scalars(select(Notice))}
    assert told == {topic.author.id: ("reply", 3), follower.id: ("reply", 3), mentions.id: ("mention", 1)}


def test_who_may_not_read_the_space_is_not_told(app, make, work):
    inside, outside = make.member(), make.member()
    space = make.space("private", members=[inside])
    topic = make.topic(author=inside, space=space)
    work()
    make.follow(topic, outside)
    other = make.member(space=space)
    make.reply(topic, "for our eyes", author=other)
    work()
    with app.app_context():
        assert set(db.session.scalars(select(Notice.member_id))) == {inside.id}


def test_a_preview_is_shown_and_nothing_is_kept(app, make, sign_in):
    topic = make.topic()
    client = sign_in(topic.author)
    data = {"words": "a **bold** <script>alert(1)</script> preview", "key": "k", "preview": "1"}
    page = client.form(f"/en/topics/{topic.id}/posts", data)
    assert page.status_code == 200
    assert "<strong>bold</strong>" in page.text
    assert "<script>alert" not in page.text
    assert "a **bold**" in page.text
    shown = client.json("POST", "/api/v1/preview", {"words": "مرحبا **بكم**", "language": "ar"}).json
    assert shown["direction"] == "rtl"
    assert "<strong>بكم</strong>" in shown["html"]
    assert client.get(f"/api/v1/topics/{topic.id}").json["posts"] == 1


def test_a_reply_to_a_moved_or_missing_number_is_refused(make, sign_in):
    topic = make.topic()
    body = {"words": "x", "reply_to": 9, "key": "k"}
    answer = sign_in(topic.author).json("POST", f"/api/v1/topics/{topic.id}/posts", body)
    assert (answer.status_code, list(answer.json["error"]["fields"])) == (422, ["reply_to"])


def test_a_topic_that_closes_while_one_writes_keeps_the_words(make, sign_in):
    topic = make.topic()
    client = sign_in(make.member())
    make.close(topic)
    page = client.form(f"/en/topics/{topic.id}/posts", {"words": "my careful words", "key": "k"})
    assert page.status_code == 409
    assert "my careful words" in page.text
    data = client.json("POST", f"/api/v1/topics/{topic.id}/posts", {"words": "x", "key": "k"})
    assert (data.status_code, data.json["error"]["code"]) == (409, "conflict")


def test_markup_is_cleaned_once_and_kept_clean(app, make):
    topic = make.topic()
    post = make.reply(topic, "<svg onload=alert(1)> [x](javascript:alert(1)) ![i](http://a/b.png) <b>b</b>")
    with app.app_context():
        row = db.session.get_one(Post, post.id)
        assert row.words.startswith("<svg onload")
        assert "<svg" not in row.html
        assert 'href="javascript' not in row.html
        assert "<b>" not in row.html
        assert row.state == PostState.SHOWN


def test_moments_are_the_clocks(app, make):
    with clock.at(moment(2018, 3, 19, 7, 0)):
        topic = make.topic()
    with app.app_context():
        row = db.session.get_one(Topic, topic.id)
        assert row.created_at == row.last_post_at == moment(2018, 3, 19, 7, 0)


def test_the_reply_page_of_a_closed_topic_offers_no_form(make, sign_in):
    topic = make.topic()
    client = sign_in(topic.author)
    assert "<textarea" in client.get(f"/en/topics/{topic.id}/reply").text
    make.close(topic)
    page = client.get(f"/en/topics/{topic.id}/reply").text
    assert "<textarea" not in page
    assert "This topic is closed" in page
