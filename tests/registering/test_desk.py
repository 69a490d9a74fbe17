"""Who comes, for managers: the list, the counts, the sheet."""

import csv
import io

import pytest
from sqlalchemy import select

from forum.core.audit import AuditEntry
from forum.core.db import db
from tests.counting import statements

LINK = "https://meet.example.org/mark-7351"


@pytest.fixture
def workshop(make):
    """A webinar with two places and four answers."""
    found = make.workshop()
    make.admission(found, capacity=1, link=LINK)
    jordan, france = make.municipality("Amman"), make.municipality("Marseille", country="FR")
    make.registration(found, make.member("Huda", municipality=jordan), wants="ar", question="=1+1")
    make.registration(found, make.member("Thomas", municipality=france), wants="fr")
    make.registration(found, make.member("Laith", municipality=jordan), "maybe", wants="ar")
    make.registration(found, make.member("Nobody"), "no")
    return found


def test_the_list_counts_and_names(app, make, sign_in, workshop):
    manager = sign_in(make.manager())
    told = manager.get(f"/api/v1/workshops/{workshop.id}/registrations").json
    assert told["counts"] == {
        "answers": {"yes": 2, "maybe": 1, "no": 1},
        "places": {"confirmed": 1, "waiting": 1, "none": 2},
        "wants": {"ar": 2, "fr": 1},
        "countries": {"JO": 2, "FR": 1},
    }
    assert [(one["name"], one["place"]) for one in told["items"]][::-1] == [
        ("Huda", "confirmed"),
        ("Thomas", "waiting"),
        ("Laith", "none"),
        ("Nobody", "none"),
    ]
    page = manager.get(f"/en/workshops/{workshop.id}/registrations").text
    assert "Huda" in page and "Marseille" in page and LINK in page
    assert LINK in manager.get(f"/api/v1/workshops/{workshop.id}/admission").text
    assert LINK not in manager.get(f"/en/workshops/{workshop.id}").text  # the manager is not confirmed


def test_the_sheet_holds_no_formula_and_no_link_and_is_written_down(app, make, sign_in, workshop):
    manager = sign_in(make.manager())
    for path in (
        f"/en/workshops/{workshop.id}/registrations.csv",
        f"/api/v1/workshops/{workshop.id}/registrations.csv",
    ):
        answer = manager.get(path)
        assert answer.mimetype == "text/csv" and "mark-7351" not in answer.text
        table = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
        assert [row[0] for row in table] == ["Name", "Huda", "Thomas", "Laith", "Nobody"]
        assert table[1][3:9] == ["Jordan", "yes", "confirmed", "العربية", "English", "'=1+1"]
    with app.app_context():
        noted = db.session.scalars(select(AuditEntry.action)).all()
        assert noted.count("registrations exported") == 2
        assert "mark-7351" not in str([entry.details for entry in db.session.scalars(select(AuditEntry))])


def test_nobody_else_sees_who_comes(app, make, sign_in, workshop):
    id = workshop.id
    paths = [f"/en/workshops/{id}/registrations", f"/en/workshops/{id}/registrations.csv"]
    paths += [f"/api/v1/workshops/{id}/{name}" for name in ("registrations", "registrations.csv", "admission")]
    kinds = {401: app.test_client(), 403: sign_in(make.member())}
    for path in paths:
        for status, client in kinds.items():
            answer = client.get(path)
            assert (answer.status_code, "Huda" in answer.text) == (status, False), path
        assert sign_in(make.member(roles=["moderator"])).get(path).status_code == 403
    for client in (*kinds.values(), sign_in(make.member(roles=["moderator"]))):
        sent = client.form(f"/en/workshops/{id}/admission", {"capacity": "9"}, method="PUT")
        assert sent.status_code in (401, 403)


def test_the_list_costs_the_same_with_one_and_with_many(app, make, sign_in):
    workshop, manager, numbers = make.workshop(), sign_in(make.manager()), set()
    for more in (1, 29):
        for _ in range(more):
            make.registration(workshop, make.member())
        with statements(app) as said:
            manager.get(f"/en/workshops/{workshop.id}/registrations")
        numbers.add(said.number)
    assert len(numbers) == 1


def test_the_list_comes_in_pages(app, make, sign_in):
    workshop, manager = make.workshop(), sign_in(make.manager())
    for _ in range(52):
        make.registration(workshop, make.member())
    first = manager.get(f"/api/v1/workshops/{workshop.id}/registrations").json
    assert len(first["items"]) == 50
    rest = manager.get(f"/api/v1/workshops/{workshop.id}/registrations?cursor={first['next']}").json
    assert (len(rest["items"]), rest["next"]) == (2, None)
