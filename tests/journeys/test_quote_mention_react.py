"""Quote somebody, speak to somebody, be thanked for it: what a discussion is made of."""

import time
from collections.abc import Callable

import pytest

from tests.journeys.visiting import PHONE, Visitor
from tests.serving import Server

TOPIC, LAST = 12, 53
OTHER = {"ar": ("en", "شيل", "Shilan Barwari"), "en": ("ar", "Ran", "رنا الحوراني")}


@pytest.mark.parametrize("language", ["ar", "en"])
def test_quote_mention_react(forum: Server, visit: Callable[..., Visitor], language: str) -> None:
    other, typed, name = OTHER[language]
    reader = visit(forum, f"member.{other}", other).open_topic(TOPIC, page=3)
    writer = visit(forum, f"member.{language}", language, viewport=PHONE).open_topic(TOPIC, page=3)

    before = reader.api("GET", "/notices").json()["items"]

    writer.post(LAST).locator("a[href$='/menu']").click()  # on a phone, "Quote" stands under "More"
    writer.page.locator("main .actions a[href*='quote=1']").click()
    writer.until("document.querySelector('#words').value.includes('> ')")
    writer.page.locator("#words").press("Control+End")
    writer.page.keyboard.type(f"@{typed}")
    option = writer.page.locator("[data-mentions] [role=option]", has_text=name)
    option.wait_for(state="visible")
    assert writer.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    while option.get_attribute("aria-selected") != "true":
        writer.page.keyboard.press("ArrowDown")
    writer.page.keyboard.press("Enter")
    assert writer.page.input_value("#words").endswith(f"@{name} ")
    writer.page.keyboard.type("…")
    writer.send()

    post = reader.wait_for_post(LAST + 1, with_words=f"@{name}")
    assert post.locator(".quote-head").count() == 1
    deadline = time.monotonic() + 15
    while (notices := reader.api("GET", "/notices").json()["items"]) == before or notices[0]["kind"] != "mention":
        assert time.monotonic() < deadline, "nobody was told"
        reader.page.wait_for_timeout(200)
    post.locator("[data-react]").click()
    reader.page.click("[data-choice=thanks]")
    thanks = writer.post(LAST + 1).locator("[data-reaction=thanks]")
    thanks.wait_for(state="visible")
    assert "1" in thanks.inner_text()
