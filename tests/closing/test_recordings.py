"""Handing in the recording of an event: who may, what is taken, what a refusal leaves, and when others hear it."""

import io
import resource
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import select

from forum.accounts.actions.erasing import do_erasures
from forum.accounts.models import Erasure
from forum.closing.models import Recording
from forum.core import audit, clock, jobs
from forum.core.db import db, transaction
from forum.core.mail import post_letters
from forum.core.storage import current_storage
from forum.files import actions as files
from tests import samples
from tests.counting import statements
from tests.making import Member

MB = 1024 * 1024


@pytest.fixture
def workshop(make):
    """An event that is over."""
    return make.over("Plans for towns")


@pytest.fixture
def manager(make, sign_in):
    """Who closes events."""
    return sign_in(make.member("Mona", roles=["manager"]))


@pytest.fixture(autouse=True)
def empty_folder(app):
    """No bytes of the test before: tables are emptied for each, the folder is not."""
    with app.app_context():
        for path in current_storage().folder.glob("??/*"):
            path.unlink()


KINDS = [
    (samples.mp3(), "talk.MP3", ("mp3", False), "audio/mpeg"),
    (samples.LABELLED_MP3, "a.bin", ("mp3", False), "audio/mpeg"),
    (samples.mp4(), "film.mp4", ("mp4", True), "video/mp4"),
    (samples.mp4(track=b"soun"), "talk.mp4", ("m4a", False), "audio/mp4"),
    (samples.mp4(brand=b"M4A ", track=b"soun"), "talk.m4a", ("m4a", False), "audio/mp4"),
    (samples.WEBM, "film.webm", ("webm", True), "video/webm"),
    (samples.WEBM_SOUND, "film.webm", ("webm", False), "audio/webm"),
    (samples.OGG, "talk.opus", ("ogg", False), "audio/ogg"),
]


def test_a_recording_is_known_by_its_contents(manager, workshop, hand_in):
    for content, name, kind, mime in KINDS:
        answer = hand_in(manager, workshop, content, name)
        assert answer.status_code == 200, (name, answer.text)
        said = answer.json
        assert ((said["kind"], said["video"]), said["size"], said["published"]) == (kind, len(content), False)
        heard = manager.get(said["url"])
        assert (heard.mimetype, heard.data) == (mime, content)
        assert heard.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in heard.headers["Content-Security-Policy"]
        assert heard.headers["Content-Disposition"].startswith("attachment")
        assert manager.get(f"/api/v1/workshops/{workshop.id}/recording").json == said


HOSTILE = [
    (b"<!doctype html><script>alert(1)</script>", "talk.mp4"),
    (samples.SVG, "talk.mp3"),
    (samples.photo(400, 300), "talk.mp3"),
    (samples.DOCX, "talk.m4a"),
    (samples.mp4(brand=b"heic"), "photo.mp4"),
    (samples.mp4(brand=b"qt  "), "film.mov"),
    (b"\x1a\x45\xdf\xa3\x42\x82\x88matroska" + bytes(99), "film.webm"),
    (b"RIFF\x00\x00\x00\x00WAVEfmt ", "talk.wav"),
    (b"OggS\x00\x02" + bytes(20) + b"\x01\x2a" + b"\x80theora" + bytes(40), "film.ogg"),
    (b"\xff\xfe<\x00h\x00t\x00m\x00l\x00>\x00", "talk.mp3"),
    (samples.mp3(1), "one frame.mp3"),
    (b"\x00\x00\x00\x20ftyp", "short.mp4"),
    (b"OggS\x00", "short.ogg"),
    (b"ID3", "short.mp3"),
]


def test_what_is_no_recording_is_refused_by_page_and_api(manager, workshop, hand_in, hand_in_form, nothing_kept):
    for number, (content, name) in enumerate(HOSTILE):
        language = ("ar", "en")[number % 2]
        answer = hand_in(manager, workshop, content, name, language=language)
        assert answer.status_code == 415, name
        message = answer.json["error"]["fields"]["file"]
        assert any("\u0600" <= letter <= "\u06ff" for letter in message) == (language == "ar"), message
        page = hand_in_form(manager, workshop, content, name, language=language, said={"summary_ar": "ما قيل"})
        assert page.status_code == 415
        assert message in page.text and "ما قيل</textarea>" in page.text
        assert nothing_kept()


def test_a_film_with_a_page_inside_is_a_film_wherever_it_is_opened(manager, workshop, hand_in):
    page = b"<html><script>alert(1)</script>"
    said = hand_in(manager, workshop, samples.mp4(rest=page), "talk.html").json
    assert said["name"] == "talk.html.mp4"
    for headers in ({}, {"Range": "bytes=40-90"}, {"Accept": "text/html"}):
        heard = manager.get(said["url"], headers=headers)
        assert heard.mimetype == "video/mp4" and heard.headers["X-Content-Type-Options"] == "nosniff"
        assert heard.headers["Content-Disposition"].startswith("attachment")
        assert "sandbox" in heard.headers["Content-Security-Policy"]


def test_only_who_may_close_the_event_hands_one_in(app, make, client, sign_in, workshop, hand_in, hand_in_form):
    participant = make.member()
    with clock.at(clock.now() - timedelta(days=5)):
        make.registration(workshop, participant)
    outsider = make.member()
    for who in (None, make.member(), participant, outsider, make.member(roles=["moderator"])):
        reader = sign_in(who) if isinstance(who, Member) else client
        expected = 403 if who else 401
        for content in (samples.mp3(), samples.mp3() + bytes(3 * MB)):
            assert hand_in(reader, workshop, content).status_code == expected
            assert hand_in_form(reader, workshop, content).status_code in (expected, 413)
        for path in (f"/api/v1/workshops/{workshop.id}/recording", f"/en/workshops/{workshop.id}/recording"):
            assert reader.open(path, method="DELETE").status_code in (401, 403)
        assert reader.get(f"/api/v1/workshops/{workshop.id}/recording").status_code == 404
        assert reader.get(f"/en/workshops/{workshop.id}/recording").status_code == expected
    with app.app_context():
        assert db.session.scalars(select(Recording)).all() == []


def test_nothing_is_handed_in_before_the_event_is_over_nor_where_it_is_out_of_sight(
    make, manager, hand_in, hand_in_form
):
    coming = make.workshop()
    for send in (hand_in, hand_in_form):
        assert send(manager, coming).status_code == 409
    inside = make.member()
    hidden = make.over("Zaytouna", space=make.space("private", members=[inside]))
    for send in (hand_in, hand_in_form):
        answer = send(manager, hidden)
        assert answer.status_code == 404 and "Zaytouna" not in answer.text


def test_every_other_address_goes_on_refusing_it(make, sign_in, manager, workshop, app):
    for content in (samples.mp3(), samples.mp4(), samples.OGG, samples.WEBM):
        for reader in (sign_in(make.author()), manager):
            for name in ("talk.mp3", "talk.txt"):
                assert reader.post("/api/v1/files", **samples.multipart(content, name)).status_code == 415
    large = samples.multipart(samples.mp3() + bytes(12 * MB))
    for path in ("/api/v1/files", f"/en/workshops/{workshop.id}/materials"):
        assert manager.post(path, **large).status_code == 413
    assert manager.put(f"/api/v1/workshops/{workshop.id}/closing", **large).status_code == 415
    assert manager.get("/api/v1/files").json["items"] == []


def test_it_is_heard_with_the_record_and_not_before(make, client, sign_in, manager, workshop, hand_in):
    reader = sign_in(make.member())
    first = hand_in(manager, workshop, name="تسجيل الندوة.mp3").json
    page = f"/en/workshops/{workshop.id}"

    def heard(said) -> list[int]:
        return [one.get(said["url"]).status_code for one in (client, reader, manager)]

    assert heard(first) == [404, 404, 200]
    assert "<audio" not in reader.get(page).text
    assert "تسجيل الندوة.mp3" in manager.get(f"{page}/closing").text
    make.closed(workshop)
    assert heard(first) == [200, 200, 200]
    text = client.get(page).text
    assert f'<audio controls preload="none" src="{first["url"]}"' in text and "download>" in text
    assert "تسجيل الندوة.mp3" in text and "<video" not in text
    told = client.get(f"/api/v1/workshops/{workshop.id}/outcome").json
    assert told["recording_file"] == first | {"published": True}
    second = hand_in(manager, workshop, samples.mp4(), "film.mp4").json
    assert (heard(first), heard(second)) == ([200, 200, 200], [404, 404, 200])
    assert client.get(f"/api/v1/workshops/{workshop.id}/recording").json["id"] == first["id"]
    make.closed(workshop)
    assert (heard(first), heard(second)) == ([404, 404, 404], [200, 200, 200])
    assert f'<video controls playsinline preload="none" src="{second["url"]}"' in client.get(page).text
    assert manager.open(f"/api/v1{page[3:]}/closing/publication", method="DELETE").status_code == 204
    assert heard(second) == [404, 404, 200]
    make.closed(workshop)
    assert heard(second) == [200, 200, 200]
    editions = manager.get(f"/api/v1{page[3:]}/closing/editions").json["items"]
    make.closed(workshop)
    assert manager.get(f"/api/v1{page[3:]}/closing/editions").json["items"] == editions, "nothing new, no new edition"


def test_the_page_costs_one_statement_more_with_one(app, make, client, manager, workshop, hand_in):
    path, cost = f"/en/workshops/{workshop.id}", []
    for with_one in (False, True):
        if with_one:
            hand_in(manager, workshop)
        make.closed(workshop)
        client.get(path)
        with statements(app) as counted:
            client.get(path)
        cost.append(counted.number)
    assert cost[1] - cost[0] == 1


def test_link_and_file_may_both_be_there(make, client, manager, workshop, hand_in):
    hand_in(manager, workshop)
    make.closed(workshop, recording_link="https://example.org/film")
    text = client.get(f"/fr/workshops/{workshop.id}").text
    assert "https://example.org/film" in text and "<audio" in text


def test_in_a_private_space_its_readers_alone_hear_it_and_no_cache_keeps_it(make, client, sign_in, hand_in, app):
    inside, boss = make.member(), make.manager()
    space = make.space("private", members=[inside, boss])
    workshop = make.over("Zaytouna", space=space)
    url = hand_in(sign_in(boss), workshop).json["url"]
    make.closed(workshop, by=boss)
    reader = sign_in(inside)
    for headers in ({}, {"Range": "bytes=0-9"}):
        heard = reader.get(url, headers=headers)
        assert heard.headers["Cache-Control"] == "private, no-store"
        for other in (client, sign_in(make.member()), sign_in(make.member(roles=["admin"]))):
            assert other.get(url, headers=headers).status_code == 404
    make.remove_from_space(space, inside)
    assert reader.get(url).status_code == 404


def test_parts_of_it_are_given(make, client, manager, workshop, hand_in):
    content = bytes(range(256)) * 3000
    content = samples.LABELLED_MP3 + content
    url = hand_in(manager, workshop, content).json["url"]
    make.closed(workshop)
    whole = client.get(url)
    assert (whole.status_code, whole.data) == (200, content)
    assert whole.headers["Accept-Ranges"] == "bytes" and whole.headers["Cache-Control"] == "no-cache"
    tag, size = whole.headers["ETag"], len(content)
    for asked, start, stop in (
        ("bytes=0-", 0, size),
        ("bytes=5-9", 5, 10),
        ("bytes=300000-700000", 300_000, 700_001),
        ("bytes=-100", size - 100, size),
        (f"bytes={size - 1}-{size + 500}", size - 1, size),
    ):
        part = client.get(url, headers={"Range": asked})
        assert (part.status_code, part.data) == (206, content[start:stop]), asked
        assert part.headers["Content-Range"] == f"bytes {start}-{stop - 1}/{size}"
        assert part.content_length == stop - start
    for asked in (f"bytes={size}-", f"bytes={size + 5}-{size + 9}"):
        none = client.get(url, headers={"Range": asked})
        assert (none.status_code, none.headers["Content-Range"]) == (416, f"bytes */{size}")
    for asked in ("bytes=0-1,4-5", "lines=1-2", "bytes=x", "bytes=9-2", "bytes"):
        assert client.get(url, headers={"Range": asked}).status_code in (200, 416), asked
    assert client.get(url, headers={"Range": "bytes=0-1", "If-Range": tag}).status_code == 206
    for other in ('"another"', "Thu, 26 Nov 2026 10:00:00 GMT"):
        again = client.get(url, headers={"Range": "bytes=0-1", "If-Range": other})
        assert (again.status_code, again.data) == (200, content)
    kept = client.get(url, headers={"If-None-Match": tag})
    assert (kept.status_code, kept.data) == (304, b"")
    head = client.head(url)
    assert (head.status_code, head.content_length, head.data) == (200, size, b"")


def test_with_a_bucket_it_is_the_same(make_app, make, sign_in, workshop, hand_in, bucket, nothing_kept):
    app = make_app(files_url=bucket)
    manager = sign_in(make.manager(), app=app)
    content = samples.LABELLED_MP3 + bytes(range(256)) * 4096 * 12  # three parts
    url = hand_in(manager, workshop, content).json["url"]
    assert manager.get(url).data == content
    part = manager.get(url, headers={"Range": "bytes=6000000-6000099"})
    assert (part.status_code, part.data) == (206, content[6_000_000:6_000_100])
    away = sign_in(make.manager(), app=make_app(files_url="s3://key:secret@127.0.0.1:9/bucket?tls=off"))
    assert away.get(url).status_code == 503
    assert hand_in(away, workshop).status_code == 503
    assert manager.open(f"/api/v1/workshops/{workshop.id}/recording", method="DELETE").status_code == 204
    with app.app_context():
        key = db.session.scalars(select(Recording.key)).one()
        assert current_storage().part(key, 0, 5) == b"ID3\x04\x00"
        files.remove_stored()
        assert current_storage().part(key, 0, 5) is None
    assert nothing_kept(app)


def test_too_large_empty_or_none_is_said_and_what_was_typed_stays(
    make_app, make, sign_in, workshop, hand_in, hand_in_form, nothing_kept
):
    app = make_app(recording_mb=1)
    manager = sign_in(make.manager(), app=app)
    said = {"summary_en": "What we typed.", "attendance": "12"}
    for content, name, status, words in (
        (samples.mp3() + bytes(MB), "talk.mp3", 413, "at most 1 MB"),
        (samples.mp3() + bytes(3 * MB), "talk.mp3", 413, "at most 1 MB"),
        (b"", "talk.mp3", 422, "is empty"),
        (samples.mp3(), "", 422, "Choose a file first"),
    ):
        page = hand_in_form(manager, workshop, content, name, said=said)
        assert page.status_code == status, page.text
        assert words in page.text and "What we typed.</textarea>" in page.text and 'value="12"' in page.text
        answer = hand_in(manager, workshop, content, name)
        assert answer.status_code == status
        assert words in answer.json["error"]["fields"]["file"]
        assert nothing_kept(app)
    largest = samples.mp3() + bytes(MB - len(samples.mp3()))
    assert hand_in(manager, workshop, largest).status_code == 200
    long = hand_in_form(manager, workshop, said={"summary_en": "x" * 600_000})
    assert long.status_code in (403, 413)


def test_what_breaks_off_or_is_no_form_is_refused(manager, workshop, hand_in, hand_in_form, nothing_kept):
    whole = samples.multipart(samples.mp3(400))
    kind = whole["content_type"]
    path = f"/api/v1/workshops/{workshop.id}/recording"
    for data in (whole["data"][:20_000], whole["data"][:90], whole["data"][:-5], b"--x\r\nnonsense"):
        answer = manager.put(path, data=data, content_type=kind)
        assert answer.status_code == 400 and answer.json["error"]["code"] == "broken_off", data[:40]
    for length, status in (("20000", 400), ("900000000", 413)):
        lying = manager.put(path, data=whole["data"], content_type=kind, environ_overrides={"CONTENT_LENGTH": length})
        assert lying.status_code == status
    assert manager.put(path, data=whole["data"], content_type="multipart/form-data").status_code == 400
    assert manager.put(path, data=b"x", content_type="audio/mpeg").status_code == 415
    assert manager.json("PUT", path, {"file": "x"}).status_code == 422
    assert nothing_kept()


def test_a_foreign_page_sends_none(manager, workshop, hand_in, hand_in_form, nothing_kept):
    for origin in ("https://evil.example", None):
        for send in (hand_in, hand_in_form):
            assert send(manager, workshop, headers={"Origin": origin}).status_code == 403
    assert hand_in_form(manager, workshop, said={"csrf_token": "guessed"}).status_code == 403
    assert nothing_kept()


@contextmanager
def disk_of(size: int):
    """No file of this process grows beyond so many bytes; the system then says so, as it does of a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_is_said(manager, workshop, hand_in, hand_in_form, nothing_kept):
    large = samples.mp3() + bytes(40 * MB)
    with disk_of(24 * MB):
        answer = hand_in(manager, workshop, large)
        page = hand_in_form(manager, workshop, large, said={"summary_en": "What we typed."})
    assert (answer.status_code, page.status_code) == (507, 507)
    assert answer.json["error"]["code"] == "no_room" and "What we typed.</textarea>" in page.text
    assert nothing_kept()
    assert hand_in(manager, workshop, large).status_code == 200


def test_it_counts_for_the_site_and_for_no_member(make, sign_in, manager, workshop, hand_in, nothing_kept):
    assert manager.json("PATCH", "/api/v1/site", {"site_files_mb": 100, "member_files_mb": 10}).status_code == 200
    assert hand_in(manager, workshop, samples.mp3() + bytes(90 * MB)).status_code == 200
    assert manager.post("/api/v1/files", **samples.multipart(b"words " * 1000)).status_code == 201
    full = sign_in(make.author()).post("/api/v1/files", **samples.multipart(b"words " * 1_600_000))
    assert full.status_code == 201
    over = hand_in(manager, make.over("Another"), samples.mp3() + bytes(2 * MB))
    assert over.status_code == 422 and "no more room" in over.json["error"]["fields"]["file"]


def test_what_is_replaced_or_removed_goes_bytes_and_all(app, make, client, manager, workshop, hand_in):
    keys = []
    for name in ("one.mp3", "two.mp3"):
        assert hand_in(manager, workshop, name=name).status_code == 200
        with app.app_context():
            keys.append(db.session.scalars(select(Recording.key).order_by(Recording.id.desc())).first())
    make.closed(workshop)
    url = client.get(f"/api/v1/workshops/{workshop.id}/recording").json["url"]

    def stored() -> list[bool]:
        with app.app_context():
            with clock.at(clock.now() + timedelta(days=2)):
                files.remove_strays()
            files.remove_stored()
            return [current_storage().part(key, 0, 1) is not None for key in keys]

    assert stored() == [False, True]
    page = manager.form(f"/en/workshops/{workshop.id}/recording", {"summary_en": "Typed."}, method="DELETE")
    assert page.status_code == 200 and "Typed.</textarea>" in page.text and "gone, from the record too" in page.text
    assert client.get(url).status_code == 404
    assert "<audio" not in client.get(f"/en/workshops/{workshop.id}").text
    assert client.get(f"/api/v1/workshops/{workshop.id}/outcome").json["recording_file"] is None
    assert stored() == [False, False]
    assert manager.open(f"/api/v1/workshops/{workshop.id}/recording", method="DELETE").status_code == 204
    with app.app_context():
        noted = [one.action for one in db.session.scalars(select(audit.AuditEntry).order_by(audit.AuditEntry.id))]
    assert [one for one in noted if one.startswith("recording")] == ["recording handed in"] * 2 + ["recording removed"]


def test_half_a_file_that_a_crash_left_behind_goes(app):
    with app.app_context():
        folder = app.extensions["arrivals"]
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "left").write_bytes(b"half")
        files.remove_strays()
        assert (folder / "left").exists(), "it may be on its way"
        with clock.at(clock.now() + timedelta(days=2)):
            files.remove_strays()
        assert not (folder / "left").exists()


def test_a_file_that_was_only_chosen_is_not_lost_in_silence(make, manager, workshop):
    said = {"version": "0", "summary_en": "Typed.", "file": "talk.mp3"}
    page = manager.form(f"/en/workshops/{workshop.id}/closing", said, method="PUT")
    assert page.status_code == 422
    assert "not handed in yet" in page.text and "Typed.</textarea>" in page.text


def test_a_member_who_handed_one_in_and_is_erased_leaves_it(app, make, client, sign_in, workshop, hand_in):
    boss = make.member("Zaytouna", roles=["manager"])
    url = hand_in(sign_in(boss), workshop).json["url"]
    make.closed(workshop)
    with app.app_context():
        with transaction() as session:
            now = clock.now()
            session.add(Erasure(member_id=boss.id, asked_by_id=boss.id, asked_at=now, due_at=now))
        do_erasures()
    assert client.get(url).status_code == 200


def test_a_film_has_its_published_transcript_beside_it(make, client, sign_in, manager, workshop, hand_in):
    said = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Rana>Costs & <b>means</b>\n\n01:00:05.500 --> 01:00:09.000\n1 > 0\n"
    record = make.record(workshop, said, language="en")
    minutes = make.record(workshop, "What somebody wrote.", language="fr", kind="minutes", published=True)
    plain = make.record(workshop, "نصّ بلا أوقات", language="ar", published=True)
    hand_in(manager, workshop, samples.mp4(), "film.mp4")
    make.closed(workshop)
    page, path = f"/en/workshops/{workshop.id}", f"/api/v1/records/{record}/captions"
    for reader in (client, manager):
        assert "<track" not in reader.get(page).text
        assert reader.get(path).status_code == 404, "not published yet"
    assert manager.json("PUT", f"/api/v1/records/{record}/publication").status_code == 200
    text = client.get(page).text
    assert f'<track kind="captions" srclang="en" label="English" src="{path}" default>' in text
    captions = client.get(path)
    assert captions.mimetype == "text/vtt"
    assert captions.text == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:09.000\n<v Rana>Costs &amp; means\n\n"
        "01:00:05.500 --> 01:00:13.500\n1 &gt; 0\n"
    )
    for other in (minutes, plain):
        assert client.get(f"/api/v1/records/{other}/captions").status_code == 404


def test_the_letter_says_that_there_is_one(make, make_app, sign_in, post_office, workshop, hand_in):
    member = make.member(email="who@example.org", language="en")
    with clock.at(clock.now() - timedelta(days=5)):
        make.registration(workshop, member)
    office = make_app(smtp_url=post_office.url)
    manager = sign_in(make.manager(), app=office)
    hand_in(manager, workshop)
    outcomes = [{"id": id, "outcome": "met"} for id in make.objectives(workshop)]
    said = {"version": 0, "summary": {"en": "What came of it."}, "objectives": outcomes}
    assert manager.json("PUT", f"/api/v1/workshops/{workshop.id}/closing/publication", said).status_code == 200
    with office.app_context():
        jobs.work()
        post_letters()
    [letter] = post_office.letters
    assert "finds the recording there" in letter.text


def test_a_multipart_body_of_unknown_length_is_bounded_too(make_app, make, sign_in, workshop, nothing_kept):
    app = make_app(recording_mb=1)
    manager = sign_in(make.manager(), app=app)
    sent = samples.multipart(samples.mp3() + bytes(2 * MB))
    answer = manager.open(
        f"/api/v1/workshops/{workshop.id}/recording",
        method="PUT",
        input_stream=io.BytesIO(sent["data"]),
        content_type=sent["content_type"],
        environ_overrides={"wsgi.input_terminated": True},
    )
    assert answer.status_code == 413
    assert nothing_kept(app)
