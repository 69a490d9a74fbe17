"""Somebody is shut out: at once, on the page that they have open; they hear why, and come in again."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.conftest import Network, begin
from tests.journeys.letters import letter_to
from tests.journeys.visiting import PASSWORD, PHONE, Visitor
from tests.post_office import PostOffice

PRIVATE = 15
WHY = "Advertising, after two warnings."
SAID = {
    "ar": ("حسابك موقوف", "حسابك موقوف حتى إشعار آخر.", "حسابك مفتوح من جديد"),
    "en": (
        "Your account is suspended",
        "Your account is suspended until further notice.",
        "Your account is open again",
    ),
}


@pytest.mark.parametrize("language", ["ar", "en"])
def test_from_the_open_page_to_the_letter_and_back(
    network: Network, tmp_path: Path, post_office: PostOffice, visit: Callable[..., Visitor], language: str
) -> None:
    email = f"member.{language}@multaqa.example"
    with begin(network, tmp_path / "forum", MODE="test", SMTP_URL=post_office.url) as forum:
        manager = visit(forum, "manager", language)
        reader = visit(forum, f"member.{language}", language, viewport=PHONE).open_topic(PRIVATE)
        reader.expects = ("404", "401", "403")
        title = reader.page.locator("h1").inner_text()
        mine = str(reader.page.locator(".menu-name").get_attribute("href"))
        page = manager.page
        page.goto(f"{mine}/suspension")
        page.fill("#why", WHY)
        page.click("main form.form button")
        page.wait_for_url("**/suspensions")
        began = time.monotonic()
        reader.page.wait_for_selector("[data-topic]", state="detached")
        assert time.monotonic() - began < 2 + 3, "two seconds, and what a busy machine takes"
        assert title not in reader.page.content()
        assert page.locator(".directory").get_by_text(WHY).is_visible()

        letter = letter_to(post_office, email, page)
        assert letter.subject == SAID[language][0] and WHY in letter.text and "Marianne Lahoud" in letter.text
        sign_in(reader, email)
        alert = reader.page.locator(".error-summary")
        assert SAID[language][1] in alert.inner_text() and "Marianne Lahoud" in alert.inner_text()
        assert reader.api("GET", "/sessions/current").status == 401

        page.goto(f"{mine}/suspension")
        page.locator("form:has(input[value=DELETE]) button").click()
        page.wait_for_url("**/suspensions")
        assert letter_to(post_office, email, page, number=2).subject == SAID[language][2]
        sign_in(reader, email)
        reader.page.wait_for_url(f"**/{language}/")
        assert reader.open_topic(PRIVATE).page.locator("h1").inner_text() == title


def sign_in(someone: Visitor, email: str) -> None:
    """With the right password."""
    someone.open("/sign-in").page.fill("#email", email)
    someone.page.fill("#password", PASSWORD)
    with someone.page.expect_navigation():
        someone.page.click("main form button:not([name])")
