"""What nobody wants goes by itself, bytes and all."""

from datetime import timedelta

from sqlalchemy import func, select

from forum.core import clock
from forum.core.db import db, transaction
from forum.core.storage import current_storage
from forum.files import actions
from forum.files.models import File, FileUse
from tests import samples


def sweep(app, days: float) -> None:
    with app.app_context(), clock.at(clock.now() + timedelta(days=days)):
        with transaction():
            actions.sweep_files()
        actions.remove_stored()


def ids(app) -> list[int]:
    with app.app_context():
        return list(db.session.scalars(select(File.id).order_by(File.id)))


def test_after_a_day_what_nothing_uses_is_gone_with_its_bytes(app, client, make, upload):
    for number in range(4):
        upload(client, samples.photo(), f"{number}.jpg")
    topic = make.topic(words="![A pump](/files/1)")
    make.edit(topic.post, "Other words.")
    answer = client.json("PUT", f"/api/v1/drafts/topic/{topic.id}", {"words": "Begun: ![](/files/2)"})
    assert answer.status_code == 204
    with app.app_context():
        key = db.session.get_one(File, 3).key
        assert current_storage().read(f"{key}.640")
    sweep(app, 0.9)
    assert ids(app) == [1, 2, 3, 4]
    sweep(app, 1.1)
    assert ids(app) == [1, 2]  # one is in a post's earlier text, one in a draft
    with app.app_context():
        assert current_storage().read(key) is None
        assert current_storage().read(f"{key}.640") is None
    client.open(f"/api/v1/drafts/topic/{topic.id}", method="DELETE")
    sweep(app, 1.1)
    assert ids(app) == [1]


def test_what_the_owner_deletes_is_gone_at_the_next_errand(app, client, make, upload):
    upload(client, b"words")
    topic = make.topic(words="[words](/files/1)")
    make.edit(topic.post, "Other words.")
    assert client.open("/api/v1/files/1", method="DELETE").status_code == 204
    assert client.get("/files/1").status_code == 404
    sweep(app, 0)
    assert ids(app) == []
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(FileUse)) == 0


def test_bytes_that_are_lost_are_not_there_and_break_nothing(app, client, upload):
    upload(client, b"words")
    with app.app_context():
        current_storage().remove(db.session.get_one(File, 1).key)
    assert client.get("/files/1").status_code == 404
    assert client.get("/en/files").status_code == 200
