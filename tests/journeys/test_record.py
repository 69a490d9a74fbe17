"""A sentence of what was said at an event becomes the beginning of a topic; with a script also a part of it."""

from collections.abc import Callable

import pytest

from tests.journeys.visiting import PHONE, Visitor
from tests.serving import Server

SELECT = """([from, to]) => {
  const words = document.querySelector("#line-3 [data-said]").firstChild;
  getSelection().setBaseAndExtent(words, from, words, to);
}"""


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_part_of_a_sentence_is_discussed(forum: Server, visit: Callable[..., Visitor], language: str) -> None:
    writer = visit(forum, f"member.{language}", language, viewport=PHONE).open("/records/1")
    said = writer.page.inner_text("#line-3 [data-said]")
    writer.page.evaluate(SELECT, [4, 15])
    writer.page.click("#line-3 [data-discuss]")
    writer.page.wait_for_url("**/topics/new?words=**")
    writer.until("document.querySelector('#words').value.includes('> ')")
    words = writer.page.input_value("#words")
    assert words.startswith(f"> {said[4:15].strip()}\n") and "/records/1#line-3" in words
    writer.page.fill("#title", "What was said there")
    writer.page.click("[data-composer] button:not([type]):not([name])")
    writer.page.wait_for_selector("#post-1 blockquote", state="attached")
    assert said[4:15].strip() in writer.page.inner_text("#post-1 blockquote")
    writer.page.click("#post-1 blockquote a")
    writer.page.wait_for_url("**/records/1#line-3")


def test_without_a_script_the_whole_sentence(forum: Server, visit: Callable[..., Visitor]) -> None:
    writer = visit(forum, "member.en", "en", java_script_enabled=False).open("/records/1")
    said = writer.page.inner_text("#line-3 [data-said]")
    writer.page.click("#line-3 [data-discuss]")
    writer.page.wait_for_url("**/topics/new?words=**")
    assert writer.page.input_value("#words").startswith(f"> {said}\n")
