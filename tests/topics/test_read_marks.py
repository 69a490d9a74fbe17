"""Read marks: how far a member has read, where they go on, never back and never beyond."""

import pytest
from sqlalchemy import select

from forum.core.db import db
from forum.notifications.models import Notice
from forum.topics.models import ReadMark


def mark_of(app, member) -> int | None:
    """How far they have read."""
    with app.app_context():
        return db.session.scalar(select(ReadMark.number).where(ReadMark.member_id == member.id))


def read(client, topic, number, **more):
    """Send the form "read to here"."""
    return client.form(f"/en/topics/{topic.id}/read", {"number": number}, method="PUT", **more)


def test_read_to_here_without_script_leads_back(app, make, sign_in):
    topic, reader = make.topic(replies=24), make.member()
    answer = read(sign_in(reader), topic, 22)
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/en/topics/{topic.id}/posts/22"
    assert mark_of(app, reader) == 22


def test_the_script_is_answered_without_a_page(app, make, sign_in):
    topic, reader = make.topic(replies=3), make.member()
    client = sign_in(reader)
    answer = read(client, topic, 3, headers={"X-CSRF-Token": client.token()})
    assert (answer.status_code, answer.text) == (204, "")
    assert mark_of(app, reader) == 3


def test_a_mark_never_goes_back_and_never_beyond_the_last(app, make, sign_in):
    topic, reader = make.topic(replies=4), make.member()
    client = sign_in(reader)
    for number, expected in ((3, 3), (1, 3), (99, 5), (0, 5)):
        read(client, topic, number)
        assert mark_of(app, reader) == expected


@pytest.mark.parametrize("number", ["", "x", "1.5", "9" * 20, None])
def test_an_odd_number_is_refused(app, make, sign_in, number):
    topic, reader = make.topic(replies=2), make.member()
    data = {} if number is None else {"number": number}
    answer = sign_in(reader).form(f"/en/topics/{topic.id}/read", data, method="PUT")
    assert answer.status_code == 422
    assert mark_of(app, reader) is None


def test_one_goes_on_at_the_first_new_post(make, sign_in):
    topic, reader = make.topic(replies=30), make.member()
    client = sign_in(reader)
    read(client, topic, 24)
    answer = client.get(f"/en/topics/{topic.id}/continue")
    assert answer.headers["Location"] == f"/en/topics/{topic.id}/posts/25"
    place = client.get(answer.headers["Location"]).headers["Location"]
    assert place.endswith("?page=2#post-25")
    read(client, topic, 31)
    assert client.get(f"/en/topics/{topic.id}/continue").headers["Location"].endswith("/posts/31")


def test_lists_say_how_much_is_new(make, sign_in):
    topic, reader = make.topic(replies=5), make.member()
    client = sign_in(reader)
    read(client, topic, 4)
    item = client.get("/api/v1/topics").json["items"][0]
    assert (item["read_number"], item["last_number"]) == (4, 6)
    page = client.get("/en/topics").text
    assert f'href="/en/topics/{topic.id}/posts/5"' in page
    assert "2 new" in page


def test_reading_a_topic_takes_its_notices_along(app, make, sign_in, work):
    topic = make.topic()
    work()
    other = make.member()
    make.reply(topic, author=other)
    work()
    client = sign_in(topic.author)
    with app.app_context():
        assert db.session.scalars(select(Notice.read_at)).one() is None
    read(client, topic, 1)
    with app.app_context():
        assert db.session.scalars(select(Notice.read_at)).one() is None
    read(client, topic, 2)
    with app.app_context():
        assert db.session.scalars(select(Notice.read_at)).one() is not None


def test_a_hidden_post_does_not_stop_the_reader(make, sign_in):
    topic = make.topic()
    posts = make.replies(topic, 3)
    make.hide(posts[0])
    client = sign_in(make.member())
    read(client, topic, 2)
    assert client.get(f"/en/topics/{topic.id}/continue").headers["Location"].endswith("/posts/3")
