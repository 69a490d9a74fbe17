"""The real webinar and the workshop that it prepared, played through from the announcement to the published record."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.conftest import Network, begin
from tests.journeys.meeting import (
    LINK,
    calendars_read_it,
    close,
    confirm_interest,
    hand_in_transcript,
    hold,
    move,
    read_record,
    topic_for_each_talk,
)
from tests.journeys.organising import (
    crowd,
    demo_member,
    fill_in_event,
    making_in,
    press,
    sign_in,
    speaker_line,
    told,
    wall,
)
from tests.journeys.selecting import (
    REVIEWERS,
    all_apply,
    call_for_applications,
    close_call,
    decide,
    review,
    several_step_back,
    tell_everybody,
)
from tests.journeys.visiting import PHONE, Visitor
from tests.live.people import Person
from tests.post_office import PostOffice


@pytest.mark.parametrize("language", ["ar", "en"])
def test_from_the_announcement_to_the_record(
    network: Network, tmp_path: Path, post_office: PostOffice, visit: Callable[..., Visitor], language: str
) -> None:
    forum = begin(network, tmp_path / "forum", MODE="test", SMTP_URL=post_office.url)
    with making_in(forum) as make:
        members = crowd(make, 40, towns=12)
    with forum:
        organiser = visit(forum, "manager", language)
        workshop = announce(organiser, "led-workshop-2018", days=30)
        webinar = announce(organiser, "led-webinar-2018", days=2, prepares=workshop, joining_link=LINK)
        announcement_reads_in_both(visit(forum, None, language), webinar)

        people = sign_in(forum, members)
        call_for_applications(organiser, workshop)
        all_apply(visit(forum, members[0], language, viewport=PHONE), people, workshop)
        close_call(organiser, workshop)
        review(visit(forum, REVIEWERS[0], language), [Person(forum, demo_member(who)) for who in REVIEWERS], workshop)
        order = decide(organiser, workshop)
        tell_everybody(organiser, post_office, members, order, workshop)
        several_step_back(people, members, order, organiser, workshop)

        coming = confirm_interest(people[:24], webinar)
        topic_for_each_talk(organiser, webinar)
        move(organiser, webinar, starts=wall(minutes=-10), ends=wall(minutes=110))
        phone = visit(forum, members[1], language, viewport=PHONE)
        hold(organiser, phone, coming, webinar)
        move(organiser, webinar, starts=wall(hours=-2), ends=wall(minutes=-1))
        hand_in_transcript(organiser, webinar)
        close(organiser, webinar)
        read_record(visit(forum, None, language), phone, coming, webinar)
        calendars_read_it(forum, webinar)


def announce(organiser: Visitor, key: str, *, days: int, prepares: int | None = None, joining_link: str = "") -> int:
    """By the form, then its programme; the id."""
    what, page = told(key), organiser.open("/workshops/new").page
    hours = 2 if what["online"] else 4 * 24 + 7
    more = {"joining_link": joining_link} if joining_link else {}
    fill_in_event(organiser, what, starts=wall(days=days), ends=wall(days=days, hours=hours), **more)
    if prepares:
        page.click("#prepares summary")
        page.check(f"#prepares-{prepares}")
    press(organiser, "main form.form > .actions button", "**/programme")
    id = int(re.search(r"/workshops/(\d+)/", page.url)[1])
    for talk in what.get("talk", ()):
        page.click("section[aria-labelledby=talks] summary")
        for language in ("ar", "en"):
            page.fill(f"section[aria-labelledby=talks] #title_{language}", talk["titles"][language])
        page.fill("#speakers", speaker_line(talk["speakers"][0], organiser.language))
        page.click("section[aria-labelledby=talks] form button")
        page.get_by_role("link", name=talk["titles"][organiser.language], exact=True).wait_for()
    return id


def announcement_reads_in_both(guest: Visitor, workshop_id: int) -> None:
    """The sheet to pass on says it in two languages, and shows nobody the link."""
    what, page = told("led-webinar-2018"), guest.open(f"/workshops/{workshop_id}/announcement").page
    for language in ("ar", "en"):
        assert page.get_by_text(what["texts"][language]["title"], exact=True).first.is_visible()
    assert LINK not in page.content()
