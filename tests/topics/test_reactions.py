"""Reactions: counted for all, named for those who may see them, the reader's own beside the page, also in the gap."""

import re

import pytest
from sqlalchemy import select

from forum.core.db import db
from forum.topics.models import Post, Reaction, Topic
from tests.counting import statements

KINDS = ["agree", "thanks", "useful", "we-do-this-too", "question"]


def put(client, post, kind: str = "agree", method: str = "PUT"):
    """Say it through the API."""
    return client.json(method, f"/api/v1/posts/{post.id}/reactions/{kind}")


@pytest.mark.parametrize("kind", KINDS)
def test_a_reaction_is_counted_once_and_taken_back(app, make, sign_in, kind):
    topic = make.topic()
    client = sign_in(make.member())
    for _ in range(2):
        answer = put(client, topic.post, kind)
        assert answer.status_code == 200
        assert answer.json == {"post": topic.post.id, "reactions": {kind: 1}, "mine": [kind]}
    assert put(sign_in(make.member()), topic.post, kind).json["reactions"] == {kind: 2}
    for _ in range(2):
        assert put(client, topic.post, kind, "DELETE").json == {
            "post": topic.post.id,
            "reactions": {kind: 1},
            "mine": [],
        }
    with app.app_context():
        assert len(db.session.scalars(select(Reaction)).all()) == 1
        assert db.session.get_one(Topic, topic.id).change == 4, "saying it twice is no change"


def test_several_kinds_stand_in_one_order(make, sign_in):
    topic = make.topic()
    client = sign_in(make.member())
    for kind in reversed(KINDS):
        put(client, topic.post, kind)
    shown = client.get(f"/api/v1/topics/{topic.id}/posts").json["items"][0]["reactions"]
    assert list(shown) == KINDS


@pytest.mark.parametrize("kind", ["like", "", "AGREE", "agree%00", "أوافق", "x" * 300])
def test_another_kind_is_not_there(make, sign_in, kind):
    topic = make.topic()
    client = sign_in(make.member())
    assert put(client, topic.post, kind).status_code == 404
    assert client.form(f"/en/posts/{topic.post.id}/reactions/{kind}", method="PUT").status_code == 404


def test_nobody_reacts_to_their_own_post_or_to_a_hidden_one(make, sign_in, client):
    topic = make.topic()
    assert put(sign_in(topic.author), topic.post).status_code == 403
    post = make.reply(topic)
    make.react(post, "thanks", by=make.member())
    make.hide(post)
    other = sign_in(make.member())
    assert put(other, post).status_code == 404
    assert client.get(f"/en/posts/{post.id}/reactions").status_code == 404
    assert client.get(f"/api/v1/topics/{topic.id}/posts").json["items"][1]["reactions"] == {}
    assert put(client, topic.post).status_code == 401


def test_a_closed_topic_still_takes_reactions(make, sign_in):
    topic = make.topic()
    make.close(topic)
    assert put(sign_in(make.member()), topic.post).status_code == 200


def test_without_a_script_one_says_it_and_takes_it_back_on_the_page_of_who_reacted(make, sign_in, client):
    topic = make.topic()
    member = make.member("ليلى منصور", name_language="ar", municipality=make.municipality("Zarqa"))
    reader = sign_in(member)
    path = f"/en/posts/{topic.post.id}/reactions"
    assert f'href="{path}"' in client.get(f"/en/topics/{topic.id}").text
    assert "<form" not in client.get(path).text.split("<main")[1]
    answer = reader.form(f"{path}/useful", method="PUT")
    assert answer.status_code == 303
    page = reader.get(answer.headers["Location"]).text
    assert re.search(r'name="_method" value="DELETE".*?aria-pressed="true"', page, re.DOTALL)
    seen = client.get(path).text
    assert "ليلى منصور" in seen
    assert "Zarqa" in seen
    assert "Useful" in reader.get(f"/en/topics/{topic.id}").text
    reader.form(f"{path}/useful", method="DELETE")
    assert "ليلى منصور" not in client.get(path).text


def test_the_page_is_the_same_for_all_but_for_what_is_mine(make, sign_in):
    topic = make.topic()
    first, second = make.member(), make.member()
    make.react(topic.post, "agree", by=first)
    readers = sign_in(first), sign_in(second)
    pages = [client.get(f"/en/topics/{topic.id}").text for _ in range(2) for client in readers]
    posts = {page[page.index("<article") : page.rindex("</article>")] for page in pages}
    assert len(posts) == 1
    assert [re.search(r'data-mine="([^"]*)"', page)[1] for page in pages] == [f"{topic.post.id}:agree", ""] * 2


def test_a_reaction_shows_at_once_in_kept_pages_and_in_the_gap(make, sign_in):
    topic = make.topic()
    reader, other = sign_in(make.member()), make.member()
    path = f"/ar/topics/{topic.id}"
    for _ in range(2):
        reader.get(path)
    make.react(topic.post, "thanks", by=other)
    assert 'data-reaction="thanks"' in reader.get(path).text
    gap = reader.get(f"{path}/posts?since=1")
    assert gap.headers["Topic-Change"] == "2"
    assert 'data-reaction="thanks"' in gap.text


def test_who_reacted_costs_the_same_for_one_and_for_thirty(app, make, client):
    topic = make.topic()
    costs = []
    for count in (1, 29):
        for _ in range(count):
            make.react(topic.post, "agree", by=make.member())
        for path in (f"/en/posts/{topic.post.id}/reactions", f"/api/v1/posts/{topic.post.id}/reactions"):
            with statements(app) as counted:
                client.get(path)
            costs.append(counted.number)
    assert costs[:2] == costs[2:]


def test_who_reacted_is_paged_and_names_no_addresses(make, client):
    topic = make.topic()
    for _ in range(51):
        make.react(topic.post, "agree", by=make.member())
    first = client.get(f"/api/v1/posts/{topic.post.id}/reactions").json
    assert len(first["items"]) == 50
    assert "example.org" not in str(first)
    second = client.get(f"/api/v1/posts/{topic.post.id}/reactions", query_string={"cursor": first["next"]}).json
    assert (len(second["items"]), second["next"]) == (1, None)
    assert client.get(f"/en/posts/{topic.post.id}/reactions?cursor=x").status_code == 404


def test_reactions_of_one_moment_are_all_counted(app, make, sign_in):
    topic = make.topic()
    for client in [sign_in(make.member()) for _ in range(5)]:
        put(client, topic.post)
    with app.app_context():
        assert db.session.get_one(Post, topic.post.id).reactions == "agree:5"
