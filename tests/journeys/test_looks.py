"""Every page, in Arabic and in English, from the smallest phone to a desk: nothing runs off the screen or is cut, all
can be hit with a thumb, nothing is wrong for those who use a screen reader, in light and in dark."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.journeys.visiting import Visitor
from tests.serving import ROOT, Server

WIDTHS = (320, 360, 768, 1280)
THUMB = 44  # CSS pixels

# Who looks and at what; a topic that is long, mixed in its directions, and one that is closed.
PAGES: dict[str, tuple[str | None, str]] = {
    "home of a guest": (None, "/"),
    "home": ("member", "/"),
    "topics": ("member", "/topics"),
    "topics of a guest": (None, "/topics"),
    "unread": ("member", "/topics/unread"),
    "topic": ("member", "/topics/12?page=3"),
    "topic of a guest": (None, "/topics/1"),
    "topic of a moderator": ("moderator", "/topics/12"),
    "closed topic": ("member", "/topics/2"),
    "private topic": ("member", "/topics/15"),
    "reply": ("member", "/topics/3/reply?to=2"),
    "edit": ("moderator", "/posts/1/edit"),
    "change of title": ("moderator", "/topics/1/edit"),
    "post menu": ("member", "/posts/2/menu"),
    "post menu of a moderator": ("moderator", "/posts/2/menu"),
    "events": ("member", "/workshops"),
    "calendar": (None, "/calendar?month=2018-03"),
    "event": ("member", "/workshops/2"),
    "event to come": (None, "/workshops/6"),
    "new topic": ("member", "/workshops/2/topics/new"),
    "municipalities": (None, "/municipalities"),
    "municipality": ("member", "/municipalities/1"),
    "members": ("member", "/members"),
    "member": (None, "/members/2"),
    "sign-in": (None, "/sign-in"),
    "settings": ("member", "/settings"),
    "devices": ("member", "/devices"),
    "notices": ("member", "/notices"),
    "answers": ("member", "/posts/2/answers"),
    "history": ("member", "/posts/2/history"),
    "reactions": (None, "/posts/2/reactions"),
    "themes": (None, "/themes"),
    "bookmarks": ("member", "/bookmarks"),
    "spaces": ("manager", "/spaces"),
    "space": ("manager", "/spaces/2"),
    "members of a space": ("manager", "/spaces/2/members"),
    "change of a space": ("manager", "/spaces/2/edit"),
    "which municipality": (None, "/apply?town=zahle"),
    "application": (None, "/apply?municipality=2"),
    "desk": ("manager", "/applications"),
    "application at the desk": ("manager", "/applications/2"),
    "letters": ("manager", "/letters"),
    "new password": (None, "/reset"),
    "nothing here": (None, "/topics/999999"),
    "sign in first": (None, "/settings"),
}
REFUSED = {"nothing here": "404", "sign in first": "401"}

SIDEWAYS = """() => {
  const wide = document.scrollingElement.scrollWidth - innerWidth;
  if (wide <= 0) return [];
  return [...document.querySelectorAll("body *")]
    .map(one => [one, one.getBoundingClientRect()])
    .filter(([, box]) => box.width && (box.right > innerWidth + 1 || box.left < -1))
    .map(([one]) => one.outerHTML.slice(0, 120)).slice(0, 5).concat(`by ${wide} px`);
}"""

# A button whose words do not fit into it, or that lies outside the screen.
CUT = """() => [...document.querySelectorAll("button, .button, .bar-item, .input, .chip")]
  .filter(one => one.checkVisibility() && !one.closest(".skip"))
  .filter(one => {
    const box = one.getBoundingClientRect();
    const outside = box.left < -1 || box.right > innerWidth + 1;
    const isText = !one.matches("input, textarea, select");
    return outside || (isText && (one.scrollWidth > one.clientWidth + 3 || one.scrollHeight > one.clientHeight + 6)
      && getComputedStyle(one).overflow !== "hidden" && !one.matches(".tool, .bar-item"));
  })
  .map(one => one.outerHTML.slice(0, 160))"""

# What a thumb must hit: buttons and fields everywhere; links that stand alone in lists of ways. A link within a
# sentence or a title's line is exempt (WCAG 2.5.8, "inline").
SMALL = """least => {
  const size = one => {
    const box = one.getBoundingClientRect();
    return { width: box.width, height: box.height };
  };
  const hit = one => one.matches("input[type=radio], input[type=checkbox]") ? one.closest(".choice") ?? one : one;
  const all = "button, summary, select, textarea, input:not([type=hidden]), nav a, .button, .menu-list a";
  return [...document.querySelectorAll(all)]
    .filter(one => one.checkVisibility() && !one.closest(".where, [aria-hidden=true]"))
    .map(hit)
    .filter(one => size(one).height < least - 0.5 || size(one).width < least - 0.5)
    .map(one => `${Math.round(size(one).width)} × ${Math.round(size(one).height)}: ${one.outerHTML.slice(0, 120)}`);
}"""

AXE = """async rules => {
  const only = rules ? { runOnly: { type: "rule", values: rules } } : {};
  const found = await axe.run(document, { resultTypes: ["violations"], ...only });
  return found.violations.filter(one => ["serious", "critical"].includes(one.impact))
    .flatMap(one => one.nodes.map(node => [one.id, node.html, node.failureSummary].join(" ").slice(0, 400)));
}"""

FOCUS = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect(), style = getComputedStyle(one);
  return {
    isSkip: one.matches("a.skip"), inSight: box.top >= 0 && box.bottom <= innerHeight && box.width > 0,
    outline: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
  };
}"""


@pytest.fixture(scope="module")
def look(browser: Browser, gallery: Server) -> Iterator[Callable[[str, str, str], Visitor]]:
    """`look(page, language, scheme)`: the visitor, standing on that page; each reader signs in once."""
    visitors: dict[tuple[str | None, str, str], Visitor] = {}

    def look(page: str, language: str, scheme: str = "light") -> Visitor:
        who, path = PAGES[page]
        name = f"member.{language}" if who == "member" else who
        key = (name, language, scheme)
        if key not in visitors:
            visitors[key] = Visitor(browser, gallery, name, language, color_scheme=scheme, bypass_csp=scheme == "dark")
        visitor = visitors[key]
        visitor.expects = tuple(REFUSED.values())
        visitor.open(path)
        return visitor

    yield look
    for visitor in visitors.values():
        visitor.context.close()


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["ar", "en"])
def test_page_fits_every_width(look: Callable[..., Visitor], page: str, language: str) -> None:
    visitor = look(page, language)
    wrong: dict[str, Any] = {}
    for width in WIDTHS:
        visitor.page.set_viewport_size({"width": width, "height": 800})
        wrong[f"sideways at {width}"] = visitor.page.evaluate(SIDEWAYS)
        wrong[f"cut at {width}"] = visitor.page.evaluate(CUT)
        if width < 768:
            wrong[f"small at {width}"] = visitor.page.evaluate(SMALL, THUMB)
    head = visitor.page.evaluate(
        "() => [document.documentElement.lang, document.documentElement.dir, document.querySelectorAll('h1').length,"
        " document.title.length > 3]"
    )
    assert head == [language, "rtl" if language == "ar" else "ltr", 1, True]
    fonts = visitor.page.evaluate(
        "() => performance.getEntriesByType('resource').map(one => one.name).filter(name => /woff|ttf|otf/.test(name))"
    )
    assert not fonts, "the first visit is for a phone line: no fonts are downloaded"
    visitor.page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    visitor.page.keyboard.press("Tab")
    focus = visitor.page.evaluate(FOCUS)
    wrong["first stop"] = [] if all(focus.values()) else focus
    wrong["said by the browser"] = visitor.complaints()
    assert not {name: found for name, found in wrong.items() if found}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_page_has_no_serious_findings(look: Callable[..., Visitor], page: str, language: str, scheme: str) -> None:
    visitor = look(page, language, scheme)
    visitor.page.set_viewport_size({"width": 360 if scheme == "dark" else 1280, "height": 800})
    visitor.page.evaluate((ROOT / "node_modules/axe-core/axe.min.js").read_text())
    in_the_dark = ["color-contrast", "link-in-text-block"]  # the same page, but for its colours
    assert visitor.page.evaluate(AXE, in_the_dark if scheme == "dark" else None) == []


def test_open_menus_and_full_composer_have_no_serious_findings(visit: Callable[..., Visitor], gallery: Server) -> None:
    visitor = visit(gallery, "member.ar", "ar", viewport={"width": 320, "height": 640})
    visitor.open_topic(12, page=3)
    for number in range(visitor.page.locator("details[data-menu]").count()):
        menu = visitor.page.locator("details[data-menu]").nth(number)
        menu.locator("summary").click()
        assert visitor.page.evaluate(SIDEWAYS) == []
        box = menu.locator(".menu-list").bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= 320
        menu.locator("summary").click()
    visitor.page.fill("#words", "**جملة** (C4D) 92٪")
    visitor.page.click("[data-preview-button]")
    visitor.page.wait_for_selector(".preview .words strong")
    assert visitor.page.evaluate(SIDEWAYS) == []
    send = visitor.page.locator(".composer-foot button").first
    assert send.is_visible()
    visitor.page.locator("[data-menu] summary").first.click()
    visitor.page.evaluate((ROOT / "node_modules/axe-core/axe.min.js").read_text())
    assert visitor.page.evaluate(AXE) == []


def test_findings_would_be_found(visit: Callable[..., Visitor], gallery: Server) -> None:
    visitor = visit(gallery).open("/")
    visitor.page.evaluate("""() => {
      const button = document.createElement("button");
      button.style.width = "900px";
      document.querySelector("main").append(button);
    }""")
    visitor.page.set_viewport_size({"width": 320, "height": 640})
    visitor.page.evaluate((ROOT / "node_modules/axe-core/axe.min.js").read_text())
    assert visitor.page.evaluate(AXE)
    assert visitor.page.evaluate(SIDEWAYS)
    assert visitor.page.evaluate(CUT)
    assert visitor.page.evaluate(SMALL, THUMB)
