"""The feed in a calendar program's own parser (ical.js, Thunderbird's), across the changes of the clocks."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser

from tests.journeys.visiting import Visitor
from tests.live.conftest import app, server, settings
from tests.making import Making
from tests.serving import ROOT, Server

__all__ = ["app", "server", "settings"]

# Weekly at 11:00, over the nights on which clocks change: forward and back; Amman keeps one time since 2022.
ZONES = ("Asia/Amman", "Asia/Beirut", "Europe/Istanbul", "Europe/Paris", "Africa/Casablanca")
WEEKS = [datetime(2026, 3, 20, 11) + timedelta(days=7 * n) for n in (0, 1, 2, 30, 31, 32)]

READ = """async address => {
  const component = new ICAL.Component(ICAL.parse(await (await fetch(address)).text()));
  for (const one of component.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(new ICAL.Timezone(one));
  return component.getAllSubcomponents("vevent").map(one => {
    const event = new ICAL.Event(one);
    return [event.summary, event.startDate.toJSDate().toISOString(), event.endDate.toJSDate().toISOString()];
  });
}"""


def parser() -> str:
    """Thunderbird's parser as one expression that a page can evaluate."""
    code = (ROOT / "node_modules/ical.js/dist/ical.es5.cjs").read_text()
    return f"(() => {{ const module = {{}}, exports = {{}}; {code}\nwindow.ICAL = module.exports; }})()"


def iso(moment: datetime) -> str:
    """As a browser writes it."""
    return f"{moment:%Y-%m-%dT%H:%M:00.000Z}"


@pytest.mark.parametrize("zone", ZONES)
def test_every_meeting_is_at_its_moment(
    server: Server, make: Making, visit: Callable[..., Visitor], browser: Browser, zone: str
) -> None:
    expected = []
    for week in WEEKS:
        made = make.workshop(f"{zone} {week:%m-%d}", zone=zone, starts=week, ends=week + timedelta(hours=2))
        begins = week.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
        expected.append((made.title, iso(begins), iso(begins + timedelta(hours=2))))
    guest = visit(server, None, "ar").open("/calendar")
    guest.page.evaluate(parser())
    found = [tuple(one) for one in guest.page.evaluate(READ, "/ar/calendar.ics") if one[0].startswith(zone)]
    assert found == expected
