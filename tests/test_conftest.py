"""The harness itself: tests begin with empty tables, clients do not share who is signed in."""

import pytest
from sqlalchemy import func, select

from forum.core.db import db
from forum.members.models import Member
from forum.topics.models import Topic
from tests.counting import statements


@pytest.mark.parametrize("time", [1, 2])
def test_each_test_begins_with_empty_tables_and_the_first_ids(app, make, time):
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Topic)) == 0
    assert make.topic(replies=2).id == 1


def test_two_clients_and_a_guest_are_three_people(app, make, client, sign_in):
    topic = make.topic()
    one, other = make.member("One"), make.member("Other")
    clients = {"One": sign_in(one), "Other": sign_in(other)}
    for name, its in clients.items():
        answer = its.json("POST", f"/api/v1/topics/{topic.id}/posts", {"words": f"from {name}", "key": "k"})
        assert answer.json["author"]["name"] == name
    assert client.json("POST", f"/api/v1/topics/{topic.id}/posts", {"words": "x", "key": "k"}).status_code == 401
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Member)) == 3


def test_a_form_carries_token_and_origin(make, sign_in):
    topic = make.topic()
    answer = sign_in(topic.author).form(f"/en/topics/{topic.id}/posts", {"words": "by form", "key": "k"})
    assert answer.status_code == 303
    answer = sign_in(topic.author).form(f"/en/topics/{topic.id}/follow", {"level": "muted"}, method="PUT")
    assert answer.status_code == 303


def test_statements_are_counted(app, client, make):
    make.topic()
    with statements(app) as counted:
        client.get("/api/v1/topics")
    assert counted.number == 2, counted.said


def test_a_real_server_serves_what_was_made(make, server):
    topic = make.topic("By the real server")
    assert "By the real server" in server.get(f"/api/v1/topics/{topic.id}")[1]
