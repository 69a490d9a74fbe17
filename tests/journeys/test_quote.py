"""Words that are selected in a post go into the composer with their source, and the other sees who said them."""

from collections.abc import Callable

import pytest

from tests.journeys.visiting import PHONE, Visitor
from tests.serving import Server

TOPIC, LAST = 12, 53

SELECT = """([number, from, to]) => {
  const words = document.querySelector(`#post-${number} .words p`);
  const text = [...words.childNodes].find(node => node.nodeType === 3);
  getSelection().setBaseAndExtent(text, from, text, to);
}"""


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("viewport", [PHONE, None], ids=["phone", "desk"])
def test_selected_words_become_a_quote(
    forum: Server, visit: Callable[..., Visitor], language: str, viewport: dict[str, int] | None
) -> None:
    looks = {"viewport": viewport} if viewport else {}
    reader = visit(forum, "moderator", "fr").open_topic(TOPIC, page=3)
    writer = visit(forum, f"member.{language}", language, **looks).open_topic(TOPIC, page=3)
    number = LAST
    writer.post(number).locator(".words").scroll_into_view_if_needed()
    writer.page.wait_for_timeout(300)
    writer.page.evaluate(SELECT, [number, 0, 12])
    button = writer.page.locator("[data-quote-selected]")
    button.wait_for(state="visible")
    box = button.bounding_box()
    width = writer.page.viewport_size["width"]
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    said = writer.page.evaluate("getSelection().toString().trim()")
    name = writer.post(number).locator(".byline-name").inner_text().strip()
    button.click()
    words = writer.page.input_value("#words")
    assert words.startswith(f"> [{name} #{number}](/posts/")
    assert said in words
    assert writer.page.evaluate("document.activeElement.id") == "words"

    writer.page.keyboard.type("نعم." if language == "ar" else "Yes.")
    writer.send()
    post = reader.wait_for_post(LAST + 1)
    head = post.locator(".quote-head a")
    assert head.locator("span").first.inner_text() == name
    assert said in post.locator("blockquote").inner_text()
    assert reader.post(number).locator(".post-foot", has_text="1 réponse").count() == 1
    head.click()
    reader.page.wait_for_url(f"**#post-{number}")


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_whole_post_is_quoted_with_one_press(forum: Server, visit: Callable[..., Visitor], language: str) -> None:
    writer = visit(forum, f"member.{language}", language).open_topic(TOPIC, page=3)
    writer.page.fill("#words", "…")
    writer.post(LAST).locator("[data-quote]").click()
    writer.until("document.querySelector('#words').value.includes('> ')")
    assert writer.page.input_value("#words").startswith("…\n\n> [")


def test_without_a_script_too(forum: Server, visit: Callable[..., Visitor]) -> None:
    writer = visit(forum, "member.ar", "ar", java_script_enabled=False).open(f"/topics/{TOPIC}?page=3")
    writer.post(LAST).locator("[data-quote]").click()
    assert writer.page.input_value("#words").startswith("> [")
    writer.page.fill("#words", writer.page.input_value("#words") + "نعم.")
    writer.send()
    assert writer.post(LAST + 1).locator(".quote-head").count() == 1
