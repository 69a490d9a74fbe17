"""Spaces: making them, coming in, going, and what each of them is told and shown."""

import pytest

from forum.core import stamps
from forum.core.db import db
from forum.notifications.models import Notice
from tests.counting import statements

NAMES = {"ar": "الميزانية", "en": "Budgets", "fr": "Budgets", "tr": "Bütçeler"}


@pytest.fixture
def manager(make, sign_in):
    """Somebody who manages, signed in."""
    return sign_in(make.member("Mona Manager", roles=["manager"]))


@pytest.fixture
def told(app, work):
    """`told(member)`: the kinds of what waits behind a member's bell, the newest first."""

    def told(member):
        work()
        with app.app_context():
            query = db.select(Notice).where(Notice.member_id == member.id, Notice.read_at.is_(None))
            return [str(row.kind) for row in db.session.scalars(query.order_by(Notice.id.desc()))]

    return told


def open_space(manager, **more):
    answer = manager.json("POST", "/api/v1/spaces", {"kind": "private", "names": NAMES} | more)
    assert answer.status_code == 201, answer.text
    return answer.json["id"]


def test_a_manager_opens_a_space_and_only_who_belongs_sees_it(make, manager, sign_in):
    inside, outside = make.member(), make.member()
    space = open_space(manager)
    path = f"/api/v1/spaces/{space}"
    assert sign_in(outside).get(path).status_code == 404
    assert manager.json("PUT", f"{path}/members/{inside.id}").status_code == 200
    client = sign_in(inside)
    assert client.get(path).json["readable"] is True
    assert client.get(f"{path}?language=ar").json["name"] == NAMES["ar"]
    assert NAMES["en"] in client.get("/en/spaces").text
    assert NAMES["en"] not in sign_in(outside).get("/en/spaces").text
    started = client.json("POST", f"{path}/topics", {"title": "What it costs", "words": "Much.", "key": "k1"})
    assert started.status_code == 201
    assert "What it costs" in client.get(f"/en/spaces/{space}").text
    assert "What it costs" not in manager.get(f"/en/spaces/{space}").text, "who keeps a space does not read in it"
    assert manager.json("DELETE", f"{path}/members/{inside.id}").status_code == 204
    assert client.get(path).status_code == 404
    assert client.get(f"/api/v1/topics/{started.json['id']}").status_code == 404


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"kind": "secret", "name": "x"}, "kind"),
        ({"kind": "private", "name": "x", "joining": "by luck"}, "joining"),
        ({"kind": "private"}, "name_en"),
        ({"kind": "private", "name": "x" * 121}, "name_en"),
        ({"kind": "private", "names": ["x"]}, "names"),
    ],
)
def test_a_space_that_cannot_be_is_refused_at_its_field(manager, body, field):
    answer = manager.json("POST", "/api/v1/spaces", body)
    assert answer.status_code == 422
    assert field in answer.json["error"]["fields"]


def test_one_name_will_do_and_stands_in_every_language(manager):
    answer = manager.json("POST", "/api/v1/spaces", {"kind": "members", "name": "Budgets"})
    assert {manager.get(f"/api/v1/spaces/{answer.json['id']}?language={one}").json["name"] for one in NAMES} == {
        "Budgets"
    }


def test_asking_approving_and_what_each_is_told(make, manager, sign_in, told, work):
    boss = make.member("Another manager", roles=["admin"])
    member = make.member("Sami Awad")
    client = sign_in(member)
    space = open_space(manager, joining="request")
    page = f"/en/spaces/{space}"
    assert "Ask to join" in client.get(page).text
    assert client.form(f"{page}/request", {"why": "We have the same question."}, method="PUT").status_code == 303
    assert client.form(f"{page}/request", {"why": "Again."}, method="PUT").status_code == 303
    assert told(boss) == ["asked"]
    assert "asks to join" in sign_in(boss).get("/en/notices").text
    members = sign_in(boss).get(f"{page}/members").text
    assert "We have the same question." in members and "Let in" in members
    assert client.get(f"{page}/members").status_code == 403
    assert sign_in(boss).form(f"{page}/members/{member.id}", method="PUT").status_code == 303
    assert told(boss) == [] and told(member) == ["joined"]
    assert "You belong to this space now" in client.get("/en/notices").text
    notice = client.get("/api/v1/notices").json["items"][0]
    assert notice["space"] == {"id": space, "name": "Budgets"} and notice["topic"] is None
    assert client.get(f"/api/v1/spaces/{space}").json["readable"] is True


def test_declining_tells_and_asking_again_is_open(make, manager, sign_in, told):
    member = make.member()
    client = sign_in(member)
    space = open_space(manager, joining="request")
    client.json("PUT", f"/api/v1/spaces/{space}/request", {"why": "Please"})
    assert manager.json("DELETE", f"/api/v1/spaces/{space}/requests/{member.id}").status_code == 204
    assert told(member) == ["declined"]
    assert "was declined" in client.get("/en/notices").text
    assert client.get(f"/api/v1/spaces/{space}").json["asked"] is False
    assert client.json("PUT", f"/api/v1/spaces/{space}/request").json["asked"] is True
    assert client.json("DELETE", f"/api/v1/spaces/{space}/request").status_code == 204
    assert client.get(f"/api/v1/spaces/{space}").json["asked"] is False


def test_a_space_by_invitation_takes_no_requests_and_is_not_there(make, manager, sign_in):
    space = open_space(manager)
    client = sign_in(make.member())
    assert client.json("PUT", f"/api/v1/spaces/{space}/request").status_code == 404
    assert client.get(f"/en/spaces/{space}").status_code == 404


def test_a_space_that_closes_to_requests_takes_its_notices_along(make, manager, sign_in, told):
    member = make.member()
    client = sign_in(member)
    space = open_space(manager, joining="request")
    client.json("PUT", f"/api/v1/spaces/{space}/request")
    manager.json("DELETE", f"/api/v1/spaces/{space}/requests/{member.id}")
    assert told(member) == ["declined"]
    assert manager.json("PATCH", f"/api/v1/spaces/{space}", {"joining": "invitation"}).status_code == 200
    assert told(member) == []
    assert client.get("/api/v1/notices").json["items"] == []


def test_leaving_is_everybodys_own_right(app, make, manager, sign_in):
    member, other = make.member(), make.member()
    space = open_space(manager)
    for one in (member, other):
        manager.json("PUT", f"/api/v1/spaces/{space}/members/{one.id}")
    client = sign_in(member)
    assert client.json("DELETE", f"/api/v1/spaces/{space}/members/{other.id}").status_code == 403
    with app.app_context():
        before = stamps.value(stamps.ACCESS)
    assert client.form(f"/en/spaces/{space}/members/{member.id}", method="DELETE").status_code == 303
    assert client.get(f"/en/spaces/{space}").status_code == 404
    with app.app_context():
        assert stamps.value(stamps.ACCESS) > before, "open sockets are asked again"


def test_names_and_kind_are_changed_on_a_page(make, manager, sign_in):
    space = open_space(manager)
    page = f"/en/spaces/{space}"
    form = manager.get(f"{page}/edit").text
    assert 'value="Bütçeler"' in form
    sent = {"kind": "members", "joining": "invitation", "name_en": "Money", "name_tr": "Para"}
    assert manager.form(page, sent, method="PUT").status_code == 303
    client = sign_in(make.member())
    assert "Money" in client.get(page).text
    assert "Para" in client.get(f"/tr/spaces/{space}").text
    refused = manager.form(page, {"kind": "nonsense", "name_en": "Kept"}, method="PUT")
    assert refused.status_code == 422 and 'value="Kept"' in refused.text


@pytest.mark.parametrize("name", ["سامر بقاعين", "Samir Baqaeen"])
def test_somebody_is_added_by_either_spelling(make, manager, name):
    member = make.member("Samer Bakaeen")
    space = open_space(manager)
    page = manager.get(f"/en/spaces/{space}/members", query_string={"name": name}).text
    assert f"/en/spaces/{space}/members/{member.id}" in page


def test_the_list_takes_the_same_number_of_statements_with_1_and_with_30(app, make, manager, statements_of):
    open_space(manager)
    few = statements_of(lambda: manager.get("/en/spaces"))
    for _number in range(28):
        make.space("members")
    assert statements_of(lambda: manager.get("/en/spaces")) == few


@pytest.fixture
def statements_of(app):
    """How many statements something takes."""

    def count(ask):
        ask()
        with statements(app) as counted:
            assert ask().status_code == 200
        return counted.number

    return count


# Topics of a workshop


def test_topics_of_a_workshop_go_to_fewer_people_than_its_page(make, manager, sign_in):
    workshop = make.workshop("Waste", space=make.public())
    topic = make.topic("Prices", workshop=workshop)
    page = f"/en/workshops/{workshop.id}"
    participant, stranger = sign_in(member := make.member()), sign_in(make.member())
    assert stranger.form(f"{page}/audience", {"kind": "participants"}, method="PUT").status_code == 403
    assert manager.form(f"{page}/audience", {"kind": "participants"}, method="PUT").status_code == 303
    space = manager.json("PUT", f"/api/v1/workshops/{workshop.id}/audience", {"kind": "participants"}).json["space"]
    manager.json("PUT", f"/api/v1/spaces/{space}/members/{member.id}")
    assert stranger.get(page).status_code == 200
    assert "Prices" not in stranger.get(page).text
    assert stranger.get(f"/en{topic.path}").status_code == 404
    assert "Prices" in participant.get(page).text
    begun = {"title": "New", "words": "Words.", "key": "k"}
    assert stranger.json("POST", f"/api/v1/workshops/{workshop.id}/topics", begun).status_code == 404
    started = participant.json("POST", f"/api/v1/workshops/{workshop.id}/topics", begun)
    assert started.json["topic"]["space"] == space
    manager.form(f"{page}/audience", {"kind": "members"}, method="PUT")
    assert "Prices" in stranger.get(page).text


def test_topics_are_never_open_to_more_people_than_the_workshop(make, manager):
    space = make.space("members")
    workshop = make.workshop("Waste", space=space)
    answer = manager.json("PUT", f"/api/v1/workshops/{workshop.id}/audience", {"kind": "public"})
    assert answer.status_code == 422


def test_a_label_that_names_its_language_does_not_say_it_twice(make, sign_in):
    page = sign_in(make.manager()).form("/en/spaces", {})
    assert page.status_code == 422 and "Name in English – " in page.text
