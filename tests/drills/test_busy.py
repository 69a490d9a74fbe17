"""Twenty writers for a minute: "database is locked" reaches nobody, and everything that was answered is there."""

import threading
import time
from collections.abc import Callable
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from forum.core.db import db
from forum.topics.models import Post, Topic
from tests.making import Making

WRITERS = 20
SECONDS = 60


def test_twenty_writers_for_a_minute_see_no_error(app: Flask, make: Making, person: Callable[..., Any]) -> None:
    topics = [make.topic() for _ in range(4)]
    writers = [person(make.member()) for _ in range(WRITERS)]
    until = time.monotonic() + SECONDS
    written: list[dict[str, Any]] = []
    wrong: list[object] = []

    def write(number: int) -> None:
        count = 0
        while time.monotonic() < until:
            count += 1
            topic = topics[count % len(topics)]
            try:
                written.append(writers[number].reply(topic, f"{number}, {count}", key=f"{number}-{count}"))
            except Exception as error:
                wrong.append(error)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(f"{len(written)} replies in {SECONDS} s")
    assert wrong == []
    with app.app_context():
        ids = [topic.id for topic in topics]
        count = select(func.count()).select_from(Post).where(Post.topic_id.in_(ids), Post.number > 1)
        assert db.session.scalar(count) == len(written) == len({one["id"] for one in written})
        for topic in db.session.scalars(select(Topic).where(Topic.id.in_(ids))):
            own = select(func.count()).select_from(Post).where(Post.topic_id == topic.id)
            assert db.session.scalar(own) == topic.post_count == topic.last_number == topic.change
