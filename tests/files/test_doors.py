"""A file is where what shows it is: for who may not see that, there is none."""

import re

import pytest

from tests import samples
from tests.counting import statements


def status(client, path: str) -> int:
    return client.get(path).status_code


def test_an_upload_is_its_owners_alone(app, client, sign_in, make, upload):
    path = upload(client, samples.photo(), "a.jpg").json["url"]
    for one in (path, f"{path}/640", f"/api/v1{path}"):
        assert status(client, one) == 200
        for other in (app.test_client(), sign_in(make.member()), sign_in(make.member(roles=["admin"]))):
            assert status(other, one) == 404


def test_a_file_in_a_public_post_is_everybodys_and_not_when_the_post_is_out_of_sight(app, client, make, upload):
    said = upload(client, b"words", "plan.txt").json
    topic = make.topic(replies=1)
    post = make.reply(topic, said["markdown"])
    guest = app.test_client()
    assert guest.get(said["url"]).data == b"words"
    make.hide(post)
    assert status(guest, said["url"]) == 404
    assert status(client, said["url"]) == 200
    make.show(post)
    assert status(guest, said["url"]) == 200
    assert client.open(f"/api/v1/posts/{post.id}", method="DELETE").status_code == 204
    assert status(guest, said["url"]) == 404


def test_a_file_taken_out_of_a_post_is_its_owners_again_and_may_come_back(app, client, make, upload):
    said = upload(client, b"words", "plan.txt").json
    topic = make.topic(words=f"Look: {said['markdown']}")
    guest = app.test_client()
    make.edit(topic.post, "Nothing any more.")
    assert status(guest, said["url"]) == 404
    assert status(client, said["url"]) == 200
    make.edit(
        topic.post, f"Here it is: {said['markdown']}", by=make.manager()
    )  # not the moderator's own, but the post's
    assert status(guest, said["url"]) == 200


@pytest.mark.parametrize("kind", ["private", "members"])
def test_a_file_of_a_closed_space_is_there_for_its_readers_only(app, client, sign_in, make, upload, member, kind):
    space = make.space(kind, members=[member])
    said = upload(client, samples.photo(), "a.jpg", description="A pump").json
    make.topic(words=said["markdown"], space=space)
    inside = make.member(space=space)
    reader = sign_in(inside)
    assert status(reader, said["url"]) == status(reader, f"{said['url']}/640") == 200
    assert status(app.test_client(), said["url"]) == 404
    if kind == "private":
        for other in (sign_in(make.member()), sign_in(make.member(roles=["moderator", "admin"]))):
            assert status(other, said["url"]) == status(other, f"{said['url']}/640") == 404
        make.remove_from_space(space, inside)
        assert status(reader, said["url"]) == 404


def test_what_is_hidden_and_what_is_absent_cost_and_answer_the_same(app, client, sign_in, make, upload):
    hidden, other = upload(client, b"words").json["url"], sign_in(make.member())
    told = []
    for path in (hidden, "/files/987654"):
        other.get(path)
        with statements(app) as counted:
            answer = other.get(path)
        body = re.sub(r'(value|data-csrf)="[^"]{60,}"', "", answer.text.replace(answer.headers["X-Request-Id"], ""))
        told.append((answer.status_code, body, counted.number))
    assert told[0] == told[1]


def test_somebody_elses_file_cannot_be_put_into_a_post(app, client, sign_in, make, upload, member):
    secret = upload(client, b"secret", "secret.txt").json
    thief = make.member()
    topic = make.topic()
    asked = sign_in(thief)
    for address in (secret["url"], "/files/987654"):
        for words in (f"[x]({address})", f"![x]({address})", f"> [x](/en{address})"):
            answer = asked.json("POST", f"/api/v1/topics/{topic.id}/posts", {"words": words})
            assert answer.status_code == 422, words
            assert address in answer.json["error"]["fields"]["words"]
            shown = asked.json("POST", "/api/v1/preview", {"words": words}).json["html"]
            assert "/files/" not in shown
    assert status(asked, secret["url"]) == 404
    make.topic(words=secret["markdown"], space=make.space("private", members=[member]))
    again = asked.json("POST", f"/api/v1/topics/{topic.id}/posts", {"words": f"[x]({secret['url']})"})
    assert again.status_code == 422


def test_a_quote_takes_the_picture_along_where_all_its_readers_may_see_it(app, client, sign_in, make, upload, member):
    said = upload(client, samples.picture(), "a.png", description="A pump").json
    topic = make.topic(words=said["markdown"])
    other = make.member()
    quote = sign_in(other).get(f"/api/v1/posts/{topic.post.id}/quote").json["words"]
    answer = make.reply(topic, quote + "I see.", author=other)
    assert f'src="{said["url"]}"' in app.test_client().get(f"/en/topics/{topic.id}").text
    assert answer.number == 2
    space = make.space("private", members=[member, other])
    hidden = upload(client, samples.picture(), "b.png", description="A well").json
    make.topic(words=hidden["markdown"], space=space)
    public = sign_in(other).json("POST", f"/api/v1/topics/{topic.id}/posts", {"words": hidden["markdown"]})
    assert public.status_code == 422
    within = make.topic(space=space)
    assert make.reply(within, hidden["markdown"], author=other).number == 2


# How it is served


def test_a_private_file_is_kept_by_nobody_and_a_public_one_asked_for_anew(app, client, make, upload):
    said = upload(client, samples.photo(), "a.jpg", description="A pump").json
    private = client.get(said["url"])
    assert private.headers["Cache-Control"] == "private, no-store"
    make.topic(words=said["markdown"])
    public = app.test_client().get(said["url"])
    assert public.headers["Cache-Control"] == "no-cache"
    assert "Cookie" in public.headers["Vary"]
    same = app.test_client().get(said["url"], headers={"If-None-Match": public.headers["ETag"]})
    assert (same.status_code, same.data) == (304, b"")
    assert public.headers["ETag"] != app.test_client().get(f"{said['url']}/640").headers["ETag"]


def test_nothing_in_it_runs_wherever_it_is_opened(client, upload):
    picture = client.get(upload(client, samples.photo(), "photo.jpg").json["url"])
    document = client.get(upload(client, samples.PDF, "خطة\u202efdp.pdf").json["url"])
    for answer in (picture, document):
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert picture.mimetype == "image/jpeg"
    assert picture.headers["Content-Disposition"].startswith("inline")
    assert document.mimetype == "application/pdf"
    shown = document.headers["Content-Disposition"]
    assert shown.startswith("attachment;") and "%28U+202E%29fdp.pdf" in shown and "\n" not in shown


def test_a_part_can_be_asked_for(client, upload):
    path = upload(client, b"0123456789").json["url"]
    part = client.get(path, headers={"Range": "bytes=2-4"})
    assert (part.status_code, part.data, part.headers["Content-Range"]) == (206, b"234", "bytes 2-4/10")
    for asked in ("bytes=90-", "bytes=5-2", "pages=1", "bytes=1-2,4-5", "bytes=-0"):
        assert client.get(path, headers={"Range": asked}).status_code in (200, 206, 416)
    assert client.head(path).headers["Content-Length"] == "10"


@pytest.mark.parametrize(
    "path", ["/files/0", "/files/01", "/files/٣", "/files/1/../../etc/passwd", "/files/9" + "9" * 30]
)
def test_an_odd_address_is_not_there(client, path):
    assert status(client, path) in (302, 404)


def test_only_widths_that_are_there_are_there(client, upload):
    path = upload(client, samples.photo(), "a.jpg").json["url"]
    assert [status(client, f"{path}/{width}") for width in (640, 641, 64)] == [200, 404, 404]
