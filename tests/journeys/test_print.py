"""On paper stand the words, who wrote them and when; nothing to press, and no time that is counted from now."""

from collections.abc import Callable

import pytest

from tests.journeys.visiting import Visitor
from tests.serving import Server

TOOLS = "nav:not(.where), form, button, .button, .composer, .viewer, .menu, .site-foot, .skip"


@pytest.mark.parametrize("path", ["/topics/12/print", "/topics/2", "/workshops/3", "/workshops/3/announcement"])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_paper_bears_words_and_no_tools(
    gallery: Server, visit: Callable[..., Visitor], language: str, path: str
) -> None:
    page = visit(gallery, f"member.{language}", language, color_scheme="dark").open(path).page
    parts = page.locator(".post" if "topics" in path else ".talk, .topic-row, .words")
    page.emulate_media(media="print")
    shown = f"[...document.querySelectorAll('{TOOLS}')].filter(one => one.checkVisibility()).map(one => one.outerHTML)"
    assert page.evaluate(shown) == []
    assert parts.count() > 3
    assert all(part.is_visible() for part in parts.all())
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("[...document.querySelectorAll('.stamp time')].every(one => /20\\d\\d/.test(one.title))")
    assert page.evaluate(
        "[...document.querySelectorAll('.post')].every(one => getComputedStyle(one).breakInside === 'avoid')"
    )
