"""What a member started and wrote, as far as the reader may see it."""

import re

import pytest

from forum.core.db import db
from forum.topics.models import Post
from tests.counting import statements


@pytest.fixture
def amal(make):
    """Who writes."""
    return make.author()


def test_posts_and_topics_are_shown_as_far_as_the_reader_may_see_them(make, amal, client, sign_in):
    inside = make.member()
    space = make.space("private", members=[inside, amal])
    make.topic("Open to everybody", words="Public words")
    make.topic("A private matter", words="Private words", space=space)
    for kind in ("posts", "topics"):
        for face, path in (("page", f"/en/members/{amal.id}/{kind}"), ("api", f"/api/v1/members/{amal.id}/{kind}")):
            for who, sees in ((client, False), (sign_in(make.member()), False), (sign_in(inside), True)):
                text = who.get(path).text
                assert "Open to everybody" in text, face
                assert ("A private matter" in text) == ("Private words" in text or (kind == "topics" and sees)) == sees
    profile = f"/en/members/{amal.id}"
    assert "Private words" in sign_in(inside).get(profile).text
    assert "Private words" not in client.get(profile).text
    assert "Public words" in client.get(profile).text


def test_hidden_deleted_and_unnamed_posts_are_not_listed(app, make, amal, client):
    topic = make.topic()
    hidden = make.reply(topic, "To be hidden", author=amal)
    unnamed = make.reply(topic, "Said by a municipality", author=amal)
    make.hide(hidden)
    with app.app_context(), db.session.begin():
        db.session.get_one(Post, unnamed.id).byline = "town"
    text = client.get(f"/api/v1/members/{amal.id}/posts").text + client.get(f"/en/members/{amal.id}").text
    assert "To be hidden" not in text and "Said by a municipality" not in text


@pytest.mark.parametrize("kind", ["posts", "topics"])
def test_they_are_paged_and_none_is_lost(make, amal, client, kind):
    topic = make.topic("Topic 0")
    for n in range(1, 23):
        if kind == "posts":
            make.reply(topic, f"Reply {n}", author=amal)
        else:
            make.topic(f"Topic {n}", author=amal)
    seen, path = [], f"/en/members/{amal.id}/{kind}"
    while path:
        answer = client.get(path)
        seen += re.findall(r'<h2 class="topic-title"><a href="([^"]+)"', answer.text)
        link = re.search(r'rel="next" href="([^"]+)"', answer.text)
        path = link and link.group(1).replace("&amp;", "&")
    assert len(seen) == len(set(seen)) == 23
    items, cursor = [], ""
    while cursor is not None:
        answer = client.get(f"/api/v1/members/{amal.id}/{kind}?cursor={cursor}").json
        items += [item["id"] for item in answer["items"]]
        cursor = answer["next"]
    assert len(set(items)) == 23
    assert client.get(f"/en/members/{amal.id}/{kind}?cursor=nonsense").status_code == 404


@pytest.mark.parametrize("kind", ["posts", "topics"])
def test_they_cost_the_same_with_1_and_20(app, make, amal, client, kind):
    counts = []
    for more in (1, 19):
        for _n in range(more):
            make.topic(author=amal)
        for path in (f"/en/members/{amal.id}/{kind}", f"/api/v1/members/{amal.id}/{kind}"):
            client.get(path)
            with statements(app) as counted:
                assert client.get(f"{path}?fresh={more}").status_code == 200
            counts.append(counted.number)
    assert counts[:2] == counts[2:]


def test_nobody_there_is_no_page(make, client):
    for kind in ("posts", "topics"):
        assert client.get(f"/en/members/999/{kind}").status_code == 404
        assert client.get(f"/api/v1/members/999/{kind}").status_code == 404


def test_a_member_who_wrote_nothing_teaches(make, client):
    member = make.member()
    for kind in ("posts", "topics"):
        assert "Nothing here that is open to you" in client.get(f"/en/members/{member.id}/{kind}").text
