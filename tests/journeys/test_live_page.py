"""Two phones and a moderator on the live page of an event that is on: a question is asked, seconded, answered, another
one hidden, one is here; nobody loads a page again."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.journeys.visiting import PHONE, Visitor
from tests.serving import Server

ZONE = "Asia/Amman"
OPEN, ANSWERED = "[data-open-ones]", "[data-answered-ones]"


def event_of_now(manager: Visitor) -> int:
    """A webinar that began a few minutes ago; its id."""
    starts = datetime.now(ZoneInfo(ZONE)).replace(tzinfo=None) - timedelta(minutes=5)
    texts = {part: {"en": "Water in summer"} for part in ("titles", "summaries", "texts")}
    times = {"starts": f"{starts:%Y-%m-%dT%H:%M}", "ends": f"{starts + timedelta(hours=2):%Y-%m-%dT%H:%M}"}
    answer = manager.api("POST", "/workshops", {"kind": "webinar", "zone": ZONE, "space": 1} | texts | times)
    assert answer.status == 201, answer.text()
    return int(answer.json()["id"])


def test_what_is_on_moves_on_by_itself(forum: Server, visit: Callable[..., Visitor]) -> None:
    manager = visit(forum, "manager", "en")
    event = event_of_now(manager)
    starts = datetime.now(ZoneInfo(ZONE)).replace(tzinfo=None) - timedelta(minutes=4)
    for title in ("Welcome", "Old pipes"):
        times = {"starts": f"{starts:%Y-%m-%dT%H:%M}", "ends": f"{starts + timedelta(minutes=20):%Y-%m-%dT%H:%M}"}
        assert manager.api("POST", f"/workshops/{event}/sessions", {"titles": {"en": title}} | times).status == 201
        starts += timedelta(minutes=20)
    reader = visit(forum, None, "ar", viewport=PHONE)
    reader.page.clock.install()
    reader.open(f"/workshops/{event}/live").wait_for_status("live")
    for words in ("Welcome", "Old pipes"):
        reader.page.locator("[data-programme] [data-when=now]:visible", has_text=words).wait_for()
        reader.page.clock.fast_forward("20:00")
    reader.page.locator("[data-programme] > [data-when=over]").nth(1).wait_for(state="attached")


def ask(visitor: Visitor, words: str) -> None:
    """In the form of the page."""
    visitor.page.fill("[data-ask] textarea", words)
    visitor.page.click("[data-ask] button")
    visitor.page.locator(OPEN, has_text=words).wait_for()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_questions_of_a_hall_come_and_go_live(forum: Server, visit: Callable[..., Visitor], language: str) -> None:
    moderator = visit(forum, "manager", language)
    path = f"/workshops/{event_of_now(moderator)}/live"
    asker = visit(forum, "member.ar", language, viewport=PHONE).open(path).wait_for_status("live")
    other = visit(forum, "member.en", language, viewport=PHONE).open(path).wait_for_status("live")
    moderator.open(path).wait_for_status("live")
    for one in (asker, other, moderator):
        one.page.evaluate("window.isTheSame = true")
    assert other.page.locator(".running [data-when=now]").is_visible()

    ask(asker, "كيف نبدأ؟")
    ask(asker, "Who pays for it?")
    first, second = (other.page.locator(f"{OPEN} .asked", has_text=words) for words in ("كيف نبدأ؟", "Who pays"))
    second.locator(".second-it").click()
    second.locator(".take-back").wait_for()
    assert second.get_attribute("data-voice") is not None
    asker.until(f"document.querySelector('{OPEN} .asked[data-seconds=\"1\"] [data-voices]')?.textContent === '1'")
    assert not asker.page.locator(f"{OPEN} .second-it:visible").count(), "nobody seconds their own"

    moderator.page.locator(f"{OPEN} .asked", has_text="Who pays").locator(".desk button").first.click()
    for one in (asker, other):
        one.page.locator(ANSWERED, has_text="Who pays").wait_for(state="attached")
    moderator.page.locator(f"{OPEN} [data-hide]").first.click()
    moderator.page.fill(".hide-form [name=reason]", "Asked already")
    moderator.page.click(".hide-form button")
    first.wait_for(state="detached")
    asker.page.locator(OPEN, has_text="Asked already").wait_for()

    other.page.click(".arrive")
    other.page.locator(".leave-it").wait_for()
    words = {"ar": "حضر شخص واحد", "en": "1 person came"}[language]
    asker.page.locator("[data-here-words]", has_text=words).wait_for()
    for one in (asker, other, moderator):
        assert one.page.evaluate("window.isTheSame")
        assert one.page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")


def test_where_websockets_are_blocked_the_page_asks(forum: Server, visit: Callable[..., Visitor]) -> None:
    reader, asker = visit(forum, "member.en", "en", viewport=PHONE), visit(forum, "member.ar", "ar")
    reader.expects = ("WebSocket", "socket.io")
    reader.context.route_web_socket("**/socket.io/**", lambda line: line.close())
    reader.open("/workshops/6/live")
    assert asker.api("POST", "/workshops/6/questions", {"words": "And without sockets?"}).status == 201
    reader.page.locator(OPEN, has_text="And without sockets?").wait_for()
