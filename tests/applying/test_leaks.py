"""Nobody but staff learns a decision before, or about others: worlds that differ in decisions alone look the same, byte
for byte, wherever applicants, reviewers, members and guests can look.

Before everybody is told that holds for all decisions; afterwards for those about others."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from html import unescape
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from forum.core import clock, jobs, mail
from forum.core.db import db
from forum.core.mail import Letter
from forum.core.personal import Who, files_of
from tests.asking import Client
from tests.conftest import Database, _forget, close
from tests.counting import statements
from tests.making import Making

WORD = "Zaytouna7351"  # stands in what reviewers and managers alone may read
LINK = re.compile(r'(?:href|action|src)="([^"]+)"')
ABOUT_PEOPLE = r"/(en/)?$|workshops(/1\b|/?$)|members|notices|registr|account|/topics/1$|/spaces/1|calendar\.ics"
OWN_FEED = r"/calendar/[\w-]{30,}\.ics"
NOT_BYTES = frozenset({"X-Request-Id", "Date", "Set-Cookie"})
APPLICANTS = ("declined", "selected", "one", "two", "three", "four")  # the first two look, the others are looked for
DRAFTS = (
    ("declined", "selected", "selected", "waiting", "waiting", "declined"),
    ("selected", "waiting", "declined", "declined", "declined", "selected"),
)
TOLD = (  # the same for the first two; about the others all is different, and so are the numbers
    ("declined", "selected", "selected", "waiting", "waiting", "declined"),
    ("declined", "selected", "declined", "declined", "declined", "declined"),
)


class World:
    """A closed call with six applicants for two places, a reviewer, a member, a guest, each at a browser of theirs."""

    def __init__(self, app: Flask, sign_in: Callable[..., Client]) -> None:
        self.app, self.make = app, Making(app)
        make, towns = self.make, [self.make.municipality(f"Town {number}") for number in range(3)]
        self.manager = make.member("The Manager", roles=["manager"], email="manager@example.org")
        make._manager = self.manager
        starts = (clock.now() + timedelta(days=10)).replace(tzinfo=None, microsecond=0)
        self.workshop = make.workshop("The workshop", starts=starts)
        make.link(make.workshop("The webinar"), prepares=self.workshop)
        reviewers = [
            make.member(f"Reviewer {number}", municipality=towns[2], email=f"reviewer{number}@example.org")
            for number in range(2)
        ]
        make.call(self.workshop, seats=2, reviewers=reviewers, closed=True)
        make.topic("A topic of the workshop", workshop=self.workshop, author=reviewers[0])
        self.people = [
            make.member(f"Applicant {name}", municipality=towns[number % 2], email=f"{name}@example.org")
            for number, name in enumerate(APPLICANTS)
        ]
        self.ids = [make.candidacy(self.workshop, one, f"Words of {one.name}.") for one in self.people]
        make.assign(self.workshop)
        self.page, self.api = f"/en/workshops/{self.workshop.id}", f"/api/v1/workshops/{self.workshop.id}"
        stranger = make.member("A Stranger", municipality=towns[0], email="stranger@example.org")
        self.clients = {
            "declined": sign_in(self.people[0]),
            "selected": sign_in(self.people[1]),
            "reviewer": sign_in(reviewers[0]),
            "member": sign_in(stranger),
            "guest": app.test_client(),
        }
        for role, client in self.clients.items():
            if role != "guest":
                client.form("/en/calendar/address", method="PUT")
                client.get("/en/calendar/address")  # what is said once is said
        other = sign_in(reviewers[1])
        for id in self.ids:
            other.json("PUT", f"{self.api}/applications/{id}/review", {"points": [3, 7], "note": f"Note {WORD}"})

    def decide(self, words: tuple[str, ...]) -> None:
        """Proposals."""
        for number, (id, word) in enumerate(zip(self.ids, words, strict=True)):
            self.make.decide(self.workshop, id, word, 10 - number if word == "waiting" else None)

    def looks(self, role: str) -> dict[str, Any]:
        """{what was asked: all that came back} of every page, route, feed and sheet, of what is refused, and of what
        the reader would take along."""
        client = self.clients[role]
        seen = crawl(client, starts(self.app, self), re.compile("" if role == "declined" else ABOUT_PEOPLE))
        for path in (self.page, f"{self.page}/call", f"{self.page}/application", f"{self.page}/registration"):
            with statements(self.app) as counted:
                client.get(path)
            seen[f"cost of {path}"] = counted.number
        for method, path, body in self.tries():
            seen[f"{method} {path}"] = answer_of(client.json(method, path, body))
        if role != "guest":
            seen["export"] = self.export(role)
            own = re.search(OWN_FEED, client.get("/en/calendar/address").text)
            assert own, "each has an address of their calendar"
            seen["feed"] = answer_of(client.get(own[0]))
        return seen

    def tries(self) -> Iterator[tuple[str, str, Any]]:
        """What changes nothing, because it is refused."""
        yield "PUT", f"{self.api}/application", {"words": "Too late."}
        yield "PUT", f"{self.api}/registration", {"answer": "perhaps"}
        yield "DELETE", f"{self.api}/call", None
        yield "PUT", f"{self.api}/decisions/publication", None
        for id in self.ids:
            yield "PUT", f"{self.api}/applications/{id}/decision", {"decision": "selected"}
            yield "DELETE", f"{self.api}/applications/{id}/place", None
            yield "PUT", f"{self.api}/applications/{id}/review", {"points": []}

    def export(self, role: str) -> Any:
        """The files that a member takes along."""
        with self.app.app_context():
            member_id = int(self.clients[role].get("/api/v1/sessions/current").json["member"]["id"])
            return dict(files_of(Who(member_id, f"{role}@example.org")))

    def letters(self) -> dict[str, list[tuple[str, ...]]]:
        """{address: all that goes there}, in the order of writing."""
        with self.app.app_context():
            found: dict[str, list[tuple[str, ...]]] = {}
            for one in db.session.scalars(select(Letter).order_by(Letter.id)):
                found.setdefault(one.address, []).append((one.kind, one.subject, one.text, one.html))
            return found


def starts(app: Flask, world: World) -> list[str]:
    """Every address that can be read, of the workshop and of everybody."""
    found = ["/en/", "/api/v1/topics", *(f"/en/members/{one.id}" for one in world.people)]
    found += [f"/api/v1/members/{one.id}" for one in world.people]
    for prefix in (world.page, world.api):
        found += [f"{prefix}/applications/{id}" for id in world.ids]
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or "<path" in rule.rule:
            continue
        path = rule.rule.replace("<language:language>", "en").replace("-<slug>", "")
        found.append(re.sub(r"<(?:id:)?\w+>", "1", path))
    return found


def crawl(client: Client, waiting: list[str], among: re.Pattern[str]) -> dict[str, Any]:
    """{address: status, headers, body} of all that can be reached, `among` such addresses."""
    seen: dict[str, Any] = {}
    while waiting:
        path = waiting.pop().split("#")[0]
        if not path.startswith("/") or path.startswith(("/assets/", "/favicon", "/icon-")) or path in seen:
            continue
        if re.match(r"/(?:ar|fr|tr)/", path) or "?month=" in path or "/topics?" in path or not among.search(path):
            continue
        answer = client.get(path)
        seen[path] = answer_of(answer)
        if "Location" in answer.headers:
            waiting.append(answer.headers["Location"])
        if answer.mimetype == "text/html":
            waiting += [unescape(link) for link in LINK.findall(answer.text)]
    return seen


def answer_of(answer: Any) -> tuple[int, list[tuple[str, str]], str]:
    """Status, headers, body, without the names of the request and without tokens, which are new each time."""
    body = answer.get_data(as_text=True)
    body = body.replace(answer.headers.get("X-Request-Id", "no name"), "REQUEST")
    body = re.sub(r'(value|data-csrf|data-key)="[^"]{20,}"', r"\1", body)
    left_out = NOT_BYTES | ({"ETag"} if re.search(OWN_FEED, body) else set())  # which is made of the body
    body = re.sub(OWN_FEED, "FEED", body)
    headers = [(name, re.sub(OWN_FEED, "FEED", value)) for name, value in answer.headers if name not in left_out]
    return answer.status_code, sorted(headers), body


@pytest.fixture
def build(app: Flask, database: Database, sign_in: Callable[..., Client]) -> Iterator[Callable[..., World]]:
    """Worlds that are the same whenever they are built: the tables are empty, and the time stands still."""
    now: datetime = clock.now().replace(microsecond=0)
    with ExitStack() as still:
        still.enter_context(clock.at(now))

        def build(app: Flask = app) -> World:
            close(app)
            _forget(app)
            database.empty()
            return World(app, lambda who: sign_in(who, app=app))

        yield build


def differing(first: dict[str, Any], second: dict[str, Any]) -> list[str]:
    """Where two looks differ."""
    return sorted(path for path in first.keys() | second.keys() if first.get(path) != second.get(path))


def test_before_everybody_is_told_all_decisions_look_the_same(build, work):
    world = build()
    roles = [role for role in world.clients if role != "selected"]  # who is an applicant like the other one here
    looks = []
    for words in DRAFTS:
        world.decide(words)
        work()
        looks.append({role: world.looks(role) for role in roles} | {"letters": world.letters()})
    for role in roles:
        first, second = (look[role] for look in looks)
        assert len(first) > (180 if role == "declined" else 60) and f"{world.page}/call" in first
        assert differing(first, second) == [], role
        assert WORD not in str(first), role
    assert looks[0]["letters"] == looks[1]["letters"]
    assert {kind for some in looks[0]["letters"].values() for kind, *_words in some} == {"to_review"}


def test_after_that_all_decisions_about_others_look_the_same(build, work):
    looks = []
    for words in TOLD:
        world = build()
        world.decide(words)
        world.make.tell(world.workshop)
        work()
        looks.append({role: world.looks(role) for role in world.clients} | {"letters": world.letters()})
    for role in world.clients:
        first, second = (look[role] for look in looks)
        assert differing(first, second) == [], role
    for number in range(2):
        own = looks[0]["letters"][world.people[number].email]
        assert own == looks[1]["letters"][world.people[number].email] and len(own) == 1
        assert not any(f"Applicant {name}" in str(own) for name in APPLICANTS if name not in APPLICANTS[number])
    for look in looks:
        subjects = {some[0][1] for address, some in look["letters"].items() if "reviewer" not in address}
        assert len(subjects) == 1
    assert "You are selected" in looks[0]["selected"][f"{world.page}/application"][2]
    assert "Not this time" in looks[0]["declined"][f"{world.page}/application"][2]


def test_letters_about_decisions_leave_one_by_one_and_their_heads_say_nothing(make_app, build, post_office):
    app = make_app(smtp_url=post_office.url)
    world = build(app)
    world.decide(TOLD[0])
    world.make.tell(world.workshop)
    with app.app_context():
        jobs.work()
        mail.post_letters()
    letters = [one for one in post_office.letters if one.to in {person.email for person in world.people}]
    assert sorted(one.to for one in letters) == sorted(person.email for person in world.people)
    assert len({tuple(sorted(one.message.keys())) for one in letters}) == 1, "the heads of all have the same lines"
    for one in letters:
        assert not {"Cc", "Bcc", "List-Id", "Reply-To"} & set(one.message.keys())
        assert not any(person.email in one.raw.decode() for person in world.people if person.email != one.to)
        same = set(one.message.keys()) - {"To", "Message-ID", "Date", "Content-Type"}
        assert all(one.message[name] == letters[0].message[name] for name in same)
