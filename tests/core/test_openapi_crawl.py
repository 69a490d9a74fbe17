"""The document as a map for whoever means ill: every address of the API is asked with whatever can be sent there, right
or odd. Each answer is as described (tests/asking.py holds it against the document), never a 5xx, and a refusal says why
in the reader's language. `ROUNDS=50` asks longer."""

import json
import os
import random
import re
from collections.abc import Iterator
from typing import Any

import pytest

from forum.core.openapi import document
from tests.asking import ORIGIN, Client
from tests.making import Member

ROUNDS = int(os.environ.get("ROUNDS", "2"))
ARABS = {"Accept-Language": "ar"}
ENDS_THE_SESSION = ("delete /api/v1/sessions/current", "delete /api/v1/devices/{session_id}")
HIDES_THE_REST = ("PATCH /api/v1/spaces/{space_id}", "PUT /api/v1/workshops/{workshop_id}/audience")
NAMES = {"kind": ("agree", "thanks", "x"), "subject": ("topic", "post", "x"), "token": ("x",)}
ARABIC = re.compile("[\u0621-\u064a]")

ODD_TEXTS = [
    "",
    " ",
    "\x00",
    "a\x00b",
    "\ud800",
    "\udfff\ud800",
    "\u202e\u2066abc",
    "٣",
    "-1",
    "1e400",
    "9" * 30,
    "x" * 20_001,
    "../../etc/passwd",
    "{{1337*1337}}",
    "%s%n%(x)s{0.__class__}",
    "' OR 1=1 --",
    "\r\nSet-Cookie: x=y",
    "<script>alert(1)</script>",
    "2026-02-30T25:61",
    "a@b.example\r\nBcc: c@d.example",
]
ODD_VALUES = [
    *ODD_TEXTS,
    None,
    True,
    False,
    0,
    -1,
    2**31,
    2**53,
    10**40,
    1.5,
    1e308,
    [],
    {},
    [[]],
    ["\ud800"],
    {"a": []},
]
ODD_BODIES = [
    b"",
    b"null",
    b"[]",
    b'"x"',
    b"{",
    b"\xff\xfe",
    b'{"a": NaN}',
    b'{"a": Infinity}',
    b'{"a": 1e400}',
    b'{"a": ' + b"9" * 5000 + b"}",
    b"[" * 100_000,
    b'{"a":' * 100_000,
    b'{"a": "' + b"x" * 600_000 + b'"}',
    '{"a": "\ud800"}'.encode("utf-8", "surrogatepass"),
    b'{"a": 1, "a": 2}',
]
ODD_TYPES = [
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "multipart/form-data; boundary=x",
]
ODD_TYPES += ["application/json; charset=utf-16", "application/xml", "x", "application/json\x01", "é"]


class Generator:
    """Values for schemas, mostly right, by a seed that makes each run the same."""

    def __init__(self, described: dict[str, Any], seed: int) -> None:
        self.components = described["components"]
        self.chance = random.Random(seed)

    def value(self, schema: dict[str, Any], depth: int = 0) -> Any:
        """One value; every fifth is odd."""
        if self.chance.random() < 0.2 or depth > 4:
            return self.chance.choice(ODD_VALUES)
        if "$ref" in schema:
            return self.value(self.components["schemas"][schema["$ref"].split("/")[-1]], depth + 1)
        if "anyOf" in schema:
            return self.value(self.chance.choice(schema["anyOf"]), depth + 1)
        if "enum" in schema:
            return self.chance.choice(schema["enum"])
        kinds = schema.get("type", "string")
        kind = self.chance.choice(kinds) if isinstance(kinds, list) else kinds
        if kind == "object":
            names = [name for name in schema.get("properties", {}) if self.chance.random() < 0.8]
            made = {name: self.value(schema["properties"][name], depth + 1) for name in names}
            return made | ({"id": 1, "roles": ["admin"], "x" * 300: 1} if self.chance.random() < 0.2 else {})
        if kind == "array":
            return [self.value(schema.get("items", {}), depth + 1) for _ in range(self.chance.choice((0, 1, 2, 40)))]
        plain = {"integer": self.chance.choice((1, 2, 3)), "number": 0.5, "boolean": True, "null": None}
        return plain[kind] if kind in plain else self.chance.choice(("Words", "ar", "en", "شكرا", "2030-01-01", "1"))

    def text(self, schema: dict[str, Any]) -> str:
        """One value of an address."""
        made = self.value(schema)
        return made if isinstance(made, str) else json.dumps(made)


def places(described: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(method, path, operation) of everything but what ends the session; what hides the things from others last."""
    found = [
        (method.upper(), path, told)
        for path, methods in described["paths"].items()
        for method, told in methods.items()
        if f"{method} {path}" not in ENDS_THE_SESSION
    ]
    yield from sorted(found, key=lambda one: f"{one[0]} {one[1]}" in HIDES_THE_REST)


@pytest.fixture
def described(app) -> dict[str, Any]:
    """The document."""
    with app.app_context():
        return document(app)


@pytest.fixture
def admin(make) -> Member:
    """Somebody who may do everything, among things with the ids 1 and 2."""
    member = make.member("The Admin", language="ar", roles=["admin"], municipality=make.municipality("Amman"))
    topic = make.topic("The first", author=member, workshop=make.workshop(), kind="question", tags=["water"])
    make.reply(topic, "An answer", author=make.member())
    make.poll(topic, "Shall we?")
    make.theme("Water")
    make.application()
    make.invitation(municipality=make.municipality("Irbid"))
    make.letter()
    return member


def fault(answer: Any, *, in_arabic: bool = True) -> str:
    """What is wrong with an answer, or nothing."""
    if answer.status_code >= 500:
        return str(answer.status_code)
    if "x=y" in str(answer.headers.get("Set-Cookie", "")) or "1787569" in answer.text:
        return "something was let through"
    if in_arabic and answer.status_code >= 400 and not ARABIC.search(answer.json["error"]["message"]):
        return f"{answer.status_code} says {answer.json['error']['message']!r}"
    return ""


def crawl(client: Client, described: dict[str, Any], seed: int) -> list[str]:
    """Ask everything `ROUNDS` times; what was wrong."""
    made, wrong = Generator(described, seed), []
    for method, path, told in places(described):
        for _ in range(ROUNDS):
            asked = [one for one in told["parameters"] if "schema" in one]
            filled = re.sub(
                r"\{(\w+)\}", lambda found: made.chance.choice(NAMES.get(found[1], ("1", "1", "1", "2"))), path
            )
            query = {one["name"]: made.text(one["schema"]) for one in asked if one["in"] == "query"}
            query = {name: text.encode("utf-8", "replace").decode() for name, text in query.items()}
            sent: dict[str, Any] = {"headers": ARABS | {"If-Match": made.chance.choice(("1", "2", "x", ""))}}
            for media, content in told.get("requestBody", {}).get("content", {}).items():
                if media == "application/json":
                    sent |= {"data": json.dumps(made.value(content["schema"])), "content_type": media}
            answer = client.open(filled, method=method, query_string=query, **sent)
            if found := fault(answer, in_arabic=query.get("language") not in ("en", "fr", "tr")):  # the one asked for
                wrong.append(f"{method} {filled}?{query} {sent.get('data', '')[:300]}: {found}")
    return wrong


@pytest.mark.parametrize("who", ["guest", "member", "admin"])
def test_whatever_is_sent_is_answered(app, make, sign_in, described, admin, who):
    client = app.test_client() if who == "guest" else sign_in(admin if who == "admin" else make.member(language="ar"))
    wrong = crawl(client, described, seed=len(who))
    assert not wrong, "\n" + "\n".join(wrong)


def takes_json(told: dict[str, Any]) -> bool:
    """Does it read a body?"""
    return "application/json" in told.get("requestBody", {}).get("content", {})


def first(path: str) -> str:
    """The path with the first ids."""
    return re.sub(r"\{\w+\}", "1", path.replace("{kind}", "agree").replace("{subject}", "topic"))


def test_bodies_that_are_no_json_are_refused(sign_in, described, admin):
    client, wrong = sign_in(admin), []
    for method, path, _told in filter(lambda place: takes_json(place[2]), places(described)):
        for body in ODD_BODIES:
            headers = ARABS | {"If-Match": "1"}
            answer = client.open(
                first(path), method=method, data=body, content_type="application/json", headers=headers
            )
            is_json = body.startswith((b'{"a": "\xed', b'{"a": 1, '))
            if found := fault(answer) or ("" if answer.status_code >= 400 or is_json else "was taken"):
                wrong.append(f"{method} {path} {body[:20]!r}: {found}")
    assert not wrong, "\n" + "\n".join(wrong)


def test_what_is_not_sent_as_json_is_refused(sign_in, described, admin):
    client, wrong = sign_in(admin), []
    for method, path, _told in filter(lambda place: takes_json(place[2]), places(described)):
        for kind in ODD_TYPES:
            sent = {"data": b'{"words": "x"}', "content_type": kind}
            answer = client.open(first(path), method=method, headers=ARABS, **sent)
            if found := fault(answer) or ("" if answer.status_code >= 400 or "json" in kind else "was taken"):
                wrong.append(f"{method} {path} as {kind!r}: {found}")
    assert not wrong, "\n" + "\n".join(wrong)


ELSEWHERE = [None, "null", "https://elsewhere.example", f"{ORIGIN}.example", "\x01", ORIGIN[:-1]]


@pytest.mark.parametrize("origin", ELSEWHERE)
def test_what_does_not_come_from_our_pages_changes_nothing(sign_in, described, admin, origin):
    client, taken = sign_in(admin), []
    for method, path, _told in filter(lambda place: place[0] != "GET", places(described)):
        headers = ARABS | {"Origin": origin}
        answer = client.open(first(path), method=method, data=b"{}", content_type="application/json", headers=headers)
        if answer.status_code != 403 or fault(answer):
            taken.append(f"{method} {path}: {answer.status_code}")
    assert not taken, "\n" + "\n".join(taken)


IDS = ["٣", "۱", "01", "0", "-1", "1e0", "1.0", "+1", "%00", "%ED%A0%80", "1%00", "9" * 19, "1;x"]


def test_one_thing_has_one_address(sign_in, described, admin):
    client, found = sign_in(admin), []
    for method, path, told in places(described):
        for name in [one["name"] for one in told["parameters"] if one.get("schema", {}).get("minimum") == 1]:
            for id in IDS:
                asked = first(path.replace(f"{{{name}}}", id))
                answer = client.open(asked, method=method, headers=ARABS)
                if answer.status_code not in (404, 405) or fault(answer):
                    found.append(f"{method} {asked}: {answer.status_code} {fault(answer)}")
    assert not found, "\n" + "\n".join(found)
