"""The first page, for guests and for members."""

import re
from datetime import datetime

import pytest

from tests.counting import statements


def words_of(answer):
    """What is to be read in the content and beside it."""
    main = re.search(r'<div class="wrap page.*<footer', answer.text, re.DOTALL).group()
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_the_first_page_is_in_the_readers_language(make, client, sign_in):
    answer = client.get("/", headers={"Accept-Language": "fr-FR,fr;q=0.9,en;q=0.5"})
    assert answer.status_code == 302 and answer.location == "/fr/"
    assert "Accept-Language" in answer.headers["Vary"] and "Cookie" in answer.headers["Vary"]
    assert sign_in(make.member(language="ar")).get("/").location == "/ar/"


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("en", "ltr"), ("fr", "ltr"), ("tr", "ltr")])
def test_every_language_has_its_direction(client, language, direction):
    assert f'<html lang="{language}" dir="{direction}"' in client.get(f"/{language}/").text


def test_a_guest_learns_what_this_is_and_how_to_take_part(make, client):
    words = words_of(client.get("/en/"))
    assert "Since June 2016" in words and "How to take part" in words and "Nothing is announced yet" in words
    assert "New for me" not in words and "Welcome back" not in words


def test_what_comes_next_stands_first_with_its_time(make, client):
    make.workshop("Afterwards", starts=datetime(2050, 1, 2, 10))
    make.workshop("The next one", starts=datetime(2049, 7, 11, 11), zone="Europe/Paris")
    words = words_of(client.get("/en/"))
    assert words.index("The next one") < words.index("Afterwards")
    assert "Sunday 11 July 2049 12:00–14:00, Amman time" in words
    assert "For the organisers: 11:00–13:00, Paris time" in words


def test_a_member_is_greeted_with_what_is_new(make, sign_in, work):
    member = make.member("Samer")
    topic, other = make.topic("Followed"), make.topic("Unknown")
    work()
    make.read(topic, member, 1)
    make.follow(topic, member)
    make.replies(topic, 2)
    work()
    answer = sign_in(member).get("/en/")
    words = words_of(answer)
    assert "Welcome back, Samer" in words and "1 notice waits for you" in words
    assert f'href="/en/topics/{topic.id}/posts/2"' in answer.text and "2 new" in words
    assert words.index("New for me Followed") < words.index("Under discussion Unknown")
    assert words.count("Followed") == 1 and "Since June 2016" not in words
    assert other.title in words


def test_a_member_who_has_read_everything_is_told(make, sign_in):
    words = words_of(sign_in(make.member()).get("/en/"))
    assert "You have read everything that you follow." in words and "No notice waits for you" in words


def test_a_member_sees_what_waits_for_an_answer(make, sign_in, client):
    reader = sign_in(make.member())
    assert "No question waits: each has its answer." in words_of(reader.get("/en/"))
    topic = make.topic("Who pays?", kind="question")
    answer = make.reply(topic)
    page = reader.get("/en/").text
    waiting = page[page.index('id="waiting"') : page.index('id="latest"')]
    assert "Who pays?" in waiting and "show=unanswered" in waiting
    make.accept(answer, by=topic.author)
    assert "No question waits" in words_of(reader.get("/en/"))
    assert 'id="waiting"' not in client.get("/en/").text


def test_a_private_space_leaves_no_trace(make, client, sign_in):
    inside, outside = make.member(), make.member()
    space = make.space("private", members=[inside])
    make.topic("Hidden topic", workshop=make.workshop("Hidden event", space=space), author=inside)
    for visitor in (client, sign_in(outside)):
        text = visitor.get("/en/").text
        assert "Hidden" not in text
    shown = words_of(sign_in(inside).get("/en/"))
    assert "Hidden topic" in shown and "Hidden event" in shown and "Only for its members" in shown


def test_names_are_escaped_and_isolated(make, sign_in):
    text = sign_in(make.member("<b>Samer</b>")).get("/en/").text
    assert "<bdi>&lt;b&gt;Samer&lt;/b&gt;</bdi>" in text and "<b>Samer" not in text


def test_the_page_costs_the_same_with_1_and_30(app, make, client, sign_in, work):
    member = make.member()
    signed_in = sign_in(member)
    costs = []
    for many in (1, 29):
        for _ in range(many):
            topic = make.topic(workshop=make.workshop())
            make.follow(topic, member)
            make.reply(topic)
        work()
        with statements(app) as counted:
            client.get("/en/")
        with statements(app) as as_member:
            signed_in.get("/en/")
        costs.append((counted.number, as_member.number))
    assert costs == [(4, 7), (4, 7)]


def test_health_asks_nobody_and_ready_asks_the_database(app, client):
    with statements(app) as counted:
        assert client.get("/health").json == {"status": "ok"}
    assert counted.number == 0
    assert client.get("/ready").json == {"status": "ok"}


@pytest.mark.parametrize("language", ["ar", "en", "fr", "tr"])
def test_the_api_is_explained_by_its_own_document(app, client, language):
    page = client.get(f"/{language}/help/api").text
    assert '<div lang="en" dir="ltr" class="reference">' in page
    for path in client.get("/api/v1/openapi.json").json["paths"]:
        assert f"<code>{path}</code>" in page
    assert f'href="/{language}/help/api"' in client.get(f"/{language}/help").text
