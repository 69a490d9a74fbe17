"""After a lost connection the page ends as after a reload; where websockets are blocked it still learns what is new;
what was written while offline is kept and sent once."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Route

from tests.journeys.visiting import Visitor
from tests.serving import Server

TOPIC, PAGE, LAST = 12, 3, 53
OFFLINE = ("ERR_INTERNET_DISCONNECTED", "WebSocket connection to", "Failed to fetch")

# Everything of the posts but what the page's own script adds and what the clock changes.
POSTS = """() => {
  const posts = document.querySelector("[data-posts]").cloneNode(true);
  posts.querySelectorAll(".since").forEach(line => line.remove());
  posts.querySelectorAll("[data-watched]").forEach(post => post.removeAttribute("data-watched"));
  posts.querySelectorAll("time").forEach(time => { time.textContent = ""; time.removeAttribute("title"); });
  return [...posts.querySelectorAll(".post")].map(post => post.outerHTML.replace(/\\s+/g, " "));
}"""


def is_as_after_a_reload(reader: Visitor, visit: Callable[..., Visitor], **context: Any) -> bool:
    """Compare the page with a fresh one of the same reader."""
    fresh = visit(reader.server, context.pop("who", None), reader.language)
    fresh.page.goto(reader.page.url)
    fresh.wait_for_status("live")
    here, there = reader.page.evaluate(POSTS), fresh.page.evaluate(POSTS)
    assert [re.findall(r'data-(?:number|change)="\d+"', post) for post in here] == [
        re.findall(r'data-(?:number|change)="\d+"', post) for post in there
    ]
    assert here == there
    return True


@pytest.mark.parametrize("language", ["ar", "en"])
def test_page_ends_as_after_a_reload(forum: Server, visit: Callable[..., Visitor], language: str) -> None:
    who = f"member.{language}"
    reader = visit(forum, who, language).open_topic(TOPIC, page=PAGE)
    reader.expects = OFFLINE
    writer, moderator = visit(forum, "member.fr", "fr"), visit(forum, "moderator", "fr")
    writer.reply(TOPIC, "Avant la coupure.")
    post = reader.wait_for_post(LAST + 1)
    first = post.get_attribute("data-post")
    assert first
    reader.page.fill("#words", "نصف جملة")
    reader.page.evaluate("window.isTheSame = true")

    reader.context.set_offline(True)
    reader.wait_for_status("offline")
    writer.reply(TOPIC, "Pendant la coupure, **un**.")
    hidden = writer.reply(TOPIC, "Pendant la coupure, deux.")
    writer.edit(first, "Changée pendant la coupure.")
    moderator.hide(str(hidden["id"]), "a test")
    writer.reply(TOPIC, "Pendant la coupure, trois.")
    reader.context.set_offline(False)

    reader.wait_for_status("live")
    reader.wait_for_post(LAST + 4, with_words="trois")
    assert reader.page.evaluate("window.isTheSame"), "the page was loaded anew"
    assert reader.page.input_value("#words") == "نصف جملة"
    assert reader.post(LAST + 1).locator(".words").inner_text().strip() == "Changée pendant la coupure."
    assert "deux" not in reader.page.content()
    assert is_as_after_a_reload(reader, visit, who=who)


def test_guest_catches_up_over_http_while_the_server_restarts(forum: Server, visit: Callable[..., Visitor]) -> None:
    reader = visit(forum, None, "ar").open_topic(TOPIC, page=PAGE)
    reader.expects = ("ERR_CONNECTION_REFUSED", "WebSocket connection to")
    writer = visit(forum, "member.en")
    forum.stop()
    reader.page.wait_for_selector('[data-live-status]:not([data-state="live"])')
    forum.start()
    writer.reply(TOPIC, "The server was away.")
    reader.wait_for_status("live")
    reader.wait_for_post(LAST + 1, with_words="The server was away.")
    assert is_as_after_a_reload(reader, visit)


def test_after_a_long_absence_the_page_loads_itself_and_keeps_the_words(
    forum: Server, visit: Callable[..., Visitor]
) -> None:
    reader = visit(forum, "member.en").open_topic(TOPIC, page=PAGE)
    reader.expects = OFFLINE
    writer = visit(forum, "member.fr", "fr")
    reader.page.fill("#words", "half a sentence")
    reader.context.set_offline(True)
    reader.wait_for_status("offline")
    for number in range(LAST + 1, LAST + 106):  # more than the server hands out one by one
        writer.reply(TOPIC, f"Réponse {number}.")
    reader.context.set_offline(False)
    reader.wait_for_post(60)
    assert reader.page.input_value("#words") == "half a sentence"
    assert reader.page.locator(".post").count() == 20
    reader.page.locator("nav.pager a[rel=next]").wait_for(state="visible")
    assert is_as_after_a_reload(reader, visit, who="member.en")


@pytest.mark.parametrize("who", ["member.ar", None])
def test_page_asks_over_http_where_websockets_are_blocked(
    forum: Server, visit: Callable[..., Visitor], who: str | None
) -> None:
    reader = visit(forum, who, "ar")
    reader.expects = ("WebSocket connection to",)
    # As a filter on the way does it: the connection is closed before it is one.
    reader.page.route_web_socket("**/socket.io/**", lambda socket: socket.close())
    reader.open(f"/topics/{TOPIC}?page={PAGE}")
    writer = visit(forum, "member.en")
    writer.reply(TOPIC, "Over HTTP.")
    reader.wait_for_post(LAST + 1, with_words="Over HTTP.")
    reader.wait_for_status("live")
    writer.edit(reader.post(LAST + 1).get_attribute("data-post"), "Over HTTP, edited.")
    reader.wait_for_post(LAST + 1, with_words="Over HTTP, edited.")


def test_page_is_live_when_its_script_comes_after_the_socket(forum: Server, visit: Callable[..., Visitor]) -> None:
    held: list[Route] = []
    reader = visit(forum, "member.ar", "ar")
    page = reader.page
    page.route(re.compile(r"/assets/topic-[^/]*\.js$"), lambda script: held.append(script))
    with page.expect_websocket() as connected:  # that of the bell, a script of every page
        page.goto(f"/ar/topics/{TOPIC}?page={PAGE}", wait_until="commit")
    connected.value.wait_for_event("framereceived", predicate=lambda words: str(words).startswith("40"))
    held[0].continue_()
    reader.wait_for_status("live")
    visit(forum, "member.en").reply(TOPIC, "After the bell.")
    reader.wait_for_post(LAST + 1, with_words="After the bell.")


def test_a_page_that_is_looked_at_goes_on_asking_every_few_seconds(
    forum: Server, visit: Callable[..., Visitor]
) -> None:
    reader = visit(forum, "member.ar", "ar")
    reader.expects = ("WebSocket connection to",)
    reader.page.route_web_socket("**/socket.io/**", lambda socket: socket.close())
    reader.page.clock.install()
    reader.open(f"/topics/{TOPIC}?page={PAGE}")
    for _quiet in range(8):
        with reader.page.expect_response(re.compile(r"/posts\?since=")):
            reader.page.clock.run_for(15_000)


def test_words_sent_while_offline_are_kept_and_posted_once(forum: Server, visit: Callable[..., Visitor]) -> None:
    reader = visit(forum, "member.en").open_topic(TOPIC, page=PAGE)
    reader.expects = OFFLINE
    reader.page.fill("#words", "Written in a tunnel.")
    reader.context.set_offline(True)
    reader.send()
    said = reader.page.locator("[data-composer-error]")
    said.wait_for(state="visible")
    assert said.inner_text().strip()
    assert reader.page.input_value("#words") == "Written in a tunnel."

    reader.context.set_offline(False)
    reader.wait_for_status("live")
    reader.send()
    reader.wait_for_post(LAST + 1, with_words="Written in a tunnel.")
    reader.until("document.querySelector('#words').value === ''")
    assert said.is_hidden()
    assert reader.page.locator(".post", has_text="Written in a tunnel.").count() == 1


def test_answer_that_was_lost_on_the_way_makes_one_post(forum: Server, visit: Callable[..., Visitor]) -> None:
    reader = visit(forum, "member.en").open_topic(TOPIC, page=PAGE)
    reader.expects = ("ERR_FAILED",)
    lost = []

    def lose_the_answer(route: Any) -> None:
        route.fetch()  # it reaches the server …
        lost.append(True)
        route.abort()  # … and the answer never comes back

    reader.page.route("**/api/v1/topics/*/posts*", lose_the_answer, times=1)
    reader.page.fill("#words", "Sent twice by a bad line.")
    reader.send()
    reader.page.locator("[data-composer-error]").wait_for(state="visible")
    assert lost
    reader.send()
    reader.until("document.querySelector('#words').value === ''")
    reader.page.reload()
    assert reader.page.locator(".post", has_text="Sent twice by a bad line.").count() == 1
