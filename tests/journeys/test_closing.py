"""A manager closes an event; its page becomes the record for everybody, and for paper."""

from collections.abc import Callable

import pytest

from tests.journeys.visiting import PHONE, Visitor
from tests.serving import Server

CLOSING, PAGE = "/workshops/5/closing", "/workshops/5"
SAID = {"ar": "خلاصة الندوة (C4D).", "en": "What came of the webinar (C4D)."}


@pytest.mark.parametrize(("language", "script"), [("ar", False), ("en", True)])
def test_the_page_becomes_the_record(forum: Server, visit: Callable[..., Visitor], language: str, script: bool) -> None:
    manager = visit(forum, "manager", language, java_script_enabled=script, viewport=PHONE).open(CLOSING)
    manager.page.click("button[name=notes]")
    assert manager.page.input_value(f"#summary_{language}").startswith("## Who lives here?")
    manager.page.fill(f"#summary_{language}", SAID[language])
    manager.page.click("p.actions button.second:not([name])")
    manager.page.wait_for_selector(".flash")
    assert manager.page.input_value(f"#summary_{language}") == SAID[language]
    for one in manager.page.locator(".closing-objective").all():
        one.locator("input[value=met]").check()
    manager.page.click("button[name=close]")
    manager.page.wait_for_url(f"**{PAGE}")
    reader = visit(forum, None, "en" if language == "ar" else "ar").open(PAGE)
    record = reader.page.locator(".event-record")
    if not record.locator("> section .words").first.is_visible():
        record.locator("summary").first.click()
    assert SAID[language] in record.inner_text()
    assert record.locator(f".words[lang={language}]").first.get_attribute("dir") == {"ar": "rtl", "en": "ltr"}[language]
    reader.page.emulate_media(media="print")
    assert record.is_visible()
