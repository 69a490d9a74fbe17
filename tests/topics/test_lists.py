"""Lists of topics: order, what is unread, the same number of statements with one topic and with thirty."""

import re
from datetime import datetime, timedelta
from html import unescape

import pytest

from forum.core import clock
from tests.counting import statements


def titles(client, path: str = "/api/v1/topics") -> list[str]:
    """What the list shows."""
    return [item["title"] for item in client.get(path).json["items"]]


def test_the_newest_reply_comes_first(client, make):
    one, other = make.topic("One"), make.topic("Other")
    assert titles(client) == ["Other", "One"]
    with clock.at(clock.now() + timedelta(minutes=1)):
        make.reply(one)
    assert titles(client) == ["One", "Other"]
    page = client.get("/en/topics").text
    assert page.index(">One<") < page.index(">Other<")
    assert other.id


def test_an_item_says_what_clients_need(client, make):
    topic = make.topic("Water")
    make.reply(topic)
    make.close(topic)
    item = client.get("/api/v1/topics").json["items"][0]
    wanted = {"id": topic.id, "title": "Water", "space": topic.space_id, "public": True, "closed": True, "change": 3}
    assert {name: item[name] for name in wanted} == wanted
    assert client.get("/api/v1/topics").json["next"] is None


def test_a_private_topic_is_in_the_list_of_its_members_only(client, make, sign_in):
    inside = make.member()
    make.topic("Ours", author=inside, space=make.space("private", members=[inside]))
    make.topic("Everybody's")
    assert titles(client) == ["Everybody's"]
    assert titles(sign_in(make.member())) == ["Everybody's"]
    mine = sign_in(inside).get("/api/v1/topics").json["items"]
    assert {(item["title"], item["public"]) for item in mine} == {("Ours", False), ("Everybody's", True)}


def test_unread_is_what_one_follows_or_opened_and_has_not_read(make, sign_in):
    reader = make.member()
    followed, opened, muted, stranger = (make.topic(name) for name in ("Followed", "Opened", "Muted", "Stranger"))
    make.follow(followed, reader)
    make.read(opened, reader, 1)
    make.follow(muted, reader, "muted")
    client = sign_in(reader)
    assert set(titles(client, "/api/v1/topics/unread")) == {"Followed"}
    make.reply(opened)
    make.reply(muted)
    make.reply(stranger)
    assert set(titles(client, "/api/v1/topics/unread")) == {"Followed", "Opened"}
    page = client.get("/en/topics/unread").text
    assert "Followed" in page
    assert "Stranger" not in page
    client.form(f"/en/topics/{followed.id}/read", {"number": 1}, method="PUT")
    assert set(titles(client, "/api/v1/topics/unread")) == {"Opened"}


def test_guests_have_no_unread(client):
    assert client.get("/api/v1/topics/unread").status_code == 401
    assert client.get("/en/topics/unread").status_code == 401


def fill(make, number: int, reader) -> None:
    """So many topics, members, municipalities, workshops and notices."""
    town = make.municipality()
    for _ in range(number):
        workshop = make.workshop()
        author = make.member(municipality=make.municipality())
        topic = make.topic(workshop=workshop, author=author)
        make.follow(topic, reader)
        make.reply(topic, author=author)
    assert town


LISTS = [
    "/en/",
    "/en/topics",
    "/en/topics/unread",
    "/en/workshops",
    "/en/members",
    "/en/municipalities",
    "/en/notices",
    "/api/v1/topics",
    "/api/v1/topics/unread",
    "/api/v1/workshops",
    "/api/v1/members",
    "/api/v1/municipalities",
    "/api/v1/notices",
]


@pytest.mark.parametrize("as_guest", [True, False])
def test_lists_cost_the_same_with_one_and_with_thirty(app, make, sign_in, work, as_guest):
    reader = make.member()
    costs: dict[str, list[int]] = {path: [] for path in LISTS}
    lengths: dict[str, list[int]] = {path: [] for path in LISTS}
    client = app.test_client() if as_guest else sign_in(reader)
    for more in (1, 28):
        fill(make, more, reader)
        work()
        for path in LISTS:
            app.wsgi_app.kept.clear()
            client.get(path)
            app.wsgi_app.kept.clear()
            with statements(app) as counted:
                answer = client.get(path)
            if answer.status_code == 200:
                costs[path].append(counted.number)
                lengths[path].append(len(answer.text))
    for path, cost in costs.items():
        if cost:
            assert cost[0] == cost[1], path
            assert cost[0] <= 8, path
            assert lengths[path][1] > lengths[path][0], path


WAY = r'<a class="button second" rel="{}" href="([^"#]+)'


def test_every_list_leads_on_and_back_to_its_start(make, sign_in, work):
    reader, town, held = make.member(), make.municipality(), make.workshop()
    for day in range(1, 32):
        make.workshop(starts=datetime(2018, 3, day, 10, 0))
        author = make.member(municipality=town)
        make.municipality()
        topic = make.topic(workshop=held, author=author)
        make.follow(topic, reader)
        make.reply(topic, author=author)
    work()
    client = sign_in(reader)
    for path in [*LISTS[1:7], f"/en/workshops/{held.id}", f"/en/municipalities/{town.id}"]:
        first = client.get(path).text
        assert not re.search(WAY.format("prev"), first), path
        onward = client.get(unescape(re.search(WAY.format("next"), first)[1])).text
        assert re.search(WAY.format("prev"), onward)[1] == path


def test_a_profile_and_a_workshop_cost_the_same_with_one_and_with_ten(app, make, client):
    author = make.member(municipality=make.municipality())
    workshop = make.workshop()
    paths = [f"/en/members/{author.id}", f"/en/workshops/{workshop.id}", "/en/municipalities/1"]
    costs: dict[str, list[int]] = {path: [] for path in paths}
    for more in (1, 9):
        for _ in range(more):
            make.topic(workshop=workshop, author=author)
        for path in paths:
            client.get(path)
            app.wsgi_app.kept.clear()
            with statements(app) as counted:
                assert client.get(path).status_code == 200
            costs[path].append(counted.number)
    for path, cost in costs.items():
        assert cost[0] == cost[1], path
