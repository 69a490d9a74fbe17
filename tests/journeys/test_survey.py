"""Whoever was at an event answers what it asks, on a phone: with a script a question that depends on another appears
when it is asked, without one its words say for whom it is."""

from collections.abc import Callable

import pytest

from tests.journeys.visiting import PHONE, Visitor
from tests.serving import Server


@pytest.mark.parametrize(("language", "has_script"), [("ar", True), ("en", False)])
def test_a_survey_is_answered(forum: Server, visit: Callable[..., Visitor], language: str, has_script: bool) -> None:
    member = visit(forum, f"member.{language}", language, viewport=PHONE, java_script_enabled=has_script)
    page = member.open("/surveys").page
    page.click(".survey h3 a[href$='/surveys/3']")
    page.wait_for_url("**/surveys/3")
    page.click("a[href$='/surveys/3/answers']")
    page.wait_for_url("**/answers")
    depending = page.locator("[data-shown-if]")
    assert depending.is_visible() is not has_script
    page.locator(".scale-step input").nth(8).check(force=True)
    page.locator("fieldset.question").nth(1).locator("input").nth(1).check()
    depending.wait_for(state="visible")
    depending.locator("textarea").fill("كم تستغرق؟")
    page.click("button[value=send]")
    page.wait_for_url("**/surveys/3")
    assert "كم تستغرق؟" in page.inner_text("main") and "8" in page.inner_text(".given-answers")
