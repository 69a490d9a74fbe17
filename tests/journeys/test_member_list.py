"""A manager brings an old list of members: what would happen is seen first, then done, and letters go last."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.conftest import Network, begin
from tests.journeys.letters import letter_to, personal
from tests.journeys.visiting import PHONE, Visitor
from tests.post_office import PostOffice

EMAIL, PASSWORD = "lubna@example.org", "four words in a row"
LISTS = {
    "ar": "الاسم;البريد;البلدية;اللغة\nلبنى التجريبية;lubna@example.org;المفرق;العربية\n"
    "بلا عنوان;bla at example;إربد;العربية\nرنا الحوراني;member.ar@multaqa.example;المفرق;العربية\n",
    "en": "Name,E-mail,Municipality,Language\nLubna Example,lubna@example.org,Mafrak,English\n"
    "No Address,none at example,Irbid,English\nRana Hourani,member.ar@multaqa.example,Mafraq,English\n",
}
WORDS = {  # what becomes of the three lines
    "ar": ("جديد", "ليس عنوان بريد", "عضو بالفعل"),
    "en": ("New", "Not an e-mail address", "A member already"),
}
SUBJECTS = {"ar": "أهلًا بكم في ملتقى", "en": "Welcome to Multaqa"}


@pytest.mark.parametrize("language", ["ar", "en"])
def test_from_the_list_to_the_first_sign_in(
    network: Network, tmp_path: Path, post_office: PostOffice, visit: Callable[..., Visitor], language: str
) -> None:
    with begin(network, tmp_path / "forum", MODE="test", SMTP_URL=post_office.url) as forum:
        manager = visit(forum, "manager", language, viewport=PHONE)
        page = manager.open("/imports").page
        table = {"name": "members.csv", "mimeType": "text/csv", "buffer": LISTS[language].encode("utf-16")}
        page.set_input_files("#file", table)
        page.click("main form button:not([name])")
        page.wait_for_url("**/imports/*")
        lines = page.locator(".import-lines tbody tr")
        for line, words in zip(lines.all(), WORDS[language], strict=True):
            assert line.locator(".chip").inner_text() == words
            box = line.locator(".chip").bounding_box()
            assert box and box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"], "what happens is in sight"
        assert manager.api("GET", "/members?name=lubna").json()["items"] == [], "nothing has happened yet"

        page.check("[name=way][value=members]")
        page.click("form[action$='/start'] button")
        for _ in range(300):  # the page looks again by itself, every five seconds
            if manager.api("GET", "/imports/2").json()["state"] == "done":
                break
            page.wait_for_timeout(50)
        page.reload()
        page.locator("form[action$='/letters'] button").wait_for()
        found = manager.api("GET", "/members?name=lubna").json()["items"]
        assert len(found) == 1 and found[0]["municipality"] == 2
        assert personal(post_office) == [], "letters are a choice of their own"
        page.click("form[action$='/letters'] button")

        letter = letter_to(post_office, EMAIL, page, path="/reset/")
        assert letter.subject == SUBJECTS[language] and letter.message["Content-Language"] == language
        assert [one.to for one in personal(post_office)] == [EMAIL]
        someone = visit(forum, None, language, viewport=PHONE)
        someone.page.goto(letter.path)
        someone.page.fill("#password", PASSWORD)
        someone.page.click("main form button")
        someone.page.wait_for_url("**/sign-in")
        someone.page.fill("#email", EMAIL)
        someone.page.fill("#password", PASSWORD)
        someone.page.click("main form button:not([name])")
        someone.page.wait_for_url(f"**/{language}/")
        assert someone.api("GET", "/sessions/current").status == 200
