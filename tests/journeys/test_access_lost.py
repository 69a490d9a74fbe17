"""Who loses access loses it now: on the open page, on its socket, in every tab."""

import os
import subprocess
import sys
from collections.abc import Callable

import pytest

from tests.journeys.visiting import Visitor
from tests.serving import ROOT, Server

PRIVATE, LAST = 15, 6  # "Twinning visits: who pays for what?", in the private space
PRIVATE_SPACE = 2
PUBLIC, PAGE, PUBLIC_LAST = 12, 3, 53

REMOVE = """
from sqlalchemy import select
from forum import create_app
from forum.core.db import db, transaction
from forum.members.models import Member
from forum.spaces.actions import remove_from_space
from forum.spaces.models import Space, SpaceKind

with create_app().app_context():
    with transaction():
        space = db.session.scalars(select(Space).where(Space.kind == SpaceKind.PRIVATE)).one()
        member = db.session.scalars(select(Member).where(Member.email == "{email}")).one()
        remove_from_space(space, member_id=member.id, by=None)
"""


def remove_from_private_space(server: Server, email: str) -> None:
    """As an operator would, in a process of its own."""
    environment = os.environ | server.environment
    subprocess.run([sys.executable, "-c", REMOVE.format(email=email)], cwd=ROOT, env=environment, check=True)


@pytest.mark.parametrize("who", ["outsider", None])
def test_outsider_sees_nothing_of_the_private_space(
    forum: Server, visit: Callable[..., Visitor], who: str | None
) -> None:
    outsider = visit(forum, who, "ar")
    outsider.expects = ("404",)
    member = visit(forum, "member.en").open_topic(PRIVATE)
    title = member.page.locator("h1").inner_text()
    words = member.page.locator(".post .words").first.inner_text()[:40]

    answer = outsider.page.goto(f"/ar/topics/{PRIVATE}")
    nowhere = outsider.page.content
    assert answer and answer.status == 404
    assert title not in nowhere() and words not in nowhere()
    for path in ("/", "/topics", "/workshops", "/members/7", "/municipalities"):
        outsider.open(path)
        assert title not in outsider.page.content()
    heard = outsider.page.evaluate(
        """async topic => {
          const answer = await fetch(`/ar/topics/${topic}/posts?since=0`);
          return [answer.status, await answer.text()];
        }""",
        PRIVATE,
    )
    assert heard[0] == 404
    assert words not in heard[1]


def test_member_who_is_removed_loses_the_open_page(forum: Server, visit: Callable[..., Visitor]) -> None:
    reader = visit(forum, "member.ar", "ar").open_topic(PRIVATE)
    reader.expects = ("404",)
    writer = visit(forum, "member.en")
    frames: list[str] = []
    reader.page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: frames.append(str(frame))))
    reader.page.reload()
    reader.wait_for_status("live")
    writer.reply(PRIVATE, "Seen by both.")
    reader.wait_for_post(LAST + 1)
    assert any("Seen by both." in frame for frame in frames)

    remove_from_private_space(forum, "member.ar@multaqa.example")
    reader.page.wait_for_selector("[data-topic]", state="detached")
    writer.reply(PRIVATE, "Not for everybody.")
    reader.page.wait_for_timeout(1_000)
    assert not any("Not for everybody." in frame for frame in frames)
    assert "Seen by both." not in reader.page.content()
    reader.page.go_back()
    assert "Seen by both." not in reader.page.content(), "the way back shows nothing either"


@pytest.mark.parametrize("language", ["ar", "en"])
def test_member_whom_a_manager_takes_out_loses_the_page_that_they_read(
    forum: Server, visit: Callable[..., Visitor], language: str
) -> None:
    manager = visit(forum, "manager", language)
    reader = visit(forum, f"member.{language}", language).open_topic(PRIVATE)
    reader.expects = ("404",)
    reader.page.wait_for_selector("[data-topic] .post .words")
    title = reader.page.locator("h1").inner_text()
    mine = reader.page.locator(".menu-name").get_attribute("href")
    member_id = str(mine).rsplit("/", 1)[1]

    manager.open(f"/spaces/{PRIVATE_SPACE}/members")
    manager.page.click(f"form[action$='/members/{member_id}'] button")
    reader.page.wait_for_selector("[data-topic]", state="detached")
    assert title not in reader.page.content()
    reader.open("/spaces")
    assert reader.page.locator(f"a[href$='/spaces/{PRIVATE_SPACE}']").count() == 0
    assert reader.page.goto(f"/{language}/spaces/{PRIVATE_SPACE}").status == 404


def test_signing_out_in_another_tab_ends_the_socket(forum: Server, visit: Callable[..., Visitor]) -> None:
    reader = visit(forum, "member.ar", "ar").open_topic(PRIVATE)
    reader.expects = ("404", "401")
    writer = visit(forum, "member.en")
    frames: list[str] = []
    reader.page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: frames.append(str(frame))))
    reader.page.reload()
    reader.wait_for_status("live")

    other_tab = reader.context.new_page()
    other_tab.goto("/ar/")
    other_tab.click(".viewer summary")
    other_tab.click(".viewer .menu-list button")
    other_tab.wait_for_selector(".viewer a[href*='sign-in']")

    reader.page.wait_for_selector("[data-topic]", state="detached")
    writer.reply(PRIVATE, "After the sign-out.")
    reader.page.wait_for_timeout(500)
    assert not any("After the sign-out." in frame for frame in frames)


def test_page_that_everybody_may_read_goes_on_after_the_sign_out(forum: Server, visit: Callable[..., Visitor]) -> None:
    reader = visit(forum, "member.ar", "ar").open_topic(PUBLIC, page=PAGE)
    reader.expects = ("401", "403")
    reader.page.fill("#words", "نصف جملة")
    other_tab = reader.context.new_page()
    other_tab.goto("/ar/")
    other_tab.click(".viewer summary")
    other_tab.click(".viewer .menu-list button")
    other_tab.wait_for_selector(".viewer a[href*='sign-in']")
    reader.page.wait_for_timeout(1_500)

    visit(forum, "member.en").reply(PUBLIC, "For everybody.")
    reader.wait_for_post(PUBLIC_LAST + 1, with_words="For everybody.")
    reader.send()
    reader.page.locator("[data-composer-error]").wait_for(state="visible")
    assert reader.page.input_value("#words") == "نصف جملة", "what was begun is kept"
