"""Where bytes lie: a folder, and a real server that speaks S3."""

import os
import stat

import pytest

from forum.core.errors import Unavailable
from forum.core.settings import SettingError, Settings
from forum.core.storage import S3, Disk, Storage, fresh_name
from tests import samples


@pytest.fixture(params=["disk", "s3"])
def storage(request: pytest.FixtureRequest, tmp_path) -> Storage:
    """Each of them."""
    return Disk(tmp_path / "files") if request.param == "disk" else S3(request.getfixturevalue("bucket"))


def test_what_is_put_is_read_until_it_is_removed(storage):
    one, other = fresh_name(), f"{fresh_name()}.640"
    for name, content in ((one, b"bytes"), (other, bytes(range(256)) * 4000)):
        storage.put(name, content)
        assert storage.read(name) == content
    storage.remove(one)
    storage.remove(one)
    assert storage.read(one) is None
    assert storage.read(other) is not None
    storage.remove(other)


@pytest.mark.parametrize("name", ["../secret_key", "a" * 31, f"{'a' * 32}/../x", f"{'a' * 32}.x", "", "A" * 32])
def test_no_other_name_leads_anywhere(storage, name):
    for act in (storage.read, storage.remove, lambda name: storage.put(name, b"x")):
        with pytest.raises(ValueError, match="no name"):
            act(name)


def test_on_disk_nobody_else_may_look_and_no_half_file_stays(tmp_path):
    disk, name = Disk(tmp_path / "files"), fresh_name()
    disk.put(name, b"bytes")
    path = tmp_path / "files" / name[:2] / name
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
    assert stat.S_IMODE(os.stat(path.parent).st_mode) == 0o700
    assert [one.name for one in path.parent.iterdir()] == [name]


def test_a_storage_that_is_away_or_full_is_said_to_be_away(tmp_path):
    (tmp_path / "file").write_text("no folder")
    for broken in (Disk(tmp_path / "file"), S3("s3://key:secret@127.0.0.1:9/bucket?tls=off")):
        with pytest.raises(Unavailable):
            broken.put(fresh_name(), b"bytes")
    with pytest.raises(Unavailable):
        S3("s3://key:secret@127.0.0.1:9/bucket?tls=off").read(fresh_name())


def test_a_bucket_is_open_to_who_knows_its_secret_only(bucket):
    with pytest.raises(Unavailable):
        S3(bucket.replace("key:secret", "key:guessed")).put(fresh_name(), b"bytes")


@pytest.mark.parametrize(
    "url", ["http://host/bucket", "s3://host/bucket", "s3://key:secret@host", "s3://key:secret@/b"]
)
def test_an_address_of_no_bucket_is_refused_at_start(tmp_path, url):
    with pytest.raises(SettingError, match="FILES_URL"):
        Settings.from_environment({"MODE": "test", "DATA_FOLDER": str(tmp_path), "FILES_URL": url})


def test_the_forum_keeps_its_files_in_the_bucket(make_app, make, sign_in, bucket):
    app = make_app(files_url=bucket)
    client = sign_in(make.author(), app=app)
    said = client.post("/api/v1/files", **samples.multipart(samples.photo(), "a.jpg")).json
    assert client.get(said["small"]).mimetype == "image/webp"
    assert client.get(said["url"], headers={"Range": "bytes=0-1"}).data == b"\xff\xd8"
    away = make_app(files_url="s3://key:secret@127.0.0.1:9/bucket?tls=off")
    other = sign_in(make.author(), app=away)
    answer = other.post("/api/v1/files", **samples.multipart(b"words"))
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert other.get("/en/files").status_code == 200
    assert other.get(said["url"]).status_code == 503
