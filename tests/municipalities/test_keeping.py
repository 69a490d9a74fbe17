"""Municipalities kept by managers: added, changed, renamed; an old name is still found."""

import pytest
from sqlalchemy import select

from forum.core.audit import AuditEntry
from forum.core.db import db

SALT = {"name_ar": "السلط", "name_en": "Salt", "name_fr": "Salt", "name_tr": "Salt", "country": "JO"}
FIGURES = {
    "population": "١٠٠٠٠٠",
    "hosted_population": "20000",
    "population_year": "2024",
    "population_source": "Municipal register",
    "text_en": "We host.\n<b>Many</b> families.",
}


@pytest.fixture
def manager(make, sign_in):
    """A manager at work."""
    return sign_in(make.member(roles=["manager"]))


def noted(app) -> list[str]:
    """What the audit log says."""
    with app.app_context():
        about = select(AuditEntry.action).where(AuditEntry.subject_kind == "municipality")
        return list(db.session.scalars(about.order_by(AuditEntry.id)))


def test_a_manager_adds_one_with_figures_and_texts(app, manager, client):
    answer = manager.form("/en/municipalities", SALT | FIGURES)
    assert answer.status_code == 303
    page = client.get(answer.location).text
    for words in ("100,000", "20,000", "2024", "Municipal register", "&lt;b&gt;Many&lt;/b&gt; families."):
        assert words in page
    assert '<p class="about" lang="en" dir="ltr">' in client.get(answer.location.replace("/en/", "/ar/")).text
    assert noted(app) == ["municipality added"]


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"name_ar": " "}, "name_ar"),
        ({"country": "XX"}, "country"),
        ({"population": "-1"}, "population"),
        ({"population_source": ""}, "population_source"),
        ({"population_year": ""}, "population_year"),
        ({"population_year": "2099"}, "population_year"),
        ({"text_tr": "x" * 3001}, "text_tr"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(manager, changed, wrong):
    for face in (manager.form("/en/municipalities", SALT | FIGURES | changed),):
        assert (face.status_code, f'id="{wrong}-error"' in face.text) == (422, True)
    said = manager.json("POST", "/api/v1/municipalities", SALT | FIGURES | changed)
    assert (said.status_code, list(said.json["error"]["fields"])) == (422, [wrong])


def test_two_of_one_country_are_not_called_the_same(manager, make):
    make.municipality(names={"ar": "السلط", "en": "As-Salt", "fr": "Salt", "tr": "Salt"})
    said = manager.json("POST", "/api/v1/municipalities", SALT).json["error"]["fields"]
    assert sorted(said) == ["name_ar", "name_en", "name_fr", "name_tr"]
    assert manager.json("POST", "/api/v1/municipalities", SALT | {"country": "LB"}).status_code == 201


def test_a_rename_shows_at_once_and_the_old_name_is_found(app, manager, make, client):
    town = make.municipality("Essalt")
    topic = make.topic(author=make.member(municipality=town))
    assert "Essalt" in client.get(f"/en/topics/{topic.id}").text
    reader = manager.get(f"/en/topics/{topic.id}").text
    assert "Essalt" in reader
    assert manager.form(f"/en/municipalities/{town.id}", SALT, method="PUT").status_code == 303
    assert "Essalt" not in manager.get(f"/en/topics/{topic.id}").text
    assert "Formerly:" in client.get(f"/en/municipalities/{town.id}").text
    found = client.get("/api/v1/municipalities?name=essalt").json["items"]
    assert [one["name"] for one in found] == ["Salt"]
    assert "Salt" in client.get("/en/apply?town=Essalt").text
    assert noted(app) == ["municipality renamed", "municipality changed"]


def test_a_name_that_comes_back_is_no_old_name(manager, make):
    town = make.municipality("Salt")
    for name in ("Essalt", "Salt"):
        names = {f"name_{language}": name for language in ("ar", "en", "fr", "tr")}
        assert manager.json("PATCH", f"/api/v1/municipalities/{town.id}", names).status_code == 200
    assert [one["name"] for one in manager.get(f"/api/v1/municipalities/{town.id}").json["old_names"]] == ["Essalt"]


def test_the_api_changes_what_is_named_and_leaves_the_rest(manager, make):
    town = make.municipality("Salt", population=5)
    answer = manager.json("PATCH", f"/api/v1/municipalities/{town.id}", {"text_fr": "Nous accueillons."})
    assert answer.json["names"] == town.names
    assert (answer.json["population"], answer.json["texts"]) == (5, {"fr": "Nous accueillons."})


def test_another_country_takes_its_topics_along(make, manager, client):
    town = make.municipality("Salt")
    make.topic("From there", author=make.member(municipality=town))
    assert client.get("/api/v1/topics?country=LB").json["items"] == []
    assert manager.json("PATCH", f"/api/v1/municipalities/{town.id}", {"country": "LB"}).json["zone"] == "Asia/Beirut"
    assert [one["title"] for one in client.get("/api/v1/topics?country=LB").json["items"]] == ["From there"]


@pytest.mark.parametrize("roles", [(), ("moderator",)])
def test_others_may_not(make, sign_in, roles):
    town, client = make.municipality("Salt"), sign_in(make.member(roles=roles))
    assert "/edit" not in client.get(f"/en/municipalities/{town.id}").text
    assert client.form(f"/en/municipalities/{town.id}", SALT, method="PUT").status_code == 403
    assert client.json("POST", "/api/v1/municipalities", SALT).status_code == 403
    assert client.get("/api/v1/municipalities/1").json["names"] == town.names
