"""A member's account through the API: settings, devices, a forgotten password; letters for managers."""

import pytest

from tests.making import PASSWORD


def test_settings_are_read_and_changed_one_by_one(make, sign_in):
    client = sign_in(make.member("Rana", language="ar"))
    held = client.get("/api/v1/account/settings").json
    assert (held["display_name"], held["language"]) == ("Rana", "ar")
    changed = client.json("PATCH", "/api/v1/account/settings", {"digits": "arab", "reads": ["tr", "ar"]}).json
    assert changed == held | {"digits": "arab", "reads": ["tr", "ar"]}
    assert client.get("/api/v1/account/settings").json == changed


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("display_name", ""),
        ("language", "de"),
        ("digits", "roman"),
        ("zone", "Mars/Olympus"),
        ("reads", ["xx"]),
        ("reads", [1.5]),
        ("zone", {"a": 1}),
    ],
)
def test_what_cannot_be_is_said_at_its_field(make, sign_in, field, value):
    client = sign_in(make.member())
    held = client.get("/api/v1/account/settings").json
    answer = client.json("PATCH", "/api/v1/account/settings", {field: value})
    assert answer.status_code == 422 and list(answer.json["error"]["fields"]) == [field]
    assert client.get("/api/v1/account/settings").json == held


def test_devices_are_listed_and_signed_out(make, sign_in):
    member = make.member()
    here, other, third = sign_in(member), sign_in(member), sign_in(member)
    listed = here.get("/api/v1/devices").json["items"]
    assert [one["here"] for one in listed].count(True) == 1 and len(listed) == 3
    its_id = next(one["id"] for one in other.get("/api/v1/devices").json["items"] if one["here"])
    stranger = sign_in(make.member())
    assert stranger.json("DELETE", f"/api/v1/devices/{its_id}").status_code == 404
    assert here.json("DELETE", f"/api/v1/devices/{its_id}").status_code == 204
    assert other.get("/api/v1/devices").status_code == 401
    assert here.json("DELETE", "/api/v1/devices").status_code == 204
    assert third.get("/api/v1/devices").status_code == 401
    assert len(here.get("/api/v1/devices").json["items"]) == 1


def test_a_forgotten_password_is_answered_alike_for_every_address(make, client):
    member = make.member()
    for email in (member.email, "nobody@example.org"):
        answer = client.json("POST", "/api/v1/reset", {"email": email})
        assert (answer.status_code, answer.json) == (202, {"state": "letter on its way"})
    assert client.json("POST", "/api/v1/reset", {"email": "no address"}).json["error"]["fields"].keys() == {"email"}
    answer = client.json("POST", "/api/v1/reset/no-such-token", {"password": "another good password"})
    assert answer.status_code == 410
    assert client.json("POST", "/api/v1/sessions", {"email": member.email, "password": PASSWORD}).status_code == 201


def test_managers_see_what_is_sent_and_no_link(make, sign_in, client):
    member = make.member("Rana")
    client.json("POST", "/api/v1/reset", {"email": member.email})
    manager = sign_in(make.manager())
    [row] = manager.get("/api/v1/letters").json["items"]
    assert row["address"] == member.email
    letter = manager.get(f"/api/v1/letters/{row['id']}").json
    assert letter["subject"] == row["subject"] and "/reset/…" in letter["words"]
    assert sign_in(member).get("/api/v1/letters").status_code == 403
