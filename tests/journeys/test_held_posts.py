"""A newcomer's first post waits for a moderator; let through, it stands in every open page, the newcomer's own too."""

from collections.abc import Callable

import pytest

from tests.journeys.visiting import PHONE, Visitor
from tests.serving import Server

TOPIC, PAGE, LAST = 12, 3, 53
WORDS = {"ar": "أول مشاركة لي هنا: نحن 92٪ (C4D).", "en": "My first post here: how do you count?"}
WAITS = {"ar": "بانتظار", "en": "Waiting for a moderator"}


@pytest.fixture
def careful(forum: Server, visit: Callable[..., Visitor]) -> Server:
    """The forum when it holds first posts."""
    assert visit(forum, "manager").api("PATCH", "/site", {"held_posts": 1}).status == 200
    return forum


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_newcomer_writes_and_a_moderator_lets_it_through(
    careful: Server, visit: Callable[..., Visitor], language: str
) -> None:
    reader = visit(careful, "member.fr", "fr").open_topic(TOPIC, page=PAGE)
    newcomer = visit(careful, "newcomer", language, viewport=PHONE).open_topic(TOPIC, page=PAGE)
    newcomer.page.fill("#words", WORDS[language])
    newcomer.send()
    newcomer.page.wait_for_url("**/held/*")
    lines = newcomer.page.locator(".page-head .chips")
    assert WAITS[language] in lines.inner_text()
    assert newcomer.page.locator(".words").get_attribute("dir") == {"ar": "rtl", "en": "ltr"}[language]
    second = newcomer.context.new_page()  # the topic, in another tab
    second.goto(f"/{language}/topics/{TOPIC}?page={PAGE}")
    second.wait_for_selector('[data-live-status][data-state="live"]', state="attached")
    assert WORDS[language] in second.locator("[data-held]").inner_text()
    for page in (newcomer.page, second, reader.page):
        page.evaluate("window.isTheSame = true")

    moderator = visit(careful, "moderator", language)
    moderator.open("/held").page.locator(".directory h2 a").last.click()
    assert WORDS[language] in moderator.page.locator(".words").inner_text()
    moderator.page.click("section[aria-labelledby=yes] button")
    moderator.page.wait_for_url("**/held")

    post = reader.wait_for_post(LAST + 1)
    assert post.locator(".words").inner_text().strip() == WORDS[language]
    assert post.locator(".words").get_attribute("dir") == {"ar": "rtl", "en": "ltr"}[language]
    second.wait_for_selector(f"#post-{LAST + 1}", state="attached")
    second.wait_for_selector("[data-held]", state="detached")
    newcomer.page.wait_for_selector("main > .actions a")
    assert WAITS[language] not in lines.inner_text()
    for page in (newcomer.page, second, reader.page):
        assert page.evaluate("window.isTheSame"), "a page was loaded anew"
    newcomer.page.click("main > .actions a")
    newcomer.page.wait_for_url(f"**/topics/{TOPIC}*")
    assert WORDS[language] in newcomer.page.locator(f"#post-{LAST + 1}").inner_text()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_what_a_moderator_declines_leaves_the_open_page_and_says_why(
    careful: Server, visit: Callable[..., Visitor], language: str
) -> None:
    newcomer = visit(careful, "newcomer", language)
    held = newcomer.api("POST", f"/topics/{TOPIC}/posts", {"words": WORDS[language], "key": None}).json()["held"]
    newcomer.open_topic(TOPIC, page=PAGE)
    newcomer.page.fill("#words", "half")
    moderator = visit(careful, "moderator", language)
    why = {"ar": "المكان المناسب موضوع آخر.", "en": "Another topic is the place for it."}[language]
    moderator.open(f"/held/{held}").page.fill("#reason", why)
    moderator.page.click("section[aria-labelledby=no] button")
    moderator.page.wait_for_url("**/held")
    newcomer.page.wait_for_selector("[data-held]", state="detached")
    assert newcomer.page.input_value("#words") == "half", "what is begun stays"
    newcomer.open(f"/held/{held}")
    assert why in newcomer.page.locator("main").inner_text()
    assert newcomer.page.locator(".about").get_attribute("dir") == {"ar": "rtl", "en": "ltr"}[language]


def test_where_websockets_are_blocked_the_line_goes_too(careful: Server, visit: Callable[..., Visitor]) -> None:
    newcomer = visit(careful, "newcomer", "en")
    newcomer.expects = ("socket.io", "WebSocket")
    newcomer.page.route_web_socket("**/socket.io/**", lambda socket: socket.close())
    held = newcomer.api("POST", f"/topics/{TOPIC}/posts", {"words": WORDS["en"], "key": None}).json()["held"]
    newcomer.open_topic(TOPIC, page=PAGE)
    assert newcomer.page.locator("[data-held] .held-post").count() == 1
    assert visit(careful, "moderator").api("PUT", f"/held/{held}/approval").status == 200
    newcomer.wait_for_post(LAST + 1)
    newcomer.page.wait_for_selector("[data-held]", state="detached")
