"""Lists of topics: order, what is unread, the same number of statements with one topic and with thirty."""

import re
from datetime import datetime, timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from forum.core import clock
from forum.topics.queries import lists
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


def test_an_item_says_who_where_from_and_whose_post_is_the_last(make, client):
    town = make.municipality("Zarqa")
    topic = make.topic("Water", author=(asker := make.member("Layla Example", municipality=town)))
    make.reply(topic, author=(helper := make.member("Sami Example")))
    for path in ("topics", f"spaces/{topic.space_id}/topics", f"members/{asker.id}/topics"):
        item = client.get(f"/api/v1/{path}").json["items"][0]
        assert item["author"] == {"id": asker.id, "name": "Layla Example"}
        assert (item["municipality"], item["country"]) == (town.id, "JO")
        assert item["last_author"] == {"id": helper.id, "name": "Sami Example"}


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
    theme = make.theme()
    first = make.workshop()
    for count in range(number):
        workshop = make.workshop()
        author = make.member(municipality=make.municipality())
        topic = make.topic(workshop=workshop, author=author, themes=[theme.id], tags=["water", f"tag {count}"])
        make.follow(topic, reader)
        make.reply(topic, author=author)
        make.topic(workshop=first, author=make.member(municipality=town), tags=["water"])
        make.topic(workshop=first, author=reader, themes=[1], tags=["water"])
    assert town


LISTS = [
    "/en/",
    "/en/topics",
    "/en/topics?theme=1",
    "/en/topics?tag=water",
    "/en/topics?language=en&country=JO",
    "/en/topics?municipality=1",
    "/en/topics?workshop=1",
    "/en/topics?show=unanswered",
    "/en/topics?show=new",
    "/en/topics?show=mine",
    "/en/topics/unread",
    "/en/themes",
    "/en/workshops",
    "/en/members",
    "/en/municipalities",
    "/en/notices",
    "/api/v1/topics",
    "/api/v1/topics?theme=1&tag=water",
    "/api/v1/topics?show=unanswered",
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


PAGED = (
    "/en/topics",
    "/en/topics?show=unread",
    "/en/workshops",
    "/en/members",
    "/en/municipalities",
    "/en/notices",
)
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
    for path in [*PAGED, f"/en/workshops/{held.id}", f"/en/municipalities/{town.id}"]:
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


def test_each_list_holds_what_it_says(make, sign_in):
    amman, izmir = make.municipality("Amman"), make.municipality("İzmir", country="TR")
    me, other = make.member(municipality=amman), make.member(municipality=izmir)
    workshop = make.workshop("Webinar")
    mine = make.topic("Mine", author=me, workshop=workshop)
    answered = make.topic("Answered", author=other, language="tr")
    make.reply(answered, author=me)
    fresh, muted, closed = (make.topic(name, author=other) for name in ("Fresh", "Muted", "Closed"))
    make.follow(muted, me, "muted")
    make.close(closed)
    make.read(answered, me, 1)
    client = sign_in(me)

    def shown(query: str) -> set[str]:
        page = client.get(f"/en/topics?{query}").text
        found = set(titles(client, f"/api/v1/topics?{query}"))
        assert all(f">{title}<" in page for title in found), query
        return found

    assert shown("show=mine") == {"Mine"}
    assert shown("show=unanswered") == {"Mine", "Fresh", "Muted"}
    assert shown("show=new") == {"Fresh", "Closed"}
    assert shown(f"workshop={workshop.id}") == {"Mine"}
    assert shown(f"municipality={amman.id}") == {"Mine"}
    assert shown("country=TR") == {"Answered", "Fresh", "Muted", "Closed"}
    assert shown("country=TR&show=unanswered") == {"Fresh", "Muted"}
    assert shown("language=tr") == {"Answered"}
    assert shown("language=xx") == shown("municipality=x") == shown("workshop=999999") == set()
    assert shown("show=nothing&country=") == {"Mine", "Answered", "Fresh", "Muted", "Closed"}
    assert "Waiting for an answer" in client.get("/en/topics?show=unanswered").text
    assert mine.id
    assert fresh.id
    assert client.application.test_client().get("/en/topics?show=mine").status_code == 401
    assert client.application.test_client().get("/api/v1/topics?show=new").status_code == 401


@pytest.mark.parametrize("query", ["", "country=JO", "language=en", "tag=water", "theme=1", "show=unanswered"])
def test_narrowed_lists_are_paged_without_loss(make, client, query):
    theme = make.theme()
    author = make.member(municipality=make.municipality())
    for _ in range(65):
        make.topic(author=author, themes=[theme.id], tags=["water"])
    seen, path = [], f"/api/v1/topics?{query.replace('theme=1', f'theme={theme.id}')}"
    answer = client.get(path).json
    while answer["next"]:
        seen += [item["id"] for item in answer["items"]]
        answer = client.get(f"{path}&cursor={answer['next']}").json
    seen += [item["id"] for item in answer["items"]]
    assert len(seen) == len(set(seen)) == 65


def test_a_list_by_a_label_that_many_carry_is_the_same(make, client, monkeypatch):
    theme = make.theme()
    for number in range(5):
        make.topic(f"One {number}", themes=[theme.id], tags=["water"])
        make.topic(f"Other {number}")
    query = f"/api/v1/topics?theme={theme.id}&tag=water"
    few = titles(client, query)
    monkeypatch.setattr(lists, "FEW_ENOUGH", 2)
    assert titles(client, query) == few
    assert len(few) == 5


def test_a_private_workshops_name_is_not_told_by_the_filter(make, client):
    workshop = make.workshop("Zaytouna", space=make.space("private"))
    page = client.get(f"/en/topics?workshop={workshop.id}").text
    assert "Zaytouna" not in page
    absent = client.get(f"/en/topics?workshop={workshop.id + 100}").text
    assert page.replace(str(workshop.id), "").count("<") == absent.count("<")


def test_lists_of_an_event_and_of_a_municipality_are_reached_by_links(make, client):
    town, workshop = make.municipality("Zarqa"), make.workshop()
    topic = make.topic("Water", workshop=workshop, author=make.member(municipality=town))
    panel = client.get("/en/topics").text
    assert 'href="/en/municipalities"' in panel.partition('class="narrow-by"')[2][:400]
    for path, query in (("workshops", f"workshop={workshop.id}"), ("municipalities", f"municipality={town.id}")):
        assert f'href="/en/topics?{query}"' in client.get(f"/en/{path}/{query.partition('=')[2]}").text
        assert [one["id"] for one in client.get(f"/api/v1/topics?{query}").json["items"]] == [topic.id]


def test_each_filter_is_named_and_can_be_left_out(make, client):
    town, held = make.municipality("Amman"), make.workshop("Webinar")
    make.topic(workshop=held, author=make.member(municipality=town), tags=["water"], language="tr")
    query = {"tag": "water", "language": "tr", "country": "JO", "municipality": town.id, "workshop": held.id}
    page = client.get("/en/topics", query_string=query).text
    chips = re.findall(r'<li><a class="label" href="([^"]*)">(?:(?!</li>).)*<bdi>(.*?)</bdi></a></li>', page)
    assert [name for _address, name in chips] == ["#water", "Türkçe", "Jordan", "Amman", "Webinar"]
    for (address, _name), left_out in zip(chips, query, strict=True):
        kept = parse_qs(urlsplit(unescape(address)).query)
        assert kept == {field: [str(value)] for field, value in query.items() if field != left_out}
    theme = make.theme("Water")
    page = client.get(f"/en/topics?theme={theme.id}&workshop=999999").text
    assert re.findall(r"<bdi>(.*?)</bdi></a></li>", page) == ["Nothing that is open to you"], "a theme is the title"


def test_the_filter_by_language_stays_a_filter(make, client, sign_in):
    for number in range(31):
        make.topic(f"Konu {number}", language="tr")
    for reader in (client, sign_in(make.member())):
        page = reader.get("/en/topics?language=tr").text
        ways = [unescape(one) for one in re.findall(r'href="(/[^"]*language=tr[^"]*)"', page)]
        assert len(ways) > 2
        assert [one for one in ways if not one.startswith(("/en/", "/ar/", "/fr/", "/tr/"))] == []
        main = page[page.index("<main") : page.index("</main>")]
        assert "/tr/topics" not in main
        onward = unescape(re.search(WAY.format("next"), main)[1])
        assert "language=tr" in onward
