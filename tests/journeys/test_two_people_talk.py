"""A reply stands in the other's page without a reload, in the right direction, and disturbs nothing that they do."""

from collections.abc import Callable

import pytest

from tests.journeys.visiting import PHONE, Visitor
from tests.serving import Server

TOPIC, PAGE, LAST = 12, 3, 53  # "Who do we count, and how?": three pages, the last with room


@pytest.mark.parametrize("language", ["ar", "en"])
def test_reply_stands_in_the_others_page_without_a_reload(
    forum: Server, visit: Callable[..., Visitor], language: str
) -> None:
    reader = visit(forum, f"member.{language}", language).open_topic(TOPIC, page=PAGE)
    other = "en" if language == "ar" else "ar"
    writer = visit(forum, f"member.{other}", other).open_topic(TOPIC, page=PAGE)
    words = {"ar": "نعم: 92٪ من المقيمين (الإنجليزية - العربية).", "en": "Yes: Collaboration4Development (C4D) has it."}
    reader.page.evaluate("window.isTheSame = true")

    writer.page.fill("#words", words[other])
    writer.send()
    post = reader.wait_for_post(LAST + 1)

    assert reader.page.evaluate("window.isTheSame"), "the page was loaded anew"
    said = post.locator(".words")
    assert said.inner_text().strip() == words[other]
    assert said.get_attribute("lang") == other
    assert said.get_attribute("dir") == {"ar": "rtl", "en": "ltr"}[other]
    assert post.locator(".byline-name").inner_text() == {"ar": "رنا الحوراني", "en": "Shilan Barwari"}[other]
    assert post.locator(".byline-name [lang]").get_attribute("lang") == other
    assert {"ar": "Mafraq", "en": "دهوك"}[other] in post.locator(".byline-place").inner_text()
    assert post.locator("time").get_attribute("datetime")
    assert post.locator("time").get_attribute("title"), "the whole moment shows on hover"
    writer.wait_for_post(LAST + 1)
    writer.until("document.querySelector('#words').value === ''")
    assert writer.page.locator(".post").count() == LAST + 1 - 40


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("viewport", [PHONE, None], ids=["phone", "desk"])
def test_half_written_reply_focus_and_place_do_not_move(
    forum: Server, visit: Callable[..., Visitor], language: str, viewport: dict[str, int] | None
) -> None:
    looks = {"viewport": viewport} if viewport else {}
    reader = visit(forum, f"member.{language}", language, **looks).open_topic(TOPIC, page=PAGE)
    writer = visit(forum, "member.fr", "fr")
    box = reader.page.locator("#words")
    box.scroll_into_view_if_needed()
    box.click()
    reader.page.keyboard.type("نصف جملة" if language == "ar" else "Half a sentence")
    for _ in range(3):
        reader.page.keyboard.press("ArrowRight" if language == "ar" else "ArrowLeft")  # back into the words
    reader.page.wait_for_timeout(200)
    before = reader.held_still()
    assert before["focus"] == "words"

    for number in (LAST + 1, LAST + 2):
        writer.reply(TOPIC, "Une réponse\n\nassez longue\n\npour déplacer la page.\n\n- un\n- deux\n- trois")
        reader.wait_for_post(number)
    reader.page.wait_for_timeout(400)

    after = reader.held_still()
    assert abs(after.pop("top") - before.pop("top")) <= 1
    assert after == before
    reader.page.keyboard.type("!")
    assert "!" in reader.page.input_value("#words")[:-1], "typing goes on where the caret was"


def test_edit_and_hiding_arrive_in_place(forum: Server, visit: Callable[..., Visitor]) -> None:
    reader = visit(forum, "member.ar", "ar").open_topic(TOPIC, page=PAGE)
    writer, moderator = visit(forum, "member.en"), visit(forum, "moderator", "fr")
    writer.reply(TOPIC, "The first version.")
    post = reader.wait_for_post(LAST + 1, with_words="The first version.")
    id = post.get_attribute("data-post")
    reader.page.locator("#words").scroll_into_view_if_needed()
    reader.page.fill("#words", "…")
    before = reader.held_still()

    writer.edit(id, "The second version, **better**.")
    reader.wait_for_post(LAST + 1, with_words="The second version, better.")
    assert reader.post(LAST + 1).locator("strong").inner_text() == "better"
    assert reader.post(LAST + 1).locator(".edited").count() == 1

    moderator.hide(id, "a test")
    hidden = reader.page.locator(f"#post-{LAST + 1}.post-hidden")
    hidden.wait_for()
    assert "better" not in reader.page.locator("[data-posts]").inner_html()

    moderator.show(id)
    reader.wait_for_post(LAST + 1, with_words="better")
    after = reader.held_still()
    assert abs(after.pop("top") - before.pop("top")) <= 1
    assert after == before


def test_full_page_says_that_it_goes_on(forum: Server, visit: Callable[..., Visitor]) -> None:
    reader = visit(forum, "member.ar", "ar").open_topic(TOPIC, page=PAGE)
    writer = visit(forum, "member.en")
    goes_on = reader.page.locator("[data-new-page]")
    for number in range(LAST + 1, 61):
        writer.reply(TOPIC, f"Filling the page, {number}.")
    reader.wait_for_post(60)
    assert goes_on.is_hidden()

    writer.reply(TOPIC, "The first of the next page.")
    goes_on.wait_for(state="visible")
    assert reader.post(61).count() == 0
    goes_on.locator("a").click()
    reader.wait_for_post(61, with_words="The first of the next page.")
    assert "page=4" in reader.page.url


@pytest.mark.parametrize("language", ["ar", "en"])
def test_bar_counts_new_replies_and_leads_to_them(forum: Server, visit: Callable[..., Visitor], language: str) -> None:
    reader = visit(forum, f"member.{language}", language, viewport=PHONE).open_topic(TOPIC, page=PAGE)
    writer = visit(forum, "member.fr", "fr")
    reader.page.evaluate("scrollTo(0, 300)")
    reader.page.wait_for_timeout(200)
    top = "Math.round(document.querySelector('#post-42').getBoundingClientRect().top)"
    before = reader.page.evaluate(top)
    bar = reader.page.locator("[data-new-bar] button")
    assert bar.is_hidden()

    for count in (1, 2, 3):
        writer.reply(TOPIC, f"Nouvelle réponse {count}.")
        reader.wait_for_post(LAST + count)
    bar.wait_for(state="visible")
    assert "3" in bar.inner_text()
    assert reader.page.evaluate(top) == before
    place = bar.bounding_box()
    assert place and place["y"] >= 0 and place["y"] + place["height"] <= PHONE["height"], "the bar is in sight"

    bar.click()
    reader.until(
        "number => { const box = document.getElementById(`post-${number}`).getBoundingClientRect();"
        " return box.top >= -1 && box.top < innerHeight / 2; }",
        arg=LAST + 1,
    )
    reader.page.evaluate("scrollTo(0, document.body.scrollHeight)")
    bar.wait_for(state="hidden")


def test_answering_names_who_is_answered(forum: Server, visit: Callable[..., Visitor]) -> None:
    reader = visit(forum, "member.ar", "ar").open_topic(TOPIC, page=PAGE)
    writer = visit(forum, "member.en").open_topic(TOPIC, page=PAGE)
    writer.post(50).locator("[data-reply-to]").click()
    assert writer.page.evaluate("document.activeElement.id") == "words"
    assert writer.page.locator("[data-answers]").is_visible()
    writer.page.keyboard.type("I think so too.")
    writer.page.keyboard.press("Control+Enter")
    post = reader.wait_for_post(LAST + 1, with_words="I think so too.")
    assert "50" in post.locator(".answers").inner_text()
    writer.page.locator("[data-answers]").wait_for(state="hidden")


@pytest.mark.parametrize("who", [None, "member.ar"])
def test_a_topic_that_is_closed_offers_no_reply_until_it_is_opened_again(
    forum: Server, visit: Callable[..., Visitor], who: str | None
) -> None:
    reader = visit(forum, who, "ar").open_topic(TOPIC, page=PAGE)
    moderator = visit(forum, "moderator").open(f"/topics/{TOPIC}")
    offered = reader.post(50).locator("[data-reply-to]")
    closing = moderator.page.locator(f"form[action='/en/topics/{TOPIC}/closing'] button")
    reader.page.evaluate("window.isTheSame = true")
    assert offered.is_visible()
    closing.click()
    offered.wait_for(state="hidden")
    assert reader.page.locator(".closed-line").last.is_visible()
    closing.click()
    offered.wait_for(state="visible")
    assert reader.page.evaluate("window.isTheSame"), "the page was loaded anew"
    closing.click()
    moderator.open(f"/topics/{TOPIC}").page.locator(".post a[href$='/menu']").first.click()
    assert moderator.page.locator("[data-reply-to]").is_hidden()
