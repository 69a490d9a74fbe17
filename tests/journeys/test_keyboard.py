"""Everything can be done by keys, and one always sees where one is."""

from collections.abc import Callable
from itertools import pairwise

import pytest

from tests.journeys.visiting import Visitor
from tests.serving import Server

TOPIC, PAGE, LAST = 12, 3, 53

WHERE = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect();
  return { top: box.top + scrollY, start: document.dir === "rtl" ? innerWidth - box.right : box.left,
    height: box.height, name: one.textContent.trim().slice(0, 40) || one.id, tag: one.tagName,
    fixed: Boolean(one.closest(".skip")) };
}"""


@pytest.mark.parametrize("language", ["ar", "en"])
def test_skip_link_leads_to_the_content(gallery: Server, visit: Callable[..., Visitor], language: str) -> None:
    reader = visit(gallery, f"member.{language}", language).open("/topics")
    reader.page.keyboard.press("Tab")
    skip = reader.page.locator("a.skip")
    assert reader.page.evaluate("document.activeElement.matches('a.skip')")
    box = skip.bounding_box()
    assert box and box["y"] >= 0, "it shows itself"
    reader.page.keyboard.press("Enter")
    assert reader.page.evaluate("document.activeElement.id") == "content"
    reader.page.keyboard.press("Tab")
    assert reader.page.evaluate("Boolean(document.activeElement.closest('main'))")


@pytest.mark.parametrize("language", ["ar", "en"])
def test_menus_open_and_close_by_keys(gallery: Server, visit: Callable[..., Visitor], language: str) -> None:
    reader = visit(gallery, f"member.{language}", language).open("/topics")
    menu = reader.page.locator("details[data-menu]").last
    menu.locator("summary").focus()
    reader.page.keyboard.press("Enter")
    assert menu.locator(".menu-list").is_visible()
    reader.page.keyboard.press("Tab")
    assert reader.page.evaluate("Boolean(document.activeElement.closest('.menu-list'))")
    reader.page.keyboard.press("Escape")
    assert menu.locator(".menu-list").is_hidden()
    assert reader.page.evaluate("document.activeElement.tagName") == "SUMMARY"
    reader.page.keyboard.press("Enter")
    reader.page.mouse.click(640, 600)
    assert menu.locator(".menu-list").is_hidden(), "a click elsewhere closes it too"


@pytest.mark.parametrize("language", ["ar", "en"])
def test_focus_goes_in_the_order_of_reading(gallery: Server, visit: Callable[..., Visitor], language: str) -> None:
    reader = visit(gallery, f"member.{language}", language).open("/topics")
    stops = []
    for _ in range(40):
        reader.page.keyboard.press("Tab")
        stops.append(reader.page.evaluate(WHERE))
    stops = [stop for stop in stops if not stop["fixed"] and stop["tag"] != "BODY"]
    assert len(stops) > 30
    for before, after in pairwise(stops):
        same_line = abs(before["top"] + before["height"] / 2 - after["top"] - after["height"] / 2) < 24
        is_on = after["start"] > before["start"] if same_line else after["top"] > before["top"]
        is_aside = after["top"] < before["top"] and after["start"] > before["start"] + 200
        assert is_on or is_aside, (before, after)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_tools_say_their_names(gallery: Server, visit: Callable[..., Visitor], language: str) -> None:
    reader = visit(gallery, f"member.{language}", language).open_topic(TOPIC, page=PAGE)
    tools = reader.page.locator("[data-toolbar] .tool")
    assert tools.count() == 8
    reader.page.locator("[data-toolbar]").scroll_into_view_if_needed()
    reader.page.keyboard.press("Tab")
    for number in range(8):
        tool = tools.nth(number)
        tool.focus()
        name = tool.locator("span")
        assert name.inner_text().strip()
        clip = name.evaluate("one => getComputedStyle(one).clipPath")
        box = name.bounding_box()
        assert clip == "none", "the name shows while the tool has the focus"
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= 1280


def test_marks_are_set_by_keys(gallery: Server, visit: Callable[..., Visitor]) -> None:
    reader = visit(gallery, "member.en").open_topic(TOPIC, page=PAGE)
    reader.page.fill("#words", "one two")
    reader.page.locator("#words").focus()
    reader.page.keyboard.press("End")
    for _ in range(3):
        reader.page.keyboard.press("Shift+ArrowLeft")
    reader.page.locator("[data-tool=bold]").focus()
    reader.page.keyboard.press("Enter")
    assert reader.page.input_value("#words") == "one **two**"
    assert reader.page.evaluate("document.activeElement.id") == "words", "back to the words"


@pytest.mark.parametrize("language", ["ar", "en"])
def test_reply_by_keys_alone(forum: Server, visit: Callable[..., Visitor], language: str) -> None:
    reader = visit(forum, f"member.{language}", language).open_topic(TOPIC, page=PAGE)
    answer = reader.post(53).locator("[data-reply-to]")
    answer.focus()
    reader.page.keyboard.press("Enter")
    assert reader.page.evaluate("document.activeElement.id") == "words"
    words = "بالمفاتيح وحدها" if language == "ar" else "By keys alone"
    reader.page.keyboard.type(words)
    reader.page.keyboard.press("Control+Enter")
    reader.wait_for_post(LAST + 1, with_words=words)
    reader.until("document.querySelector('#words').value === ''")
    assert reader.page.evaluate("document.activeElement.id") == "words", "one may write on"


def test_empty_reply_is_not_sent(gallery: Server, visit: Callable[..., Visitor]) -> None:
    reader = visit(gallery, "member.en").open_topic(TOPIC, page=PAGE)
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(request.url) if request.method == "POST" else None)
    reader.page.fill("#words", "")  # what another test has begun here keeps itself
    reader.page.locator("#words").focus()
    reader.page.keyboard.press("Control+Enter")
    reader.page.wait_for_timeout(300)
    assert not [url for url in asked if "/posts" in url]


def test_refused_form_takes_the_focus_to_what_is_wrong(gallery: Server, visit: Callable[..., Visitor]) -> None:
    reader = visit(gallery, "member.ar", "ar").open("/workshops/2/topics/new")
    reader.expects = ("422",)
    reader.page.evaluate("document.querySelectorAll('[required]').forEach(one => one.removeAttribute('required'))")
    reader.send()
    reader.page.wait_for_selector("[data-error-summary]")
    assert reader.page.evaluate("document.activeElement.matches('[data-error-summary]')")
    reader.page.keyboard.press("Tab")
    reader.page.keyboard.press("Enter")
    assert reader.page.evaluate("document.activeElement.matches('[aria-invalid]')")


@pytest.mark.parametrize("language", ["ar", "en"])
def test_tools_are_reached_by_arrows_in_reading_direction(
    forum: Server, visit: Callable[..., Visitor], language: str
) -> None:
    writer = visit(forum, f"member.{language}", language).open_topic(TOPIC, page=PAGE)
    page = writer.page
    page.fill("#words", "")
    page.locator("#words").focus()
    page.keyboard.press("Shift+Tab")
    here = "document.activeElement.dataset.tool"
    assert page.evaluate(here) == "bold"
    onward, back = ("ArrowLeft", "ArrowRight") if language == "ar" else ("ArrowRight", "ArrowLeft")
    page.keyboard.press(onward)
    assert page.evaluate(here) == "italic"
    page.keyboard.press(back)
    page.keyboard.press(back)
    assert page.evaluate("document.activeElement.matches('[data-attach]')")
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    page.keyboard.type("x")
    assert page.input_value("#words") == "**x**"
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+i")
    assert page.input_value("#words") == "***x***"
