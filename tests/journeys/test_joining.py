"""Somebody applies, a manager says yes, the new member signs in and replies, in Arabic and in English."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.conftest import Network, begin
from tests.journeys.visiting import PHONE, Visitor
from tests.post_office import PostOffice, Received

TOPIC, PAGE, LAST = 12, 3, 53
NAMES = {"ar": "هند التجريبية", "en": "Hind Example"}
TOWNS = {"ar": "غازي عنتاب", "en": "gaziantep"}
REPLIES = {"ar": "مرحبًا بالجميع، أول مشاركة لي (C4D).", "en": "Hello everybody, my first post."}
SUBJECTS = {
    "ar": ("تأكيد طلب انضمامك", "rtl"),
    "en": ("Please confirm your application", "ltr"),
}
EMAIL = "hind@example.org"


def wait_for(office: PostOffice, page: object, path: str) -> Received:
    """The letter whose link leads there; letters go by themselves within a moment."""
    for _ in range(100):
        if any(letter.to == EMAIL and path in letter.text for letter in office.letters):
            break
        page.wait_for_timeout(100)
    letter = office.to(EMAIL)
    assert path in letter.text
    return letter


@pytest.mark.parametrize("language", ["ar", "en"])
def test_from_the_application_to_the_first_reply(
    network: Network, tmp_path: Path, post_office: PostOffice, visit: Callable[..., Visitor], language: str
) -> None:
    with begin(network, tmp_path / "forum", MODE="test", SMTP_URL=post_office.url) as forum:
        someone = visit(forum, None, language, viewport=PHONE)
        someone.expects = ("422",)  # an address that is none, at first
        page = someone.page
        someone.open("/")
        page.locator("main a[href$='/apply']").first.click()
        page.fill("#town", TOWNS[language])
        page.click("main form button")
        page.locator("main .join-found a").first.click()
        page.fill("#display_name", NAMES[language])
        page.fill("#email", "hind@")
        page.fill(
            "#reason", "أريد أن أسأل من سبقنا." if language == "ar" else "We want to ask those who went before us."
        )
        page.click("main form button:not([name])")
        assert page.locator("#email-error").is_visible()
        assert page.input_value("#display_name") == NAMES[language], "nothing is lost"
        page.fill("#email", EMAIL)
        page.click("main form button:not([name])")
        page.wait_for_url("**/apply?sent=1")

        letter = wait_for(post_office, page, "/apply/")
        subject, direction = SUBJECTS[language]
        assert letter.subject == subject
        assert f'dir="{direction}"' in letter.html
        page.goto(letter.path)
        with page.expect_navigation():
            page.click("main form button")

        manager = visit(forum, "manager", language)
        manager.open("/applications")
        manager.page.get_by_text(NAMES[language]).first.click()
        manager.page.locator("section[aria-labelledby='yes'] form > .actions button").click()
        manager.page.wait_for_url("**/applications")
        assert NAMES[language] in manager.page.locator("main, .flashes, [role=status]").all_inner_texts()[0]

        letter = wait_for(post_office, page, "/reset/")
        page.goto(letter.path)
        page.fill("#password", "four words in a row")
        page.click("main form button")
        page.wait_for_url("**/sign-in")
        page.fill("#email", EMAIL)
        page.fill("#password", "four words in a row")
        with page.expect_navigation():
            page.click("main form button:not([name])")

        someone.open_topic(TOPIC, page=PAGE)
        page.fill("#words", REPLIES[language])
        someone.send()
        post = someone.wait_for_post(LAST + 1)
        assert post.locator(".byline-name").inner_text() == NAMES[language]
        assert post.locator(".words").get_attribute("dir") == direction
