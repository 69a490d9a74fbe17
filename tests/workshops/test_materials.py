"""Materials: files and links, each in its language; whoever sees the event sees them, and nobody else."""

import re

import pytest
from sqlalchemy import select

from forum.core.db import db
from forum.core.personal import Who, erase_everywhere
from forum.files.models import File
from forum.workshops.models import Material
from tests import samples
from tests.counting import statements

LINK = {"title": "الخطة (C4D)", "language": "ar", "link": "https://example.org/plan"}


def test_a_link_and_a_file_stand_on_the_page_each_in_its_language(app, make, sign_in, client):
    workshop, manager = make.workshop(), sign_in(make.manager())
    page = f"/en/workshops/{workshop.id}"
    assert manager.form(f"{page}/materials", LINK).status_code == 303
    token = manager.token()
    fields = {"title": "Slides", "language": "en", "csrf_token": token}
    sent = manager.post(f"{page}/materials", **samples.multipart(samples.picture(), "slides.png", **fields))
    assert sent.status_code == 303, sent.text
    shown = client.get(page).text
    assert '<a href="https://example.org/plan" hreflang="ar"' in shown
    assert '<span lang="ar" dir="rtl">الخطة (C4D)</span>' in shown
    file = re.search(r'href="(/files/\d+)" hreflang="en"', shown)[1]
    assert client.get(file).status_code == 200
    told = client.get(f"/api/v1/workshops/{workshop.id}").json["materials"]
    assert [(one["title"], one["language"], one["link"]) for one in told] == [
        ("الخطة (C4D)", "ar", "https://example.org/plan"),
        ("Slides", "en", None),
    ]
    gone = manager.form(f"{page}/materials/{told[1]['id']}", method="DELETE")
    assert gone.status_code == 303
    assert "Slides" not in client.get(page).text
    assert client.get(file).status_code == 404  # nothing else used it


def test_by_the_api_an_upload_of_ones_own(app, make, sign_in, client):
    workshop, manager, other = make.workshop(), sign_in(make.manager()), sign_in(make.member())
    path = f"/api/v1/workshops/{workshop.id}/materials"
    mine = manager.post("/api/v1/files", **samples.multipart(b"Words.", "words.txt")).json["id"]
    theirs = other.post("/api/v1/files", **samples.multipart(b"Words of others.", "others.txt")).json["id"]
    said = {"title": "Words", "language": "en"}
    assert manager.json("POST", path, said | {"file": theirs}).status_code == 422
    added = manager.json("POST", path, said | {"file": mine})
    assert (added.status_code, added.json["materials"][0]["file"]) == (201, mine)
    assert client.get(f"/files/{mine}").data == b"Words."
    assert manager.json("DELETE", f"{path}/{added.json['materials'][0]['id']}").json["materials"] == []


def test_a_file_of_a_private_event_is_its_members(app, make, sign_in, client):
    space = make.space("private")
    inside = make.member(roles=["manager"], space=space)
    workshop, manager = make.workshop(space=space), sign_in(inside)
    file = manager.post("/api/v1/files", **samples.multipart(b"Among us.", "us.txt")).json["id"]
    said = {"title": "Us", "language": "en", "file": file}
    assert manager.json("POST", f"/api/v1/workshops/{workshop.id}/materials", said).status_code == 201
    reader = make.member(space=space)
    known = sign_in(reader)
    assert known.get(f"/files/{file}").status_code == 200
    assert {one.get(f"/files/{file}").status_code for one in (client, sign_in(make.manager()))} == {404}
    make.remove_from_space(space, reader)
    assert known.get(f"/files/{file}").status_code == 404


def test_what_stands_there_stays_when_its_manager_is_erased(make, sign_in, client):
    keeper = make.member(roles=["manager"])
    workshop, manager = make.workshop(), sign_in(keeper)
    file = manager.post("/api/v1/files", **samples.multipart(b"Words.", "words.txt")).json["id"]
    said = {"title": "Words", "language": "en", "file": file}
    assert manager.json("POST", f"/api/v1/workshops/{workshop.id}/materials", said).status_code == 201
    with make.writing():
        erase_everywhere(Who(keeper.id, keeper.email))
    assert client.get(f"/files/{file}").data == b"Words."


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"language": "de"}, "language"),
        ({"link": ""}, "link"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"link": "https://example.org/a b"}, "link"),
        ({"file": 1}, "link"),
    ],
)
def test_what_a_material_may_not_be(app, make, sign_in, sent, field):
    workshop, manager = make.workshop(), sign_in(make.manager())
    told = manager.json("POST", f"/api/v1/workshops/{workshop.id}/materials", LINK | sent)
    assert (told.status_code, list(told.json["error"]["fields"])) == (422, [field])
    if "file" not in sent:
        page = manager.form(f"/ar/workshops/{workshop.id}/materials", LINK | sent)
        assert page.status_code == 422 and "error-summary" in page.text
    with app.app_context():
        assert db.session.scalars(select(Material)).all() == []


def test_what_is_refused_leaves_no_upload(app, make, sign_in):
    workshop, manager = make.workshop(), sign_in(make.manager())
    fields = {"title": "", "language": "en", "csrf_token": manager.token()}
    sent = manager.post(f"/en/workshops/{workshop.id}/materials", **samples.multipart(b"Words.", "w.txt", **fields))
    assert sent.status_code == 422
    bad = samples.multipart(b"\x00\x01", "w.exe", **(fields | {"title": "A program"}))
    assert manager.post(f"/en/workshops/{workshop.id}/materials", **bad).status_code == 415
    with app.app_context():
        assert db.session.scalars(select(File)).all() == []


def test_only_managers_keep_them(app, make, sign_in, client):
    workshop = make.workshop()
    for reader in (client, sign_in(make.member()), sign_in(make.member(roles=["moderator"]))):
        assert reader.form(f"/en/workshops/{workshop.id}/materials", LINK).status_code in (401, 403)
        assert reader.json("POST", f"/api/v1/workshops/{workshop.id}/materials", LINK).status_code in (401, 403)


def test_the_page_costs_the_same_with_one_and_with_many(app, make, client):
    workshop, numbers = make.workshop(), set()
    for more in (1, 12):
        for _ in range(more):
            make.material(workshop)
        client.get(f"/en/workshops/{workshop.id}")
        with statements(app) as said:
            client.get(f"/en/workshops/{workshop.id}")
        numbers.add(said.number)
    assert len(numbers) == 1
