"""Invitations: one or a list, a link that works once, and what managers see of them."""

from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import select

from forum.core import clock
from forum.core.db import db, transaction
from forum.core.mail import post_letters
from forum.joining.actions.inviting import Guest, forget_invitations, guests_in
from forum.joining.models import Application, Invitation
from forum.members.models import Member
from tests.counting import statements

PASSWORD = "four words in a row"
GUEST = "hanan@example.org"


@pytest.fixture
def sending(make_app, post_office):
    """An application that sends."""
    return make_app(smtp_url=post_office.url)


@pytest.fixture
def town(make):
    """Where the guests work."""
    return make.municipality("Nablus", zone="Asia/Hebron", country="PS")


@pytest.fixture
def manager(sending, make, sign_in):
    """Somebody who invites, signed in."""
    return sign_in(make.member("Mona Manager", roles=["manager"]), app=sending)


@pytest.fixture
def post(sending, post_office):
    """`post(address)`: have the letters go; the last to this address."""

    def post(address=GUEST):
        with sending.app_context():
            post_letters()
        return post_office.to(address)

    return post


def invite(manager, town, guests=GUEST, **more):
    """Send the form."""
    return manager.form("/en/invitations", {"guests": guests, "municipality": town.id, "language": "en"} | more)


def states(app):
    """What became of each."""
    with app.app_context():
        return [str(one) for one in db.session.scalars(select(Invitation.state).order_by(Invitation.id))]


@pytest.mark.parametrize(
    ("language", "subject", "words"),
    [
        ("ar", "دعوة إلى ملتقى", "خلال الأيام السبعة"),
        ("en", "You are invited to Multaqa", "within the next seven days"),
        ("fr", "Vous êtes invité à rejoindre Multaqa", "sept prochains jours"),
        ("tr", "Multaqa ağına davetlisiniz", "yedi gün içinde"),
    ],
)
def test_from_the_invitation_to_the_first_sign_in(sending, manager, town, post, language, subject, words):
    assert invite(manager, town, f"{GUEST}, Hanan Saadi", language=language).status_code == 303
    letter = post()
    assert letter.subject == subject and words in letter.text and "Mona Manager" in letter.text
    assert letter.path.startswith(f"/{language}/invitation/")
    client = sending.test_client()
    for _ in range(2):
        page = client.get(letter.path)
        assert page.headers["Cache-Control"] == "no-store"
        assert 'value="Hanan Saadi"' in page.text and "Nablus" in page.text and GUEST in page.text
    sent = {"display_name": "حنان السعدي", "other_name": "Hanan Saadi", "language": language, "password": PASSWORD}
    done = client.form(letter.path, sent)
    assert (done.status_code, done.location) == (303, f"/{language}/sign-in")
    assert client.json("POST", "/api/v1/sessions", {"email": GUEST, "password": PASSWORD}).status_code == 201
    assert states(sending) == ["used"]
    with sending.app_context():
        member = db.session.scalar(select(Member).where(Member.email == GUEST))
        assert (member.municipality_id, member.zone, member.language) == (town.id, "Asia/Hebron", language)
        assert member.name_language == "ar"
    again = sending.test_client().form(letter.path, sent)
    assert again.status_code == 410 and f'href="/{language}/apply"' in again.text
    assert "Has joined" in manager.get("/en/invitations").text


@pytest.mark.parametrize(
    ("field", "value"), [("password", "short"), ("password", ""), ("display_name", " "), ("language", "de")]
)
def test_a_refused_form_does_not_use_the_link_up(sending, manager, town, post, field, value):
    invite(manager, town)
    path, client = post().path, sending.test_client()
    sent = {"display_name": "Hanan", "language": "en", "password": PASSWORD}
    answer = client.form(path, sent | {field: value})
    assert answer.status_code == 422 and f'id="{field}-error"' in answer.text
    assert client.form(path, sent).status_code == 303


def test_a_withdrawn_an_expired_and_a_replaced_link_end_politely(sending, manager, town, post):
    sent = {"display_name": "Hanan", "language": "en", "password": PASSWORD}
    invite(manager, town)
    first = post().path
    invite(manager, town)
    second = post().path
    client = sending.test_client()
    assert client.get(first).status_code == 410
    with clock.at(clock.now() + timedelta(days=8)):
        assert client.form(second, sent).status_code == 410
    for _ in range(2):
        assert manager.form("/en/invitations/2", method="DELETE").status_code == 303
    over = client.form(second, sent)
    assert over.status_code == 410 and "This link is over" in over.text
    assert states(sending) == ["withdrawn", "withdrawn"]
    assert "Withdrawn" in manager.get("/en/invitations").text


@pytest.mark.parametrize("shut_out", ["suspended", "role taken"])
def test_who_may_invite_no_more_lets_nobody_in(sending, make, sign_in, town, post, shut_out):
    inviter, other = make.member(roles=["manager"]), sign_in(make.member(roles=["manager"]), app=sending)
    invite(sign_in(inviter, app=sending), town)
    invite(other, town, "other@example.org")
    first, second = post().path, post("other@example.org").path
    make.suspend(inviter) if shut_out == "suspended" else make.take_role(inviter, "manager")
    sent = {"display_name": "Hanan", "language": "en", "password": PASSWORD}
    client = sending.test_client()
    assert [client.get(first).status_code, client.form(first, sent).status_code] == [410, 410]
    assert client.form(second, sent).status_code == 303
    assert states(sending) == ["withdrawn", "used"]


def test_who_loses_another_role_goes_on_inviting(sending, make, sign_in, town, post):
    inviter = make.member(roles=["manager", "moderator"])
    invite(sign_in(inviter, app=sending), town)
    make.take_role(inviter, "moderator")
    assert sending.test_client().get(post().path).status_code == 200


def test_the_page_says_when_a_link_has_expired(make, sign_in, app, town):
    with clock.at(clock.now() - timedelta(days=8)):
        make.invitation(municipality=town)
    page = sign_in(make.manager()).get("/en/invitations").text
    assert "Expired" in page and "/en/invitations/1" not in page


def test_members_are_not_invited_and_nobody_twice_in_one_list(sending, make, manager, town, post_office, post):
    member = make.member(email="rana@example.org")
    assert invite(manager, town, f"{GUEST}\nRana@example.org\n{GUEST.upper()}").status_code == 303
    post()
    assert [one.to for one in post_office.letters] == [GUEST]
    assert "1 invitation is on its way" in manager.get("/en/invitations").text
    invite(manager, town, member.email)
    assert "all of them are members already" in manager.get("/en/invitations").text


def test_who_joined_otherwise_meanwhile_is_not_made_twice(sending, make, manager, town, post):
    invite(manager, town)
    path = post().path
    make.member(email=GUEST)
    sent = {"display_name": "Hanan", "language": "en", "password": PASSWORD}
    assert sending.test_client().form(path, sent).status_code == 410


def test_an_application_of_the_same_person_waits_no_longer(sending, make, manager, town, post):
    make.application(email=GUEST)
    invite(manager, town)
    sent = {"display_name": "Hanan", "language": "en", "password": PASSWORD}
    assert sending.test_client().form(post().path, sent).status_code == 303
    with sending.app_context():
        assert db.session.scalar(select(Application.state)) == "replaced"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a@example.org", [Guest("a@example.org")]),
        ("\ufeffE-mail;Name\r\nA@Example.org;Hanan\r\n\r\n", [Guest("a@example.org", "Hanan")]),
        ('a@example.org,"Saadi, Hanan"', [Guest("a@example.org", "Saadi, Hanan")]),
        ("Name,E-mail\nHanan,a@example.org", [Guest("a@example.org", "Hanan")]),
        ("a@example.org\tحنان\nb@example.org", [Guest("a@example.org", "حنان"), Guest("b@example.org")]),
    ],
)
def test_lists_are_read_as_tables_are_copied(app, text, found):
    with app.app_context():
        assert guests_in(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n \n",
        "Hanan",
        "a@example.org, b@example.org",
        "a@example.org\nb@",
        "a@b.org, x\u202ey",
        "a@b.org," + "x" * 81,
    ],
)
def test_a_wrong_line_is_named_and_nothing_is_sent(sending, manager, town, text):
    answer = invite(manager, town, text)
    assert answer.status_code == 422 and 'id="guests-error"' in answer.text
    assert states(sending) == []


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1256"])
def test_a_list_may_come_as_a_file(sending, manager, town, post_office, post, encoding):
    table = "الاسم;البريد\r\nحنان السعدي;hanan@example.org\r\nسامر بقاعين;samer@example.org\r\n".encode(encoding)
    assert invite(manager, town, "", file=(BytesIO(table), "guests.csv")).status_code == 303
    post("samer@example.org")
    assert {one.to for one in post_office.letters} == {GUEST, "samer@example.org"}
    page = manager.get("/en/invitations").text
    assert "حنان السعدي" in page and "سامر بقاعين" in page
    answer = invite(manager, town, "", file=(BytesIO(b"\xff\xd8\xff\x00\x81\x8d"), "photo.csv"))
    assert answer.status_code == 422 and 'id="guests-error"' in answer.text
    assert len(states(sending)) == 2


@pytest.mark.parametrize(("field", "value"), [("municipality", ""), ("municipality", "999"), ("language", "de")])
def test_what_is_missing_is_said_at_its_field(manager, town, field, value):
    answer = invite(manager, town, **{field: value})
    assert answer.status_code == 422 and f'id="{field}-error"' in answer.text and GUEST in answer.text


def test_a_list_is_bounded_and_so_is_a_day(make_app, make, sign_in, town):
    client = sign_in(make.manager(), app=make_app(rate_limits=True))
    lists = ["\n".join(f"guest{number}.{row}@example.org" for row in range(200)) for number in range(4)]
    assert invite(client, town, lists[0] + "\none.more@example.org").status_code == 422
    assert [invite(client, town, one).status_code for one in lists] == [303, 303, 303, 429]


def test_the_api(make, sign_in, town):
    client = sign_in(make.manager())
    body = {"guests": f"{GUEST}, Hanan", "municipality": town.id, "language": "ar"}
    assert client.json("POST", "/api/v1/invitations", body).json == {"sent": 1}
    (one,) = client.get("/api/v1/invitations").json["items"]
    assert (one["email"], one["name"], one["state"], one["municipality"]) == (GUEST, "Hanan", "open", town.id)
    assert client.json("DELETE", f"/api/v1/invitations/{one['id']}").status_code == 204
    assert client.get("/api/v1/invitations").json["items"][0]["state"] == "withdrawn"
    assert client.json("DELETE", "/api/v1/invitations/999").status_code == 404


def test_who_did_not_come_is_forgotten_after_a_month(app, make, town):
    make.invitation(municipality=town)
    with app.app_context():
        for days, left in ((29, 1), (31, 0)):
            with clock.at(clock.now() + timedelta(days=days)), transaction():
                forget_invitations()
            assert len(db.session.scalars(select(Invitation)).all()) == left


def test_the_page_costs_the_same_with_one_and_with_thirty(app, make, sign_in, town):
    client, costs = sign_in(make.manager()), []
    for more in (1, 29):
        for _ in range(more):
            make.invitation(municipality=town)
        client.get("/en/invitations")
        with statements(app) as counted:
            client.get("/en/invitations")
        costs.append(counted.number)
    assert costs[0] == costs[1]
