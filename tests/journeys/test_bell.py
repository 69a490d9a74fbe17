"""The bell counts while one looks, and falls silent when the topic has been read."""

from collections.abc import Callable

import pytest

from tests.journeys.visiting import Visitor
from tests.serving import Server

TOPIC, PAGE, LAST = 12, 3, 53


@pytest.mark.parametrize("language", ["ar", "en"])
def test_bell_counts_live_and_reading_clears_it(forum: Server, visit: Callable[..., Visitor], language: str) -> None:
    reader = visit(forum, f"member.{language}", language)
    reader.open("/notices")
    everything = reader.page.locator("main form:has(input[value=PUT]) button").first
    everything.click()
    reader.page.wait_for_load_state()
    reader.open("/members")
    bell = reader.page.locator("[data-unread]")
    assert bell.is_hidden()
    reader.page.wait_for_timeout(500)  # the socket of this page

    writer = visit(forum, "member.fr", "fr")
    writer.reply(TOPIC, "Une réponse de plus.")
    bell.wait_for(state="visible")
    assert bell.inner_text() == "1"

    reader.open("/notices")
    reader.page.locator(f"main a[href*='/topics/{TOPIC}']").first.click()
    reader.wait_for_post(LAST + 1)
    reader.page.locator(f"#post-{LAST + 1}").scroll_into_view_if_needed()
    bell.wait_for(state="hidden")
    reader.page.reload()
    assert bell.is_hidden()
    reader.open("/notices")
    assert reader.page.locator(f"main .is-unread a[href*='/topics/{TOPIC}']").count() == 0


def test_muted_topic_rings_no_bell(forum: Server, visit: Callable[..., Visitor]) -> None:
    reader = visit(forum, "member.en")
    reader.open_topic(TOPIC, page=PAGE)
    reader.page.click("button[name=level][value=muted]")
    reader.open("/notices")
    before = reader.page.locator("[data-unread]").text_content()
    writer = visit(forum, "member.fr", "fr")
    writer.reply(TOPIC, "Sans sonnette.")
    reader.page.wait_for_timeout(1_500)
    assert reader.page.locator("[data-unread]").text_content() == before
