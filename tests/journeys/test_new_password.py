"""Somebody who forgot their password: a letter in their language, a link that works once, a new password, inside."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.conftest import Network, begin
from tests.journeys.letters import letter_to
from tests.journeys.visiting import PASSWORD, PHONE, Visitor
from tests.post_office import PostOffice

SUBJECTS = {"ar": "كلمة مرور جديدة في ملتقى", "en": "A new password for Multaqa"}
NEW = "four words in a row"


@pytest.mark.parametrize("language", ["ar", "en"])
def test_from_a_forgotten_password_to_a_new_one(
    network: Network, tmp_path: Path, post_office: PostOffice, visit: Callable[..., Visitor], language: str
) -> None:
    email = f"member.{language}@multaqa.example"
    with begin(network, tmp_path / "forum", MODE="test", SMTP_URL=post_office.url) as forum:
        elsewhere = visit(forum, f"member.{language}", language)
        someone = visit(forum, None, language, viewport=PHONE)
        someone.open("/sign-in")
        page = someone.page
        page.locator("main a[href$='/reset']").click()
        page.fill("#email", email)
        page.click("main form button")
        page.wait_for_url("**/reset?sent=1")

        letter = letter_to(post_office, email, page)
        assert letter.subject == SUBJECTS[language]
        page.goto(letter.path)
        assert page.locator("html").get_attribute("dir") == {"ar": "rtl", "en": "ltr"}[language]
        page.fill("#password", "short")
        page.click("main form button")
        assert page.locator("[aria-invalid=true]").count() == 1
        page.fill("#password", NEW)
        page.click("main form button")
        page.wait_for_url("**/sign-in")

        for words, inside in ((PASSWORD, False), (NEW, True)):
            page.fill("#email", email)
            page.fill("#password", words)
            page.click("main form button:not([name])")
            page.wait_for_load_state()
            assert page.url.endswith("/sign-in") is not inside
        elsewhere.expects = ("401",)
        assert elsewhere.api("GET", "/sessions/current").status == 401, "other devices are signed out"
        page.goto(letter.path)
        assert page.locator("#password").count() == 0, "the link works once"
        someone.expects = ("410", "422", "404", "400", "401", "403")
