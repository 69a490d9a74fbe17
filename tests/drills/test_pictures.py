"""Every page as a picture, in every language, on a phone and on a desk, light and dark: to be looked at by people.

They stand in var/pictures/<language>/<page>-<width>-<scheme>.png.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from forum.core.languages import LANGUAGES
from tests.journeys.test_looks import PAGES, REFUSED
from tests.journeys.visiting import Visitor
from tests.serving import ROOT, Server

PICTURES = ROOT / "var/pictures"
WIDTHS = (360, 1280)


@pytest.fixture(scope="module", params=[(language, scheme) for language in LANGUAGES for scheme in ("light", "dark")])
def album(request: pytest.FixtureRequest, browser: Browser, gallery: Server) -> Iterator[dict[str | None, Visitor]]:
    """Everybody who looks at a page, in one language and scheme."""
    language, scheme = request.param
    readers = {f"member.{language}" if who == "member" else who for who, _path in PAGES.values()}
    album = {who: Visitor(browser, gallery, who, language, color_scheme=scheme) for who in readers}
    yield album
    for visitor in album.values():
        visitor.context.close()


def test_every_page_is_drawn_and_nothing_is_said_by_the_browser(
    album: dict[str | None, Visitor], request: pytest.FixtureRequest
) -> None:
    language, scheme = request.node.callspec.params["album"]
    folder = PICTURES / language
    folder.mkdir(parents=True, exist_ok=True)
    for name, (who, path) in PAGES.items():
        visitor = album[f"member.{language}" if who == "member" else who]
        visitor.expects = tuple(REFUSED.values())
        visitor.open(path)
        for width in WIDTHS:
            visitor.page.set_viewport_size({"width": width, "height": 800})
            picture = folder / f"{name.replace(' ', '-')}-{width}-{scheme}.png"
            visitor.page.screenshot(path=picture, full_page=True)
            assert picture.stat().st_size > 2_000, name
    assert [complaint for visitor in album.values() for complaint in visitor.complaints()] == []
