"""The real webinar and the workshop that it prepared, played through from the announcement to the published record."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.conftest import Network, begin
from tests.journeys.organising import fill_in_event, press, speaker_line, told, wall
from tests.journeys.visiting import Visitor
from tests.post_office import PostOffice

LINK = "https://meet.example.org/amman"


@pytest.mark.parametrize("language", ["ar", "en"])
def test_from_the_announcement_to_the_record(
    network: Network, tmp_path: Path, post_office: PostOffice, visit: Callable[..., Visitor], language: str
) -> None:
    with begin(network, tmp_path / "forum", MODE="test", SMTP_URL=post_office.url) as forum:
        organiser = visit(forum, "manager", language)
        workshop = announce(organiser, "led-workshop-2018", days=30)
        webinar = announce(organiser, "led-webinar-2018", days=2, prepares=workshop, joining_link=LINK)
        announcement_reads_in_both(visit(forum, None, language), webinar)


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
