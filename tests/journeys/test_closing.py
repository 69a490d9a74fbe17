"""A manager closes an event and hands in its recording; its page becomes the record for everybody, and for paper."""

from collections.abc import Callable

import pytest

from tests import samples
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
    manager.page.click("form > p.actions > button.second:not([name])")
    manager.page.wait_for_selector(".flash")
    assert manager.page.input_value(f"#summary_{language}") == SAID[language]
    for one in manager.page.locator(".closing-objective input[value=met]").all():
        one.check()
    hand_in(manager, f"{language}.mp3", script=script)
    assert manager.page.input_value(f"#summary_{language}") == SAID[language]
    assert manager.page.locator(".closing-objective input[value=met]").first.is_checked()
    manager.page.click("button[name=close]")
    manager.page.wait_for_url(f"**{PAGE}")
    reader = visit(forum, None, "en" if language == "ar" else "ar").open(PAGE)
    record = reader.page.locator(".event-record")
    if not record.locator("> section .words").first.is_visible():
        record.locator("summary").first.click()
    assert SAID[language] in record.inner_text()
    assert record.locator(f".words[lang={language}]").first.get_attribute("dir") == {"ar": "rtl", "en": "ltr"}[language]
    hear(reader, f"{language}.mp3")
    reader.page.emulate_media(media="print")
    assert record.is_visible()


def hand_in(manager: Visitor, name: str, *, script: bool) -> None:
    """A page is no recording, and says so; a second of silence is."""
    manager.expects = ("415",)
    for content, said in ((b"<html>", ".field-error"), (samples.mp3(), f"[data-recordings] bdi:text-is('{name}')")):
        manager.page.set_input_files("#file", {"name": name, "mimeType": "audio/mpeg", "buffer": content})
        if not script:
            manager.page.click("[data-plain] button")
        manager.page.locator(f"[data-recording] {said}").filter(visible=True).first.wait_for()


def hear(reader: Visitor, name: str) -> None:
    """Nothing is fetched before somebody plays it; then it plays, and from the middle too."""
    fetched: list[str] = []
    reader.page.on("request", lambda one: fetched.append(one.url) if "/recordings/" in one.url else None)
    reader.page.reload()
    player = reader.page.locator(".recording audio")
    assert player.is_visible() and name in reader.page.locator(".recording").inner_text()
    assert not fetched
    length = player.evaluate(
        "one => new Promise((done, failed) => { one.muted = true; one.onerror = () => failed(one.error?.message);"
        " one.onplaying = () => done(one.duration); one.play().catch(failed); })"
    )
    assert 0.9 < length < 1.3 and fetched
    player.evaluate("one => new Promise(done => { one.pause(); one.onseeked = done; one.currentTime = 0.5; })")
