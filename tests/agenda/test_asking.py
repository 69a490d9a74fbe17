"""Requests: asked, found to be like others, seconded with one voice a municipality, changed, taken back."""

import threading

import pytest
from sqlalchemy import func, select

from forum.agenda.models import AgendaRequest, RequestVoice
from forum.agenda.queries.similar import likeness, similar_to, stems
from forum.core.db import db
from forum.core.reader import GUEST
from forum.members.models import Member
from tests.counting import statements


@pytest.fixture
def rana(make):
    """An officer of Mafraq."""
    return make.member("Rana", municipality=make.municipality("Mafraq"))


@pytest.fixture
def other(make):
    """An officer of another town, in another country."""
    return make.member("Samah", municipality=make.municipality("Nablus", country="PS"))


def test_a_request_is_asked_on_the_page_and_its_town_stands_behind_it(make, sign_in, rana):
    make.public()
    client = sign_in(rana)
    assert "Your municipality stands behind it" in client.get("/en/requests/new").text
    answer = client.form("/en/requests", {"title": "We need training on water loss", "words": "**Old** meters."})
    assert answer.status_code == 303
    page = client.get(answer.location).text
    assert "<strong>Old</strong> meters." in page and "1 municipality of 1 country" in page
    assert 'href="/en/members/' in page and "We do not need it any more" in page
    assert "We need training on water loss" in client.get("/en/requests").text


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": " \u200b "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"title": "We need it", "words": "x" * 20_001}, "words"),
        ({"title": "We need it", "language": "xx"}, "language"),
        ({"title": "We need it", "space": "999999"}, "space"),
        ({"title": "We need it", "space": "١"}, "space"),
        ({"title": "a\x00b"}, "title"),
    ],
)
def test_what_cannot_be_comes_back_in_the_form_and_keeps_nothing(app, make, sign_in, rana, sent, field):
    make.public()
    client = sign_in(rana)
    page = client.form("/en/requests", {"words": "These words stay.", "anyway": "1"} | sent)
    assert page.status_code == 422 and f'href="#{field}"' in page.text
    if "words" not in sent:
        assert "These words stay." in page.text
    refused = client.json("POST", "/api/v1/requests", sent)
    assert refused.status_code == 422 and set(refused.json["error"]["fields"]) == {field}
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(AgendaRequest)) == 0


def test_the_same_form_twice_is_one_request(make, sign_in, rana):
    make.public()
    client = sign_in(rana)
    sent = {"title": "We need a talk", "key": "the-key"}
    first, again = (client.json("POST", "/api/v1/requests", sent) for _ in range(2))
    assert first.json["id"] == again.json["id"]
    assert client.json("POST", "/api/v1/requests", sent | {"title": "Another"}).status_code == 409


def test_a_space_for_a_few_takes_no_requests(make, sign_in, rana):
    make.public()
    private = make.space("private", members=[rana])
    refused = sign_in(rana).json("POST", "/api/v1/requests", {"title": "We need a talk", "space": str(private.id)})
    assert refused.status_code == 422 and "space" in refused.json["error"]["fields"]


def test_newcomers_whose_posts_are_held_wait_with_their_requests(make, sign_in, rana):
    make.public()
    make.site(held_posts=1)
    refused = sign_in(rana).form("/en/requests", {"title": "We need a talk", "words": "These words stay."})
    assert refused.status_code == 409
    assert "A moderator looks at your first posts" in refused.text and "These words stay." in refused.text


# What is like it

ALIKE = [
    ("We need training on water loss", "Training about the loss of water in old networks"),
    ("نحتاج إلى تدريب على فاقد المياه", "تدريبات في قياس فاقد المياه بالشبكات"),
    ("Un modèle de convention de jumelage", "Modèles de conventions pour nos jumelages"),
    ("Gönüllü itfaiye eğitimi", "Gönüllü itfaiyeciler için eğitim"),
]
UNLIKE = [
    ("We need training on water loss", "We need a shared pool of vehicles"),
    ("نحتاج إلى تدريب على فاقد المياه", "نحتاج إلى نموذج اتفاقية توأمة"),
    ("", "We need a talk"),
    ("We need the", "We need the other"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_titles_that_ask_for_the_same(one, other):
    assert likeness(stems(one), stems(other)) >= 0.5


@pytest.mark.parametrize(("one", "other"), UNLIKE)
def test_titles_that_do_not(one, other):
    assert likeness(stems(one), stems(other)) < 0.5


def test_who_asks_for_what_is_there_is_shown_it_first_and_may_ask_anyway(make, sign_in, rana, other):
    request = make.request("We need training on water loss", asker=other)
    client = sign_in(rana)
    sent = {"title": "Training about water loss", "words": "These words stay."}
    page = client.form("/en/requests", sent)
    assert page.status_code == 409 and f'href="/en/requests/{request}"' in page.text
    assert "These words stay." in page.text and 'name="anyway" value="1"' in page.text
    assert client.get("/api/v1/requests").json["items"][0]["voices"] == 1
    assert client.form("/en/requests", sent | {"anyway": "1"}).status_code == 303
    like = client.get("/api/v1/requests/like", query_string={"title": "water loss training"}).json["items"]
    assert [one["id"] for one in like][-1] == request and len(like) == 2


def test_what_one_may_not_see_is_like_nothing(app, make, rana):
    space = make.space("public", members=[rana])
    make.request("We need training on water loss", asker=rana, space=space)
    with app.app_context():
        assert len(similar_to("Training on water loss", reader=GUEST)) == 1
    make.change_space(space, "private")
    with app.app_context():
        assert similar_to("Training on water loss", reader=GUEST) == []
        assert len(similar_to("Training on water loss", reader=make.reader(rana))) == 1


# Voices


def test_a_municipality_has_one_voice_however_many_give_it(app, make, sign_in, rana, other):
    request = make.request(asker=rana)
    colleague = make.member("Laith", municipality=make.municipality("Zahle", country="LB"))
    for member in (other, other, colleague):
        assert sign_in(member).form(f"/en/requests/{request}/voice", method="PUT").status_code == 303
    seen = sign_in(other).get(f"/api/v1/requests/{request}").json
    assert (seen["voices"], seen["countries"], seen["mine"]) == (3, 3, True)
    assert sign_in(other).json("DELETE", f"/api/v1/requests/{request}/voice").json["voices"] == 2
    assert sign_in(other).json("DELETE", f"/api/v1/requests/{request}/voice").json["voices"] == 2


def test_voices_of_one_moment_are_all_counted_once(app, make, rana):
    request = make.request(asker=rana)
    members = [make.member(municipality=make.municipality()) for _ in range(4)]
    threads = [threading.Thread(target=make.second, args=(request, one)) for one in members for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    with app.app_context():
        assert db.session.get_one(AgendaRequest, request).voices == 5
        assert db.session.scalar(select(func.count()).select_from(RequestVoice)) == 5


def test_who_belongs_to_no_municipality_asks_but_has_no_voice(make, sign_in):
    make.public()
    client = sign_in(make.member("Nobody's"))
    made = client.json("POST", "/api/v1/requests", {"title": "We need a talk"}).json
    assert made["voices"] == 0
    refused = client.json("PUT", f"/api/v1/requests/{made['id']}/voice")
    assert refused.status_code == 403 and "you belong to none" in refused.json["error"]["message"]
    assert "We need this too" not in client.get(f"/en/requests/{made['id']}").text


def test_two_municipalities_that_become_one_have_one_voice(app, make, sign_in, rana, other):
    first, second = make.request(asker=rana), make.request(asker=other)
    make.second(first, other)
    into = municipality_of(app, other)
    manager = sign_in(make.member(roles=["manager"]))
    done = manager.form(f"/en/municipalities/{municipality_of(app, rana)}/merger", {"into": str(into)}, method="PUT")
    assert done.status_code == 303
    with app.app_context():
        assert db.session.get_one(AgendaRequest, first).voices == 1
        assert db.session.get_one(AgendaRequest, second).voices == 1
        assert db.session.get_one(AgendaRequest, first).municipality_id == into


def municipality_of(app, member):
    """The id of a member's municipality."""
    with app.app_context():
        return db.session.get_one(Member, member.id).municipality_id


# Thinking better of it


def test_the_asker_changes_it_while_nobody_else_stands_behind_it(make, sign_in, rana, other):
    request = make.request("We need a talk", asker=rana)
    client = sign_in(rana)
    assert "We need a talk" in client.get(f"/en/requests/{request}/edit").text
    assert client.form(f"/en/requests/{request}", {"title": ""}, method="PUT").status_code == 422
    assert client.form(f"/en/requests/{request}", {"title": "We need two talks"}, method="PUT").status_code == 303
    assert client.get(f"/api/v1/requests/{request}").json["title"] == "We need two talks"
    assert sign_in(other).form(f"/en/requests/{request}", {"title": "Mine"}, method="PUT").status_code == 403
    make.second(request, other)
    refused = client.form(f"/en/requests/{request}", {"title": "Another thing"}, method="PUT")
    assert refused.status_code == 409 and "Another thing" in refused.text
    assert client.json("DELETE", f"/api/v1/requests/{request}").status_code == 409
    assert "Change your request" not in client.get(f"/en/requests/{request}").text


def test_what_is_taken_back_is_gone(make, sign_in, client, rana):
    request = make.request(asker=rana)
    assert sign_in(rana).form(f"/en/requests/{request}", method="DELETE").status_code == 303
    assert client.get(f"/en/requests/{request}").status_code == 404
    assert client.get("/api/v1/requests").json["items"] == []


# Lists


def test_lists_cost_the_same_with_one_and_with_thirty_and_lose_nothing(app, make, sign_in, rana, other):
    client = sign_in(other)
    make.request("The first", asker=rana)
    for path in ("/en/requests", "/api/v1/requests"):
        client.get(path)
    cost = []
    for number in (0, 29):
        for _ in range(number):
            make.request(asker=rana)
        for path in ("/en/requests", "/api/v1/requests"):
            with statements(app) as counted:
                client.get(path)
            cost.append(counted.number)
    assert cost == [2, 2, 2, 2]
    found, cursor = [], None
    while True:
        page = client.get("/api/v1/requests", query_string={"cursor": cursor} if cursor else {}).json
        found += [one["id"] for one in page["items"]]
        if not (cursor := page["next"]):
            break
    assert len(found) == len(set(found)) == 30


def test_the_most_wanted_stands_first_unless_the_newest_is_asked_for(make, client, rana, other):
    wanted, newest = make.request(asker=rana), make.request(asker=rana)
    make.second(wanted, other)
    ids = [one["id"] for one in client.get("/api/v1/requests").json["items"]]
    assert ids == [wanted, newest]
    ids = [one["id"] for one in client.get("/api/v1/requests?order=newest").json["items"]]
    assert ids == [newest, wanted]
