"""Two people take notes together: one writes, the other sees it, asks for the pen and gets it."""

from collections.abc import Callable

from tests.journeys.visiting import PHONE, Visitor
from tests.serving import Server

NOTES = "/workshops/5/notes"
FIRST, SECOND = "Rounds are counted in the morning.", "وتُحسب الكلفة في المساء (C4D)."


def test_the_pen_goes_from_hand_to_hand(forum: Server, visit: Callable[..., Visitor]) -> None:
    writer = visit(forum, "member.en", "en").open(NOTES)
    other = visit(forum, "member.ar", "ar", viewport=PHONE).open(NOTES)
    writer.page.click("[data-pad-act='PUT pen'] button")
    writer.page.wait_for_selector("[data-mine] #notes-words")
    other.page.wait_for_selector("[data-pad-act='PUT pen/request']")

    writer.page.fill("#notes-words", FIRST)
    other.page.wait_for_selector(f"[data-pad-text] >> text={FIRST}")
    other.page.click("[data-pad-act='PUT pen/request'] button")
    writer.page.wait_for_selector(".pad-state strong")
    assert writer.page.input_value("#notes-words") == FIRST
    writer.page.fill("#notes-words", f"{FIRST}\n\nMore.")
    writer.page.click("button[name=done]")

    other.page.wait_for_selector("[data-mine] #notes-words")
    assert other.page.input_value("#notes-words") == f"{FIRST}\n\nMore."
    other.page.fill("#notes-words", f"{FIRST}\n\n{SECOND}")
    writer.page.wait_for_selector(f"[data-pad-text] p[dir=rtl] >> text={SECOND}")
    assert writer.page.locator("#notes-words").count() == 0


def test_who_lost_the_pen_gets_the_words_back_without_a_script(forum: Server, visit: Callable[..., Visitor]) -> None:
    writer = visit(forum, "member.ar", "ar", java_script_enabled=False, viewport=PHONE).open(NOTES)
    writer.expects = ("409",)
    writer.page.click("form[action$='/notes/pen'] button")
    writer.page.fill("#notes-words", SECOND)
    moderator = visit(forum, "moderator", "en", java_script_enabled=False).open(NOTES)
    moderator.page.click("form:has([name=over]) button")
    moderator.page.fill("#notes-words", FIRST)
    moderator.page.click(".pad-form button:not([name])")
    writer.page.click(".pad-form button:not([name])")
    writer.page.wait_for_selector("[data-error-summary]")
    assert writer.page.input_value("#notes-words") == SECOND
    assert FIRST in writer.page.inner_text("[data-pad-text]")
