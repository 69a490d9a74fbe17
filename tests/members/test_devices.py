"""Your devices."""

import re

import pytest
from sqlalchemy import select

from forum.core.db import db
from forum.members.models import SignInSession
from tests.making import PASSWORD

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36"
EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36 Edg/126.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1 Version/17.5 Mobile Safari/604.1"


def device(app, member, agent, address="192.0.2.1"):
    """A new device of a member."""
    client = app.test_client()
    body = {"email": member.email, "password": PASSWORD}
    place = {"REMOTE_ADDR": address}
    client.json("POST", "/api/v1/sessions", body, headers={"User-Agent": agent}, environ_base=place)
    return client


def ids(app, member):
    """The ids of a member's sessions, in the order of signing in."""
    with app.app_context():
        query = select(SignInSession.id).where(SignInSession.member_id == member.id)
        return list(db.session.scalars(query.order_by(SignInSession.id)))


def main_of(answer):
    """The content of a page, without the frame."""
    return re.search(r"<main.*</main>", answer.text, re.DOTALL).group()


def test_the_devices_are_named_and_this_one_is_marked(app, make):
    member = make.member()
    device(app, make.member(), EDGE, "203.0.113.9")
    device(app, member, FIREFOX, "192.0.2.1")
    here = device(app, member, PHONE, "198.51.100.2")
    page = main_of(here.get("/en/devices"))
    assert re.search(
        r"Chrome on Android.*You are using it now.*198\.51\.100\.2.*Firefox on Windows.*192\.0\.2\.1", page, re.S
    )
    assert page.count("You are using it now") == 1
    assert "Edge" not in page


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (EDGE, "Edge on Windows"),
        (IPHONE, "Safari on iPhone"),
        ("curl/8.5", "A device that did not say its name"),
        ("", "A device that did not say its name"),
        ("Linux <script>alert(1)</script>", "Linux"),
    ],
)
def test_a_device_has_a_name_that_people_know(app, make, agent, words):
    page = main_of(device(app, make.member(), agent).get("/en/devices"))
    assert words in page
    assert "alert(1)" not in page


def test_one_device_is_signed_out_and_the_others_stay(app, make):
    member = make.member()
    lost, other, here = (device(app, member, FIREFOX) for _n in range(3))
    answer = here.form(f"/en/devices/{ids(app, member)[0]}", method="DELETE")
    assert (answer.status_code, answer.location) == (303, "/en/devices")
    assert lost.get("/en/devices").status_code == 401
    assert other.get("/en/devices").status_code == 200
    assert "That device is signed out." in here.get("/en/devices").text


def test_signing_this_device_out_leads_home(app, make):
    member = make.member()
    here = device(app, member, FIREFOX)
    answer = here.form(f"/en/devices/{ids(app, member)[0]}", method="DELETE")
    assert (answer.status_code, answer.location) == (303, "/en/")
    assert here.get("/en/devices").status_code == 401


def test_all_others_are_signed_out_at_once(app, make):
    member, stranger = make.member(), make.member()
    others = [device(app, member, FIREFOX) for _n in range(2)]
    here, theirs = device(app, member, PHONE), device(app, stranger, PHONE)
    assert here.form("/en/devices", method="DELETE").location == "/en/devices"
    assert [one.get("/en/devices").status_code for one in others] == [401, 401]
    assert theirs.get("/en/devices").status_code == 200
    page = here.get("/en/devices").text
    assert "All other devices are signed out." in page
    assert "Sign out everywhere else" not in page


def test_nobody_signs_a_stranger_out(app, make):
    member, stranger = make.member(roles=["admin"]), make.member()
    here, theirs = device(app, member, FIREFOX), device(app, stranger, FIREFOX)
    answers = [here.form(f"/en/devices/{id}", method="DELETE") for id in (ids(app, stranger)[0], 999)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert theirs.get("/en/devices").status_code == 200


def test_twice_is_once(app, make):
    member = make.member()
    _lost, here = device(app, member, FIREFOX), device(app, member, FIREFOX)
    path = f"/en/devices/{ids(app, member)[0]}"
    assert [here.form(path, method="DELETE").status_code for _n in range(2)] == [303, 303]


def test_a_forged_sign_out_is_refused(app, make):
    member = make.member()
    here = device(app, member, FIREFOX)
    for method, path in (("DELETE", "/en/devices"), ("DELETE", f"/en/devices/{ids(app, member)[0]}")):
        assert here.open(path, method=method).status_code == 403
    assert here.get("/en/devices").status_code == 200


def test_guests_have_no_devices(client):
    assert client.form("/en/devices", method="DELETE").status_code == 401
    assert client.form("/en/devices/1", method="DELETE").status_code == 401
