"""A copy of everything: packed in the background, fetched once by the member alone, and nobody else's words in it."""

import io
import json
from datetime import timedelta
from zipfile import ZipFile

import pytest
from sqlalchemy import func, select

from forum.accounts.actions import exporting
from forum.accounts.models import Export
from forum.core import clock
from forum.core.db import db, transaction
from forum.core.mail import Letter, post_letters
from forum.core.personal.packing import path_of
from forum.members.models import Token
from forum.wiring import PERSONAL
from tests.accounts.whole import EMAIL, NAME, TABLES, a_whole_member
from tests.making import PASSWORD

ASK = {"current": PASSWORD}
NOTHING_IN = ("Invitation.member_id", "Member.merged_into_id")  # they applied, and are one account


@pytest.fixture
def sending(make_app, post_office):
    """An application that sends."""
    return make_app(smtp_url=post_office.url)


@pytest.fixture
def rana(make):
    """A member."""
    return make.member("Rana", email="rana@example.org")


@pytest.fixture
def link_of(sending, post_office):
    """`link_of(member)`: have what was asked for made and the letters sent; the path of the last link to them."""

    def link_of(member):
        with sending.app_context():
            exporting.make_exports()
            post_letters()
        return post_office.to(member.email).path

    return link_of


def files_in(body):
    """{name: what it holds} of a zip."""
    with ZipFile(io.BytesIO(body)) as packed:
        return {name: packed.read(name).decode() for name in packed.namelist()}


def test_a_copy_comes_by_letter_and_is_fetched_once(sending, sign_in, rana, link_of, post_office):
    client = sign_in(rana, app=sending)
    assert client.form("/en/exports", {"current": "wrong password"}).status_code == 422
    assert "This is not your password." in client.form("/en/exports", {"current": "wrong password"}).text
    done = client.form("/en/exports", ASK)
    assert (done.status_code, done.location) == (303, "/en/settings/data")
    assert "Being packed" in client.get("/en/settings/data").text
    path = link_of(rana)
    assert "60 minutes" in post_office.to(rana.email).text
    page = client.get(path)
    assert page.headers["Cache-Control"] == "no-store" and "The link works once" in page.text
    assert "the letter of" in client.get("/en/settings/data").text
    copy = client.form(path)
    assert copy.mimetype == "application/zip" and copy.headers["Cache-Control"] == "no-store"
    assert copy.headers["Content-Disposition"].startswith("attachment; filename=multaqa-")
    assert json.loads(files_in(copy.data)["profile.json"])[0]["email"] == rana.email
    assert client.form(path).status_code == 410 and client.get(path).status_code == 410


def test_the_link_opens_nothing_for_anybody_else(sending, make, sign_in, rana, link_of):
    client = sign_in(rana, app=sending)
    client.form("/en/exports", ASK)
    path = link_of(rana)
    guest, other = sending.test_client(), sign_in(make.member(roles=["admin"]), app=sending)
    assert (guest.get(path).status_code, guest.form(path).status_code) == (401, 401)
    assert (other.get(path).status_code, other.form(path).status_code) == (410, 410)
    assert client.get(path).status_code == 200


def test_a_copy_is_removed_in_time_and_an_hour_after_it_was_fetched(sending, sign_in, rana, link_of):
    client = sign_in(rana, app=sending)
    client.form("/en/exports", ASK)
    path = link_of(rana)

    def look(**later):
        with sending.app_context(), clock.at(clock.now() + timedelta(**later)):
            with transaction():
                exporting.forget_exports()
            export = db.session.scalar(select(Export))
            return export.state, bool(export.file) and path_of(export.file).exists()

    assert look(minutes=59) == ("ready", True)
    assert look(minutes=60) == ("over", False)
    assert client.form(path).status_code == 410
    assert "Nobody fetched your last copy in time" in client.get("/en/settings/data").text
    client.form("/en/exports", ASK)
    client.form(link_of(rana))
    with sending.app_context():
        _first, second = db.session.scalars(select(Export).order_by(Export.id))
        assert second.state == "fetched" and path_of(second.file).stat().st_mode & 0o777 == 0o600
        name = second.file
    look(hours=2)
    with sending.app_context():
        assert not path_of(name).exists()


def test_one_at_a_time_and_three_a_day(make_app, sign_in, rana, work):
    app = make_app(rate_limits=True)
    client = sign_in(rana, app=app)
    assert client.json("POST", "/api/v1/exports", ASK).status_code == 202
    assert client.json("POST", "/api/v1/exports", ASK).status_code == 409
    for _ in range(2):
        with app.app_context():
            exporting.make_exports()
        assert client.json("POST", "/api/v1/exports", ASK).status_code == 202
    with app.app_context():
        exporting.make_exports()
    refused = client.json("POST", "/api/v1/exports", ASK)
    assert refused.status_code == 429 and int(refused.headers["Retry-After"]) > 0
    with app.app_context():
        assert [e.state for e in db.session.scalars(select(Export).order_by(Export.id))] == ["over", "over", "ready"]
        good = select(func.count()).where(Token.purpose == "export", Token.used_at.is_(None))
        assert db.session.scalar(good) == 1


def test_what_fails_is_tried_again_and_then_said_to_have_failed(app, make, sign_in, rana):
    client = sign_in(rana)
    client.json("POST", "/api/v1/exports", ASK)
    make.suspend(rana)  # whose account is closed meanwhile
    with app.app_context():
        exporting.make_exports()
        export = db.session.scalar(select(Export))
        assert (export.state, export.tries) == ("failed", 3)
        assert db.session.scalar(select(func.count()).where(Letter.kind == "export")) == 0


def test_a_claim_that_a_crash_left_is_taken_over(app, sign_in, rana):
    client = sign_in(rana)
    client.json("POST", "/api/v1/exports", ASK)
    with app.app_context():
        with transaction() as session:
            export = session.scalar(select(Export))
            export.state, export.claimed_at, export.tries = "making", clock.now(), 1
        exporting.make_exports()
        assert db.session.scalar(select(Export.state)) == "making"
        with clock.at(clock.now() + timedelta(minutes=31)):
            exporting.make_exports()
        assert db.session.scalar(select(Export.state)) == "ready"


def held_columns():
    """Everything that any feature holds."""
    return [one for part in PERSONAL for one in part.held]


def test_everything_that_is_held_is_in_it_and_nothing_of_others(app, make, sign_in, work):
    whole = a_whole_member(make, sign_in, work)
    with app.app_context():
        member_id = whole.member.id
        for one in [one for one in held_columns() if one.table.name in TABLES]:
            value = EMAIL if one.key.type.python_type is str else member_id
            found = db.session.scalar(select(func.count()).select_from(one.table).where(one.key == value))
            assert found or str(one.column) in NOTHING_IN, f"nothing in {one.column}"
        export = db.session.scalar(select(Export))
        with ZipFile(path_of(export.file)) as packed:
            files = {name: packed.read(name).decode() for name in packed.namelist()}
    kinds = {one.file for one in held_columns() if one.file and one.table.name in TABLES}
    kinds |= {"profile", "posts", "votes", "audit"}
    for kind in kinds:
        assert json.loads(files[f"{kind}.json"]), f"{kind} is empty"
    everything = "\n".join(files.values())
    for own in (NAME, "Beekeeper7351", "A note of mine", "Begun and not sent", "Into the sea.", "My own words"):
        assert own in everything
    for of_others in ("Amal Haddad", "An Insider", "Only for the circle", "And then?", "argon2", "token_hash", "csrf"):
        assert of_others not in everything, of_others
    posts = json.loads(files["posts.json"])
    edited = next(post for post in posts if post["words"] == "Into the valley, rather.")
    assert edited["earlier"][0]["words"] == "Into the sea." and edited["title"] == "Somebody else's"
    assert json.loads(files["votes.json"])[0]["chosen"][0]["words"] == "Yes"
    assert [entry["by_yourself"] for entry in json.loads(files["audit.json"]) if entry["action"] == "role given"] == [
        False,
        False,
    ]


def test_of_a_space_that_was_left_only_own_words_are_given(app, make, sign_in, work):
    whole = a_whole_member(make, sign_in, work)
    make.remove_from_space(whole.group, whole.member)
    whole.client.json("POST", "/api/v1/exports", ASK)
    with app.app_context():
        exporting.make_exports()
        export = db.session.scalar(select(Export).order_by(Export.id.desc()))
        with ZipFile(path_of(export.file)) as packed:
            posts = json.loads(packed.read("posts.json"))
            everything = "\n".join(packed.read(name).decode() for name in packed.namelist())
    inside = next(post for post in posts if post["words"] == "My own words in the circle.")
    assert inside["title"] is None
    assert "Said among us" not in everything and "Only for the circle" not in everything


@pytest.mark.parametrize(("language", "said"), [("ar", "نسخة"), ("fr", "copie"), ("tr", "kopya")])
def test_the_letter_speaks_the_members_language(sending, make, sign_in, link_of, post_office, language, said):
    member = make.member(language=language)
    sign_in(member, app=sending).json("POST", "/api/v1/exports", ASK)
    path = link_of(member)
    assert path.startswith(f"/{language}/exports/") and said in post_office.to(member.email).text
