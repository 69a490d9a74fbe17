"""Two people change one post: the second gets both texts, and nothing that either wrote is lost."""

from collections.abc import Callable

import pytest

from tests.journeys.visiting import PHONE, Visitor
from tests.serving import Server

TOPIC = 12
WORDS = {
    "ar": ("نصّ المشرفة: 15,800 شخص.", "نصّي أنا: 16,900 شخص (C4D)."),
    "en": ("The moderator's text: 15,800 people.", "My own text: 16,900 people (C4D)."),
}


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_the_second_editor_gets_both_texts(
    forum: Server, visit: Callable[..., Visitor], language: str, script: bool
) -> None:
    theirs, mine = WORDS[language]
    author = visit(forum, f"member.{language}", language, java_script_enabled=script, viewport=PHONE)
    author.expects = ("409",)
    post = author.reply(TOPIC, "…")
    author.open(f"/posts/{post['id']}/edit")
    author.page.fill("#words", mine)

    visit(forum, "moderator", language).edit(post["id"], theirs)
    author.send()

    page = author.page
    page.wait_for_selector("[data-error-summary]")
    assert page.locator("textarea[readonly]").input_value() == theirs
    assert page.input_value("#words") == mine
    assert page.locator("html").get_attribute("dir") == {"ar": "rtl", "en": "ltr"}[language]
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth") if script else True

    page.fill("#words", f"{theirs}\n\n{mine}")
    page.fill("#reason", "…")
    author.send()
    page.wait_for_url("**/topics/*")
    said = author.post(post["number"]).locator(".words").inner_text()
    assert theirs in said
    assert mine in said

    author.post(post["number"]).locator("a.edited").click()
    sides = page.locator(".version")
    assert sides.nth(0).inner_text() == theirs
    assert mine in sides.nth(1).inner_text()
