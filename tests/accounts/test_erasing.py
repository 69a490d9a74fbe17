"""An end to an account: asked for, waited for, done for good, and nowhere a trace of who it was."""

import json
from datetime import timedelta
from zipfile import ZipFile

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from forum.accounts import cli
from forum.accounts.actions import exporting
from forum.accounts.actions.erasing import do_erasures
from forum.accounts.models import Erasure, Export
from forum.core import clock
from forum.core.audit import AuditEntry
from forum.core.db import db, transaction
from forum.core.mail import Letter, post_letters
from forum.core.personal import Erased, ledger
from forum.core.personal.packing import path_of
from forum.members.models import Member, SignInSession
from forum.surveys.models import Ballot
from forum.topics.models import Post
from forum.wiring import PERSONAL
from tests.accounts.whole import EMAIL, MARKS, NAME, OTHER_NAME, a_whole_member, join
from tests.making import PASSWORD
from tests.test_rights import crawl, starts

ASK = {"current": PASSWORD}


@pytest.fixture
def whole(app, make, sign_in, work):
    """Somebody of whom something is held everywhere."""
    with app.app_context():
        ledger.path().unlink(missing_ok=True)
        for left in path_of("").glob("*.zip"):  # of a test before this one
            left.unlink()
    return a_whole_member(make, sign_in, work)


def erase(app, member_id):
    """Have them erased as they would be, a week on."""
    with app.app_context(), transaction() as session:
        now = clock.now()
        session.add(Erasure(member_id=member_id, asked_by_id=member_id, asked_at=now, due_at=now))
    with app.app_context():
        do_erasures()


def held_columns():
    """Everything that any feature holds."""
    return [one for part in PERSONAL for one in part.held]


def test_a_week_lies_between_the_wish_and_the_end(make_app, make, sign_in, post_office):
    app = make_app(smtp_url=post_office.url)
    member = make.member("Rana", email="rana@example.org")
    client = sign_in(member, app=app)
    assert "cannot be undone" in client.get("/en/settings/erasure").text
    assert client.form("/en/erasure", {"current": "wrong password"}, method="PUT").status_code == 422
    done = client.form("/en/erasure", ASK, method="PUT")
    assert (done.status_code, done.location) == (303, "/en/settings/erasure")
    assert client.form("/en/erasure", ASK, method="PUT").status_code == 409
    assert "Your account is to be erased on" in client.get("/en/settings/data").text
    with app.app_context():
        with clock.at(clock.now() + timedelta(days=6, hours=23)):
            do_erasures()
        assert db.session.get_one(Member, member.id).state == "active"
        post_letters()
    assert "cannot be undone" in post_office.to("rana@example.org").text
    with app.app_context(), clock.at(clock.now() + timedelta(days=7)):
        do_erasures()
    with app.app_context():
        row = db.session.get_one(Member, member.id)
        assert (row.state, row.email, row.display_name) == ("erased", f"{member.id}@erased.invalid", "")
        entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "member erased")).one()
        assert (entry.actor_id, entry.subject_id, entry.details) == (None, member.id, {})
    assert client.get("/en/settings").status_code == 401
    refused = app.test_client().json("POST", "/api/v1/sessions", {"email": "rana@example.org", "password": PASSWORD})
    assert refused.status_code == 401
    assert app.test_client().get(f"/en/members/{member.id}").status_code == 404
    assert app.test_client().get(f"/api/v1/members/{member.id}").status_code == 404


def test_the_letter_and_the_settings_have_the_way_back(make_app, make, sign_in, post_office):
    app = make_app(smtp_url=post_office.url)
    member = make.member("Rana", email="rana@example.org")
    client = sign_in(member, app=app)
    assert client.json("PUT", "/api/v1/erasure", ASK).status_code == 202
    assert client.get("/api/v1/erasure").json["items"][0]["state"] == "waiting"
    with app.app_context():
        post_letters()
    guest = app.test_client()
    with app.app_context(), clock.at(clock.now() + timedelta(days=6)):
        old = post_office.to("rana@example.org").path.rpartition("/")[2]
        assert "Send me a new link" in guest.get(f"/en/erasure/{old}").text
        assert guest.form(f"/en/links/{old}/renewal").status_code == 303
        assert guest.form(f"/en/links/{old}/renewal").status_code == 410
        post_letters()
        path = post_office.to("rana@example.org").path
        assert "Keep my account" in guest.get(path).text
    page = guest.get(path)
    assert "Keep my account" in page.text and page.headers["Cache-Control"] == "no-store"
    assert client.get("/api/v1/erasure").json["items"]  # looking changes nothing
    assert guest.form(path).status_code == 303
    assert guest.form(path).status_code == 410 and guest.get(path).status_code == 410
    assert client.get("/api/v1/erasure").json["items"] == []
    assert client.json("PUT", "/api/v1/erasure", ASK).status_code == 202
    assert client.form("/en/erasure", method="DELETE").status_code == 303
    assert client.json("DELETE", "/api/v1/erasure").status_code == 204
    with app.app_context():
        post_letters()
    assert guest.get(post_office.to("rana@example.org").path).status_code == 410
    with app.app_context(), clock.at(clock.now() + timedelta(days=8)):
        do_erasures()
        assert db.session.get_one(Member, member.id).state == "active"


def test_managers_erase_who_asked_them_but_nobody_above(app, make, sign_in):
    admin, manager = make.member(roles=["admin"]), make.member(roles=["manager"])
    other, member = make.member(roles=["manager"]), make.member("Rana")
    client = sign_in(manager)
    assert "Erase this account" in client.get(f"/en/members/{member.id}").text
    assert "Erase this account" not in sign_in(member).get(f"/en/members/{member.id}").text
    path = f"/en/members/{member.id}/erasure"
    assert "Only when the member asked for it" in client.get(path).text
    refused = client.form(path, {"why": ""}, method="PUT")
    assert refused.status_code == 422 and "Say why" in refused.text
    assert client.form(path, {"why": "By telephone."}, method="PUT").status_code == 303
    assert "By telephone." in client.get(path).text
    assert client.form(path, method="DELETE").status_code == 303
    api = f"/api/v1/members/{member.id}/erasure"
    assert client.json("PUT", api, {"why": "By telephone."}).status_code == 202
    assert client.json("DELETE", api).status_code == 204
    for above in (admin, other, manager):
        assert client.json("PUT", f"/api/v1/members/{above.id}/erasure", {"why": "x"}).status_code == 403
        assert client.get(f"/en/members/{above.id}/erasure").status_code == 403
    assert sign_in(admin).json("PUT", f"/api/v1/members/{other.id}/erasure", {"why": "x"}).status_code == 202
    assert client.json("PUT", "/api/v1/members/987654/erasure", {"why": "x"}).status_code == 404


def test_the_last_administrator_stays(app, make, sign_in):
    admin, second = make.member(roles=["admin"]), make.member(roles=["admin"])
    client = sign_in(admin)
    assert client.json("PUT", "/api/v1/erasure", ASK).status_code == 202
    with app.app_context(), transaction() as session:
        session.get_one(Member, second.id).state = "suspended"  # meanwhile
    with app.app_context(), clock.at(clock.now() + timedelta(days=8)):
        do_erasures()
        assert db.session.get_one(Member, admin.id).state == "active"
        assert db.session.scalar(select(Erasure.state)) == "waiting"
    client.json("DELETE", "/api/v1/erasure")
    refused = client.json("PUT", "/api/v1/erasure", ASK)
    assert refused.status_code == 409 and "Nobody else administers" in refused.json["error"]["message"]


def test_every_column_lets_go(app, whole):
    member_id = whole.member.id
    erase(app, member_id)
    with app.app_context():
        for one in held_columns():
            value = EMAIL if one.key.type.python_type is str else member_id
            found = db.session.scalar(select(func.count()).select_from(one.table).where(one.key == value))
            if one.erased != Erased.STAYS or value == EMAIL:
                assert found == 0, f"{found} in {one.column}"
        assert db.session.scalar(select(func.count()).where(SignInSession.member_id == member_id)) == 0
        assert not list(path_of("").glob("*.zip"))


def test_nobody_finds_who_it_was(app, make, sign_in, whole):
    """A crawl of pages, lists and histories, another member's copy, search and letters: no name, no address."""
    other = make.author()
    make.reply(whole.theirs, f"See /members/{whole.member.id}\n\n/posts/{whole.reply.id}", author=other)
    clients = {"guest": app.test_client(), "member": sign_in(other), "admin": sign_in(make.manager())}
    paths = [*starts(app), f"/en/topics/{whole.theirs.id}", f"/en/topics/{whole.topic.id}"]
    paths += [f"/en/posts/{whole.reply.id + n}/history" for n in range(5)]
    paths += [f"/api/v1/posts/{whole.reply.id + n}/versions" for n in range(5)]
    paths += ["/en/members", "/api/v1/members?name=Zaytouna", "/api/v1/mentions?name=Zay"]
    warm = {name: crawl(client, paths) for name, client in clients.items()}
    for name, seen in warm.items():
        assert any(MARKS[0] in body for body in seen.values()), f"{name} saw nothing even before"
    erase(app, whole.member.id)
    app.wsgi_app.kept.clear()  # what guests are shown may be a second old
    spoken = f"@{NAME} is right"  # in somebody else's words: it stays as they wrote it
    for name, client in clients.items():
        for path, body in crawl(client, paths).items():
            said = body.replace(spoken, "")
            for mark in (*MARKS, EMAIL, OTHER_NAME):
                there = [said[max(0, at - 60) : at + 60] for at in [said.find(mark)] if at >= 0]
                assert not there, f"{name} finds {mark} at {path}: {there}"
    page = clients["member"].get(f"/en/topics/{whole.theirs.id}").text
    assert "Former member of <bdi>Mafraq</bdi>" in page and "Into the valley, rather." in page
    assert f"/members/{whole.member.id}" not in page.replace(f"See /members/{whole.member.id}", "")
    shown = clients["member"].get(f"/api/v1/posts/{whole.reply.id}").json
    assert shown["author"] == {"id": None, "name": "Former member of Mafraq"}
    clients["member"].json("POST", "/api/v1/exports", ASK)
    with app.app_context():
        exporting.make_exports()
        with ZipFile(path_of(db.session.scalar(select(Export.file)))) as packed:
            copy = "\n".join(packed.read(name).decode() for name in packed.namelist())
        assert "> [Former member #" in copy
        for mark in (*MARKS, EMAIL):
            assert mark not in copy.replace(spoken, ""), mark
        letters = db.session.execute(select(Letter.subject, Letter.text, Letter.html, Letter.address)).all()
        assert not [mark for mark in (*MARKS, EMAIL) if mark in repr(letters)]
        assert not [m for m in (*MARKS, EMAIL) if m in repr(db.session.scalars(select(AuditEntry.details)).all())]


@pytest.mark.parametrize(
    ("language", "said"),
    [("ar", "عضو سابق من"), ("fr", "Ancien membre"), ("tr", "Eski üye")],
)
def test_the_byline_speaks_every_language(app, whole, language, said):
    erase(app, whole.member.id)
    page = app.test_client().get(f"/{language}/topics/{whole.theirs.id}").text
    assert said in page and "Former member" not in page


def test_pages_that_are_open_load_themselves_again(app, whole, sign_in, make):
    client = sign_in(make.author())
    path = f"/api/v1/topics/{whole.theirs.id}"
    before = client.get(path).json["change"]
    erase(app, whole.member.id)
    assert client.get(path).json["change"] > before
    gap = client.get(f"/en/topics/{whole.theirs.id}/posts?since={before}")
    assert gap.headers["Topic-Reload"] == "1"


def test_votes_and_reactions_are_counted_anew_and_closed_polls_keep_theirs(app, whole, make, sign_in):
    closed = make.poll(whole.theirs, "Is it over?")
    whole.client.json("PUT", f"/api/v1/polls/{closed.id}/vote", {"options": [closed.options[0]]})
    author = sign_in(whole.theirs.author)
    assert author.json("PUT", f"/api/v1/polls/{closed.id}/closing").status_code == 200
    with app.app_context():
        assert db.session.get_one(Post, whole.theirs.post.id).reactions == "agree:2"
    erase(app, whole.member.id)
    with app.app_context():
        assert db.session.get_one(Post, whole.theirs.post.id).reactions == "agree:1"
        assert db.session.scalar(select(func.count()).where(Ballot.poll_id == whole.poll.id)) == 0
        assert db.session.scalar(select(func.count()).where(Ballot.poll_id == closed.id)) == 1


def erase_again(app):
    """What the command says."""
    with app.app_context():
        return CliRunner().invoke(cli.command, ["erase-again"]).output


def test_a_backup_that_is_brought_back_brings_nobody_back(app, whole, make):
    member_id = whole.member.id
    with app.app_context():
        joined = db.session.get_one(Member, member_id).created_at
    erase(app, member_id)
    with app.app_context():
        assert ledger.noted() == {(member_id, joined)}
        lines = ledger.path().read_text()
        assert not [mark for mark in (*MARKS, EMAIL) if mark in lines] and len(lines.splitlines()) == 1
        ledger.path().write_text(lines + '{"member": 7, "joi')  # a crash in the middle of a line
        with transaction() as session:  # as an older database has it
            session.query(Erasure).delete()
            row = session.get_one(Member, member_id)
            row.state, row.email, row.display_name = "active", EMAIL, NAME
    assert app.cli.commands["members"] is cli.command
    assert erase_again(app) == "1 erased again.\n"
    with app.app_context():
        assert db.session.get_one(Member, member_id).state == "erased"
        assert ledger.noted() == {(member_id, joined)}
    assert erase_again(app) == "Nobody came back.\n"


def test_an_id_that_was_given_to_somebody_else_is_not_theirs(app, make):
    member = make.member("Somebody new")
    with app.app_context():
        ledger.path().unlink(missing_ok=True)
        ledger.note([(member.id, clock.now() - timedelta(days=9), clock.now())])
        do_erasures()
        assert db.session.get_one(Member, member.id).state == "active"
        ledger.path().unlink()


def test_who_has_left_may_join_again(app, make, whole):
    erase(app, whole.member.id)
    again = join(make, whole.town)
    assert again.id != whole.member.id
    assert json.dumps(NAME) in json.dumps(app.test_client().get(f"/api/v1/members/{again.id}").json["name"])


def test_a_letter_to_another_that_is_not_sent_yet_never_goes(make_app, make, sign_in, post_office):
    app = make_app(smtp_url=post_office.url)
    claire, rana = make.member("Claire"), make.member("Rana", email="rana@example.org")
    said = {"subject": "Your survey", "words": "May I see it?"}
    answer = sign_in(claire, app=app).json("POST", f"/api/v1/members/{rana.id}/letters", said)
    assert answer.status_code == 202
    erase(app, claire.id)
    with app.app_context():
        post_letters()
        assert db.session.scalar(select(Letter.id).where(Letter.kind == "personal")) is None
    assert all(one.to != rana.email for one in post_office.letters)
