"""Crashes and stops of a real server: what was answered is there, what waits is done, the port is free again."""

import threading
import urllib.error

from sqlalchemy import func, select

from forum.core.db import db
from forum.core.events import OutboxRow
from forum.topics.models import Post, Topic
from tests.live.people import Person
from tests.serving import Server


def test_after_kill_9_every_answered_reply_is_there_once_and_whole(app, make, serve, person):
    server = serve()
    topic = make.topic()
    answered: list[dict] = []

    def write(number: int) -> None:
        writer = people[number]
        for count in range(200):
            try:
                answered.append(writer.reply(topic, f"writer {number}, reply {count}", key=f"{number}-{count}"))
            except (urllib.error.URLError, OSError, ValueError, AssertionError):
                return

    people = [person(make.member(), on=server) for _ in range(3)]
    threads = [threading.Thread(target=write, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    while len(answered) < 15:
        threads[0].join(0.02)
    server.kill()
    for thread in threads:
        thread.join()
    with app.app_context():
        posts = {post.id: post for post in db.session.scalars(select(Post).where(Post.topic_id == topic.id))}
        row = db.session.get_one(Topic, topic.id)
        facts = {payload.get("post_id") for payload in db.session.scalars(select(OutboxRow.payload))}
        assert len(answered) >= 15
        assert {one["id"] for one in answered} <= set(posts)
        assert len({one["number"] for one in answered}) == len(answered)
        assert sorted(post.number for post in posts.values()) == list(range(1, len(posts) + 1))
        assert (row.last_number, row.post_count, row.change) == (len(posts), len(posts), len(posts))
        assert set(posts) <= facts
        assert all(post.html for post in posts.values())
    server.start()
    again = person(topic.author, on=server)
    assert again.reply(topic, "after the crash")["number"] == len(posts) + 1
    with app.app_context():
        assert db.session.scalar(select(func.count()).where(Post.topic_id == topic.id)) == len(posts) + 1


def test_a_stop_ends_quietly_and_the_server_comes_back_with_everybody_signed_in(make, serve, person):
    server = serve()
    topic = make.topic()
    who = person(topic.author, on=server)
    who.reply(topic, "before")
    process = server.process
    server.stop()
    assert process.returncode == 0
    assert "Traceback" not in server.log
    server.start()
    assert who.reply(topic, "afterwards")["number"] == 3


def test_with_redis_gone_reading_and_writing_go_on(make, serve):
    alone = serve(REDIS_URL="redis://127.0.0.1:1/0")
    topic = make.topic("Still here")
    who = Person(alone, topic.author)
    assert who.reply(topic, "without Redis")["number"] == 2
    assert "without Redis" in alone.get(f"/en/topics/{topic.id}/posts?since=1")[1]


def test_a_port_that_is_taken_is_told_to_the_operator(server, tmp_path):
    second = Server({**server.environment, "DATA_FOLDER": str(tmp_path)}, port=server.port)
    second.begin()
    assert second.process.wait(timeout=60) != 0
    assert f"Port {server.port} is not free" in second.log
