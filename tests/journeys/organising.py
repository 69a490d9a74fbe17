"""What an organiser does on the way from an announcement to a record, and the crowd that comes."""

import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from forum import create_app
from tests.conftest import close, settings_for
from tests.journeys.visiting import PASSWORD, Visitor
from tests.live.people import Person
from tests.making import Making, Member, Municipality
from tests.serving import ROOT, Server

AMMAN = ZoneInfo("Asia/Amman")
DATA = ROOT / "forum/demo/data"


def told(key: str) -> dict[str, Any]:
    """What the demonstration says of a real event, in our own words."""
    return _entry("workshop", key)


def _entry(kind: str, key: str) -> dict[str, Any]:
    return next(one for one in tomllib.loads((DATA / f"{kind}s.toml").read_text())[kind] if one["key"] == key)


def demo_member(who: str) -> Member:
    """A member of the demonstration, by the part of the address before the @."""
    email = f"{who}@multaqa.example"
    found = tomllib.loads((DATA / "members.toml").read_text())["member"]
    at, one = next((at, one) for at, one in enumerate(found) if one["email"] == email)
    return Member(at + 1, email, one["name"], PASSWORD)


def speaker_line(one: dict[str, Any], language: str) -> str:
    """Name, office and organisation of a speaker, as the form of a talk takes them."""
    if "member" in one:
        member = _entry("member", one["member"])
        return f"{member['name']}; {member['post_held']}"
    return "; ".join(one.get(part, {}).get(language, "") for part in ("name", "role", "organisation"))


def wall(**later: int) -> str:
    """What the clocks of Amman show now and so much later."""
    return (datetime.now(AMMAN) + timedelta(**later)).strftime("%Y-%m-%dT%H:%M")


@contextmanager
def making_in(server: Server) -> Iterator[Making]:
    """Builders in the database of a server that has not begun."""
    app = create_app(settings_for(server.folder, server.environment["DATABASE_URL"]))
    yield Making(app)
    close(app)


def crowd(make: Making, number: int, towns: int) -> list[Member]:
    """So many members, from the first municipalities in turn; half of them read Arabic."""
    return [
        make.member(
            f"Applicant {at:02}",
            municipality=Municipality(at % towns + 1, {}),
            email=f"applicant{at:02}@example.org",
            language=("ar", "en")[at % 2],
        )
        for at in range(number)
    ]


def sign_in(server: Server, members: list[Member]) -> list[Person]:
    """All of them, on devices of their own."""
    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(lambda member: Person(server, member), members))


def fill_in_event(organiser: Visitor, what: dict[str, Any], *, starts: str, ends: str, **more: str) -> None:
    """The form of an event, with the texts in Arabic and English."""
    page = organiser.page
    page.check(f"input[name=kind][value={what['kind']}]")
    page.fill("#starts", starts)
    page.fill("#ends", ends)
    page.select_option("#zone", what["zone"])
    page.check(f"input[name=where][value={'online' if what['online'] else 'place'}]")
    for name in ("spoken", "interpretation"):
        for language in what[name]:
            page.check(f"input[name={name}][value={language}]")
    for name, words in more.items():
        page.fill(f"#{name}", words)
    for language in ("ar", "en"):
        part = page.locator("details.in-language", has=page.locator(f"#title_{language}"))
        if part.get_attribute("open") is None:
            part.locator("summary").click()
        texts = what["texts"][language]
        for name in ("title", "summary", "words"):
            page.fill(f"#{name}_{language}", texts[name])
        if not what["online"]:
            page.fill(f"#place_{language}", what["place"][language])
        page.fill(f"#objectives_{language}", "\n".join(one[language] for one in what["objectives"]))


def press(organiser: Visitor, button: str, leads_to: str) -> None:
    """A button of the page, and the page that it leads to."""
    page = organiser.page
    page.click(button)
    page.wait_for_url(leads_to)
