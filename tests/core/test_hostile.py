"""Hostile input gets a 4xx with a message in the reader's language, or does nothing; never a 5xx, never markup."""

import json
import re

import pytest

from tests.test_rights import RIGHTS

ODD = [
    "\x00",
    "a\x00b",
    "\u202e\u2066abc",
    "\ufeff",
    "٣",
    "-1",
    "1e400",
    "NaN",
    "9" * 30,
    "../../etc/passwd",
    "..\\..\\x",
    "{{1337*1337}}${1337*1337}<%= 1337*1337 %>",
    "%s%n%(x)s{0.__class__}",
    "'\"><script>alert(1)</script><img src=x onerror=alert(1)>",
    "' OR 1=1 --",
    "\r\nSet-Cookie: x=y",
    "x" * 20_001,
    "%",
    "_" * 50,
    "\u0000\ud83d".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
    "",
    " ",
]
BAD_BYTES = ["%00", "%ED%A0%80", "%FF%FE", "%C0%AF", "%", "%zz", "+", "&&==&"]
PARAMETERS = ["page", "cursor", "since", "name", "country", "reads", "to", "next", "language", "workshop", "which"]


def places(kind: str) -> list[tuple[str, str]]:
    """(method, path with the first ids) of the addresses of one kind."""
    found = []
    for name in RIGHTS:
        method, rule = name.split(" ", 1)
        if (method == "GET") == (kind == "read") and "<path" not in rule:
            path = rule.replace("<language:language>", "ar").replace("<slug>", "x")
            found.append((method, re.sub(r"<id:\w+>", "1", path)))
    return [one for one in found if not one[1].endswith(("/sign-out", "/sessions/current", "/devices"))]


@pytest.fixture
def admin(make, sign_in):
    """Somebody who may do everything, among things with the id 1."""
    member = make.member("The Admin", roles=["admin"], municipality=make.municipality("Amman"))
    make.topic("The first", author=member, workshop=make.workshop())
    return sign_in(member)


def is_fine(answer) -> str:
    """What is wrong with the answer, or nothing."""
    if answer.status_code >= 500:
        return str(answer.status_code)
    if "x=y" in answer.headers.get("Set-Cookie", ""):
        return "a header"
    if answer.content_encoding or answer.mimetype != "text/html":
        return ""
    if re.search(r"<script>alert|<img[^>]*onerror=alert", answer.text):
        return "markup"
    return "a template ran" if re.search(r"1787569", answer.text) else ""


def test_addresses_with_odd_questions(admin, client):
    """A third of the values at each address, another third at the next; what a list asks by name has them all."""
    wrong = []
    for at, (_method, path) in enumerate(places("read")):
        asked = ["cursor"] if re.search(r"s$|unread$", path) else []
        asked += ["page"] if re.search(r"topics/1(-x|/posts)?$", path) else []
        asked += ["since"] if path.endswith("/posts") else []
        for value in ODD:
            every = ((admin, PARAMETERS), (client, PARAMETERS)) if ODD.index(value) % 3 == at % 3 else ()
            for who, names in (*every, *((admin, [name]) for name in asked)):
                if fault := is_fine(who.get(path, query_string=dict.fromkeys(names, value))):
                    wrong.append(f"{path}?{names}={value[:20]!r}: {fault}")
    assert not wrong, "\n" + "\n".join(wrong)


def test_addresses_with_bytes_that_are_no_text(admin):
    """As questions, at the end of the address, below it: one of the three here, another at the next address."""
    wrong = []
    for at, (_method, path) in enumerate(places("read")):
        for number, raw in enumerate(BAD_BYTES):
            ways = (f"{path}?name={raw}&cursor={raw}&page={raw}", f"{path}{raw}", f"{path}/{raw}")
            asked = ways[(at + number) % 3]
            if fault := is_fine(admin.get(asked)):
                wrong.append(f"{asked}: {fault}")
    assert not wrong, "\n" + "\n".join(wrong)


# fmt: off
FIELDS = [
    "words", "title", "language", "key", "reply_to", "version", "number", "level", "why", "email", "password", "next",
    "display_name", "other_name", "zone", "digits", "reads_1", "reads_2", "preview", "name",
]
# fmt: on


def test_forms_with_odd_fields(app, admin):
    wrong = []
    for method, path in places("write"):
        if path.startswith("/api/"):
            continue
        for value in ODD:
            answer = admin.form(path, dict.fromkeys(FIELDS, value), method=method)
            if fault := is_fine(answer):
                wrong.append(f"{method} {path} {value[:20]!r}: {fault}")
    assert not wrong, "\n" + "\n".join(wrong)


def test_forms_that_are_no_forms(admin):
    wrong = []
    token = admin.token()
    for method, path in places("write"):
        if path.startswith("/api/"):
            continue
        for kind, body in (
            ("application/x-www-form-urlencoded", b"\xff\xfe=%zz&words=%ED%A0%80&=&&csrf_token=" + token.encode()),
            ("application/x-www-form-urlencoded", b"a=b&" * 2000 + b"csrf_token=" + token.encode()),
            (
                "multipart/form-data; boundary=x",
                b"--x\r\nContent-Disposition: form-data; name=words\r\n\r\n\x00\r\n--x--",
            ),
            ("multipart/form-data", b"no boundary"),
            ("text/plain", b"words=x"),
            ("application/json", b'{"words": "x"}'),
        ):
            answer = admin.open(
                path, method="POST" if "form" in kind else method, data=body, content_type=kind,
                headers={"X-CSRF-Token": token},
            )  # fmt: skip
            if fault := is_fine(answer):
                wrong.append(f"{method} {path} {kind}: {fault}")
    assert not wrong, "\n" + "\n".join(wrong)


JSON_VALUES = [*ODD, None, True, 0, -1, 2**70, 1.5, [], {}, [[]], {"a": {"b": []}}, ["x"] * 1000, "\ud800", "a\udfff"]
JSON_BODIES = [
    b"",
    b"null",
    b"[]",
    b'"x"',
    b"{",
    b"\xff\xfe",
    b'{"words": NaN}',
    b'{"words": Infinity}',
    b'{"words": 1e400}',
    b'{"reply_to": 1e400}',
    b'{"words": "\\ud800"}',
    b'{"words": "\\u0000"}',
    b'{"words": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    b'{"words": ' + b'{"a":' * 50_000 + b"1" + b"}" * 50_000 + b"}",
    b'{"words": ' + b"9" * 100_000 + b"}",
    b'{"words": "x", "words": "y", "key": "k1"}',
    b'{"__proto__": {"a": 1}, "constructor": 1}',
]


def test_json_with_odd_values(admin):
    wrong = []
    for method, path in places("write"):
        if not path.startswith("/api/"):
            continue
        for value in JSON_VALUES:
            answer = admin.json(method, path, dict.fromkeys(FIELDS, value))
            if fault := is_fine(answer):
                wrong.append(f"{method} {path} {str(value)[:20]!r}: {fault}")
            elif answer.status_code >= 400 and not answer.json["error"]["message"]:
                wrong.append(f"{method} {path} {str(value)[:20]!r}: says nothing")
    assert not wrong, "\n" + "\n".join(wrong)


def test_json_that_is_odd_itself(admin):
    wrong = []
    for method, path in places("write"):
        if not path.startswith("/api/"):
            continue
        for body in JSON_BODIES:
            answer = admin.open(path, method=method, data=body, content_type="application/json")
            if fault := is_fine(answer):
                wrong.append(f"{method} {path} {body[:30]!r}: {fault}")
    assert not wrong, "\n" + "\n".join(wrong)


@pytest.mark.parametrize("language", ["ar", "en", "fr", "tr"])
def test_the_message_is_in_the_readers_language(make, sign_in, language):
    client = sign_in(make.member(language=language))
    topic = make.topic()
    answer = client.json("POST", f"/api/v1/topics/{topic.id}/posts", {"words": "a\x00b"})
    said = answer.json["error"]["fields"]["words"]
    other = client.json(
        "POST", f"/api/v1/topics/{topic.id}/posts?language={'tr' if language == 'en' else 'en'}", {"words": "a\x00b"}
    )
    assert answer.status_code == other.status_code == 422
    assert said != other.json["error"]["fields"]["words"]


HEADERS = {
    "Accept-Language": ["\x7f", "é" * 100, "a" * 5000, "ar;q=1e400,en;q=nan", ",,,;;;===", "en;q=" + "9" * 400],
    "Cookie": ["session=", "session=é", "session=" + "a" * 5000, "session=%00", "=;=;;", "flash=x.y.z; session=\x01"],
    "Accept-Encoding": ["br;q=x", ",", "gzip;;;", "\x7f"],
    "User-Agent": ["é" * 300, "", "\x7f" * 300, "<script>alert(1)</script>"],
    "X-Forwarded-For": ["x", "1" * 400],
    "Content-Type": ["\x7f", "application/json; charset=x", "application/json;" + ";" * 500],
    "Origin": ["null", "http://", "http://[::1", "é"],
    "X-CSRF-Token": ["é", "A" * 5000, "===="],
    "If-None-Match": ['"', "*" * 400],
    "Range": ["bytes=9-1", "bytes=" + "0-1," * 500],
    "Sec-Fetch-Site": ["same-origin", "x"],
}


@pytest.mark.parametrize("header", HEADERS)
def test_odd_headers(app, make, header):
    topic, member = make.topic(), make.member()
    body = {"email": member.email, "password": member.password}
    for value in HEADERS[header]:
        sent = {header: value.encode().decode("latin-1")}
        client = app.test_client(use_cookies=False)
        for path in ("/", "/en/", f"/en/topics/{topic.id}", "/api/v1/topics", "/en/nowhere", "/assets/x.css"):
            assert is_fine(client.get(path, headers=sent)) == "", (path, value)
        answer = client.open(
            "/api/v1/sessions",
            method="POST",
            data=json.dumps(body),
            headers={"Content-Type": "application/json", "Origin": "http://127.0.0.1:5000", **sent},
        )
        assert is_fine(answer) == "", value
        assert is_fine(client.post("/en/sign-in", data=body, headers=sent)) == "", value


def test_extra_fields_have_no_effect(app, make, sign_in):
    topic, member = make.topic(), make.member()
    client = sign_in(member)
    extra = {"author_id": topic.author.id, "id": 99, "number": 99, "state": "hidden", "html": "<b>x</b>", "topic": 99}
    body = {"words": "only words", "language": "en", "key": "k", **extra}
    answer = client.json("POST", f"/api/v1/topics/{topic.id}/posts", body).json
    assert (answer["author"]["id"], answer["number"], answer["hidden"], answer["topic"]) == (
        member.id,
        2,
        False,
        topic.id,
    )
    assert "<b>" not in answer["html"]
    settings = {"display_name": "Still me", "language": "en", "digits": "latn", "zone": "Asia/Amman", "reads_1": "en"}
    more = {"email": "other@example.org", "roles": "admin", "state": "erased", "is_demonstration": "1", "id": "1"}
    assert client.form("/en/settings", settings | more).status_code == 303
    assert sign_in(member).get(f"/api/v1/members/{member.id}").json["name"] == "Still me"
    make_admin = client.form(f"/en/posts/{topic.post.id}/hiding", {"why": "x"}, method="PUT")
    assert make_admin.status_code == 403
