"""What a member has uploaded: whole in their copy, and after an erasure only where others see it."""

from zipfile import ZipFile

from sqlalchemy import select

from forum.accounts.actions import exporting
from forum.accounts.models import Export
from forum.core.db import db
from forum.core.personal.packing import path_of
from forum.files.models import File
from tests import samples
from tests.accounts.test_erasing import erase
from tests.making import PASSWORD


def send_file(client, content, name):
    """Upload it through the API; what was answered."""
    return client.post("/api/v1/files", **samples.multipart(content, name)).json


def test_uploads_are_in_the_copy_and_go_with_the_account_unless_a_post_shows_them(app, make, sign_in):
    member, other = make.member("Rana"), make.member("Somebody else")
    client, topic = sign_in(member), make.topic()
    shown = send_file(client, samples.photo(), "well.jpg")
    alone = send_file(client, samples.DOCX, "plan.docx")
    foreign = send_file(sign_in(other), samples.DOCX, "theirs.docx")
    words = f"![The well](/files/{shown['id']})"
    assert client.json("POST", f"/api/v1/topics/{topic.id}/posts", {"words": words}).status_code == 201
    client.json("POST", "/api/v1/exports", {"current": PASSWORD})
    with app.app_context():
        exporting.make_exports()
        with ZipFile(path_of(db.session.scalar(select(Export.file)))) as packed:
            uploads = {name: packed.read(name) for name in packed.namelist() if name.startswith("uploads/")}
            assert "uploads.json" in packed.namelist()
    assert set(uploads) == {f"uploads/{shown['id']}-well.jpg", f"uploads/{alone['id']}-plan.docx"}
    assert uploads[f"uploads/{alone['id']}-plan.docx"] == samples.DOCX
    erase(app, member.id)
    guest = app.test_client()
    assert guest.get(f"/files/{shown['id']}").status_code == 200
    with app.app_context():
        gone = {id for id, removed in db.session.execute(select(File.id, File.removed_at)) if removed}
    assert gone == {alone["id"]} and foreign["id"] not in gone
