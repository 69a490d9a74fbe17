"""A member's photo, wherever the initials would stand."""

import io

import pytest
from PIL import Image
from sqlalchemy import select

from forum.core.db import db
from forum.core.storage import current_storage
from forum.files import actions as files
from forum.files.models import File
from tests import samples


@pytest.fixture
def member(make):
    """Who has a face."""
    return make.member("Amal Haddad")


@pytest.fixture
def client(sign_in, member):
    """At a browser."""
    return sign_in(member)


def give(client, content: bytes, name: str = "me.jpg"):
    return client.post("/en/settings/photo", **samples.multipart(content, name, csrf_token=client.token()))


def test_it_is_a_square_and_says_nothing_of_the_camera(app, client):
    assert give(client, samples.photo()).status_code == 303
    guest = app.test_client()
    for path, side in (("/files/1", 480), ("/files/1/192", 192), ("/files/1/96", 96)):
        answer = guest.get(path)
        assert Image.open(io.BytesIO(answer.data)).size == (side, side)
        assert samples.CAMERA.encode() not in answer.data and b"Exif" not in answer.data
        assert answer.headers["Cache-Control"] == "public, max-age=3600"


def test_it_stands_at_once_wherever_the_initials_stood(app, client, sign_in, make, member):
    topic = make.topic(author=member)
    guest, other = app.test_client(), sign_in(make.member())
    places = [f"/en/topics/{topic.id}", f"/en/members/{member.id}", "/en/members"]
    for who in (guest, client, other):
        for path in places:
            assert "/files/" not in who.get(path).text
    guest.application.wsgi_app.kept.clear()  # guests' pages live a second
    give(client, samples.photo())
    for who in (guest, client, other):
        for path in places:
            assert 'src="/files/1/' in who.get(path).text, path
    assert 'src="/files/1/96"' in client.get("/en/").text.partition("</header>")[0]  # the reader's own menu
    give(client, samples.picture("PNG", (300, 200)))
    for path in places:
        page = other.get(path).text
        assert 'src="/files/2/' in page and "/files/1/" not in page


def test_the_one_before_and_the_one_taken_away_are_gone_with_their_bytes(app, client, sign_in):
    give(client, samples.photo())
    with app.app_context():
        key = db.session.get_one(File, 1).key
    answer = client.post("/api/v1/account/photo", **samples.multipart(samples.picture(), "b.png"))
    assert (answer.status_code, answer.json) == (201, {"photo": "/files/2/192"})
    assert [app.test_client().get(f"/files/{id}").status_code for id in (1, 2)] == [404, 200]
    with app.app_context():
        files.remove_stored()
        assert [current_storage().read(f"{key}{end}") for end in ("", ".96", ".192")] == [None] * 3
    assert client.form("/en/settings/photo", method="DELETE").status_code == 303
    assert client.open("/api/v1/account/photo", method="DELETE").status_code == 204
    assert app.test_client().get("/files/2").status_code == 404
    assert "/files/" not in client.get("/en/settings/photo").text.partition("<main")[2].partition("<form")[0]


@pytest.mark.parametrize(
    ("content", "name", "status"),
    [
        (samples.PDF, "a.png", 415),
        (samples.SVG, "a.png", 415),
        (b"", "a.png", 422),
        (samples.png_head(9999, 9999), "a.png", 413),
    ],
)
def test_what_is_no_photo_is_refused_and_the_old_one_stays(app, client, content, name, status):
    give(client, samples.photo())
    answer = give(client, content, name)
    assert answer.status_code == status
    assert 'role="alert"' in answer.text
    assert client.post("/api/v1/account/photo", **samples.multipart(content, name)).status_code == status
    with app.app_context():
        assert len(db.session.scalars(select(File.id)).all()) == 1


def test_guests_have_none(app):
    guest = app.test_client()
    assert guest.get("/en/settings/photo").status_code == 401
    assert guest.post("/api/v1/account/photo", **samples.multipart(samples.picture())).status_code == 401


def test_it_stands_in_every_list_that_shows_the_member(make, client, member, sign_in):
    topic, double = make.topic(), make.member("Amal Hadad")
    post, answered = make.reply(topic, author=member), make.reply(topic)
    make.edit(post, "Other words")
    make.react(answered, "agree", by=member)
    reader, manager = sign_in(make.member()), sign_in(make.manager())
    assert reader.json("PUT", f"/api/v1/posts/{post.id}/bookmark", {"note": "for later"}).status_code == 200
    lists = {
        "/en/bookmarks": reader,
        f"/en/posts/{post.id}/history": reader,
        f"/en/posts/{answered.id}/reactions": reader,
        f"/en/members/{double.id}/merging?name=Amal+Haddad": manager,
        f"/en/members/{double.id}/merging?other={member.id}": manager,
    }

    def main(path: str) -> str:
        return lists[path].get(path).text.partition("<main")[2]

    assert [path for path in lists if ">A\u200cH<" not in main(path)] == []
    give(client, samples.photo())
    assert [path for path in lists if 'src="/files/1/96"' not in main(path)] == []
    make.suspend(member)
    assert 'src="/files/1/96"' in manager.get("/en/suspensions").text
