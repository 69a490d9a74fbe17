"""Without a script everything works but what is live."""

from collections.abc import Callable

import pytest

from tests.journeys.visiting import PASSWORD, PHONE, Visitor
from tests.serving import Server

TOPIC, PAGE, LAST = 12, 3, 53


@pytest.fixture(params=["ar", "en"])
def reader(request: pytest.FixtureRequest, forum: Server, visit: Callable[..., Visitor]) -> Visitor:
    """Somebody with an old phone whose browser runs no scripts."""
    return visit(forum, None, request.param, java_script_enabled=False, viewport=PHONE)


def sign_in(reader: Visitor, who: str | None = None) -> None:
    """By the form."""
    reader.open("/sign-in")
    reader.page.fill("#email", f"{who or 'member.' + reader.language}@multaqa.example")
    reader.page.fill("#password", PASSWORD)
    reader.page.click("form.form button")
    reader.page.wait_for_selector("[data-bell]")


def test_reading_signing_in_and_out(reader: Visitor) -> None:
    reader.open("/")
    reader.page.locator("main .topic-title a").first.click()
    assert reader.page.locator(".post").count() > 3
    assert reader.page.locator(".post time").first.inner_text().strip(), "moments stand there without a script"
    reader.page.locator("[data-topic] > .closed-line a").click()
    reader.page.fill("#email", f"member.{reader.language}@multaqa.example")
    reader.page.fill("#password", PASSWORD)
    reader.page.click("form.form button")
    assert "/topics/" in reader.page.url, "back to where one wanted to write"
    assert reader.page.locator("#words").is_visible()

    reader.page.locator(".viewer summary").click()
    reader.page.locator(".viewer .menu-list button").click()
    assert reader.page.locator(".viewer a[href*='sign-in']").is_visible()
    reader.expects = ("401",)
    reader.open("/settings")
    assert reader.page.locator("form.settings").count() == 0


def test_wrong_password_comes_back_filled_in(reader: Visitor) -> None:
    reader.expects = ("401",)
    reader.open("/sign-in")
    reader.page.fill("#email", "nobody@multaqa.example")
    reader.page.fill("#password", "not the password")
    reader.page.click("form.form button")
    assert reader.page.locator("[data-error-summary]").is_visible()
    assert reader.page.input_value("#email") == "nobody@multaqa.example"
    assert reader.page.input_value("#password") == ""


def test_starting_a_topic_with_a_preview(reader: Visitor) -> None:
    sign_in(reader)
    reader.open("/workshops/2")
    reader.page.locator("main a[href$='/topics/new']").click()
    reader.page.fill("#title", "منصة C4D التعاونية: سؤال")
    reader.page.fill(
        "#words", "هل تصلح منصة التعاون **لنا** نحن في البلديات الصغيرة؟\n\n- Collaboration4Development (C4D)\n- 92٪"
    )
    reader.page.click("button[name=preview]")
    preview = reader.page.locator(".preview .words")
    assert preview.locator("strong").inner_text() == "لنا"
    assert preview.get_attribute("dir") == "rtl"
    assert reader.page.input_value("#title") == "منصة C4D التعاونية: سؤال"
    assert reader.page.locator(".preview").count() == 1

    reader.send()
    assert reader.page.locator("h1").inner_text() == "منصة C4D التعاونية: سؤال"
    assert reader.page.locator("h1").get_attribute("dir") == "rtl"
    assert reader.page.locator(".post .words li").count() == 2
    reader.open("/workshops/2")
    assert reader.page.locator("main .topic-title", has_text="منصة C4D التعاونية: سؤال").count() == 1


def test_topic_without_a_title_comes_back_filled_in(reader: Visitor) -> None:
    reader.expects = ("422",)
    sign_in(reader)
    reader.open("/workshops/2/topics/new")
    reader.page.fill("#title", "   ")
    reader.page.fill("#words", "الكلمات باقية")
    reader.send()
    assert reader.page.locator("[data-error-summary] a[href='#title']").is_visible()
    assert reader.page.locator("#title-error").is_visible()
    assert reader.page.input_value("#words") == "الكلمات باقية"


def test_replying_with_a_preview_and_editing(reader: Visitor) -> None:
    sign_in(reader)
    reader.open(f"/topics/{TOPIC}?page={PAGE}")
    reader.page.locator("#post-50 [data-reply-to]").click()
    assert reader.page.locator("#post-50").is_visible(), "the post that is answered stands above"
    reader.page.fill("#words", "Une réponse *avec* aperçu.")
    reader.page.select_option("select[name=language]", "fr")
    reader.page.click("button[name=preview]")
    assert reader.page.locator(".preview em").inner_text() == "avec"
    assert reader.page.input_value("select[name=language]") == "fr"
    reader.send()

    post = reader.page.locator(f"#post-{LAST + 1}")
    assert reader.page.url.endswith(f"#post-{LAST + 1}")
    assert post.locator(".words").get_attribute("lang") == "fr"
    assert "50" in post.locator(".answers").inner_text()

    post.locator(".post-foot a").last.click()
    reader.page.locator("main .actions a[href$='/edit']").click()
    reader.page.fill("#words", "Une réponse corrigée.")
    reader.page.click("button[name=preview]")
    assert "corrigée" in reader.page.locator(".preview").inner_text()
    reader.send()
    post = reader.page.locator(f"#post-{LAST + 1}")
    assert post.locator(".words").inner_text().strip() == "Une réponse corrigée."
    assert post.locator(".edited").is_visible()


def test_empty_reply_comes_back_with_a_reason(reader: Visitor) -> None:
    reader.expects = ("422",)
    sign_in(reader)
    reader.open(f"/topics/{TOPIC}?page={PAGE}")
    reader.page.fill("#words", "   ")
    reader.send()
    reader.page.locator("#words-error").wait_for()
    reader.page.fill("#words", "Not empty now.")
    reader.send()
    reader.page.locator(f"#post-{LAST + 1}").wait_for()


def test_pressing_twice_makes_one_post(reader: Visitor) -> None:
    sign_in(reader)
    reader.open(f"/topics/{TOPIC}/reply")
    reader.page.fill("#words", "Only once.")
    reader.page.locator("[data-composer] button:not([type]):not([name])").dblclick()
    reader.page.wait_for_url("**/topics/*post-*")
    assert reader.page.locator(".post", has_text="Only once.").count() == 1
    reader.page.reload()
    assert reader.page.locator(".post", has_text="Only once.").count() == 1


def test_two_editors_lose_nothing(reader: Visitor, visit: Callable[..., Visitor]) -> None:
    reader.expects = ("409",)
    sign_in(reader)
    done = reader.reply(TOPIC, "The first words.")
    reader.open(f"/posts/{done['id']}/edit")
    reader.page.fill("#words", "Mine.")
    visit(reader.server, "moderator", "fr").edit(str(done["id"]), "Theirs.")
    reader.send()
    assert reader.page.locator("textarea[readonly]").input_value() == "Theirs."
    assert reader.page.input_value("#words") == "Mine."
    reader.send()
    assert reader.page.locator(f"#post-{LAST + 1} .words").inner_text().strip() == "Mine."


def test_following_and_reading_up_to_here(reader: Visitor, visit: Callable[..., Visitor]) -> None:
    sign_in(reader)
    reader.open(f"/topics/{TOPIC}")
    for level in ("mentions", "muted", "all"):
        reader.page.click(f"button[name=level][value={level}]")
        assert reader.page.locator(f"button[value={level}]").get_attribute("aria-pressed") == "true"
    reader.page.locator(".follow form:has(input[value=DELETE]) button").click()
    assert reader.page.locator("button[name=level][aria-pressed=true]").count() == 0

    reader.open(f"/topics/{TOPIC}?page={PAGE}")
    reader.page.locator("[data-read-form] button").click()
    assert reader.page.url.endswith(f"#post-{LAST}")
    reader.open("/topics/unread")
    assert reader.page.locator(f"main a[href*='/topics/{TOPIC}']").count() == 0
    visit(reader.server, "member.fr", "fr").reply(TOPIC, "Une de plus.")
    reader.open(f"/topics/{TOPIC}")
    reader.page.locator("[data-continue]").click()
    assert reader.page.url.endswith(f"#post-{LAST + 1}"), "where one was: at the first that is new"


def test_changing_the_title_closing_and_opening_again(reader: Visitor) -> None:
    sign_in(reader)
    reader.open("/workshops/2/topics/new")
    reader.page.fill("#title", "A topic to close")
    reader.page.fill("#words", "It will be closed.")
    reader.send()
    reader.page.locator("aside a[href$='/edit']").click()
    reader.page.fill("#title", "Another title")
    reader.page.locator("main form.form button").click()
    assert reader.page.locator("h1").inner_text() == "Another title"
    closing = "aside form[action$='/closing'] button"
    reader.page.click(closing)
    assert reader.page.locator("#words").count() == 0
    assert reader.page.locator("[data-topic] > .closed-line").is_visible()
    reader.page.click(closing)
    assert reader.page.locator("#words").is_visible()


def test_moderator_hides_and_brings_back(reader: Visitor) -> None:
    sign_in(reader, "moderator")
    reader.open(f"/topics/{TOPIC}?page={PAGE}")
    id = reader.page.locator("#post-50").get_attribute("data-post")
    assert id
    reader.hide(id, "a test")
    assert reader.page.locator("#post-50.post-hidden").is_visible()
    reader.show(id)
    assert reader.page.locator("#post-50 .words").is_visible()


def test_notices_are_read_one_by_one_and_all(reader: Visitor) -> None:
    sign_in(reader)
    reader.open("/notices")
    waiting = reader.page.locator(".notice.is-new").count()
    assert waiting > 1
    reader.page.locator(".notice-read button").first.click()
    assert reader.page.locator(".notice.is-new").count() == waiting - 1
    reader.page.locator(".page-head form button").click()
    assert reader.page.locator(".notice.is-new").count() == 0
    assert reader.page.locator("[data-unread]").is_hidden()


def test_settings_are_kept_and_refused_ones_come_back(reader: Visitor) -> None:
    sign_in(reader)
    reader.open("/settings")
    name = reader.page.input_value("#display_name")
    reader.page.check("input[name=digits][value=arab]")
    reader.page.locator("form.settings .actions button").click()
    reader.open(f"/topics/{TOPIC}?page={PAGE}")
    assert "٥٣" in reader.page.locator(".topic-head").inner_text(), "the digits that were chosen"

    reader.expects = ("422",)
    reader.open("/settings")
    reader.page.fill("#display_name", "  ")
    reader.page.locator("form.settings .actions button").click()
    assert reader.page.locator("#display_name-error").is_visible()
    assert reader.page.is_checked("input[name=digits][value=arab]")
    reader.open("/settings")
    assert reader.page.input_value("#display_name") == name


def test_other_devices_are_signed_out(reader: Visitor, visit: Callable[..., Visitor]) -> None:
    sign_in(reader)
    other = visit(reader.server, f"member.{reader.language}", reader.language)
    other.expects = ("401",)
    reader.open("/devices")
    reader.page.locator(".all-out button").click()
    assert reader.page.locator(".devices > li").count() == 1
    other.open("/settings")
    assert other.page.locator("form.settings").count() == 0
