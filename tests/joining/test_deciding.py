"""The managers' answer: a member with a letter, or a reason; never twice."""

import pytest
from sqlalchemy import select

from forum.core.audit import AuditEntry
from forum.core.db import db, transaction
from forum.core.errors import Conflict
from forum.core.mail import post_letters
from forum.joining.models import Application
from forum.members.actions import add_member
from forum.members.models import Member
from forum.municipalities.models import Municipality, MunicipalityName

NEW = {"name_ar": "دير علا", "name_en": "Deir Alla", "name_fr": "Deir Alla", "name_tr": "Deir Alla", "country": "JO"}


@pytest.fixture
def sending(make_app, post_office):
    """An application that sends."""
    return make_app(smtp_url=post_office.url)


@pytest.fixture
def manager(make, sign_in, sending):
    """A manager at work."""
    return sign_in(make.member(roles=["manager"]), app=sending)


def letters(app):
    """Have the letters go."""
    with app.app_context():
        post_letters()


def approval(id: int) -> str:
    """Where yes is said."""
    return f"/en/applications/{id}/approval"


@pytest.mark.parametrize("language", ["ar", "en"])
def test_yes_makes_a_member_who_signs_in(sending, manager, make, post_office, sign_in, language):
    town = make.municipality("Amman")
    id = make.application("Hind Example", email="hind@example.org", language=language, municipality_id=town.id)
    assert "Hind Example" in manager.get("/en/applications").text
    answer = manager.form(approval(id), {"municipality": town.id}, method="PUT")
    assert (answer.status_code, answer.location) == (303, "/en/applications")
    letters(sending)
    letter = post_office.to("hind@example.org")
    assert letter.path.startswith(f"/{language}/reset/")
    guest = sending.test_client()
    assert guest.form(letter.path, {"password": "four words in a row"}).status_code == 303
    member = sign_in("hind@example.org", "four words in a row", app=sending)
    assert member.get("/api/v1/sessions/current").status_code == 200
    with sending.app_context():
        row = db.session.scalars(select(Member).where(Member.email == "hind@example.org")).one()
        assert (row.municipality_id, row.language, row.is_demonstration) == (town.id, language, False)
        assert db.session.get_one(Application, id).state == "approved"
        assert "application approved" in db.session.scalars(select(AuditEntry.action)).all()


def test_a_new_municipality_is_made_with_its_names(sending, manager, make):
    id = make.application(town="Deir Alla")
    refused = manager.form(approval(id), NEW | {"name_ar": "", "country": ""}, method="PUT")
    assert (refused.status_code, refused.text.count('aria-invalid="true"')) == (422, 2)
    assert manager.form(approval(id), NEW, method="PUT").status_code == 303
    with sending.app_context():
        made = db.session.scalars(select(Municipality)).one()
        assert (made.country, made.zone) == ("JO", "Asia/Amman")
        assert db.session.scalars(select(MunicipalityName.name).where(MunicipalityName.language == "ar")).all() == [
            "دير علا"
        ]


def test_no_sends_the_reason_and_nothing_else_happens(sending, manager, make, post_office):
    id = make.application(email="hind@example.org", language="fr")
    path = f"/en/applications/{id}/refusal"
    assert manager.form(path, {"answer": " "}, method="PUT").status_code == 422
    assert manager.form(path, {"answer": "Nous n’avons <b>plus</b> de place."}, method="PUT").status_code == 303
    letters(sending)
    letter = post_office.to("hind@example.org")
    assert letter.subject == "À propos de votre candidature à Multaqa"
    assert "Nous n’avons <b>plus</b> de place." in letter.text
    assert "&lt;b&gt;plus" in letter.html
    with sending.app_context():
        assert db.session.scalar(select(Member).where(Member.email == "hind@example.org")) is None
    assert "Nous n’avons" in manager.get(f"/en/applications/{id}").text


def test_of_two_managers_the_second_is_told(manager, make):
    id = make.application()
    assert manager.form(approval(id), NEW, method="PUT").status_code == 303
    assert manager.form(approval(id), NEW, method="PUT").status_code == 409
    assert manager.form(f"/en/applications/{id}/refusal", {"answer": "No."}, method="PUT").status_code == 409


def test_who_became_a_member_meanwhile_is_not_made_twice(manager, make):
    id = make.application(email="hind@example.org")
    make.member(email="hind@example.org")
    assert manager.form(approval(id), NEW, method="PUT").status_code == 409


def test_what_is_not_confirmed_is_not_there(manager, make):
    id = make.application("Nobody Yet", confirmed=False)
    assert manager.get(f"/en/applications/{id}").status_code == 404
    assert manager.form(approval(id), NEW, method="PUT").status_code == 404
    assert "Nobody Yet" not in manager.get("/en/applications").text


@pytest.mark.parametrize("municipality", ["99", "x", "9" * 30])
def test_an_odd_municipality_is_refused(manager, make, municipality):
    id = make.application()
    answer = manager.form(approval(id), {"municipality": municipality}, method="PUT")
    assert (answer.status_code, 'aria-invalid="true"' in answer.text) == (422, True)


def test_the_api_says_the_same(manager, make):
    town = make.municipality("Amman")
    id = make.application(municipality_id=town.id)
    listed = manager.get("/api/v1/applications").json
    assert [one["id"] for one in listed["items"]] == [id]
    assert manager.get(f"/api/v1/applications/{id}").json["reason"]
    assert "member" in manager.json("PUT", f"/api/v1/applications/{id}/approval", {}).json
    assert manager.get("/api/v1/applications").json["items"] == []
    assert manager.get("/api/v1/applications?decided=1").json["items"][0]["state"] == "approved"


def test_the_front_page_tells_managers_and_nobody_else(make, sign_in):
    make.application()
    assert "1 application waits" in sign_in(make.member(roles=["manager"])).get("/en/").text
    assert "application waits" not in sign_in(make.member(roles=["moderator"])).get("/en/").text


@pytest.mark.parametrize(
    ("name", "other_name", "member"),
    [
        ("سامر بقاعين", "", "Samer Bakaeen"),
        ("Samir Baqaeen", "", "سامر بقاعين"),
        ("Claire Fabregues", "", "Claire Fabrègues"),
        ("Somebody Else", "سامر بقاعين", "Samer Bakaeen"),
    ],
)
def test_a_member_who_sounds_the_same_is_shown_beside_the_application(make, sign_in, name, other_name, member):
    manager, known = sign_in(make.manager()), make.member(member, municipality=make.municipality("Salt"))
    make.member("Nobody Alike")
    id = make.application(name, other_name=other_name)
    page = manager.get(f"/en/applications/{id}").text
    assert "Perhaps a member already" in page and f'href="/en/members/{known.id}"' in page and "Salt" in page
    assert "Nobody Alike" not in page
    alike = {"id": known.id, "name": member, "state": "active"}
    assert manager.get(f"/api/v1/applications/{id}").json["alike"] == [alike]
    assert "Suspended</span>" not in page
    make.suspend(known)
    assert manager.get(f"/api/v1/applications/{id}").json["alike"] == [alike | {"state": "suspended"}]
    assert "Suspended</span>" in manager.get(f"/en/applications/{id}").text, "who is shut out comes back like this"
    manager.json("PUT", f"/api/v1/applications/{id}/refusal", {"answer": "You are a member already."})
    assert manager.get(f"/api/v1/applications/{id}").json["alike"] == []


def test_nobody_is_shown_beside_a_name_that_is_new(make, sign_in):
    manager, id = sign_in(make.manager()), make.application("Hind Example")
    make.member("Samer Bakaeen")
    assert "Perhaps a member already" not in manager.get(f"/en/applications/{id}").text


def test_who_becomes_a_member_by_two_ways_in_the_same_moment_is_one(app, make):
    make.member(email="hind@example.org")
    with app.app_context(), pytest.raises(Conflict), transaction():
        said = {"display_name": "Hind", "name_language": "en", "language": "en", "zone": "Asia/Amman"}
        add_member(email="hind@example.org", password="hash", is_hashed=True, **said)
