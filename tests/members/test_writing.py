"""Letters from member to member: by e-mail, without an address, in two languages, and nobody else's to read."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from forum.core import clock
from forum.core.audit import AuditEntry
from forum.core.db import db, transaction
from forum.core.mail import Letter, LetterState, forget_letters, post_letters

ATTACK = "<script>alert(1)</script>"
ASK = {"subject": "Your survey", "words": "May I see it?\nThank you."}


@pytest.fixture
def sending(make_app, post_office):
    """An application that sends."""
    return make_app(smtp_url=post_office.url)


@pytest.fixture
def rana(make):
    """Who is written to, in Arabic."""
    return make.member("رنا الحوراني", name_language="ar", language="ar", reads=["ar", "en"], email="rana@example.org")


@pytest.fixture
def claire(make):
    """Who writes."""
    town = make.municipality(names={"ar": "مرسيليا", "en": "Marseille", "fr": "Marseille", "tr": "Marsilya"})
    return make.member("Claire", municipality=town, email="claire@example.org")


def post(app):
    """One round."""
    with app.app_context():
        post_letters()


def letters(app):
    """Those from members."""
    with app.app_context():
        return list(db.session.scalars(select(Letter).where(Letter.kind == "personal").order_by(Letter.id)))


def test_a_letter_is_read_in_the_recipients_language_and_answered(sending, sign_in, rana, claire, post_office):
    client = sign_in(claire, app=sending)
    page = client.get(f"/en/members/{rana.id}").text
    assert f'href="/en/members/{rana.id}/letter"' in page
    form = client.get(f"/en/members/{rana.id}/letter").text
    assert '<span lang="ar" dir="rtl">رنا الحوراني</span>' in form and "العربية" in form
    done = client.form(f"/en/members/{rana.id}/letters", ASK)
    assert (done.status_code, done.location) == (303, f"/en/members/{rana.id}")
    post(sending)
    got = post_office.to(rana.email)
    assert got.subject == "Claire: Your survey" and got.message["Content-Language"] == "ar"
    assert '<html lang="ar" dir="rtl">' in got.html and '<blockquote lang="en" dir="ltr"' in got.html
    assert "مرسيليا" in got.text and "> May I see it?\r\n> Thank you." in got.text
    assert claire.email.encode() not in got.raw and b"claire@" not in got.raw
    assert got.path == f"/ar/members/{claire.id}/letter"

    back = sign_in(rana, app=sending)
    assert "Claire" in back.get(got.path).text
    back.form(f"/ar/members/{claire.id}/letters", {"subject": "المسح", "words": "بكل سرور، سأرسله غدًا."})
    post(sending)
    answer = post_office.to(claire.email)
    assert answer.subject == "رنا الحوراني: المسح" and '<html lang="en" dir="ltr">' in answer.html
    assert '<blockquote lang="ar" dir="rtl"' in answer.html
    assert rana.email.encode() not in answer.raw
    assert answer.path == f"/en/members/{rana.id}/letter"


def test_no_copy_is_kept_once_it_is_sent_or_dead(sending, make, sign_in, rana, claire, post_office):
    gone = make.member("Gone")
    post_office.answers[gone.email] = "550 no such user"
    client = sign_in(claire, app=sending)
    for to in (rana, gone):
        client.form(f"/en/members/{to.id}/letters", ASK)
    post(sending)
    sent, dead = letters(sending)
    assert (sent.state, dead.state) == (LetterState.SENT, LetterState.DEAD)
    for one in (sent, dead):
        assert one.subject + one.text + one.html == ""
    with sending.app_context():
        row = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "letter written")).first()
        assert (row.actor_id, row.subject_id, row.details) == (claire.id, rana.id, {})
    staff = sign_in(make.member(roles=["manager"]), app=sending)
    assert "A letter from a member" in staff.get("/en/letters").text


@pytest.mark.parametrize("who", ["sender", "recipient"])
def test_a_letter_waits_while_one_of_the_two_is_suspended(sending, make, sign_in, rana, claire, post_office, who):
    manager = sign_in(make.manager(), app=sending)
    sign_in(claire, app=sending).form(f"/en/members/{rana.id}/letters", ASK)
    path = f"/api/v1/members/{(claire if who == 'sender' else rana).id}/suspension"
    assert manager.json("PUT", path, {"why": "Advertising."}).status_code == 200
    post(sending)
    assert "Claire: Your survey" not in [one.subject for one in post_office.letters]
    assert [one.state for one in letters(sending)] == [LetterState.WAITING]
    assert manager.json("DELETE", path).status_code == 204
    post(sending)
    post(sending)
    assert [one.subject for one in post_office.letters].count("Claire: Your survey") == 1


def test_a_letter_that_nobody_wants_any_more_waits_for_two_weeks_and_goes(sending, sign_in, rana, claire, post_office):
    sign_in(claire, app=sending).form(f"/en/members/{rana.id}/letters", ASK)
    assert sign_in(rana, app=sending).json("PATCH", "/api/v1/account/profile", {"letters": False}).status_code == 200
    post(sending)
    for days, left in ((13, 1), (15, 0)):
        with sending.app_context(), clock.at(clock.now() + timedelta(days=days)), transaction():
            forget_letters()
        assert len(letters(sending)) == left
    assert post_office.letters == []


@pytest.mark.parametrize("mode", ["test", "demo"])
def test_staff_sees_that_it_went_and_no_word_of_it(make_app, make, sign_in, rana, claire, mode):
    app = make_app(mode=mode)
    writer = sign_in(claire, app=app)
    writer.form(f"/en/members/{rana.id}/letters", ASK)
    [letter] = letters(app)
    for role in ("manager", "admin"):
        staff = sign_in(make.member(roles=[role]), app=app)
        for path in ("/en/letters", f"/en/letters/{letter.id}"):
            page = staff.get(path).text
            assert "A letter from a member" in page
            assert "survey" not in page and "May I see it" not in page and "Claire" not in page
        for path in ("/api/v1/letters", f"/api/v1/letters/{letter.id}"):
            said = staff.get(path).text
            assert "survey" not in said and "May I see it" not in said and "Claire" not in said
    mine = sign_in(rana, app=app).get(f"/en/letters/{letter.id}")
    assert (mine.status_code, "May I see it" in mine.text) == ((200, True) if mode == "demo" else (403, False))
    assert writer.get(f"/en/letters/{letter.id}").status_code == (404 if mode == "demo" else 403)
    assert app.test_client().get("/en/letters").status_code == 401


def test_in_a_demonstration_everybody_finds_their_own_letters(make_app, sign_in, rana, claire):
    app = make_app(mode="demo")
    said = sign_in(claire, app=app)
    said.form(f"/en/members/{rana.id}/letters", ASK)
    assert "finds your letter under Letters" in said.get("/en/").text
    mine = sign_in(rana, app=app).get("/en/letters").text
    assert "Claire: Your survey" in mine and "Applications" not in mine
    assert "Your survey" not in said.get("/en/letters").text


def test_the_api_says_the_same(app, make, sign_in, rana, claire, client):
    path = f"/api/v1/members/{rana.id}/letters"
    assert client.json("POST", path, ASK).status_code == 401
    writer = sign_in(claire)
    answer = writer.json("POST", path, ASK | {"language": "fr", "key": "k"})
    assert (answer.status_code, answer.json) == (202, {"state": "letter on its way"})
    assert writer.json("POST", path, ASK | {"language": "fr", "key": "k"}).status_code == 202
    [letter] = letters(app)
    assert '<blockquote lang="fr" dir="ltr"' in letter.html
    assert writer.json("POST", path, ASK | {"words": "Other words", "language": "fr", "key": "k"}).status_code == 409
    assert writer.json("POST", "/api/v1/members/999/letters", ASK).status_code == 404


def test_nobody_is_written_to_who_does_not_want_it(app, make, sign_in, rana, claire):
    off = {"letters": False}
    writer, closed = sign_in(claire), sign_in(rana)
    assert writer.get(f"/api/v1/members/{rana.id}").json["letters"] is True
    assert closed.json("PATCH", "/api/v1/account/profile", off).json["letters"] is False
    gone = make.member("Gone")
    make.suspend(gone)
    for to in (rana, gone, claire):
        assert "/letter" not in writer.get(f"/en/members/{to.id}").text.replace("/letters", "")
        for answer in (
            writer.get(f"/en/members/{to.id}/letter"),
            writer.form(f"/en/members/{to.id}/letters", ASK),
            writer.json("POST", f"/api/v1/members/{to.id}/letters", ASK),
        ):
            assert answer.status_code == 403
            assert "takes no letters" in answer.text
    other = make.member("Somebody")
    for answer in (
        closed.get(f"/en/members/{other.id}/letter"),  # who cannot be answered does not write
        closed.json("POST", f"/api/v1/members/{other.id}/letters?language=en", ASK),
    ):
        assert answer.status_code == 403 and "within reach of an answer" in answer.text
    assert letters(app) == []


def test_the_form_of_the_profile_switches_it_off(make, sign_in, rana):
    client = sign_in(rana)
    seen = dict.fromkeys(("email_shown_to", "phone_shown_to", "other_shown_to"), "nobody")
    assert 'name="letters" type="checkbox" value="y"' in client.get("/en/settings/profile").text
    client.form("/en/settings/profile", seen, "PUT")
    assert client.get("/api/v1/account/profile").json["letters"] is False
    client.form("/en/settings/profile", seen | {"letters": "y"}, "PUT")
    assert client.get("/api/v1/account/profile").json["letters"] is True


@pytest.mark.parametrize(
    "wrong",
    [
        {"subject": " "},
        {"subject": "x" * 121},
        {"words": " "},
        {"words": "x" * 3001},
        {"words": "\u2800"},
        {"language": "xx"},
        {"words": "nul \x00"},
        {"subject": "half \ud800"},
    ],
)
def test_what_cannot_be_sent_comes_back(app, sign_in, rana, claire, wrong):
    client = sign_in(claire)
    if "\ud800" not in "".join(wrong.values()):
        answer = client.form(f"/en/members/{rana.id}/letters", ASK | wrong)
        assert answer.status_code == 422 and "field-error" in answer.text
        assert ("May I see it?" in answer.text) == ("words" not in wrong)
    assert client.json("POST", f"/api/v1/members/{rana.id}/letters", ASK | wrong).status_code == 422
    assert letters(app) == []


def test_a_subject_makes_no_header_and_words_no_markup(sending, make, sign_in, rana, post_office):
    name = "Claire Bcc"
    client = sign_in(make.member(name), app=sending)
    said = {"subject": "Hello\r\nBcc: all@example.org\r\n\r\nX", "words": f"{ATTACK}\n.\nBcc: all@example.org"}
    assert client.json("POST", f"/api/v1/members/{rana.id}/letters", said).status_code == 202
    post(sending)
    [got] = post_office.letters
    assert got.subject == "Claire Bcc: Hello Bcc: all@example.org X"
    assert got.message["Bcc"] is None and got.message["To"] == rana.email
    assert ATTACK not in got.html and "&lt;script&gt;" in got.html
    assert "> .\r\n> Bcc: all@example.org" in got.text


def test_how_many_is_limited(make_app, make, sign_in, rana):
    app = make_app(rate_limits=True)
    with clock.at(clock.now() - timedelta(days=30)):
        member = make.member("Old")
    old = sign_in(member, app=app)
    for number in range(4):
        answer = old.form(f"/en/members/{rana.id}/letters", ASK | {"subject": f"Letter {number}"})
        assert answer.status_code == (303 if number < 3 else 429)
    assert "Letter 3" in answer.text and answer.headers["Retry-After"]
    new = sign_in(make.member("New"), app=app)
    others = [make.member() for _ in range(4)]
    statuses = [new.json("POST", f"/api/v1/members/{one.id}/letters", ASK).status_code for one in others]
    assert statuses == [202, 202, 202, 429]
    links = ASK | {"words": "See http://a.example http://b.example www.c.example"}
    third = sign_in(make.member("Third"), app=app)
    assert third.json("POST", f"/api/v1/members/{rana.id}/letters", links).status_code == 422
    assert len(letters(app)) == 6
