"""Speaking to somebody: members, municipalities, moderators; whom an @ may mean."""

import pytest
from sqlalchemy import select

from forum.core.db import db
from forum.topics.models import Mention
from tests.counting import statements


@pytest.fixture
def spoken_to(app, make):
    """A function: the ids of the members to whom words speak."""
    topic = make.topic(author=make.member("Writer"))

    def spoken_to(words: str) -> set[int]:
        post = make.reply(topic, words, author=topic.author)
        with app.app_context():
            return set(db.session.scalars(select(Mention.member_id).where(Mention.post_id == post.id)))

    return spoken_to


def test_a_municipality_is_everybody_there_in_any_language(make, spoken_to):
    names = {"ar": "المفرق", "en": "Mafraq", "fr": "Mafraq", "tr": "Mafrak"}
    town = make.municipality(names=names)
    there = {make.member(municipality=town).id for _ in range(2)}
    gone = make.member(municipality=town)
    make.suspend(gone)
    make.member()
    for name in ("المفرق", "Mafraq", "mafrak"):
        assert spoken_to(f"@{name}, how do you do it?") == there


@pytest.mark.parametrize("name", ["moderators", "المشرفون", "modérateurs", "moderatörler"])
def test_the_moderators_are_called_in_four_languages(make, spoken_to, name):
    moderator = make.member(roles=["moderator"])
    make.member(roles=["manager"])
    assert spoken_to(f"@{name}: please look.") == {moderator.id}


def test_a_member_goes_before_a_municipality_and_the_longest_name_wins(make, spoken_to):
    town = make.municipality("Amman")
    make.member(municipality=town)
    member, longer = make.member("Amman"), make.member("Amman Haddad")
    assert spoken_to("@Amman?") == {member.id}
    assert spoken_to("@Amman Haddad?") == {longer.id}


def test_at_most_ten_names_and_sixty_members(make, spoken_to):
    people = [make.member(f"Person Number{chr(97 + count)}") for count in range(12)]
    assert len(spoken_to(" ".join(f"@{person.name}," for person in people))) == 10


def test_whom_an_at_may_mean_in_either_script(make, sign_in, client):
    town = make.municipality(names={"ar": "المفرق", "en": "Mafraq", "fr": "Mafraq", "tr": "Mafrak"})
    rana = make.member("رنا الحوراني", other_name="Rana Hourani", name_language="ar", municipality=town)
    reader = sign_in(make.member())
    for typed in ("Ran", "رنا", "rana hour"):
        items = reader.get("/api/v1/mentions", query_string={"q": typed, "language": "en"}).json["items"]
        assert {"kind": "member", "id": rana.id, "name": "رنا الحوراني", "about": "Mafraq"} in items, typed
    towns = reader.get("/api/v1/mentions?q=Mafra&language=ar").json["items"]
    assert [(item["kind"], item["name"]) for item in towns if item["kind"] == "municipality"] == [
        ("municipality", "المفرق")
    ]
    staff = reader.get("/api/v1/mentions?q=moder&language=fr").json["items"]
    assert staff[-1] == {"kind": "moderators", "id": 0, "name": "modérateurs", "about": ""}
    assert client.get("/api/v1/mentions?q=Ran").status_code == 401


@pytest.mark.parametrize("typed", ["", "a", "%", "\x00\x00", "x" * 10_000, "'; --", "_%"])
def test_odd_beginnings_find_nothing(make, sign_in, typed):
    answer = sign_in(make.member()).get("/api/v1/mentions", query_string={"q": typed})
    assert (answer.status_code, answer.json["items"]) == (200, [])


def test_it_costs_the_same_for_one_and_for_thirty(app, make, sign_in):
    client, costs = sign_in(make.member("Reader")), []
    for count in (1, 29):
        for _ in range(count):
            make.member(f"Rana {make._next()}", municipality=make.municipality(f"Ranaville {make._next()}"))
        client.get("/api/v1/mentions?q=rana")
        with statements(app) as counted:
            assert client.get("/api/v1/mentions?q=rana").json["items"]
        costs.append(counted.number)
    assert costs[0] == costs[1]
