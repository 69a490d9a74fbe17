"""Two server processes, one database, one Redis: who watches at one hears what is written at the other."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.live.people import Person


@pytest.fixture
def at(pair):
    """`at(0, member)`: somebody at the first server."""
    return lambda place, member=None: Person(pair[place], member)


def test_a_reply_at_one_reaches_who_watches_at_the_other(make, at, watch):
    topic = make.topic()
    sockets = [watch(at(0)), watch(at(1)), watch(at(1), language="ar")]
    for socket in sockets:
        socket.ask("topic:join", {"topic": topic.id})
    at(0, topic.author).reply(topic, "from the first server")
    for socket in sockets:
        pushed = socket.wait_for("post:added")
        assert (pushed["number"], "from the first server" in pushed["html"]) == (2, True)
    assert all(socket.hears_nothing(0.3) for socket in sockets)


def test_what_happened_while_away_all_arrives_at_another_server(make, at, watch):
    topic = make.topic(replies=1)
    reader = at(0)
    first = watch(reader)
    since = first.ask("topic:join", {"topic": topic.id})["change"]
    first.close()
    at(0, topic.author).reply(topic, "an addition")
    make.edit(topic.post, "an edit")
    hidden = make.replies(topic, 1)[0]
    make.hide(hidden)
    answer = watch(at(1)).ask("topic:join", {"topic": topic.id, "since": since})
    assert answer["change"] == since + 4
    assert [post["number"] for post in answer["posts"]] == [1, 3, 4]
    gap = at(1).server.get(f"/en/topics/{topic.id}/posts?since={since}")[1]
    page = at(1).server.get(f"/en/topics/{topic.id}")[1]
    for post in answer["posts"]:
        assert post["html"].strip() in gap
        assert post["html"].strip() in page


def test_lost_access_counts_at_every_server(make, at, watch):
    inside = make.member()
    space = make.space("private", members=[inside])
    topic = make.topic(author=inside, space=space)
    sockets = [watch(at(place, inside)) for place in (0, 1)]
    for socket in sockets:
        assert socket.ask("topic:join", {"topic": topic.id})["ok"]
    make.remove_from_space(space, inside)
    for socket in sockets:
        assert socket.wait_for("topic:left", within=3) == {"topic": topic.id}


def test_a_sign_out_at_one_closes_the_sockets_at_the_other(make, at, watch, pair):
    member = make.member()
    here = at(0, member)
    there = at(1)
    there.cookie = here.cookie
    socket = watch(there)
    assert socket.ask("topic:leave", {"topic": 99}) == {"ok": True}
    here.send("DELETE", "/api/v1/sessions/current")
    assert socket.is_closed_within(5)


def test_a_notice_rings_whichever_server_did_the_work(make, at, watch):
    topic = make.topic()
    bells = [watch(at(place, topic.author)) for place in (0, 1)]
    at(1, make.member()).reply(topic, "for you")
    for bell in bells:
        assert bell.wait_for("notice:added", within=10)["unread"] == 1


def test_a_job_is_done_once_by_two_servers(make, at):
    topic = make.topic()
    writers = [at(place, make.member()) for place in (0, 1, 0, 1)]

    def write(writer):
        for number in range(8):
            writer.reply(topic, f"number {number}")

    with ThreadPoolExecutor(len(writers)) as hands:
        list(hands.map(write, writers))
    reader = at(1, topic.author)
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        items = reader.send("GET", "/api/v1/notices")[1]["items"]
        if items and items[0]["count"] >= 32:
            break
        time.sleep(0.1)
    time.sleep(0.5)  # one told twice would show by now
    items = reader.send("GET", "/api/v1/notices")[1]["items"]
    assert [item["count"] for item in items] == [32]
