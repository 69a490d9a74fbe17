"""The pen: one has it, others ask for it; it is given, taken over, or passes when nobody is there any more."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest

from forum.core import clock
from tests.asking import HOST


@pytest.fixture
def workshop(make):
    """An event."""
    return make.workshop("Plans for towns")


@pytest.fixture
def hands(make, sign_in, workshop):
    """Two who have a place."""
    two = [make.member(name) for name in ("Rana", "Karim")]
    for one in two:
        make.registration(workshop, one)
    return [sign_in(one) for one in two]


def later(**time):
    """The clock goes on."""
    return clock.at(clock.now() + timedelta(**time))


def test_one_writes_at_a_time(workshop, hands):
    rana, karim = hands
    path = f"/api/v1/workshops/{workshop.id}/notes"
    assert rana.json("PUT", f"{path}/pen", {}).json["mine"]
    assert rana.json("PUT", f"{path}/pen", {}).status_code == 200, "twice is once"
    refused = karim.json("PUT", f"{path}/pen", {})
    assert refused.status_code == 409 and "Rana" in refused.json["error"]["message"]
    page = karim.get(f"/en/workshops/{workshop.id}/notes").text
    assert "is writing" in page and "Ask for the pen" in page and 'name="words"' not in page
    assert 'name="words"' in rana.get(f"/en/workshops/{workshop.id}/notes").text


def test_who_asks_is_given_it(workshop, hands):
    rana, karim = hands
    path = f"/en/workshops/{workshop.id}/notes"
    assert rana.form(f"{path}/pen", method="PUT").status_code == 303
    assert karim.form(f"{path}/pen/request", method="PUT").status_code == 303
    assert "<strong><bdi>Karim" in rana.get(path).text or "asks for the pen" in rana.get(path).text
    assert "Ask for it no more" in karim.get(path).text
    assert rana.form(path, {"words": "Mine.", "version": "0", "done": "1"}, method="PUT").status_code == 303
    there = karim.get(path).text
    assert 'name="words"' in there and "Mine." in there
    assert 'name="words"' not in rana.get(path).text


def test_a_pen_that_nobody_has_comes_at_once(workshop, hands):
    rana, karim = hands
    path = f"/api/v1/workshops/{workshop.id}/notes"
    assert rana.json("PUT", f"{path}/pen/request", {}).json["mine"]
    rana.json("DELETE", f"{path}/pen")
    assert karim.json("GET", path).json["writer"] is None


def test_it_passes_when_the_lease_is_over_first_to_who_asked(make, sign_in, workshop, hands):
    rana, karim = hands
    third = make.member("Third")
    make.registration(workshop, third)
    third = sign_in(third)
    path = f"/api/v1/workshops/{workshop.id}/notes"
    rana.json("PUT", f"{path}/pen", {})
    karim.json("PUT", f"{path}/pen/request", {})
    assert third.json("PUT", f"{path}/pen/request", {}).status_code == 409
    with later(seconds=70):
        assert karim.json("PUT", f"{path}/pen", {}).status_code == 409
    with later(seconds=76):
        assert third.json("PUT", f"{path}/pen", {}).status_code == 409, "it waits for who asked"
        assert rana.json("PUT", path, {"words": "Late.", "version": 0}).status_code == 409
        assert karim.json("PUT", f"{path}/pen", {}).json["mine"]
    with later(minutes=20):
        assert third.json("GET", path).json["writer"] is None
        assert third.json("PUT", f"{path}/pen", {}).json["mine"]


def test_who_does_not_come_for_it_loses_their_turn(make, sign_in, workshop, hands):
    rana, karim = hands
    path = f"/api/v1/workshops/{workshop.id}/notes"
    karim.json("PUT", f"{path}/pen", {})
    rana.json("PUT", f"{path}/pen/request", {})
    with later(minutes=5):
        assert karim.get(path).json["asker"] is None
        assert karim.json("PUT", path, {"words": "On.", "version": 0}).status_code == 200


def test_asking_is_taken_back(workshop, hands):
    rana, karim = hands
    path = f"/api/v1/workshops/{workshop.id}/notes"
    rana.json("PUT", f"{path}/pen", {})
    karim.json("PUT", f"{path}/pen/request", {})
    assert karim.json("DELETE", f"{path}/pen/request").json["asker"] is None
    assert rana.json("DELETE", f"{path}/pen").json["writer"] is None


def test_staff_take_it_over_and_the_writer_keeps_the_words(make, sign_in, workshop, hands):
    rana, _karim = hands
    moderator = sign_in(make.member(roles=["moderator"]))
    path = f"/en/workshops/{workshop.id}/notes"
    rana.form(f"{path}/pen", method="PUT")
    assert moderator.form(f"{path}/pen", method="PUT").status_code == 409
    assert rana.form(f"{path}/pen", {"over": "y"}, method="PUT").status_code == 303, "it is theirs already"
    assert moderator.form(f"{path}/pen", {"over": "y"}, method="PUT").status_code == 303
    moderator.form(path, {"words": "The moderator's.", "version": "0"}, method="PUT")
    back = rana.form(path, {"words": "Rana's <words>.", "version": "0"}, method="PUT")
    assert back.status_code == 409 and "Rana&#39;s &lt;words&gt;." in back.text and "The moderator" in back.text
    asked = rana.form(path, {"words": "Rana's <words>.", "version": "1", "ask": "1"}, method="PUT")
    assert asked.status_code == 200 and "Rana&#39;s &lt;words&gt;." in asked.text and "asks for the pen" in asked.text


def test_only_who_has_a_place_writes(make, sign_in, client, workshop):
    path = f"/en/workshops/{workshop.id}/notes"
    waiting = make.member("Perhaps")
    make.registration(workshop, waiting, "maybe")
    for reader in (sign_in(make.member()), sign_in(waiting)):
        assert "Those who have a place" in reader.get(path).text
        assert reader.form(f"{path}/pen", method="PUT").status_code == 403
        assert reader.form(path, {"words": "x", "version": "0"}, method="PUT").status_code == 403
        assert reader.json("PUT", f"/api/v1{path[3:]}", {"words": "x", "version": 0}).status_code == 403
    assert client.get(path).status_code == 200
    assert client.json("PUT", f"/api/v1{path[3:]}/pen", {}).status_code == 401


def test_who_gives_the_place_up_lays_the_pen_down_at_once(make, sign_in, workshop, hands):
    rana, karim = hands
    path = f"/api/v1/workshops/{workshop.id}"
    rana.json("PUT", f"{path}/notes", {"words": "So far.", "version": 0})
    assert rana.form(f"/en/workshops/{workshop.id}/registration", {"answer": "maybe"}, method="PUT").status_code == 303
    assert karim.json("GET", f"{path}/notes").json["writer"] is None
    assert rana.json("PUT", f"{path}/notes", {"words": "More.", "version": 1}).status_code == 403
    assert karim.json("PUT", f"{path}/notes/pen", {}).json["mine"]


def test_the_pen_of_who_withdraws_goes_to_who_asked_and_a_place_in_the_queue_is_given_up(make, workshop, hands):
    rana, karim = hands
    path = f"/api/v1/workshops/{workshop.id}"
    rana.json("PUT", f"{path}/notes/pen", {})
    karim.json("PUT", f"{path}/notes/pen/request", {})
    assert rana.json("DELETE", f"{path}/registration").status_code == 200
    assert karim.json("GET", f"{path}/notes").json["mine"]
    make.registration(workshop, make.member("Third"))
    assert karim.json("DELETE", f"{path}/registration").status_code == 200
    after = karim.json("GET", f"{path}/notes").json
    assert (after["writer"], after["asker"]) == (None, None)


def test_staff_keep_the_pen_without_a_place_until_they_lose_sight_of_the_event(make, sign_in):
    moderator, reader = make.member(roles=["moderator"]), make.member()
    space = make.space("private", members=[moderator, reader])
    event = make.workshop(space=space)
    make.registration(event, moderator)
    writer, looking, path = sign_in(moderator), sign_in(reader), f"/api/v1/workshops/{event.id}"
    writer.json("PUT", f"{path}/notes/pen", {})
    assert writer.json("DELETE", f"{path}/registration").status_code == 200
    assert looking.json("GET", f"{path}/notes").json["writer"]["id"] == moderator.id
    make.remove_from_space(space, moderator)
    assert looking.json("GET", f"{path}/notes").json["writer"] is None


@pytest.mark.parametrize("times", range(2))
def test_two_hands_in_one_moment_get_one_pen(app, make, workshop, sign_in, times):
    clients = []
    for number in range(4):
        member = make.member(f"Hand {number}")
        make.registration(workshop, member)
        clients.append(sign_in(member))
    ready, got = Barrier(len(clients)), []

    def reach(client) -> None:
        ready.wait()
        got.append(client.json("PUT", f"/api/v1/workshops/{workshop.id}/notes/pen", {}).status_code)

    hands = [Thread(target=reach, args=(client,)) for client in clients]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert sorted(got) == [200, 409, 409, 409], HOST
