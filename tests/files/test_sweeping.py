"""What nobody wants goes by itself, bytes and all."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from forum.core import clock
from forum.core.db import db, transaction
from forum.core.storage import current_storage, fresh_name
from forum.core.uploads import Sent
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


@pytest.fixture
def emptied(app):
    """The storage of this run's tests without what others have left in it."""
    empty(app)


def empty(app) -> None:
    with app.app_context():
        for names in current_storage().names(before=clock.now() + timedelta(days=1)):
            for name in names:
                current_storage().remove(name)


def stray(app, *names: str) -> None:
    """Bytes that an upload whose transaction failed has left behind."""
    with app.app_context():
        for name in names:
            current_storage().put(name, b"left")


def round_after(app, days: float) -> None:
    """The clock's round, so much later."""
    with app.app_context(), clock.at(clock.now() + timedelta(days=days)):
        actions.remove_strays()


@pytest.fixture(params=["disk", "s3"])
def kept_in(request, make_app):
    """The forum with its files in a folder, and in a bucket."""
    made = make_app(**({"files_url": request.getfixturevalue("bucket")} if request.param == "s3" else {}))
    empty(made)
    return made


def test_bytes_that_no_row_speaks_of_go_by_the_clock_and_no_others(kept_in, make, sign_in):
    client = sign_in(make.member(), app=kept_in)
    for number in range(2):
        said = client.post("/api/v1/files", **samples.multipart(samples.photo(), f"{number}.jpg")).json
        assert said["id"] == number + 1
    left = fresh_name()
    stray(kept_in, left, f"{left}.640")
    with kept_in.app_context():
        storage, kept = current_storage(), list(db.session.scalars(select(File.key)))
        round_after(kept_in, 0.9)
        assert storage.read(left) == b"left", "an upload may be under way"
        round_after(kept_in, 1.1)
        assert [storage.read(name) for name in (left, f"{left}.640")] == [None, None]
        assert all(storage.read(name) for key in kept for name in (key, f"{key}.640"))


def test_an_upload_that_fails_after_its_bytes_were_kept_leaves_nothing_for_good(app, client, upload, make, emptied):
    for number in range(2):
        upload(client, f"words {number}".encode())
    with app.app_context():
        reader = make.reader(make.member())
        with pytest.raises(ZeroDivisionError), transaction():
            key = actions.add_file(Sent("a.txt", b"lost"), owner=reader).key
            raise ZeroDivisionError
        assert current_storage().read(key) == b"lost"
        round_after(app, 1.1)
        assert current_storage().read(key) is None
    assert ids(app) == [1, 2]


def test_a_storage_of_another_database_is_left_alone(app, emptied, client, upload, caplog):
    upload(client, b"words")
    names = [fresh_name() for _ in range(2)]
    stray(app, *names)
    round_after(app, 1.1)
    with app.app_context():
        assert [current_storage().read(name) for name in names] == [b"left", b"left"]
    assert "nothing is removed" in caplog.text


def test_half_a_file_of_a_crash_goes_too(app, emptied, client, upload):
    upload(client, b"words")
    with app.app_context():
        key = db.session.get_one(File, 1).key
        half = current_storage()._path(key).with_name(f"{key}.1a2b3c4d.new")
    half.write_bytes(b"ha")
    round_after(app, 0.9)
    assert half.exists()
    round_after(app, 1.1)
    assert not half.exists()
