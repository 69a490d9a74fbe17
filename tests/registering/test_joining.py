"""The way in: those whose place is confirmed are led on, everybody else is told how they stand and learns no link."""

from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import func, update

from forum.core import clock, jobs
from forum.core.db import db, transaction
from forum.core.mail import post_letters
from forum.registering.models import Registration
from forum.workshops.models import Workshop
from tests.making import moment

MARK = "mark-7351"
LINK = f"https://meet.example.org/{MARK}?pwd=1&x=%22"
GUEST = {"answer": "yes", "display_name": "ريم العلي", "email": "reem@example.org"}
ASKED = {"ar": "البريد الإلكتروني", "en": "E-mail address"}


@pytest.fixture
def sending(make_app, post_office):
    """An application that sends."""
    return make_app(smtp_url=post_office.url)


@pytest.fixture
def post(sending):
    """`post()`: do what waits and have the letters go."""

    def go() -> None:
        with sending.app_context():
            jobs.work()
            post_letters()

    return go


@pytest.fixture
def webinar(make):
    """With a joining link and one place."""
    found = make.workshop("Plans for towns")
    make.admission(found, capacity=1, link=LINK)
    return found


def change(app, workshop, **values) -> None:
    """As time or a manager does it."""
    with app.app_context(), transaction():
        db.session.execute(update(Workshop).where(Workshop.id == workshop.id).values(**values))


def test_the_confirmed_are_led_on(make, sign_in, webinar):
    member = make.member()
    make.registration(webinar, member)
    client, page = sign_in(member), f"/en/workshops/{webinar.id}"
    assert f'href="{page}/join"' in client.get(page).text and MARK not in client.get(page).text
    led = client.get(f"{page}/join")
    assert (led.status_code, led.location, led.headers["Cache-Control"]) == (302, LINK, "no-store")


@pytest.mark.parametrize(
    ("language", "said", "own"),
    [
        ("en", "This is the way in for those whose place is confirmed.", "You are on the waiting list."),
        ("ar", "هذا مدخل من تأكّد مقعده.", "أنت في قائمة الانتظار."),
    ],
)
def test_who_was_passed_the_address_is_told_how_they_stand(make, sign_in, client, webinar, language, said, own):
    make.registration(webinar, make.member())
    waits, stranger, moderator = make.member(), make.member(), make.member(roles=["moderator"])
    make.registration(webinar, waits)
    path = f"/{language}/workshops/{webinar.id}/join"
    for who in (client, sign_in(stranger), sign_in(moderator), sign_in(waits)):
        refused = who.get(path)
        assert (refused.status_code, refused.headers["Cache-Control"]) == (403, "no-store")
        assert said in refused.text and MARK not in refused.text
    assert own in refused.text
    for who in (client, sign_in(stranger)):
        assert f"/{language}/workshops/{webinar.id}/registration" in who.get(path).text
    assert f"/{language}/sign-in?next=/{language}/workshops/{webinar.id}/join" in unescape(client.get(path).text)


def test_what_is_hidden_has_no_way_in(make, sign_in, client):
    space = make.space("private")
    hidden = make.workshop(space=space)
    make.admission(hidden, link=LINK)
    for who in (client, sign_in(make.member())):
        assert [who.get(f"/en/workshops/{id}/join").status_code for id in (999_999, hidden.id)] == [404, 404]


def test_without_a_link_over_or_cancelled_the_page_says_so(app, make, sign_in):
    webinar, member = make.workshop(), make.member()
    make.registration(webinar, member)
    client, path = sign_in(member), f"/en/workshops/{webinar.id}/join"
    early = client.get(path)
    assert early.status_code == 200 and "The joining link will stand here" in early.text
    make.admission(webinar, link=LINK)
    change(app, webinar, cancelled_at=clock.now())
    assert "This event is cancelled." in client.get(path).text
    change(app, webinar, cancelled_at=None, starts_at=moment(2020, 1, 1, 9), ends_at=moment(2020, 1, 1, 10))
    over = client.get(path)
    assert "This event is over." in over.text and MARK not in over.text


def letter_to_member(make, sign_in, sending, post, post_office, webinar, language="en"):
    """A member who has a place, and the letter that says so."""
    member = make.member(email="who@example.org", language=language)
    sign_in(member, app=sending).json("PUT", f"/api/v1/workshops/{webinar.id}/registration", {"answer": "yes"})
    post()
    return member, post_office.to("who@example.org")


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_letter_lets_its_person_in_without_signing_in(make, sign_in, sending, post, post_office, webinar, language):
    member, letter = letter_to_member(make, sign_in, sending, post, post_office, webinar, language)
    assert MARK not in letter.text and MARK not in letter.html
    client = sending.test_client()
    asked = client.get(letter.path)
    assert (asked.status_code, asked.headers["Cache-Control"]) == (200, "no-store")
    assert ASKED[language] in asked.text and "Plans for towns" in asked.text and MARK not in asked.text
    led = client.form(letter.path, {"email": " WHO@example.org "})
    assert (led.status_code, led.headers["Cache-Control"]) == (200, "no-store")
    assert f'<meta http-equiv="refresh" content="0;url={LINK}">' in unescape(led.text)
    known = sign_in(member, app=sending)
    assert known.get(letter.path).location.endswith(f"/workshops/{webinar.id}/join")


def test_a_letter_that_was_passed_on_lets_nobody_in(make, sign_in, sending, post, post_office, webinar):
    _, letter = letter_to_member(make, sign_in, sending, post, post_office, webinar)
    other = make.member(email="other@example.org")
    for client in (sending.test_client(), sign_in(other, app=sending)):
        assert MARK not in client.get(letter.path).text
        refused = client.form(letter.path, {"email": "other@example.org"})
        assert refused.status_code == 422 and "The letter went to another address." in refused.text
        assert MARK not in refused.text and 'value="other@example.org"' in refused.text
        for odd in ("", "x" * 5000, "who@example.org\x00"):
            assert client.form(letter.path, {"email": odd}).status_code in (400, 422)


def test_who_guesses_the_address_waits_and_locks_nobody_out(make_app, make, sign_in, post_office, webinar, monkeypatch):
    app = make_app(smtp_url=post_office.url, rate_limits=True)
    still = clock.now().replace(minute=10)
    monkeypatch.setattr(clock, "now", lambda: still)
    member = make.member(email="who@example.org")
    sign_in(member, app=app).json("PUT", f"/api/v1/workshops/{webinar.id}/registration", {"answer": "yes"})
    with app.app_context():
        jobs.work()
        post_letters()
    path, client = post_office.to("who@example.org").path, app.test_client()
    codes = [client.form(path, {"email": f"{n}@example.org"}).status_code for n in range(11)]
    assert codes == [422] * 10 + [429]
    late = client.form(path, {"email": "who@example.org"})
    assert late.status_code == 429 and MARK not in late.text and int(late.headers["Retry-After"]) > 0
    elsewhere = client.form(path, {"email": "who@example.org"}, environ_base={"REMOTE_ADDR": "192.0.2.7"})
    assert elsewhere.status_code == 200 and MARK in elsewhere.text


def test_a_letter_leads_nowhere_once_the_place_is_gone(app, make, sign_in, sending, post, post_office, webinar):
    member, letter = letter_to_member(make, sign_in, sending, post, post_office, webinar)
    client, mine = sending.test_client(), sign_in(member, app=sending)
    mine.json("PUT", f"/api/v1/workshops/{webinar.id}/registration", {"answer": "maybe"})
    for sent in (client.get(letter.path), client.form(letter.path, {"email": "who@example.org"})):
        assert sent.status_code == 403 and MARK not in sent.text and "maybe" not in sent.text
    mine.json("DELETE", f"/api/v1/workshops/{webinar.id}/registration")
    assert client.get(letter.path).status_code == 410
    mine.json("PUT", f"/api/v1/workshops/{webinar.id}/registration", {"answer": "yes"})
    assert client.get(letter.path).status_code == 410  # the place is another one, with a letter of its own


def test_an_altered_way_in_is_the_way_of_nobody(app, make, sign_in, sending, post, post_office, webinar):
    _, letter = letter_to_member(make, sign_in, sending, post, post_office, webinar)
    client, (start, token) = sending.test_client(), letter.path.rsplit("/", 1)
    other = make.workshop()
    ways = [f"{start}/{token[:-1]}", f"{start}/{token}A", f"{start}/مفتاح", f"{start}9/{token}"]
    ways.append(letter.path.replace(f"/workshops/{webinar.id}/", f"/workshops/{other.id}/"))
    for way in ways:
        assert client.get(way).status_code == 410
        assert client.form(way, {"email": "who@example.org"}).status_code == 410


def test_who_lost_sight_of_it_does_not_come_in_by_a_letter(make, sign_in, sending, post, post_office):
    space = make.space("private")
    webinar = make.workshop(space=space)
    make.admission(webinar, link=LINK)
    member = make.member(email="who@example.org", space=space)
    sign_in(member, app=sending).json("PUT", f"/api/v1/workshops/{webinar.id}/registration", {"answer": "yes"})
    post()
    letter = post_office.to("who@example.org")
    client = sending.test_client()
    assert MARK in client.form(letter.path, {"email": "who@example.org"}).text
    make.remove_from_space(space, member)
    assert client.form(letter.path, {"email": "who@example.org"}).status_code == 410


def test_letters_keep_leading_to_the_newest_link(make, sign_in, sending, post, post_office, webinar):
    _, letter = letter_to_member(make, sign_in, sending, post, post_office, webinar)
    make.admission(webinar, capacity=1, link="https://other.example.org/room")
    led = sending.test_client().form(letter.path, {"email": "who@example.org"})
    assert "https://other.example.org/room" in led.text and MARK not in led.text
    make.admission(webinar, capacity=1, link="")
    gone = sending.test_client().get(letter.path)
    assert gone.status_code == 200 and "The joining link will stand here" in gone.text


def test_a_guest_comes_in_by_the_letter(sending, post, post_office, webinar):
    client = sending.test_client()
    client.form(f"/ar/workshops/{webinar.id}/registrations", GUEST)
    post()
    client.form(post_office.to("reem@example.org").path)
    post()
    letter = post_office.to("reem@example.org")
    assert LINK in unescape(client.form(letter.path, {"email": "reem@example.org"}).text)


def test_a_guest_who_lost_the_letter_answers_once_more(sending, post, post_office, webinar):
    client = sending.test_client()
    for turn in (1, 2):
        client.form(f"/en/workshops/{webinar.id}/registrations", GUEST)
        post()
        client.form(post_office.to("reem@example.org").path)
        post()
        told = [one for one in post_office.letters if "/join/" in one.text]
        assert len(told) == turn
        assert MARK in client.form(told[-1].path, {"email": "reem@example.org"}).text


def test_every_registration_has_a_way_in_of_its_own(app, make, webinar):
    other = make.workshop()
    for workshop in (webinar, other):
        make.registration(workshop, make.member())
    with app.app_context():
        assert db.session.scalar(db.select(func.count(func.distinct(Registration.salt)))) == 2


def test_the_last_hour_needs_no_second_thought(app, make, sign_in, webinar):
    """A minute after the end it is over for the link too."""
    member = make.member()
    make.registration(webinar, member)
    client, path, now = sign_in(member), f"/en/workshops/{webinar.id}/join", clock.now()
    change(app, webinar, starts_at=now - timedelta(hours=2), ends_at=now + timedelta(minutes=1))
    assert client.get(path).location == LINK
    change(app, webinar, ends_at=now - timedelta(minutes=1))
    assert client.get(path).status_code == 200 and MARK not in client.get(path).text
