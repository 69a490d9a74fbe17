"""Nothing typed is ever lost: a lost line, a reload, an expired session, a closed topic."""

from collections.abc import Callable

import pytest

from tests.journeys.visiting import PHONE, Visitor
from tests.serving import Server

TOPIC, LAST = 12, 53
WORDS = {"ar": "نصف ردّ، 92٪ منه (C4D)", "en": "Half a reply, 92% of it (C4D)"}


def kept(visitor: Visitor) -> None:
    """Wait until the server has the draft."""
    visitor.until("(document.querySelector('[data-draft]')?.textContent ?? '') !== ''")
    here = visitor.page.locator("[data-draft]").get_attribute("data-words-kept")
    visitor.until("words => document.querySelector('[data-draft]').textContent === words", here)


def begin(visitor: Visitor, words: str) -> None:
    """Type, as people do."""
    visitor.page.locator("#words").click()
    visitor.page.keyboard.type(words)


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("viewport", [PHONE, None], ids=["phone", "desk"])
def test_lose_the_line_while_writing_and_get_everything_back(
    forum: Server, visit: Callable[..., Visitor], language: str, viewport: dict[str, int] | None
) -> None:
    looks = {"viewport": viewport} if viewport else {}
    writer = visit(forum, f"member.{language}", language, **looks).open_topic(TOPIC, page=3)
    writer.expects = ("ERR_INTERNET_DISCONNECTED", "WebSocket")
    words = WORDS[language]
    begin(writer, words)
    kept(writer)

    writer.context.set_offline(True)
    begin(writer, " …")
    writer.page.keyboard.press("End")
    writer.send()
    writer.page.wait_for_selector("[data-composer-error]:not([hidden])")
    here = writer.page.locator("[data-draft]").get_attribute("data-words-here")
    writer.until("words => document.querySelector('[data-draft]').textContent === words", here)
    writer.page.close()  # the browser is closed, the line comes back later
    writer.context.set_offline(False)

    writer.open_window()
    writer.open_topic(TOPIC, page=3)
    whole = writer.page.input_value("#words")
    assert words in whole
    assert "…" in whole
    kept(writer)
    other = visit(forum, f"member.{language}", language).open_topic(TOPIC, page=3)
    assert other.page.input_value("#words") == whole, "on another device too"

    writer.send()
    writer.wait_for_post(LAST + 1, with_words=words)
    writer.open_topic(TOPIC, page=3)
    assert writer.page.input_value("#words") == ""
    assert writer.open("/drafts").page.locator(".draft").count() == 0


def test_a_reload_at_once_keeps_the_last_letter(forum: Server, visit: Callable[..., Visitor]) -> None:
    writer = visit(forum, "member.ar", "ar").open_topic(TOPIC, page=3)
    begin(writer, WORDS["ar"])
    writer.page.reload()
    writer.until("words => document.querySelector('#words').value === words", WORDS["ar"])


@pytest.mark.parametrize("language", ["ar", "en"])
def test_an_expired_session(forum: Server, visit: Callable[..., Visitor], language: str) -> None:
    writer = visit(forum, f"member.{language}", language).open_topic(TOPIC, page=3)
    writer.expects = ("401", "WebSocket")
    writer.page.wait_for_timeout(300)
    writer.api("DELETE", "/sessions/current")
    begin(writer, WORDS[language])
    writer.send()
    writer.page.wait_for_selector("[data-composer-error]:not([hidden])")
    assert writer.page.input_value("#words") == WORDS[language]
    email = f"member.{language}@multaqa.example"
    assert writer.api("POST", "/sessions", {"email": email, "password": "demonstration"}).status == 201
    writer.open_topic(TOPIC, page=3)
    writer.until("words => document.querySelector('#words').value === words", WORDS[language])


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_topic_that_is_closed_meanwhile(forum: Server, visit: Callable[..., Visitor], language: str) -> None:
    writer = visit(forum, f"member.{language}", language).open_topic(TOPIC, page=3)
    moderator = visit(forum, "moderator", language).open(f"/topics/{TOPIC}")
    begin(writer, WORDS[language])
    moderator.page.click(f"form[action$='/topics/{TOPIC}/closing'] button")
    moderator.page.wait_for_url("**/topics/*")
    writer.page.wait_for_selector("[data-topic][data-closed]", state="attached")
    assert writer.page.input_value("#words") == WORDS[language]
    writer.open(f"/topics/{TOPIC}?page=3")
    writer.page.wait_for_selector("[data-kept-draft]:not([hidden])")
    writer.page.click("[data-kept-draft] a")
    assert writer.page.locator(".draft textarea").input_value() == WORDS[language]


def test_an_edit_and_a_new_topic_too(forum: Server, visit: Callable[..., Visitor]) -> None:
    writer = visit(forum, "member.en")
    post = writer.reply(TOPIC, "Said once.")
    writer.open(f"/posts/{post['id']}/edit")
    begin(writer, " And more.")
    writer.page.reload()
    writer.until("document.querySelector('#words').value.includes('And more.')")
    kept(writer)
    writer.send()
    writer.wait_for_post(LAST + 1, with_words="And more.")
    assert writer.open("/drafts").page.locator(".draft").count() == 0

    writer.open("/workshops/1/topics/new")
    writer.page.fill("#title", "A title begun")
    writer.page.check("#kind")
    writer.page.locator("[name=themes]").first.check()
    writer.page.fill("#tags", "wells, pu")
    begin(writer, "And its words")
    for _from_the_browser_then_from_the_server in range(2):
        writer.page.reload()
        writer.until("document.querySelector('#words').value === 'And its words'")
        assert writer.page.input_value("#title") == "A title begun"
        assert writer.page.input_value("#tags") == "wells, pu"
        assert writer.page.is_checked("#kind") and writer.page.locator("[name=themes]").first.is_checked()
        kept(writer)
    writer.open("/drafts").page.click(".draft form button")
    writer.until("document.querySelectorAll('.draft').length === 0")
    assert writer.open("/workshops/1/topics/new").page.input_value("#words") == ""
