"""Who may listen: private topics, lost access, ended sessions, foreign origins, odd events."""

import contextlib
import json
import socket
import time
import urllib.request
from urllib.error import HTTPError

import pytest
import websocket

from tests.sockets import Closed, Socket

NOT_FOUND = "not_found"


@pytest.fixture
def private(make):
    """(a topic in a private space, its space, its author, another member of the space)."""
    inside, friend = make.member("The Insider"), make.member("The Friend")
    space = make.space("private", members=[inside, friend])
    return make.topic("Ours alone", author=inside, space=space), space, inside, friend


def test_a_private_topic_and_an_absent_one_are_one_answer(make, private, person, watch):
    topic = private[0]
    for who in (person(), person(make.member()), person(make.member(roles=["admin"]))):
        socket = watch(who)
        hidden = socket.ask("topic:join", {"topic": topic.id})
        absent = socket.ask("topic:join", {"topic": 999_999})
        assert hidden == absent
        assert hidden["error"]["code"] == NOT_FOUND
        assert "Ours" not in json.dumps(hidden)
    assert watch(person(private[2])).ask("topic:join", {"topic": topic.id})["ok"] is True


def test_who_was_refused_hears_nothing(make, private, person, watch):
    topic, _space, inside, _friend = private
    outside, within = watch(person(make.member())), watch(person(private[3]))
    outside.ask("topic:join", {"topic": topic.id})
    within.ask("topic:join", {"topic": topic.id})
    person(inside).reply(topic, "for our ears")
    assert "for our ears" in within.wait_for("post:added")["html"]
    assert outside.hears_nothing()


def test_removed_from_the_space_one_is_out_of_the_room_within_two_seconds(make, private, person, watch):
    topic, space, inside, friend = private
    socket, stays = watch(person(friend)), watch(person(inside))
    for one in (socket, stays):
        one.ask("topic:join", {"topic": topic.id})
    began = time.monotonic()
    make.remove_from_space(space, friend)
    assert socket.wait_for("topic:left", within=3) == {"topic": topic.id}
    assert time.monotonic() - began <= 2.5
    person(inside).reply(topic, "after you left")
    assert stays.wait_for("post:added")["number"] == 2
    assert socket.hears_nothing()
    assert socket.ask("topic:join", {"topic": topic.id})["error"]["code"] == NOT_FOUND


def test_a_space_that_closes_puts_guests_out(make, person, watch):
    topic = make.topic()
    socket = watch(person())
    socket.ask("topic:join", {"topic": topic.id})
    make.change_space(make.public(), "private")
    assert socket.wait_for("topic:left", within=3) == {"topic": topic.id}


def test_signing_out_closes_the_sockets(make, private, person, watch):
    topic, _space, _inside, friend = private
    who = person(friend)
    sockets = [watch(who), watch(who)]
    other = watch(person(friend))
    for one in (*sockets, other):
        one.ask("topic:join", {"topic": topic.id})
    status, _body = who.send("DELETE", "/api/v1/sessions/current")
    assert status == 204
    assert [socket.is_closed_within(5) for socket in sockets] == [True, True]
    assert other.ask("topic:join", {"topic": topic.id})["ok"] is True


def test_a_suspension_closes_the_sockets(make, private, person, watch):
    friend = private[3]
    socket = watch(person(friend))
    make.suspend(friend)
    assert socket.is_closed_within(5)


def test_an_event_after_the_sign_out_is_refused_at_once(make, private, person, watch):
    topic, _space, _inside, friend = private
    who = person(friend)
    socket = watch(who)
    who.send("DELETE", "/api/v1/sessions/current")
    with contextlib.suppress(Closed):
        assert "error" in socket.ask("topic:join", {"topic": topic.id})


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1", "https://127.0.0.1"])
def test_a_foreign_origin_gets_no_socket(make, person, origin):
    who = person(make.member())
    with pytest.raises((websocket.WebSocketBadStatusException, Closed)):
        Socket(who.server.url, cookie=who.cookie, origin=origin)


def test_a_forwarded_host_does_not_make_an_origin_ours(server):
    with pytest.raises((websocket.WebSocketBadStatusException, Closed)):
        url = f"{server.url.replace('http', 'ws', 1)}/socket.io/?EIO=4&transport=websocket"
        opened = websocket.create_connection(
            url, origin="http://evil.example", header={"X-Forwarded-Host": "evil.example"}, timeout=5
        )
        opened.close()


def test_only_websockets_are_spoken(server):
    status, _body = server.get("/socket.io/?EIO=4&transport=polling", Origin=server.url)
    assert status == 400


WRONG = [
    None,
    [],
    "x",
    7,
    True,
    {},
    {"topic": None},
    {"topic": "1"},
    {"topic": "١"},
    {"topic": True},
    {"topic": 1.0},
    {"topic": -1},
    {"topic": 0},
    {"topic": 2**63},
    {"topic": 2**70},
    {"topic": [1]},
    {"topic": {"id": 1}},
    {"topic": 1, "since": "1"},
    {"topic": 1, "since": -1},
    {"topic": 1, "since": 1.5},
    {"topic": 1, "since": True},
    {"topic": 1, "since": {}},
    {"topic": 1, "language": "xx"},
    {"topic": 1, "language": ["en"]},
    {"topic": 1, "language": {"en": 1}},
    {"topic": 1, "language": 7},
    {"topic": 1, "language": {}},
    {"topic": 1, "language": []},
    {"topic": 1, "language": 0},
]


def test_wrong_shapes_are_refused_with_words(make, person, watch):
    topic = make.topic()
    socket = watch(person(), language="ar")
    for payload in WRONG:
        for event in ("topic:join", "topic:leave"):
            if event == "topic:leave" and isinstance(payload, dict) and payload.get("topic") == 1:
                continue
            answer = socket.ask(event, payload)
            assert answer["error"]["code"] == "invalid", (event, payload)
            assert answer["error"]["message"]
    assert "error" in socket.ask("topic:join")
    assert "error" in socket.ask("topic:join", {"topic": 1}, {"topic": 1})
    assert watch(person()).ask("topic:join", {"topic": topic.id})["ok"] is True


ODD_FRAMES = [
    "42",
    "42[]",
    "42{}",
    "42[1]",
    "42[null]",
    "42[{}]",
    '42[["topic:join"],{"topic":1}]',
    '42[{"a":1},{"topic":1}]',
    "42[true,{}]",
    '42["connect"]',
    '42["disconnect"]',
    '42["__class__",{}]',
    '42["topic:unknown",{}]',
    '42["topic:join",{"topic":1e400}]',
    '42["topic:join",{"topic":NaN}]',
    '42["topic:join",{"topic":"\\ud800"}]',
    '42["topic:join",{"topic":"\\u0000"}]',
    '42999999999999999999["topic:join",{"topic":1}]',
    "42" + "[" * 5000,
    "451-",
    '451-["topic:join",{"_placeholder":true,"num":0}]',
    "49",
    "4",
    "4x",
    "40/nowhere,",
    "41/nowhere,",
    "43",
    "431[1]",
    "6",
    "9",
    "x",
    b"\x00\x01",
    b"\xff" * 100,
]


def test_odd_frames_hurt_nobody(make, server, person, watch):
    topic = make.topic()
    guest, writer = person(), person(topic.author)
    other = watch(guest)
    other.ask("topic:join", {"topic": topic.id})
    said_before = len(server.log)
    for count, frame in enumerate(ODD_FRAMES, start=2):
        socket = Socket(server.url)
        with contextlib.suppress(Closed, TimeoutError, OSError, websocket.WebSocketException):
            socket.raw(frame)  # whoever sends nonsense may be shown out
            socket.ask("topic:join", {"topic": topic.id}, within=0.3)
        socket.close()
        writer.reply(topic, f"still here after {frame!r}")
        assert other.wait_for("post:added")["number"] == count, frame
        assert "Traceback" not in server.log[said_before:], (frame, server.log[-2000:])
    assert server.get("/health")[0] == 200


@pytest.mark.parametrize("name", ["connect", "disconnect"])
def test_the_librarys_own_events_cannot_be_sent_by_hand(make, private, person, watch, name):
    """Who had "disconnected" so would stay in the room, and nobody would ask again whether they may."""
    topic, space, inside, friend = private
    socket = watch(person(friend))
    socket.ask("topic:join", {"topic": topic.id})
    socket.raw(f'42["{name}"]')
    assert socket.is_closed_within(2)
    make.remove_from_space(space, friend)
    person(inside).reply(topic, "after you left")
    assert socket.events == []


def test_a_frame_over_64_kilobytes_ends_the_connection(make, server, person, watch):
    topic = make.topic()
    socket = watch(person())
    socket.raw("42" + json.dumps(["topic:join", {"topic": topic.id, "x": "y" * 70_000}]))
    assert socket.is_closed_within(5)
    assert watch(person()).ask("topic:join", {"topic": topic.id})["ok"] is True


def test_too_many_events_are_too_many(make, person, watch):
    topic = make.topic()
    socket = watch(person())
    answers = [socket.ask("topic:join", {"topic": topic.id}) for _ in range(70)]
    codes = [answer.get("error", {}).get("code") for answer in answers]
    assert codes[:50] == [None] * 50
    assert codes[-1] == "too_many"


def test_one_socket_watches_twenty_topics_at_most(make, person, watch):
    topics = [make.topic() for _ in range(21)]
    socket = watch(person())
    answers = [socket.ask("topic:join", {"topic": topic.id}) for topic in topics]
    assert all(answer["ok"] for answer in answers[:20])
    assert answers[20]["error"]["code"] == "too_many"


def test_refusals_come_in_the_sockets_language(make, person, watch):
    said = {
        language: watch(person(), language=language).ask("topic:join", {"topic": 999})["error"]["message"]
        for language in ("ar", "en", "fr", "tr")
    }
    assert len(set(said.values())) == 4, said


def test_answers_of_the_socket_library_bear_our_headers(server):
    for path in ("/socket.io/", "/socket.io/?EIO=4&transport=polling", "/socket.io/?EIO=4&transport=websocket"):
        asked = urllib.request.Request(server.url + path, headers={"Origin": server.url})
        try:
            with urllib.request.urlopen(asked, timeout=10) as answer:
                headers = answer.headers
        except HTTPError as error:
            with error:
                headers = error.headers
        assert headers["X-Content-Type-Options"] == "nosniff", path
        assert headers.get_all("Content-Security-Policy"), path


def test_a_connection_that_was_a_websocket_carries_no_further_request(server):
    lines = [
        "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1",
        f"Host: 127.0.0.1:{server.port}",
        f"Origin: {server.url}",
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 12",
        "",
        "GET /en/topics HTTP/1.1",
        f"Host: 127.0.0.1:{server.port}",
        "",
        "",
    ]
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as line:
        line.sendall("\r\n".join(lines).encode())
        heard = b""
        while part := line.recv(65536):
            heard += part
    assert heard.count(b"HTTP/1.1 ") == 1
