"""Every socket event for every kind of reader, as the table of `tests/test_rights.py` says."""

import pytest

from tests.test_rights import EVENTS, ROLES, SIDES, STAFF

CODES = {404: "not_found", 401: "sign_in", 403: "forbidden"}


def test_every_event_has_an_entry_and_every_entry_an_event(app):
    handlers = app.extensions["live"].socketio.server.handlers["/"]
    assert set(handlers) - {"connect", "disconnect", "*"} == set(EVENTS)


@pytest.mark.parametrize("role", ROLES)
def test_every_event_for_every_kind_of_reader(make, person, watch, role):
    member = make.member(f"The {role}", roles=[role] if role in ("translator", *STAFF) else [])
    friend = make.member("The friend")
    private = make.space("private", members=[friend, *([member] if role in ("group", "suspended") else [])])
    places = {"public": {}, "private": {"space": private}}
    subjects = {
        "topic": {side: make.topic(author=friend, **where) for side, where in places.items()},
        "workshop": {side: make.workshop(**where) for side, where in places.items()},
    }
    who = person() if role == "guest" else person(member)
    if role == "suspended":
        make.suspend(member)
    socket = watch(who)
    wrong = []
    for name, rights in EVENTS.items():
        for side in SIDES:
            answer = socket.ask(name, {kind: one[side].id for kind, one in subjects.items()})
            told = answer.get("error", {}).get("code", "ok")
            wanted = CODES.get(rights[side][role], "ok")
            if told != wanted:
                wrong.append(f"{name} of the {side} side as {role}: {told}, not {wanted}")
    assert not wrong, "\n".join(wrong)
