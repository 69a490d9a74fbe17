"""An old list of members: read, looked at line by line, carried in once; letters only by a second choice."""

import csv
import io
import re

import pytest
from sqlalchemy import func, select

from forum.core import jobs
from forum.core.audit import AuditEntry
from forum.core.db import db
from forum.core.errors import Invalid
from forum.core.mail import post_letters
from forum.core.mail.models import Letter
from forum.joining.actions.importing import forget_imports
from forum.joining.actions.importing.columns import guess
from forum.joining.actions.importing.reading import read_table
from forum.joining.models import ImportLine, Invitation
from forum.members.models import Member
from tests.counting import statements

HEADING = "E-mail,Name,Municipality,Position,Language"


@pytest.fixture
def manager(make, sign_in):
    """A manager at work."""
    return sign_in(make.member(roles=["manager"]))


@pytest.fixture
def town(make):
    """The municipality of the list."""
    return make.municipality(names={"ar": "المفرق", "en": "Mafraq", "fr": "Mafraq", "tr": "Mafrak"})


def hand_in(client, *lines, heading=HEADING, language="en") -> int:
    """Paste a table; its id."""
    answer = client.json("POST", "/api/v1/imports", {"table": "\n".join([heading, *lines]), "language": language})
    assert answer.status_code in (200, 201), answer.text
    return answer.json["id"]


def outcomes(client, id) -> list[str]:
    """What becomes of each line."""
    return [one["outcome"] for one in client.get(f"/api/v1/imports/{id}/lines").json["items"]]


def carry_in(app, client, id, way="members"):
    """Do it, with all that waits."""
    assert client.json("PUT", f"/api/v1/imports/{id}/start", {"way": way}).status_code == 200
    with app.app_context():
        jobs.work()


def count(app, model) -> int:
    """How many rows."""
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model))


# Reading


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_letters_and_signs_are_told(encoding, sign):
    table = f"الاسم{sign}البريد\r\nسامر بقاعين{sign}samer@example.org\r\n"
    assert read_table(table.encode(encoding)) == [["الاسم", "البريد"], ["سامر بقاعين", "samer@example.org"]]


def test_turkish_windows_is_told():
    rows = read_table("Ad;E-posta\nÇağrı Şahin;cagri@example.org\n".encode("cp1254"))
    assert rows[1] == ["Çağrı Şahin", "cagri@example.org"]


@pytest.mark.parametrize(
    "given",
    [b"", b"\n \n", b"a,b\x00c", bytes(range(128, 256)) * 3, b"\x89PNG\r\n\x1a\n\x00\x00", b"x," * 40, b"y" * 400],
)
def test_what_is_no_table_is_a_clear_error(given):
    with pytest.raises(Invalid) as refused:
        read_table(given)
    assert list(refused.value.fields) == ["table"]


def test_too_many_lines(manager):
    lines = "\n".join(f"m{n}@example.org,Name {n}" for n in range(2002))
    assert manager.json("POST", "/api/v1/imports", {"table": lines}).status_code == 422


@pytest.mark.parametrize(
    ("heading", "found"),
    [
        (["البريد", "الاسم", "البلدية"], {"email": 0, "name": 1, "municipality": 2}),
        (["Nom", "Prénom", "Courriel"], {"email": 2, "name": 1, "family": 0}),
        (["Ad", "Soyad", "E-posta", "Belediye"], {"name": 0, "family": 1, "email": 2, "municipality": 3}),
        (["Nom", "Courriel"], {"email": 1, "name": 0}),
        (["?", "?"], {"email": 1, "name": 0}),
    ],
)
def test_columns_are_guessed(heading, found):
    row = ["hind@example.org" if found["email"] == n else "Hind" for n in range(len(heading))]
    assert guess([heading, row]) == (found, True)


# Looking at it


def test_each_line_says_what_would_happen_and_nothing_does(app, make, manager, town):
    make.member("سامر بقاعين", name_language="ar", municipality=town)
    known, elsewhere = make.member(municipality=town), make.municipality("Irbid")
    make.invitation("invited@example.org", municipality=town)
    make.application(email="applied@example.org", municipality_id=town.id)
    before = count(app, Member), count(app, Invitation), count(app, Letter)
    id = hand_in(
        manager,
        "new@example.org,Hind Example,Mafraq,Head,fr",
        f"{known.email},Whoever,Mafraq",
        "samer@example.org,Samer Bakaeen,المفرق",
        "samer2@example.org,Samer Bakaeen,Irbid",
        "who@example.org,Somebody,Mafrek",
        "not an address,Somebody,Mafraq",
        "NEW@example.org,Hind Again,Mafraq",
        "invited@example.org,Guest,Mafraq",
        "applied@example.org,Applicant,Mafraq",
        "noname@example.org,,Mafraq",
    )
    assert outcomes(manager, id) == [
        "new",
        "member",
        "same-person",
        "new",
        "unknown-town",
        "bad-address",
        "double",
        "invited",
        "applied",
        "bad-name",
    ]
    items = manager.get(f"/api/v1/imports/{id}/lines").json["items"]
    assert (items[3]["municipality"], items[4]["likely"]) == (elsewhere.id, "Mafraq")
    assert (count(app, Member), count(app, Invitation), count(app, Letter)) == before
    page = manager.get(f"/en/imports/{id}").text
    assert all(words in page for words in ("Carry in 2 people", "Perhaps the same person", "سامر بقاعين"))
    assert 'value="5"' not in manager.get(f"/ar/imports/{id}?show=new").text


def test_columns_are_changed_and_towns_are_said(manager, town):
    id = hand_in(manager, "Hind,hind@example.org,Old Mafrek", "Sami,sami@example.org,", heading="A,B,C")
    assert outcomes(manager, id) == ["unknown-town", "unknown-town"]
    body = {"column_name": "0", "column_email": "1", "column_municipality": "2", "language": "tr"}
    body |= {"municipality": str(town.id), "towns": [f"{town.id}=old mafrek"]}
    assert manager.json("PUT", f"/api/v1/imports/{id}/columns", body).status_code == 200
    assert outcomes(manager, id) == ["new", "new"]
    wrong = body | {"column_email": "0"}
    answer = manager.form(f"/en/imports/{id}/columns", wrong, method="PUT")
    assert (answer.status_code, "name the same column" in answer.text) == (422, True)
    assert "One column must hold" in manager.form(f"/en/imports/{id}/columns", {"language": "en"}, method="PUT").text


def test_a_file_is_handed_in_by_the_page(manager, town):
    file = (io.BytesIO("Name;E-mail;Municipality\nهند;hind@example.org;المفرق\n".encode("cp1256")), "members.csv")
    answer = manager.post("/en/imports", data={"csrf_token": manager.token(), "file": file, "language": "ar"})
    assert answer.status_code == 303
    page = manager.get(answer.location).text
    assert all(words in page for words in ("members.csv", "هند", "Carry in 1 person"))
    empty = manager.post("/en/imports", data={"csrf_token": manager.token(), "language": "ar"})
    assert (empty.status_code, "Please fill this in." in empty.text) == (422, True)


# Carrying it in


def test_members_without_a_password_and_letters_by_a_second_choice(make, make_app, post_office, town, sign_in):
    app = make_app(smtp_url=post_office.url)
    manager = sign_in(make.manager(), app=app)
    id = hand_in(manager, "hind@example.org,هند مثال,Mafraq,رئيسة,ar", "sami@example.org,Sami,Mafraq")
    carry_in(app, manager, id)
    assert outcomes(manager, id) == ["done", "done"]
    assert manager.get("/api/v1/members?name=hind").json["items"][0]["post_held"] == "رئيسة"
    assert count(app, Letter) == 0
    page = manager.get(f"/en/imports/{id}").text
    assert all(words in page for words in ("No letter has gone out yet", "Send 2 letters"))
    for _twice in range(2):
        assert manager.form(f"/en/imports/{id}/letters", method="PUT").status_code == 303
        with app.app_context():
            jobs.work()
            post_letters()
    assert count(app, Letter) == 2
    letter = post_office.to("hind@example.org")
    assert letter.path.startswith("/ar/reset/")
    assert app.test_client().form(letter.path, {"password": "four words in a row"}).status_code == 303
    sign_in("hind@example.org", "four words in a row", app=app)
    with app.app_context():
        about = select(AuditEntry.action).where(AuditEntry.subject_kind == "import").order_by(AuditEntry.id)
        noted = db.session.scalars(about).all()
    assert noted == ["member list read", "member list carried in", "letters to a member list"]


def test_invitations_are_prepared_and_sent_by_a_second_choice(make, make_app, post_office, town, sign_in):
    app = make_app(smtp_url=post_office.url)
    manager = sign_in(make.manager(), app=app)
    id = hand_in(manager, "hind@example.org,Hind,Mafraq")
    carry_in(app, manager, id, "invitations")
    assert manager.get("/api/v1/invitations").json["items"][0]["state"] == "prepared"
    assert "Not sent yet" in manager.get("/en/invitations").text
    assert count(app, Letter) == 0
    assert manager.json("PUT", f"/api/v1/imports/{id}/letters").status_code == 200
    with app.app_context():
        jobs.work()
        post_letters()
    assert post_office.to("hind@example.org").path.startswith("/en/invitation/")
    assert manager.get("/api/v1/invitations").json["items"][0]["state"] == "open"


def test_the_same_list_again_does_nothing(app, make, manager, town):
    lines = ["hind@example.org,Hind,Mafraq", "sami@example.org,Sami,Mafraq"]
    id = hand_in(manager, *lines)
    carry_in(app, manager, id)
    before = count(app, Member)
    assert hand_in(manager, *lines) == id
    assert manager.json("PUT", f"/api/v1/imports/{id}/start", {"way": "members"}).status_code == 409
    other = hand_in(manager, *reversed(lines))
    assert outcomes(manager, other) == ["member", "member"]
    carry_in(app, manager, other)
    assert count(app, Member) == before


def test_who_came_by_another_way_meanwhile_is_not_made_twice(app, make, manager, town):
    id = hand_in(manager, "hind@example.org,Hind,Mafraq")
    make.member(email="hind@example.org")
    carry_in(app, manager, id)
    assert outcomes(manager, id) == ["member"]


def test_a_long_list_goes_in_some_lines_at_a_time(app, make, manager, town):
    id = hand_in(manager, *(f"m{n}@example.org,Name {'abcdefghij'[n % 10]} {n},Mafraq" for n in range(120)))
    carry_in(app, manager, id, "invitations")
    assert count(app, Invitation) == 120
    assert manager.get(f"/api/v1/imports/{id}").json["state"] == "done"


def test_what_was_left_out_is_a_sheet_without_formulas(manager, town):
    id = hand_in(manager, "=1+1,@SUM(A1),Mafraq", "hind@example.org,Hind,Mafraq")
    answer = manager.get(f"/en/imports/{id}/refused.csv")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="refused-{id}.csv"'
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert rows[0] == [*HEADING.split(","), "Line", "Reason"]
    assert rows[1:] == [["'=1+1", "'@SUM(A1)", "Mafraq", "2", "Not an e-mail address"]]


def test_a_list_is_thrown_away_or_forgotten(app, manager, town):
    id = hand_in(manager, "hind@example.org,Hind,Mafraq")
    assert manager.form(f"/en/imports/{id}", method="DELETE").status_code == 303
    assert manager.get(f"/en/imports/{id}").status_code == 404
    hand_in(manager, "sami@example.org,Sami,Mafraq")
    with app.app_context():
        db.session.execute(db.text("UPDATE imports SET created_at = '2020-01-01 00:00:00'"))
        forget_imports()
        db.session.commit()
    assert count(app, ImportLine) == 0


def test_the_page_costs_the_same_with_1_and_60_lines(app, make, manager, town):
    counts = []
    for number in (1, 60):
        id = hand_in(manager, *(f"x{number}.{n}@example.org,Name,Town {n}" for n in range(number)))
        with statements(app) as counted:
            assert manager.get(f"/en/imports/{id}").status_code == 200
        counts.append(counted.number)
    assert counts[0] == counts[1]


@pytest.mark.parametrize("roles", [(), ("moderator",)])
def test_others_may_not(make, manager, sign_in, town, roles):
    id, client = hand_in(manager, "hind@example.org,Hind,Mafraq"), sign_in(make.member(roles=roles))
    for path in (f"/en/imports/{id}", f"/api/v1/imports/{id}", f"/en/imports/{id}/refused.csv", "/en/imports"):
        answer = client.get(path)
        assert (answer.status_code, "hind@example.org" in answer.text) == (403, False)
    assert client.json("PUT", f"/api/v1/imports/{id}/start", {"way": "members"}).status_code == 403
    assert re.search("hind@", manager.get(f"/en/imports/{id}").text)
