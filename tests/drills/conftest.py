"""The drills use the fixtures of the journeys (a browser, the demonstration) and of the live tests (a server of one's
own, people who talk to it)."""

from tests.journeys.conftest import browser, forum, gallery, network, visit
from tests.live.conftest import app, person, server, settings, watch

__all__ = ["app", "browser", "forum", "gallery", "network", "person", "server", "settings", "visit", "watch"]
