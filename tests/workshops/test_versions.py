"""Two managers change an event at once by the API: the second one hears of the first, and nothing is lost."""

from threading import Barrier, Thread

import pytest

from tests.asking import HOST
from tests.workshops.test_keeping import SENT


@pytest.fixture
def two(make, sign_in):
    """Two managers."""
    return [sign_in(make.member(name, roles=["manager"])) for name in ("Rana", "Karim")]


@pytest.fixture
def path(make, two):
    """The address of an event that was announced in Arabic alone."""
    made = two[0].json("POST", "/api/v1/workshops", SENT | {"space": str(make.public().id)})
    assert made.status_code == 201, made.text
    return f"/api/v1/workshops/{made.json['id']}"


def change(client, method, path, said, version):
    """Send it over this version."""
    headers = {} if version is None else {"If-Match": version}
    return client.json(method, path, said, headers=headers)


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_the_second_is_given_both_texts(two, path, method):
    rana, karim = two
    seen = rana.get(path)
    assert seen.headers["ETag"] == f'"{seen.json["version"]}"'
    first = change(
        rana, method, path, SENT | {"title_en": "Plans of towns", "summary_en": "Five days."}, seen.headers["ETag"]
    )
    assert first.status_code == 200 and first.json["version"] == seen.json["version"] + 1
    assert first.headers["ETag"] == f'"{first.json["version"]}"'
    said = SENT | {"titles": {"ar": "أخرى", "fr": "Plans"}, "summaries": {"ar": "خمسة أيام.", "fr": "Cinq jours."}}
    refused = change(karim, method, path, said, seen.headers["ETag"])
    error = refused.json["error"]
    assert refused.status_code == 409 and error["code"] == "conflict" and error["version"] == first.json["version"]
    assert error["theirs"]["titles"] == {"ar": "التخطيط (C4D)", "en": "Plans of towns"}
    assert error["yours"]["titles"]["fr"] == "Plans" and error["yours"]["starts"] == SENT["starts"]
    done = change(karim, method, path, SENT | error["yours"], str(error["version"]))
    assert done.status_code == 200 and karim.get(f"{path}?language=fr").json["title"] == "Plans"


@pytest.mark.parametrize("version", [None, "*", "x", "-1"])
@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_without_a_version_nothing_is_changed(two, path, method, version):
    refused = change(two[0], method, path, SENT | {"title_ar": "أخرى"}, version)
    assert refused.status_code == 428 and refused.json["error"]["code"] == "if_match"
    assert two[0].get(path).json["title"] == "التخطيط (C4D)"


def test_a_part_is_changed_and_the_rest_stays(two, path):
    before = two[0].get(path).json
    said = {"titles": {"en": "Plans of towns"}, "summaries": {"en": "Five days."}, "colour": "plum"}
    after = change(two[0], "PATCH", path, said, str(before["version"])).json
    assert (after["title"], after["text_language"]) == ("Plans of towns", "en")
    kept = ("starts_at", "country", "languages", "interpretation", "prepares", "space")
    assert {name: after[name] for name in kept} == {name: before[name] for name in kept}
    assert two[0].get(f"{path}?language=ar").json["objectives"] == ["الأول", "الثاني"]
    assert change(two[0], "PATCH", path, {"ends": "2031-03-01T09:00"}, str(after["version"])).status_code == 422


def test_a_session_is_a_change_too_and_strangers_hear_of_no_version(make, sign_in, client, two, path):
    seen = two[0].get(path).json["version"]
    session = {"starts": "2031-03-17T09:00", "ends": "2031-03-17T10:00", "title_ar": "الأولى"}
    assert two[1].json("POST", f"{path}/sessions", session).json["version"] == seen + 1
    assert change(two[0], "PATCH", path, {"colour": "plum"}, str(seen)).status_code == 409
    assert change(sign_in(make.member()), "PATCH", path, {"colour": "plum"}, None).status_code == 403
    assert change(client, "PATCH", path, {"colour": "plum"}, None).status_code == 401


def test_of_two_in_one_moment_one_is_taken(two, path):
    version, ready, got = str(two[0].get(path).json["version"]), Barrier(2), []

    def send(client, colour) -> None:
        ready.wait()
        got.append(change(client, "PATCH", path, {"colour": colour}, version).status_code)

    hands = [Thread(target=send, args=pair) for pair in zip(two, ("plum", "sand"), strict=True)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert sorted(got) == [200, 409], HOST
