"""Asking to join: which municipality, whose address, and what nobody learns from the answer."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from forum.core import clock
from forum.core.db import db, transaction
from forum.core.mail import Letter, post_letters
from forum.joining.actions.applying import forget_applications
from forum.joining.models import Application, ApplicationState
from tests.counting import statements

GOOD = {
    "town": "Deir Alla",
    "country": "JO",
    "display_name": "Hind Example",
    "email": "hind@example.org",
    "reason": "We host many families and learn as we go.",
    "language": "en",
}


@pytest.fixture
def sending(make_app, post_office):
    """An application that sends."""
    return make_app(smtp_url=post_office.url)


def post(app):
    """Have the letters go."""
    with app.app_context():
        post_letters()


def states(app) -> list[str]:
    """Of all applications, the oldest first."""
    with app.app_context():
        return [str(state) for state in db.session.scalars(select(Application.state).order_by(Application.id))]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("عمان", "Amman"),
        ("عمّان", "Amman"),
        ("amman", "Amman"),
        ("Ammān", "Amman"),
        ("sanliurfa", "Şanlıurfa"),
        ("ŞANLIURFA", "Şanlıurfa"),
        ("zahle", "Zahlé"),
        ("Municipality of Zahle", "Zahlé"),
    ],
)
def test_the_municipality_is_found_in_either_script_and_spelling(client, make, typed, found):
    make.municipality(names={"ar": "عمّان", "en": "Amman", "fr": "Amman", "tr": "Amman"})
    make.municipality(
        names={"ar": "شانلي أورفا", "en": "Şanlıurfa", "fr": "Şanlıurfa", "tr": "Şanlıurfa"}, country="TR"
    )
    make.municipality(names={"ar": "زحلة", "en": "Zahlé", "fr": "Zahlé", "tr": "Zahle"}, country="LB")
    page = client.get("/en/apply", query_string={"town": typed}).text
    assert page.count("municipality=") == 1
    assert found in page.split("municipality=")[1]


def test_one_that_is_not_there_is_no_obstacle(client, make):
    make.municipality("Amman")
    page = client.get("/en/apply?town=Kilis").text
    assert "municipality=" not in page
    form = client.get("/en/apply?town=Kilis&elsewhere=1").text
    assert 'value="Kilis"' in form and 'name="country"' in form
    assert client.get("/en/apply?municipality=99").status_code == 404


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("ar", "تأكيد طلب انضمامك"),
        ("en", "Please confirm your application"),
        ("fr", "Confirmez votre candidature"),
        ("tr", "Lütfen başvurunuzu onaylayın"),
    ],
)
def test_from_the_form_to_the_desk(sending, post_office, make, language, subject):
    town = make.municipality("Amman")
    client = sending.test_client()
    sent = GOOD | {"municipality": town.id, "town": "", "country": "", "language": language, "reads": [language, "tr"]}
    assert client.form("/en/apply", sent).location == "/en/apply?sent=1"
    assert states(sending) == ["unconfirmed"]
    post(sending)
    letter = post_office.to("hind@example.org")
    assert letter.subject == subject
    assert letter.path.startswith(f"/{language}/apply/")  # in the language of the application, not of the page
    page = client.get(letter.path)
    assert (page.status_code, page.headers["Cache-Control"]) == (200, "no-store")
    assert states(sending) == ["unconfirmed"]  # a program that opens links confirms nothing
    assert client.form(letter.path).status_code == 200
    assert states(sending) == ["waiting"]
    assert client.form(letter.path).status_code == 410
    with sending.app_context():
        row = db.session.scalars(select(Application)).one()
        assert (row.municipality_id, row.town, row.reads.split()[0]) == (town.id, "", language)


def test_managers_get_one_letter_a_day(app, make, work, post_office, make_app):
    make.member(roles=["manager"], email="boss@example.org", language="fr")
    make.member(roles=["moderator"], email="mod@example.org")
    for _ in range(3):
        make.application()
    work()
    with app.app_context():
        told = db.session.scalars(select(Letter.address).where(Letter.kind == "applications_wait")).all()
    assert told == ["boss@example.org"]


def test_a_members_address_is_answered_alike_and_told_by_letter_only(sending, post_office, make):
    make.member(email="member@example.org", language="tr")
    client = sending.test_client()
    answers = [client.form("/en/apply", GOOD | {"email": email}) for email in ("member@example.org", "x@example.org")]
    assert {(one.status_code, one.location) for one in answers} == {(303, "/en/apply?sent=1")}
    post(sending)
    assert post_office.to("member@example.org").subject == "Zaten üyesiniz"
    assert "/apply/" not in post_office.to("member@example.org").text
    assert states(sending) == ["void", "unconfirmed"]


def test_known_and_unknown_addresses_cost_the_same(app, client, make):
    make.member(email="member@example.org")
    numbers = set()
    for email in ("member@example.org", "unknown@example.org"):
        with statements(app) as said:
            client.form("/en/apply", GOOD | {"email": email})
        numbers.add(said.number)
    assert len(numbers) == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "no address"),
        ("email", ""),
        ("display_name", " "),
        ("display_name", "x" * 81),
        ("display_name", "Hind\u202e"),
        ("other_name", "\u3164"),
        ("town", ""),
        ("town", "x" * 121),
        ("country", "XX"),
        ("country", ""),
        ("post_held", "x" * 121),
        ("reason", "short"),
        ("reason", "x" * 2001),
        ("language", "xx"),
        ("reads", "xx"),
    ],
)
def test_what_cannot_be_comes_back_at_its_field(app, client, field, value):
    page = client.form("/ar/apply", GOOD | {field: value})
    assert page.status_code == 422
    assert f'id="{field}-error"' in page.text
    if field != "reason":
        assert GOOD["reason"] in page.text
    data = client.json("POST", "/api/v1/applications", GOOD | {field: [value] if field == "reads" else value})
    assert (data.status_code, list(data.json["error"]["fields"])) == (422, [field])
    assert states(app) == []


def test_who_fills_the_field_that_people_do_not_see_is_told_the_same(app, client):
    assert client.form("/en/apply", GOOD | {"website": "http://spam.example"}).location == "/en/apply?sent=1"
    assert states(app) == []


def test_too_many_are_too_many(make_app):
    app = make_app(rate_limits=True)
    client = app.test_client()
    answers = [client.form("/en/apply", GOOD).status_code for _ in range(4)]
    assert answers == [303, 303, 303, 429]
    page = client.form("/en/apply", GOOD)
    assert GOOD["reason"] in page.text and "Retry-After" in page.headers


def test_a_later_application_replaces_the_earlier(app, make):
    for _ in range(2):
        make.application(email="same@example.org")
    assert states(app) == ["replaced", "waiting"]


def test_what_nobody_confirmed_is_forgotten_and_what_waits_is_not(app, make):
    make.application(confirmed=False)
    make.application()
    with app.app_context(), clock.at(clock.now() + timedelta(days=8)):
        forget_applications()
        db.session.commit()
    assert states(app) == [ApplicationState.WAITING]


def test_what_was_declined_is_forgotten_after_a_year(app, make, sign_in):
    manager, id = sign_in(make.manager()), make.application()
    assert manager.json("PUT", f"/api/v1/applications/{id}/refusal", {"answer": "Not now."}).status_code == 200
    for days, left in ((364, [ApplicationState.DECLINED]), (366, [])):
        with app.app_context(), clock.at(clock.now() + timedelta(days=days)), transaction():
            forget_applications()
        assert states(app) == left


def test_ways_in_for_guests(client):
    for path in ("/en/", "/en/sign-in"):
        assert "/en/apply" in client.get(path).text


def test_the_api_takes_the_same(app, client, make):
    town = make.municipality("Amman")
    sent = GOOD | {"municipality": town.id, "reads": ["ar", "en"]}
    answer = client.json("POST", "/api/v1/applications", sent)
    assert (answer.status_code, answer.json) == (202, {"state": "letter on its way"})
    with app.app_context():
        row = db.session.scalars(select(Application)).one()
        assert (row.municipality_id, row.reads) == (town.id, "ar en")
        assert db.session.scalar(select(func.count()).select_from(Letter)) == 1
