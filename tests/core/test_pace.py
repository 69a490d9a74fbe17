"""How fast somebody may write: by member, address and route, whichever process is asked, with Redis and without."""

import dataclasses
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from forum.core import clock, pace
from forum.core.db import db
from forum.core.mail.models import Letter
from forum.core.pace import Pace
from forum.core.site import Site


@pytest.fixture
def small(monkeypatch):
    """`small(app, …)`: other paces of one application."""

    def set_paces(app, *, member=60, address=300, post=50, new=50, flood=240):
        monkeypatch.setattr(pace, "MEMBER", Pace(member, pace.MINUTE))
        monkeypatch.setattr(pace, "ADDRESS", Pace(address, pace.MINUTE))
        monkeypatch.setattr(pace, "FLOOD", flood)
        app.extensions["site"].value = Site(posts_per_minute=post, newcomer_posts=new)
        return app

    return set_paces


def reply(client, topic_id: int, words: str = "Ours too.", **kwargs):
    return client.json("POST", f"/api/v1/topics/{topic_id}/posts", {"words": words}, **kwargs)


def test_a_route_takes_so_much_from_one_member(make_app, make, sign_in, small):
    app = small(make_app(rate_limits=True), post=2)
    topic, member, other = make.topic(), make.member(), make.member()
    with clock.at(clock.now() + timedelta(days=3)):
        client = sign_in(member, app=app)
        assert [reply(client, topic.id).status_code for _ in range(3)] == [201, 201, 429]
        refused = reply(client, topic.id)
        assert refused.json["error"]["code"] == "too_many"
        assert 0 < int(refused.headers["Retry-After"]) <= 60
        assert client.json("PUT", f"/api/v1/topics/{topic.id}/follow", {"level": "all"}).status_code < 300
        assert reply(sign_in(other, app=app), topic.id).status_code == 201
        assert len(client.json("GET", f"/api/v1/topics/{topic.id}/posts").json["items"]) == 4, "nothing of it is kept"


def test_what_a_bad_line_sends_again_is_not_counted(make_app, make, sign_in, small):
    app = small(make_app(rate_limits=True), post=2)
    topic, member = make.topic(), make.member()
    with clock.at(clock.now() + timedelta(days=4)):
        client = sign_in(member, app=app)
        sent = [
            client.json("POST", f"/api/v1/topics/{topic.id}/posts", {"words": "Once.", "key": "k"}) for _ in range(4)
        ]
        assert {(one.status_code, one.json["number"]) for one in sent} == {(201, 2)}
        assert [reply(client, topic.id).status_code for _ in range(2)] == [201, 429]
        again = client.json("POST", f"/api/v1/topics/{topic.id}/posts", {"words": "Once.", "key": "k"})
        assert (again.status_code, again.json["number"]) == (201, 2)


def test_page_and_api_are_one_route_and_the_page_keeps_the_words(make_app, make, sign_in, small):
    app = small(make_app(rate_limits=True), post=1)
    topic, client = make.topic(), sign_in(make.member(), app=app)
    assert reply(client, topic.id).status_code == 201
    for language, said in (("ar", "محاولات كثيرة"), ("en", "too often")):
        page = client.form(f"/{language}/topics/{topic.id}/posts", {"words": "Not lost at all."})
        assert page.status_code == 429
        assert "Not lost at all." in page.text
        assert said in page.text
        assert int(page.headers["Retry-After"]) > 0


def test_the_count_is_shared_by_processes(make_app, make, sign_in, small):
    topic, member = make.topic(), make.member()
    statuses = []
    for _ in range(3):
        app = small(make_app(rate_limits=True), post=2)
        statuses.append(reply(sign_in(member, app=app), topic.id).status_code)
    assert statuses == [201, 201, 429]


def test_a_member_is_counted_over_all_routes(make_app, make, sign_in, small):
    app = small(make_app(rate_limits=True), member=3)
    topic, client = make.topic(), sign_in(make.member(), app=app)
    assert reply(client, topic.id).status_code == 201
    path = f"/api/v1/topics/{topic.id}/follow"
    follows = [client.json("PUT", path, {"level": "all"}).status_code for _ in range(3)]
    assert 429 not in follows[:1] and follows[2] == 429
    assert client.form(f"/en/topics/{topic.id}/read", {"number": "1"}, "PUT").status_code < 400, "reading goes on"


def test_an_address_is_counted_over_all_members(make_app, make, sign_in, small):
    app = small(make_app(rate_limits=True, trusted_proxies=1), address=2)
    topic = make.topic()
    clients = [sign_in(make.member(), app=app) for _ in range(2)]
    with clock.at(clock.now() + timedelta(hours=1)):
        here, there = {"X-Forwarded-For": "203.0.113.5"}, {"X-Forwarded-For": "203.0.113.6"}
        assert [reply(one, topic.id, headers=here).status_code for one in clients] == [201, 201]
        assert reply(clients[0], topic.id, headers=here).status_code == 429
        assert reply(clients[0], topic.id, headers=there).status_code == 201


def test_what_is_refused_for_another_reason_is_not_counted(make_app, make, sign_in, small):
    app = small(make_app(rate_limits=True), post=1)
    topic, client = make.topic(), sign_in(make.member(), app=app)
    assert reply(client, topic.id, words=" ").status_code == 422
    assert reply(client, topic.id).status_code == 201


def test_floods_that_write_nothing_are_refused_too(make_app, make, sign_in, small):
    app = small(make_app(rate_limits=True), flood=5)
    client = sign_in(make.member(), app=app)
    answers = [client.json("POST", "/api/v1/preview", {"words": "**a**"}).status_code for _ in range(6)]
    assert answers[0] == 200 and answers[-1] == 429


def test_redis_counts_where_there_is_one(make_app, make, sign_in, small, redis_url):
    topic, member = make.topic(), make.member()
    statuses = []
    for _ in range(3):
        app = small(make_app(rate_limits=True, redis_url=redis_url), post=2)
        statuses.append(reply(sign_in(member, app=app), topic.id).status_code)
    assert statuses == [201, 201, 429]


def test_without_redis_the_database_counts(make_app, make, sign_in, small):
    app = small(make_app(rate_limits=True, redis_url="redis://127.0.0.1:1"), post=2)
    topic, client = make.topic(), sign_in(make.member(), app=app)
    assert [reply(client, topic.id).status_code for _ in range(3)] == [201, 201, 429]


def test_a_new_member_writes_less_on_the_first_day(make_app, make, sign_in, small):
    app = small(make_app(rate_limits=True), new=1)
    topic, member = make.topic(), make.member()
    client = sign_in(member, app=app)
    staff = sign_in(make.member(roles=["moderator"]), app=app)
    assert [reply(client, topic.id).status_code for _ in range(2)] == [201, 429]
    assert [reply(staff, topic.id).status_code for _ in range(2)] == [201, 201]
    with clock.at(clock.now() + timedelta(days=1, minutes=1)):
        client = sign_in(member, app=app)
        assert reply(client, topic.id).status_code == 201


def test_a_new_member_links_and_calls_less(make_app, make, sign_in, small):
    app = small(make_app(rate_limits=True))
    topic, member = make.topic(), make.member()
    client = sign_in(member, app=app)
    three = "https://a.example https://b.example/x [c](https://c.example)"
    named = [make.member(name=f"Called Number{word}") for word in ("One", "Two", "Three", "Four")]
    calls = " ".join(f"@{member.name}" for member in named)
    for words in (three, calls):
        refused = reply(client, topic.id, words=words)
        assert refused.status_code == 422, words
        assert refused.json["error"]["fields"]["words"]
    ours = f"http://127.0.0.1:5000/en/topics/{topic.id} " * 4
    assert reply(client, topic.id, words=ours).status_code == 201
    assert reply(client, topic.id, words="https://a.example and https://b.example").status_code == 201
    with clock.at(clock.now() + timedelta(days=1, minutes=1)):
        client = sign_in(member, app=app)
        assert reply(client, topic.id, words=three).status_code == 201
        assert reply(client, topic.id, words=calls).status_code == 201


def test_without_limits_nothing_is_counted(app, make, sign_in, small):
    assert not dataclasses.asdict(app.config["SETTINGS"])["rate_limits"]
    small(app, post=1)
    topic, client = make.topic(), sign_in(make.member())
    assert [reply(client, topic.id).status_code for _ in range(3)] == [201] * 3


def test_the_field_that_nobody_sees_stops_programs_without_a_word(client, make):
    member = make.member()
    sent = client.form("/en/reset", {"email": member.email, "website": "https://spam.example"})
    assert sent.status_code == 303
    with client.application.app_context():
        assert db.session.scalar(select(func.count()).select_from(Letter)) == 0
    page = client.get("/ar/reset").text
    assert 'tabindex="-1"' in page and 'name="website"' in page
