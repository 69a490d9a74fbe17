"""Keys that do something by themselves: on any keyboard, never while one writes, and off when one wants."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.journeys.visiting import Visitor
from tests.serving import Server

TOPIC, PAGE, LAST = 12, 3, 53

# What a keyboard of another script says when the key of this Latin letter is pressed.
ARABIC = {"j": "ت", "k": "ن", "r": "ق", "g": "ل", "l": "م", "u": "ع", "q": "ض", "s": "س", "?": "؟"}
PRESS = """([key, code, more]) => (document.activeElement ?? document.body).dispatchEvent(
  new KeyboardEvent("keydown", { key, code, bubbles: true, cancelable: true, ...more }))"""
POST_HERE = "document.activeElement.closest('.post')?.dataset.number ?? null"


def press(visitor: Visitor, letter: str, language: str, **more: Any) -> None:
    """Press the key of a Latin letter on the keyboard that people of this language have."""
    key = ARABIC[letter] if language == "ar" else letter
    code = "Slash" if letter == "?" else f"Key{letter.upper()}"
    visitor.page.evaluate(PRESS, [key, code, more])


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_sheet_opens_closes_and_gives_the_focus_back(
    gallery: Server, visit: Callable[..., Visitor], language: str
) -> None:
    reader = visit(gallery, f"member.{language}", language).open("/topics")
    link = reader.page.locator(".topic-title a").nth(1)
    link.focus()
    press(reader, "?", language)
    reader.page.wait_for_selector("dialog.sheet[open]")
    assert reader.page.evaluate("Boolean(document.activeElement.closest('dialog'))")
    assert reader.page.locator("dialog kbd").count() > 20
    press(reader, "j", language)
    reader.page.keyboard.press("Escape")
    reader.until("!document.querySelector('dialog[open]')")
    assert link.evaluate("one => one === document.activeElement")
    press(reader, "?", language)
    reader.page.locator("dialog button").click()
    assert link.evaluate("one => one === document.activeElement")


@pytest.mark.parametrize("language", ["ar", "en"])
def test_through_a_topic_and_to_lists(forum: Server, visit: Callable[..., Visitor], language: str) -> None:
    reader = visit(forum, f"member.{language}", language).open_topic(TOPIC, page=PAGE)
    page = reader.page
    press(reader, "j", language)
    reader.until(f"{POST_HERE} === '41'")
    press(reader, "j", language)
    press(reader, "j", language)
    assert page.evaluate(POST_HERE) == "43"
    press(reader, "k", language)
    assert page.evaluate(POST_HERE) == "42"
    press(reader, "q", language)
    reader.until("document.querySelector('#words').value.includes('#42')")
    assert page.evaluate("document.activeElement.id") == "words"
    page.keyboard.type("jkr? g l")
    assert page.input_value("#words").endswith("jkr? g l"), "while one writes, keys write"
    assert page.locator("dialog[open]").count() == 0
    page.fill("#words", "")
    page.locator("#post-50 .byline-name").focus()
    press(reader, "r", language)
    assert page.locator("[data-answers]").inner_text().count("50")
    page.evaluate("document.activeElement.blur()")
    press(reader, "s", language)
    assert page.evaluate("document.activeElement.id") == "jump-number"
    page.evaluate("document.activeElement.blur()")
    for more in ({"ctrlKey": True}, {"altKey": True}, {"metaKey": True}, {"shiftKey": True}):
        press(reader, "g", language, **more)
        press(reader, "l", language)
    assert "/topics/12" in page.url, "other keys stay the browser's"
    press(reader, "g", language)
    press(reader, "l", language)
    page.wait_for_url(f"**/{language}/topics")
    press(reader, "j", language)
    reader.until("document.activeElement.matches('.topic-title a')")


def test_on_a_turkish_keyboard_the_letters_of_that_keyboard_count(
    gallery: Server, visit: Callable[..., Visitor]
) -> None:
    reader = visit(gallery, "member.tr", "tr").open_topic(TOPIC, page=PAGE)
    reader.page.evaluate(PRESS, ["j", "KeyM", {}])  # the F keyboard: J lies elsewhere
    reader.until(f"{POST_HERE} === '41'")
    reader.page.evaluate(PRESS, ["ı", "KeyI", {}])
    reader.page.evaluate(PRESS, ["?", "Minus", {"shiftKey": True}])
    reader.page.wait_for_selector("dialog.sheet[open]")


def test_whoever_switches_them_off_has_them_off(forum: Server, visit: Callable[..., Visitor]) -> None:
    member, guest = visit(forum, "member.en"), visit(forum)
    member.open("/keys").page.click("main form button")
    guest.open("/keys").page.click("[data-keys-switch]")
    for reader in (member, guest):
        reader.open("/topics")
        press(reader, "?", "en")
        press(reader, "j", "en")
        reader.page.wait_for_timeout(150)
        assert reader.page.evaluate("document.activeElement === document.body")
        assert reader.page.locator("dialog").count() == 0
    guest.open("/keys").page.click("[data-keys-switch]")
    press(guest.open("/topics"), "?", "en")
    guest.page.wait_for_selector("dialog.sheet[open]")


def test_without_javascript_the_list_is_a_page(gallery: Server, visit: Callable[..., Visitor]) -> None:
    reader = visit(gallery, None, "ar", java_script_enabled=False).open("/")
    reader.page.locator(".site-foot a[href$='/keys']").click()
    assert reader.page.locator("main kbd").count() > 20
    assert reader.page.locator("[data-keys-switch]").is_hidden()
