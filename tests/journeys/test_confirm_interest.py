"""Confirm interest: a guest waits for a place, a manager finds more chairs, a member joins; without a script."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.conftest import Network, begin
from tests.journeys.visiting import PHONE, Visitor
from tests.post_office import PostOffice, Received

EVENT = "/workshops/6"
LINK = "https://meet.example.org/first-project"
EMAIL = "rima@example.org"
NAMES = {"ar": "ريما التجريبية", "en": "Rima Example"}
WORDS = {
    "ar": ("أُدرج الاسم في قائمة الانتظار", "مقعد شاغر من نصيبك", "مقعدك مؤكد"),
    "en": ("you are on the waiting list", "A place has become free for you", "Your place is confirmed"),
}


def wait_for(office: PostOffice, page: object, words: str) -> Received:
    """The guest's letter that says this; letters go by themselves within a moment."""
    for _ in range(150):
        found = [one for one in office.letters if one.to == EMAIL and (words in one.subject or words in one.text)]
        if found:
            return found[-1]
        page.wait_for_timeout(100)
    raise AssertionError([(one.to, one.subject) for one in office.letters])


@pytest.mark.parametrize("language", ["ar", "en"])
def test_from_the_waiting_list_to_the_joining_link(
    network: Network, tmp_path: Path, post_office: PostOffice, visit: Callable[..., Visitor], language: str
) -> None:
    waits, free, confirmed = WORDS[language]
    with begin(network, tmp_path / "forum", MODE="test", SMTP_URL=post_office.url) as forum:
        plain = {"java_script_enabled": False, "viewport": PHONE}
        guest = visit(forum, None, language, **plain)
        page = guest.open(EVENT).page
        page.click(f"main a[href$='{EVENT}/registration']")
        page.fill("#display_name", NAMES[language])
        page.fill("#email", EMAIL)
        page.select_option("#wants", language)
        page.click("main form.form button")
        page.wait_for_url("**/registrations/sent")
        page.goto(forum.url + wait_for(post_office, page, "/registrations/").path)
        page.click("main form button")
        assert waits in page.inner_text("main")
        page.reload()  # the form once more: one answer
        assert LINK not in page.content()

        manager = visit(forum, "manager", language, **plain)
        manager.open(f"{EVENT}/registrations")
        assert NAMES[language] in manager.page.inner_text("main")
        manager.page.click("main summary")
        manager.page.fill("#capacity", "12")
        manager.page.click("main details form button")
        manager.page.wait_for_url("**/registrations")
        page, guest.expects = guest.page, ("422",)
        page.context.route(f"{LINK}*", lambda route: route.fulfill(body="The meeting"))
        page.goto(forum.url + wait_for(post_office, page, free).path)
        for email in ("passed.on@example.org", EMAIL):  # the letter alone lets nobody in
            assert LINK not in page.content()
            page.fill("#email", email)
            page.click("main form.form button")
        page.wait_for_url(LINK)

        member = visit(forum, f"member.{language}", language, **plain)
        member.expects = ("403",)
        page = member.open(f"{EVENT}/join").page
        assert LINK not in page.content()
        page.click(f"main a[href$='{EVENT}/registration']")
        page.click("main form.form button")
        page.wait_for_url(f"**{EVENT}")
        assert confirmed in page.inner_text(".standing")
        way = page.locator(f".standing a[href$='{EVENT}/join']").get_attribute("href")
        led = page.context.request.get(f"{forum.url}{way}", max_redirects=0)  # the meeting itself is nowhere
        assert (led.status, led.headers["location"]) == (302, LINK)
        page.click(f".standing a[href$='{EVENT}/registration']")
        page.click("main .ask-once summary")
        page.click("main .ask-once .button.danger")
        page.wait_for_url(f"**{EVENT}")
        assert f"{EVENT}/join" not in page.content()
