"""Letters: queued in the transaction, sent once through a real mail server, in the recipient's language."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from forum.core import clock, mail
from forum.core.db import db, transaction
from forum.core.languages import speaking
from forum.core.mail import Letter, LetterState, Words, address_of, defanged, isolated, post_letters
from forum.core.mail.models import TOKEN_HERE
from forum.core.mail.sending import MOST_TRIES


@pytest.fixture
def sending(make_app, post_office):
    """An application that sends."""
    return make_app(smtp_url=post_office.url, mail_from="multaqa@example.org")


def write(app, address="rana@example.org", subject="A subject", *, language="en", secret=None, **parts):
    """Queue one letter."""
    with app.app_context(), transaction(), speaking(language):
        return mail.queue(
            "test", address, Words(subject, parts.pop("before", ["A paragraph."]), **parts), secret=secret
        ).id


def post(app, later=timedelta(0)):
    """One round."""
    with app.app_context(), clock.at(clock.now() + later):
        post_letters()


def kept(app, letter_id):
    """The row as it is now."""
    with app.app_context():
        return db.session.get(Letter, letter_id)


def test_a_letter_reaches_a_real_mail_server_in_both_languages(sending, post_office):
    write(sending, subject="كلمة مرور جديدة", language="ar", before=["مرحبًا بك في 19-23 مارس 2018."])
    write(sending, "claire@example.org", "A new password")
    post(sending)
    arabic, english = post_office.to("rana@example.org"), post_office.to("claire@example.org")
    assert (arabic.subject, english.subject) == ("كلمة مرور جديدة", "A new password")
    assert arabic.message["Content-Language"] == "ar"
    assert "مرحبًا بك في 19-23 مارس 2018." in arabic.text and "مرحبًا بك" in arabic.html
    assert '<html lang="ar" dir="rtl">' in arabic.html and '<html lang="en" dir="ltr">' in english.html
    assert arabic.sender == "multaqa@example.org"
    assert english.message["Auto-Submitted"] == "auto-generated"
    assert "ملتقى" in str(arabic.message["From"])


def test_what_is_rolled_back_is_never_sent(sending, post_office):
    with pytest.raises(RuntimeError), sending.app_context(), transaction():
        mail.queue("test", "rana@example.org", Words("No", []))
        raise RuntimeError
    post(sending)
    assert post_office.letters == []


def test_a_letter_goes_soon_after_the_commit(sending, post_office):
    write(sending)
    with sending.app_context():
        from_queue = sending.extensions["jobs"].huey
        while task := from_queue.dequeue():
            from_queue.execute(task)
    assert len(post_office.letters) == 1


def test_each_letter_goes_once_whoever_sends(sending, post_office):
    for number in range(8):
        write(sending, f"member{number}@example.org")
    both = [threading.Thread(target=post, args=(sending,)) for _ in range(3)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    post(sending)
    post(sending, timedelta(days=1))
    assert sorted(letter.to for letter in post_office.letters) == [f"member{n}@example.org" for n in range(8)]


def test_no_transaction_is_open_while_the_mail_server_is_spoken_to(sending, post_office, make):
    post_office.before = lambda: make.member("Somebody else")
    letter = write(sending)
    post(sending)
    assert kept(sending, letter).state == LetterState.SENT


def test_a_server_that_is_away_is_asked_again_later_and_nothing_is_lost(sending, post_office):
    post_office.close()
    letter = write(sending)
    post(sending)
    waiting = kept(sending, letter)
    assert (waiting.state, waiting.tries) == (LetterState.WAITING, 1)
    assert waiting.due_at > clock.now()
    post_office.open()
    post(sending)
    assert post_office.letters == []  # not yet
    post(sending, timedelta(minutes=2))
    assert len(post_office.letters) == 1
    assert kept(sending, letter).state == LetterState.SENT


def test_a_letter_that_is_refused_for_good_is_dead_and_the_others_go_on(sending, post_office):
    post_office.answers["gone@example.org"] = "550 no such mailbox"
    post_office.answers["full@example.org"] = "452 mailbox full"
    dead, full, good = (write(sending, f"{name}@example.org") for name in ("gone", "full", "good"))
    post(sending)
    assert kept(sending, dead).state == LetterState.DEAD
    assert "550" in kept(sending, dead).error
    assert kept(sending, full).state == LetterState.WAITING
    assert kept(sending, good).state == LetterState.SENT


def test_after_the_last_try_a_letter_is_kept_as_dead(sending, post_office):
    post_office.answers["full@example.org"] = "452 mailbox full"
    letter = write(sending, "full@example.org")
    for day in range(MOST_TRIES):
        post(sending, timedelta(days=day))
    assert kept(sending, letter).state == LetterState.DEAD


def test_a_letter_that_comes_too_late_is_not_sent(sending, post_office):
    with sending.app_context():
        secret = mail.Secret(b"s" * 16, clock.now() + timedelta(minutes=60))
    letter = write(sending, secret=secret)
    post(sending, timedelta(hours=2))
    assert post_office.letters == []
    assert kept(sending, letter).state == LetterState.DEAD


def test_a_claim_that_a_crash_left_behind_is_taken_up_again(sending, post_office):
    letter = write(sending)
    with sending.app_context(), transaction():
        row = db.session.get(Letter, letter)
        row.state = LetterState.SENDING
    post(sending)
    assert post_office.letters == []
    post(sending, timedelta(minutes=11))
    assert len(post_office.letters) == 1


def test_the_token_stands_in_the_letter_and_in_no_table(sending, post_office, database):
    with sending.app_context():
        secret = mail.Secret(b"s" * 16, clock.now() + timedelta(minutes=60))
        link = address_of("members.new_password", token=TOKEN_HERE)
    letter = write(sending, secret=secret, action=("Do it", link))
    token = None
    waiting = kept(sending, letter)
    assert TOKEN_HERE in waiting.text
    post(sending)
    token = post_office.letters[0].path.rsplit("/", 1)[1]
    assert len(token) == 43 and token in post_office.letters[0].html
    assert token not in waiting.text + waiting.html
    assert kept(sending, letter).token_salt is None


@pytest.mark.parametrize("subject", ["A\r\nBcc: all@example.org", "A\nX: y", "A\u2028B: c", "\u202eA"])
def test_no_header_can_be_put_in(sending, post_office, subject):
    write(sending, subject=subject)
    post(sending)
    letter = post_office.letters[0]
    assert letter.message["Bcc"] is None and letter.message["X"] is None
    assert [one.to for one in post_office.letters] == ["rana@example.org"]


@pytest.mark.parametrize(
    "address",
    [
        "a@b",
        "a b@example.org",
        "a@example.org\nBcc: x@y.org",
        "a@example.org,b@example.org",
        '"a"@example.org',
        "@x.org",
        "a@-",
        "é@example.org",
        "a" * 250 + "@example.org",
        "",
        "a..b@example.org",
        "a@example.org>",
        "A@EXAMPLE",
    ],
)
def test_what_is_no_address_is_none(address):
    assert mail.clean_address(address) is None


def test_addresses_are_kept_in_lower_case():
    assert mail.clean_address(" Rana.H+forum@Example.ORG ") == "rana.h+forum@example.org"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("http://evil.example/x", "http evil example/x"),
        ("www.evil.example", "evil example"),
        ("Dr. Rana <b>", "Dr. Rana b"),
        ("a@b.example", "a b example"),
        ("رنا الحوراني", "رنا الحوراني"),
    ],
)
def test_a_strangers_name_becomes_no_link(name, said):
    assert " ".join(defanged(name).split()) == said


def test_names_are_isolated_and_markup_is_escaped(sending, post_office):
    write(sending, before=[f"Dear {isolated('<b>رنا</b>')},"])
    post(sending)
    letter = post_office.letters[0]
    assert "Dear \u2068<b>رنا</b>\u2069," in letter.text
    assert "<b>رنا" not in letter.html and "&lt;b&gt;رنا" in letter.html


def test_links_use_the_base_url_and_never_a_request(make_app):
    app = make_app(base_url="https://forum.example.org")
    with app.test_request_context("/", base_url="http://evil.example"), speaking("ar"):
        assert address_of("members.ask_reset") == "https://forum.example.org/ar/reset"


def test_a_demonstration_keeps_its_letters(make_app, post_office):
    app = make_app(mode="demo", smtp_url=post_office.url)
    letter = write(app)
    post(app)
    assert post_office.letters == []
    assert kept(app, letter).state == LetterState.KEPT


def test_old_letters_are_forgotten(sending):
    write(sending)
    post(sending)
    with sending.app_context():
        for days, left in ((29, 1), (31, 0)):
            with clock.at(clock.now() + timedelta(days=days)), transaction():
                mail.forget_letters()
            assert len(db.session.scalars(select(Letter)).all()) == left
