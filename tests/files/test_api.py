"""`POST /api/v1/files`: what is answered, and every refusal."""

import io
import time

import pytest
from sqlalchemy import func, select

from forum.core.db import db
from forum.core.storage import current_storage
from forum.core.uploads import LARGEST_FILE
from forum.files.models import File
from tests import samples


def kept(app) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(File))


def test_a_picture_is_answered_with_what_a_post_needs(app, client, upload):
    answer = upload(client, samples.photo(), "IMG_0042.jpg", description="The [pump]\nin March")
    assert answer.status_code == 201
    said = answer.json
    assert said == {
        "id": said["id"],
        "name": "IMG_0042.jpg",
        "kind": "jpeg",
        "picture": True,
        "size": said["size"],
        "width": 1200,
        "height": 1600,
        "url": f"/files/{said['id']}",
        "small": f"/files/{said['id']}/640",
        "markdown": rf"![The \[pump\] in March](/files/{said['id']})",
    }
    with app.app_context():
        file = db.session.get_one(File, said["id"])
        names = [file.key, f"{file.key}.640"]
        assert len(file.key) == 32 and str(file.id) not in file.name
        for name in names:
            content = current_storage().read(name)
            assert samples.CAMERA.encode() not in content and b"Exif" not in content
        assert file.stored == sum(len(current_storage().read(name)) for name in names)


def test_a_document_is_answered_with_its_name(client, upload):
    said = upload(client, samples.DOCX, "تقرير.docx").json
    assert (said["kind"], said["picture"], said["width"]) == ("docx", False, None)
    assert said["markdown"] == f"[تقرير.docx](/files/{said['id']})"
    assert [one["id"] for one in client.get("/api/v1/files").json["items"]] == [said["id"]]


@pytest.mark.parametrize(
    ("content", "name", "status"),
    [
        (b"", "empty.txt", 422),
        (samples.SVG, "a.png", 415),
        (samples.folder({"a": b"b"}), "a.docx", 415),
        (samples.png_head(60_000, 60_000), "a.png", 413),
        (samples.animation(301, (2, 2)), "a.gif", 413),
        (samples.picture("JPEG")[:200], "a.jpg", 415),
        (b"x" * (LARGEST_FILE + 1), "a.txt", 413),
        (b"x" * (LARGEST_FILE + 2_000_000), "a.txt", 413),
    ],
)
@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_refusal_is_a_4xx_in_the_readers_language_and_keeps_nothing(
    app, client, upload, content, name, status, language
):
    began = time.monotonic()
    answer = upload(client, content, name, language=language)
    assert answer.status_code == status, answer.text
    message = answer.json["error"]["message"]
    assert any("؀" <= letter <= "ۿ" for letter in message) == (language == "ar"), message
    assert kept(app) == 0
    assert time.monotonic() - began < 3


def test_what_is_no_upload_is_refused(app, client, sign_in, member):
    body = {"file": "just text"}
    assert client.post("/api/v1/files", data=body, content_type="multipart/form-data").status_code == 422
    assert client.post("/api/v1/files", data={}, content_type="multipart/form-data").status_code == 422
    assert client.json("POST", "/api/v1/files", {"file": "x"}).status_code == 422
    broken = client.post("/api/v1/files", data=b"--x\r\nnonsense", content_type="multipart/form-data; boundary=x")
    assert broken.status_code == 422
    assert client.post("/api/v1/files", data=b"x", content_type="application/octet-stream").status_code == 415
    nul = {"file": (io.BytesIO(b"words"), "a.txt"), "description": "a\x00b"}
    assert client.post("/api/v1/files", data=nul).status_code == 422
    assert kept(app) == 0


def test_another_address_takes_neither_files_nor_large_bodies(client):
    sent = {"file": (io.BytesIO(b"words"), "a.txt")}
    assert client.post("/api/v1/preview", data=sent).status_code == 415
    assert client.post("/en/settings", **samples.multipart(b"x" * 2_000_000)).status_code == 413


def test_a_guest_and_a_foreign_page_may_not(app, client, upload):
    assert upload(app.test_client(), b"words").status_code == 401
    assert upload(app.test_client(), b"x" * 2_000_000).status_code == 401
    for origin in ("https://evil.example", None):
        answer = client.post("/api/v1/files", headers={"Origin": origin}, **samples.multipart(b"words"))
        assert answer.status_code == 403
    assert kept(app) == 0


def test_a_member_and_the_site_have_so_much_room(app, client, sign_in, make, upload):
    boss = sign_in(make.manager())
    assert boss.json("PATCH", "/api/v1/site", {"member_files_mb": 10}).status_code == 200
    assert upload(client, b"x" * (LARGEST_FILE - 1000)).status_code == 201
    over = upload(client, b"x" * 2000, language="fr")
    assert over.status_code == 422
    assert "10" in over.json["error"]["fields"]["file"]
    assert upload(sign_in(make.member()), b"x" * 2000).status_code == 201
    own = client.get("/api/v1/files").json["items"][0]["id"]
    assert client.open(f"/api/v1/files/{own}", method="DELETE").status_code == 204
    assert upload(client, b"x" * 2000).status_code == 201


def test_the_hour_holds_so_many(make_app, make, member, sign_in, upload):
    app = make_app(rate_limits=True)
    boss = sign_in(make.manager(), app=app)
    assert boss.json("PATCH", "/api/v1/site", {"files_per_hour": 2, "newcomer_days": 0}).status_code == 200
    client = sign_in(member, app=app)
    assert [upload(client, b"words").status_code for _ in range(3)] == [201, 201, 429]


def test_only_ones_own_can_be_deleted_and_only_while_nothing_shows_it(client, sign_in, make, upload):
    said = upload(client, b"words").json
    other = sign_in(make.member(roles=["admin"]))
    for who in (other, client.application.test_client()):
        assert who.open(f"/api/v1/files/{said['id']}", method="DELETE").status_code in (401, 404)
    make.topic(words=said["markdown"])
    assert client.open(f"/api/v1/files/{said['id']}", method="DELETE").status_code == 422
    assert client.get(f"/files/{said['id']}").status_code == 200
