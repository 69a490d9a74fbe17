"""Two municipalities that are one: everything that pointed to the first points to the second, at once."""

import re

import pytest
from sqlalchemy import func, select

from forum.core.db import db
from forum.following import actions as following
from forum.following.models import Follow, Level
from forum.municipalities.models import Municipality
from forum.surveys.models import Ballot
from tests.counting import statements


@pytest.fixture
def manager(make, sign_in):
    """A manager at work."""
    return sign_in(make.member(roles=["manager"]))


@pytest.fixture
def two(make):
    """The same town twice."""
    return make.municipality("Mafrak"), make.municipality("Mafraq")


def merge(client, one, other):
    """Make them one."""
    return client.form(f"/en/municipalities/{one.id}/merger", {"into": other.id}, method="PUT")


def pointing(app, municipality) -> list[str]:
    """Every column of every table that still points to it."""
    with app.app_context():
        return [
            f"{table.name}.{key.parent.name}"
            for table in db.metadata.sorted_tables
            for key in table.foreign_keys
            if key.column.table is Municipality.__table__
            and db.session.scalar(select(func.count()).select_from(table).where(key.parent == municipality.id))
        ]


def test_everything_comes_along(app, make, manager, client, two):
    one, other = two
    member = make.member("Hind Example", municipality=one)
    topic = make.topic("From there", author=member)
    application, invitation = make.application(municipality_id=one.id), make.invitation(municipality=one)
    assert {"members.municipality_id", "posts.municipality_id", "topics.municipality_id"} < set(pointing(app, one))
    answer = merge(manager, one, other)
    assert (answer.status_code, answer.location) == (303, f"/en/municipalities/{other.id}")
    assert pointing(app, one) == []
    page = client.get(f"/en/municipalities/{other.id}").text
    assert all(words in page for words in ("Hind Example", "From there", "Formerly:"))
    assert "Mafraq" in client.get(f"/en/topics/{topic.id}").text
    assert manager.get(f"/api/v1/applications/{application}").json["municipality"] == other.id
    assert manager.get("/api/v1/invitations").json["items"][0]["id"] == invitation


def test_the_old_address_and_the_old_name_lead_to_the_one_that_stays(make, manager, client, two):
    one, other = two
    merge(manager, one, other)
    assert client.get(f"/ar/municipalities/{one.id}").location == f"/ar/municipalities/{other.id}"
    assert client.get(f"/api/v1/municipalities/{one.id}").location == f"/api/v1/municipalities/{other.id}"
    found = client.get("/api/v1/municipalities?name=mafrak").json["items"]
    assert [row["id"] for row in found] == [other.id]
    third = make.municipality("Al-Mafraq")
    merge(manager, other, third)
    assert client.get(f"/en/municipalities/{one.id}").location == f"/en/municipalities/{third.id}"


def test_two_voices_become_the_later_one_and_a_closed_poll_stays_as_it_was(app, make, manager, two, sign_in):
    one, other = two
    voters = [make.member(municipality=town) for town in two]
    topic = make.topic()
    polls = [make.poll(topic, f"Poll {n}?", voice="municipality") for n in (1, 2)]
    for poll in polls:
        for voter, option in zip(voters, poll.options, strict=False):
            assert sign_in(voter).json("PUT", f"/api/v1/polls/{poll.id}/vote", {"options": [option]}).status_code == 200
    assert sign_in(make.author()).form(f"/en/polls/{polls[1].id}/closing", method="PUT").status_code == 303
    merge(manager, one, other)
    with app.app_context():
        cast = [db.session.scalars(select(Ballot).where(Ballot.poll_id == poll.id)).all() for poll in polls]
        assert [(ballot.voter_id, ballot.member_id) for ballot in cast[0]] == [(other.id, voters[1].id)]
        assert len(cast[1]) == 2


def test_who_follows_one_follows_the_other_once(app, make, manager, two):
    one, other = two
    first, both = make.member(), make.member()
    with make.writing():
        following.follow(first.id, "municipality", one.id, level=Level.ALL)
        following.follow(both.id, "municipality", one.id, level=Level.ALL)
        following.follow(both.id, "municipality", other.id, level=Level.MUTED)
    merge(manager, one, other)
    with app.app_context():
        rows = db.session.execute(select(Follow.member_id, Follow.subject_id, Follow.level))
        assert sorted(map(tuple, rows)) == [(first.id, other.id, "all"), (both.id, other.id, "muted")]


def test_it_asks_once_in_words_that_name_both(manager, two):
    one, other = two
    page = manager.get(f"/en/municipalities/{one.id}/merger").text
    assert "Merge the two" not in page
    page = manager.get(f"/en/municipalities/{one.id}/merger?into={other.id}").text
    assert "Make <bdi>Mafrak</bdi> a part of <bdi>Mafraq</bdi>?" in page
    assert "Merge the two" in page


@pytest.mark.parametrize(
    ("language", "warning"),
    [
        ("ar", "لا يمكن التراجع عن ذلك."),
        ("en", "This cannot be undone."),
        ("fr", "C’est irréversible."),
        ("tr", "Bu geri alınamaz."),
    ],
)
def test_before_it_says_how_much_moves_and_that_there_is_no_way_back(app, make, manager, two, language, warning):
    one, other = two
    member = make.member("Hind Example", municipality=one)
    topic = make.topic(author=member)
    for _number in range(2):
        make.reply(topic, author=member)
    make.application(municipality_id=one.id)
    with statements(app) as counted:
        page = manager.get(f"/{language}/municipalities/{one.id}/merger?into={other.id}").text
    assert re.findall(r"<dd>(\d+)</dd>", page) == ["1", "1", "3", "1", "0"]
    assert f"<strong>{warning}</strong>" in page and page.index(warning) < page.index('name="into"')
    assert counted.number < 12
    with app.app_context():
        assert db.session.get_one(Municipality, one.id).merged_into_id is None


def test_what_is_written_in_the_same_moment_is_gathered_later(app, make, manager, two, work):
    one, other = two
    late = make.member()
    merge(manager, one, other)
    with make.writing():
        db.session.execute(db.text(f"UPDATE members SET municipality_id = {one.id} WHERE id = {late.id}"))
    work()
    assert pointing(app, one) == []


@pytest.mark.parametrize("into", ["itself", "0", "987654321", "x", "merged"])
def test_refusals(make, manager, two, into):
    one, other = two
    gone = make.municipality("Gone")
    merge(manager, gone, other)
    wanted = {"itself": one.id, "merged": gone.id}.get(into, into)
    assert manager.form(f"/en/municipalities/{one.id}/merger", {"into": wanted}, method="PUT").status_code == 422
    path = f"/api/v1/municipalities/{one.id}/merger"
    assert manager.json("PUT", path, {"into": str(wanted)}).status_code == 422
    assert manager.form(f"/en/municipalities/{gone.id}/merger", {"into": one.id}, method="PUT").status_code == 404
