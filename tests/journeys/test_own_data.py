"""What is mine: a copy of everything by a link that works once; an end to the account, called back, and done."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.journeys.conftest import Network, begin
from tests.journeys.letters import letter_to
from tests.journeys.visiting import PASSWORD, PHONE, Visitor
from tests.post_office import PostOffice
from tests.serving import ROOT, Server

TOPIC = 1  # both have written there, or somebody answered them
NAMES = {"ar": "رنا الحوراني", "en": "Shilan Barwari"}
FORMER = {"ar": "عضو سابق", "en": "Former member"}
SUBJECTS = {"ar": ("نسخة بياناتك جاهزة", "طلب محو حسابك"), "en": ("Your data is ready", "Your account is to be erased")}

A_WEEK_LATER = """
from datetime import timedelta
from forum import create_app
from forum.accounts.actions.erasing import do_erasures
from forum.core import clock

with create_app().app_context(), clock.at(clock.now() + timedelta(days=7, minutes=1)):
    do_erasures()
"""


@pytest.fixture
def sending(network: Network, tmp_path: Path, post_office: PostOffice) -> Iterator[Server]:
    """The demonstration, with a mail server."""
    with begin(network, tmp_path / "forum", MODE="test", SMTP_URL=post_office.url) as server:
        yield server


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_copy_of_everything_comes_by_a_link_that_works_once(
    sending: Server, post_office: PostOffice, visit: Callable[..., Visitor], language: str
) -> None:
    email = f"member.{language}@multaqa.example"
    member = visit(sending, f"member.{language}", language, viewport=PHONE)
    member.expects = ("422", "410", "404", "401")
    page = member.open("/settings/data").page
    page.fill("#current", "not it")
    page.click("form[action$='/exports'] button")
    assert page.locator("#current-error").is_visible()
    page.fill("#current", PASSWORD)
    page.click("form[action$='/exports'] button")

    letter = letter_to(post_office, email, page, path="/exports/")
    assert letter.subject.startswith(SUBJECTS[language][0]) and letter.message["Content-Language"] == language
    thief = visit(sending, "outsider", language)
    thief.expects = ("410", "404")
    assert thief.page.goto(letter.path).status == 410, "it is of use to nobody else"
    page.goto(letter.path)
    with page.expect_download() as fetched:
        page.click("main form button")
    with ZipFile(io.BytesIO(Path(fetched.value.path()).read_bytes())) as copy:
        files = {name: json.loads(copy.read(name)) for name in copy.namelist() if name.endswith(".json")}
    assert next(iter(files["profile.json"]))["display_name"] == NAMES[language]
    assert files["posts.json"] and "password_hash" not in json.dumps(files)
    assert page.goto(letter.path).status == 410, "the link works once"
    assert page.locator("main a[href$='/settings/data']").is_visible(), "and says where to ask again"


@pytest.mark.parametrize("language", ["ar", "en"])
def test_an_account_is_ended_called_back_and_ended_for_good(
    sending: Server, post_office: PostOffice, visit: Callable[..., Visitor], language: str
) -> None:
    email = f"member.{language}@multaqa.example"
    member = visit(sending, f"member.{language}", language, viewport=PHONE)
    guest = visit(sending, None, language)
    member.expects = guest.expects = ("401", "410", "404")

    def ask() -> None:
        page = member.open("/settings/erasure").page
        page.fill("#current", PASSWORD)
        page.click("main form[action$='/erasure'] button")
        page.locator("input[name=_method][value=DELETE]").wait_for(state="attached")

    ask()
    letter = letter_to(post_office, email, member.page, path="/erasure/")
    assert letter.subject.startswith(SUBJECTS[language][1])
    guest.page.goto(letter.path)  # nobody signs in for this
    guest.page.click("main form button")
    guest.page.wait_for_url(f"**/{language}/")
    assert guest.page.goto(letter.path).status == 410
    assert member.open("/settings/erasure").page.locator("#current").is_visible(), "the account stays"

    ask()
    assert letter_to(post_office, email, member.page, path="/erasure/", number=2).path != letter.path
    mine = str(member.page.locator(".menu-name").get_attribute("href"))
    assert NAMES[language] in guest.page.goto(f"{mine}/posts").text()
    post = guest.page.locator("main a[href*='/posts/'], main a[href*='#post-']").first.get_attribute("href")
    environment = os.environ | sending.environment
    subprocess.run([sys.executable, "-c", A_WEEK_LATER], cwd=ROOT, env=environment, check=True)

    assert member.page.goto(f"/{language}/settings").status == 401, "signed out at once"
    member.open("/sign-in").page.fill("#email", email)
    member.page.fill("#password", PASSWORD)
    member.page.click("main form button:not([name])")
    assert member.page.locator("[role=alert]").first.is_visible()
    guest.page.goto(str(post))
    assert FORMER[language] in guest.page.locator("main").inner_text()
    assert NAMES[language] not in guest.page.locator("main .byline-name").all_inner_texts()
    assert guest.page.goto(mine).status == 404
