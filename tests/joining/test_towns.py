"""Towns that applicants named and the network does not know: new, one that it has, or no."""

import pytest
from sqlalchemy import select

from forum.core.db import db
from forum.core.mail.models import Letter
from forum.joining.models import Application
from forum.municipalities.models import Municipality
from tests.counting import statements

NEW = {"name_ar": "دير علا", "name_en": "Deir Alla", "name_fr": "Deir Alla", "name_tr": "Deir Alla", "country": "JO"}


@pytest.fixture
def manager(make, sign_in):
    """A manager at work."""
    return sign_in(make.member(roles=["manager"]))


def belongs(app, *ids) -> list[int | None]:
    """The municipality of each application."""
    with app.app_context():
        return [db.session.get_one(Application, id).municipality_id for id in ids]


def test_those_who_name_the_same_town_wait_together_with_what_it_sounds_like(make, manager):
    near = make.municipality(names={"ar": "دير علا", "en": "Dayr Alla", "fr": "Dayr Alla", "tr": "Dayr Alla"})
    first, second = make.application(), make.application(town="deir  alla")
    make.application(town="Deir Alla", country="LB")
    items = manager.get("/api/v1/towns").json["items"]
    assert [one["applications"] for one in items] == [[first, second], [second + 1]]
    assert [row["id"] for row in items[0]["likely"]] == [near.id]
    assert items[1]["likely"] == []
    page = manager.get("/en/municipalities/proposed").text
    assert all(words in page for words in ("2 applications", "Perhaps:", "Dayr Alla"))


def test_a_new_one_is_made_for_all_who_named_it(app, make, manager):
    first, second = make.application(), make.application()
    assert manager.get(f"/en/applications/{first}/town").text.count('value="Deir Alla"') == 4
    answer = manager.form(f"/en/applications/{first}/town", NEW, method="PUT")
    assert (answer.status_code, answer.location) == (303, f"/en/applications/{first}")
    assert belongs(app, first, second)[0] == belongs(app, first, second)[1] is not None
    assert manager.get("/api/v1/towns").json["items"] == []
    again = manager.form(f"/en/applications/{second}/town", NEW, method="PUT")
    assert again.status_code == 409
    assert manager.get(f"/en/applications/{second}/town").status_code == 404


def test_one_that_we_have(app, make, manager):
    town, id = make.municipality("Dair Alla"), make.application()
    assert manager.json("PUT", f"/api/v1/applications/{id}/town", {"municipality": str(town.id)}).status_code == 200
    assert belongs(app, id) == [town.id]
    with app.app_context():
        assert len(db.session.scalars(select(Municipality)).all()) == 1


def test_two_managers_make_no_double(app, make, manager):
    first, second = make.application(), make.application(town="Dayr Alla")
    for id in (first, second):
        assert manager.form(f"/en/applications/{id}/town", NEW, method="PUT").status_code == 303
    assert belongs(app, first)[0] == belongs(app, second)[0]


def test_no_declines_all_with_a_letter(app, make, manager):
    ids = [make.application(), make.application()]
    assert manager.form(f"/en/applications/{ids[0]}/town/refusal", {"answer": ""}, method="PUT").status_code == 422
    answer = manager.form(f"/en/applications/{ids[0]}/town/refusal", {"answer": "Too far."}, method="PUT")
    assert answer.status_code == 303
    with app.app_context():
        assert {db.session.get_one(Application, id).state for id in ids} == {"declined"}
        assert len(db.session.scalars(select(Letter).where(Letter.kind == "declined")).all()) == 2


@pytest.mark.parametrize("path", ["/en/municipalities/proposed", "/api/v1/towns"])
def test_the_list_costs_the_same_with_1_and_30(app, make, manager, path):
    counts = []
    for more in (1, 29):
        for number in range(more):
            make.application(town=f"Village {more} {number}")
        with statements(app) as counted:
            assert manager.get(path).status_code == 200
        counts.append(counted.number)
    assert counts[0] == counts[1]
