"""First posts of new members: seen by their author and by moderators alone, until one approves."""

import re

import pytest
from sqlalchemy import func, select

from forum.core.audit import AuditEntry
from forum.core.db import db
from forum.following.models import Follow
from forum.holding.models import HeldPost
from forum.notifications.models import Notice
from forum.topics.models import Post, Topic
from tests.counting import statements
from tests.test_rights import crawl, starts

MARK = "Zaytouna7351"


@pytest.fixture
def new(make):
    """A new member of a site that holds the first two posts."""
    make.topic("Before", replies=1)  # so that its author waits no more
    make.site(held_posts=2)
    return make.member("Hind Example")


@pytest.fixture
def moderator(make, sign_in):
    """A moderator at work."""
    return sign_in(make.member(roles=["moderator"]))


def write(client, topic, words=f"{MARK} words", **more):
    """Reply by the API."""
    return client.json("POST", f"/api/v1/topics/{topic.id}/posts", {"words": words, "language": "en", **more})


def held_topic(client, space, **more):
    """A new topic that is held."""
    body = {"title": f"{MARK} title", "words": f"{MARK} words", "language": "en", **more}
    return client.json("POST", f"/api/v1/spaces/{space.id}/topics", body)


def approve(client, id):
    """Yes."""
    return client.json("PUT", f"/api/v1/held/{id}/approval")


def count(app, model) -> int:
    """How many rows."""
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model))


def without(text: str) -> str:
    """A page without what changes with every request."""
    return re.sub(r'(csrf_token" value|data-csrf|name="key" value|X-Request-Id)="[^"]*"', "", text)


def test_nothing_of_it_shows_anywhere(app, make, new, sign_in, work):
    topic = make.topic("Water", tags=["wells"], kind="question")
    other, author, guest = sign_in(make.member()), sign_in(make.author()), app.test_client()
    with app.app_context():
        before = db.session.get_one(Topic, topic.id)
        state = before.change, before.post_count, before.last_number, before.last_post_at
    pages = [f"/en/topics/{topic.id}", "/en/topics", f"/en/members/{new.id}", f"/api/v1/topics/{topic.id}", "/en/"]
    seen = [without(client.get(path).text) for client in (other, guest) for path in pages]
    client = sign_in(new)
    quoting = f'> [Amal #1](/posts/{topic.post.id})\n> x\n\n{MARK} words @"Amal Haddad"'
    assert write(client, topic, quoting, reply_to=1).status_code == 202
    assert held_topic(client, make.public(), tags=[MARK]).status_code == 202
    work()
    assert seen == [without(client.get(path).text) for client in (other, guest) for path in pages]
    for reader in (other, author, guest):
        found = crawl(reader, starts(app))
        assert sorted(path for path, body in found.items() if MARK in body) == []
    with app.app_context():
        after = db.session.get_one(Topic, topic.id)
        assert (after.change, after.post_count, after.last_number, after.last_post_at) == state
        assert db.session.scalar(select(func.count()).where(Follow.member_id == new.id)) == 0
        assert db.session.scalar(select(func.count()).where(Notice.member_id == make.author().id)) == 0
    assert (count(app, Post), count(app, Topic), count(app, HeldPost)) == (3, 2, 2)
    assert author.get(f"/en/topics/{topic.id}/posts?since=1").text.count(MARK) == 0


def test_the_author_sees_it_waiting_also_from_memory(make, new, sign_in):
    topic, client = make.topic(), sign_in(new)
    assert "Waiting for a moderator" not in client.get(f"/en/topics/{topic.id}").text
    answer = client.form(f"/en/topics/{topic.id}/posts", {"words": f"{MARK} **words**", "key": "k"})
    assert (answer.status_code, answer.location) == (303, "/en/held/1")
    page = client.get(answer.location).text
    assert all(words in page for words in ("<strong>words</strong>", "Waiting for a moderator"))
    for _twice in range(2):
        page = client.get(f"/en/topics/{topic.id}").text
        assert all(words in page for words in (MARK, "Only you see this so far."))
    gap = client.get(f"/en/topics/{topic.id}/posts?since=1")
    assert (gap.headers["Topic-Held"], gap.text) == ("1", ""), "a page that asks over HTTP hears how many wait"
    assert MARK in client.get("/ar/held/mine").text or "/ar/held/1" in client.get("/ar/held/mine").text
    other = sign_in(make.member()).get(f"/en/topics/{topic.id}").text
    assert "Only you see" not in other
    assert "Topic-Held" not in sign_in(make.member()).get(f"/en/topics/{topic.id}/posts?since=0").headers


def test_approved_it_stands_at_the_end_with_its_own_number(app, make, new, sign_in, moderator, work):
    topic, client = make.topic(), sign_in(new)
    id = write(client, topic, reply_to=1).json["held"]
    later = make.reply(topic)
    work()
    notice = moderator.get("/api/v1/notices").json["items"][0]
    assert (notice["kind"], notice["subject"]) == ("held", {"kind": "held", "id": id})
    assert all(words in moderator.get(f"/en/held/{id}").text for words in (MARK, "Hind Example", topic.title))
    draft = client.json("PUT", f"/api/v1/drafts/topic/{topic.id}", {"words": "Something else"})
    assert draft.status_code == 204
    assert moderator.form(f"/en/held/{id}/approval", method="PUT").status_code == 303
    posts = client.get(f"/api/v1/topics/{topic.id}/posts").json["items"]
    assert (posts[-1]["number"], posts[-1]["author"]["id"], posts[-1]["reply_to"]) == (later.number + 1, new.id, 1)
    assert MARK in app.test_client().get(f"/en/topics/{topic.id}").text
    assert "Only you see" not in client.get(f"/en/topics/{topic.id}").text
    assert client.get(f"/api/v1/drafts/topic/{topic.id}").json["words"] == "Something else"
    work()
    assert moderator.get("/api/v1/notices").json["items"] == []
    assert "others see it now" in client.get("/en/notices").text
    assert "To the post" in client.get(f"/en/held/{id}").text
    assert sign_in(make.author()).get("/api/v1/notices").json["items"][0]["topic"]["id"] == topic.id
    with app.app_context():
        assert "held post approved" in db.session.scalars(select(AuditEntry.action)).all()


def test_a_topic_is_unseen_until_it_is_approved(app, make, new, sign_in, moderator):
    client, workshop = sign_in(new), make.workshop()
    body = {"title": f"{MARK} title", "words": "Why?", "language": "en", "kind": "question", "tags": ["wells"]}
    ids = [held_topic(client, make.public(), kind="question").json["held"]]
    ids.append(client.json("POST", f"/api/v1/workshops/{workshop.id}/topics", body).json["held"])
    assert count(app, Topic) == 1
    assert all(approve(moderator, id).status_code == 200 for id in ids)
    items = [one for one in client.get("/api/v1/topics").json["items"] if one["title"] != "Before"]
    assert [(one["kind"], one["title"]) for one in items] == [("question", f"{MARK} title")] * 2
    assert [one["title"] for one in client.get(f"/api/v1/workshops/{workshop.id}/topics").json["items"]] == [
        f"{MARK} title"
    ]
    assert items[0]["tags"] == ["wells"]


def test_declined_its_author_is_told_why_and_keeps_the_words(app, make, new, sign_in, moderator, work):
    topic, client = make.topic(), sign_in(new)
    id = write(client, topic).json["held"]
    assert moderator.form(f"/en/held/{id}/refusal", {"reason": " "}, method="PUT").status_code == 422
    assert moderator.form(f"/en/held/{id}/refusal", {"reason": "<b>Advertising</b>"}, method="PUT").status_code == 303
    work()
    assert "declined what you wrote" in client.get("/en/notices").text
    page = client.get(f"/en/held/{id}").text
    assert all(words in page for words in (MARK, "&lt;b&gt;Advertising"))
    assert count(app, Post) == 3
    assert approve(moderator, id).status_code == 409


def test_after_the_first_posts_nothing_waits_and_staff_never_does(make, new, sign_in, moderator):
    topic, client = make.topic(), sign_in(new)
    for _first in range(2):
        assert approve(moderator, write(client, topic).json["held"]).status_code == 200
    assert write(client, topic).status_code == 201
    assert write(moderator, topic).status_code == 201
    make.site(held_posts=0)
    assert write(sign_in(make.member()), topic).status_code == 201


def test_the_same_form_twice_is_held_once_also_after_it_was_approved(app, make, new, sign_in, moderator):
    topic, client = make.topic(), sign_in(new)
    ids = {write(client, topic, key="a-key").json["held"] for _twice in range(2)}
    assert count(app, HeldPost) == len(ids) == 1
    post = approve(moderator, ids.pop()).json["post"]
    again = write(client, topic, key="a-key")
    assert (again.status_code, again.json["id"]) == (201, post)
    topics = {held_topic(client, make.public(), key="b-key").json["held"] for _twice in range(2)}
    approve(moderator, topics.pop())
    assert held_topic(client, make.public(), key="b-key").status_code == 201
    assert count(app, Topic) == 3


@pytest.mark.parametrize("what", ["closed", "left", "suspended"])
def test_what_cannot_be_published_any_more_says_so_and_still_waits(app, make, new, sign_in, moderator, what):
    space = make.space("members")
    topic, client = make.topic(space=space), sign_in(new)
    id = write(client, topic).json["held"]
    if what == "closed":
        sign_in(make.author()).form(f"/en/topics/{topic.id}/closing", method="PUT")
    elif what == "left":
        make.change_space(space, "staff")
    else:
        make.suspend(new)
    answer = moderator.form(f"/en/held/{id}/approval", method="PUT")
    assert answer.status_code == 409
    assert approve(moderator, id).status_code == 409
    assert moderator.get("/api/v1/held").json["items"][0]["state"] == "waiting"
    assert count(app, Post) == 3


def test_a_private_space_is_its_own_affair(app, make, new, sign_in, moderator, work):
    insider = make.member(roles=["moderator"])
    space = make.space("private", members=[new, insider])
    topic = make.topic(f"{MARK} title", author=insider, space=space)
    id = write(sign_in(new), topic).json["held"]
    work()
    for path in ("/en/held", "/api/v1/held", "/en/notices", f"/en/held/{id}", f"/api/v1/held/{id}"):
        assert MARK not in moderator.get(path).text
    assert moderator.get("/api/v1/notices").json["items"] == []
    assert approve(moderator, id).status_code == 404
    client = sign_in(insider)
    assert client.get("/api/v1/notices").json["items"][0]["kind"] == "held"
    make.remove_from_space(space, insider)
    assert client.get("/api/v1/notices").json["items"] == []
    assert approve(client, id).status_code == 404
    assert sign_in(make.member()).get(f"/api/v1/held/{id}").status_code == 404


def test_taken_back_it_is_a_draft_again(make, new, sign_in, moderator):
    topic, client = make.topic(), sign_in(new)
    id = write(client, topic).json["held"]
    assert moderator.json("DELETE", f"/api/v1/held/{id}").status_code == 403
    assert client.json("DELETE", f"/api/v1/held/{id}").status_code == 204
    assert MARK in client.get(f"/api/v1/drafts/topic/{topic.id}").json["words"]
    assert approve(moderator, id).status_code == 409


def test_a_member_cannot_fill_the_desk(make, new, sign_in):
    topic, client = make.topic(), sign_in(new)
    for _held in range(20):
        assert write(client, topic).status_code == 202
    assert write(client, topic).status_code == 409


def test_who_is_no_moderator_any_more_hears_nothing(make, new, sign_in, work):
    staff = make.member(roles=["moderator"])
    client = sign_in(staff)
    write(sign_in(new), make.topic())
    work()
    assert len(client.get("/api/v1/notices").json["items"]) == 1
    make.take_role(staff, "moderator")
    assert client.get("/api/v1/notices").json["items"] == []
    assert client.get("/api/v1/held").status_code == 403


@pytest.mark.parametrize("path", ["/en/held", "/api/v1/held"])
def test_the_desk_costs_the_same_with_1_and_20(app, make, new, moderator, path):
    topic, counts = make.topic(), []
    for more in (1, 19):
        for _n in range(more):
            make.held(topic, author=make.member())
        with statements(app) as counted:
            assert moderator.get(path).status_code == 200
        counts.append(counted.number)
    assert counts[0] == counts[1]
