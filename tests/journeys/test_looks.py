"""Every page, in Arabic and in English, from the smallest phone to a desk: nothing runs off the screen or is cut, all
can be hit with a thumb, nothing is wrong for those who use a screen reader, in light and in dark. An address that is
not among PAGES fails, so that a new page cannot be forgotten."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser

from tests.journeys.visiting import PASSWORD, Visitor
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
    "topic with a card": ("member", "/topics/11"),
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
    "photo": ("member", "/settings/photo"),
    "held posts": ("moderator", "/held"),
    "held post": ("moderator", "/held/1"),
    "held topic": ("moderator", "/held/2"),
    "own held posts": ("newcomer", "/held/mine"),
    "own held post": ("newcomer", "/held/2"),
    "topic where one's own reply waits": ("newcomer", "/topics/11"),
    "second step of another": ("admin", "/members/2/second-step"),
    "change of an event": ("manager", "/workshops/3/edit"),
    "session": ("manager", "/workshops/3/sessions/1/edit"),
    "talk": ("manager", "/workshops/3/talks/5/edit"),
    "cancelling": ("manager", "/workshops/6/cancellation"),
    "announcing": ("manager", "/workshops/new?copy=3"),
    "programme": ("manager", "/workshops/3/programme"),
    "event with sessions": ("member", "/workshops/3"),
    "address of a calendar": ("member", "/calendar/address"),
    "materials": ("manager", "/workshops/2/materials"),
    "announcement": (None, "/workshops/3/announcement"),
    "announcement in one language": ("member", "/workshops/6/announcement?with="),
    "registration": ("member", "/workshops/6/registration"),
    "registration of a guest": (None, "/workshops/6/registration"),
    "registrations": ("manager", "/workshops/6/registrations"),
    "registration is sent": (None, "/workshops/6/registrations/sent"),
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
    "second step": ("member", "/settings/second-step"),
    "is it you": ("member", "/settings/confirm"),
    "notices": ("member", "/notices"),
    "topic for paper": ("member", "/topics/11/print"),
    "answers": ("member", "/posts/2/answers"),
    "history": ("member", "/posts/2/history"),
    "reactions": (None, "/posts/2/reactions"),
    "shared notes": ("member", "/workshops/5/notes"),
    "shared notes that one may write": ("moderator", "/workshops/2/notes"),
    "earlier notes": ("moderator", "/workshops/2/notes/history?number=2"),
    "call": (None, "/workshops/3/call"),
    "change of a call": ("manager", "/workshops/5/call/edit"),
    "open call": ("member", "/workshops/7/call"),
    "form of an application": ("member", "/workshops/7/application"),
    "application to an event": ("member", "/workshops/3/application"),
    "applications to an event": ("manager", "/workshops/3/applications"),
    "application to an event at the desk": ("manager", "/workshops/3/applications/1"),
    "balance": ("manager", "/workshops/3/balance"),
    "decisions": ("manager", "/workshops/3/decisions"),
    "closing of an event": ("manager", "/workshops/1/closing"),
    "correction of an event's record": ("manager", "/workshops/2/closing"),
    "texts of a record": (None, "/workshops/2/outcome/editions"),
    "text of a record": (None, "/workshops/2/outcome/editions/1"),
    "record": ("member", "/records/1"),
    "record that is open": ("manager", "/records/2"),
    "correction of a line": ("manager", "/records/2/lines/1/correction"),
    "corrections": ("manager", "/records/2/corrections"),
    "new record": ("manager", "/workshops/3/records/new"),
    "live page": ("member", "/workshops/6/live"),
    "live page of a moderator": ("moderator", "/workshops/6/live"),
    "live page of what is over": (None, "/workshops/5/live"),
    "asking": ("member", "/workshops/6/questions/new"),
    "question at the desk": ("moderator", "/workshops/6/questions/4"),
    "attendance": ("moderator", "/workshops/5/attendance?name=a"),
    "reading list": ("member", "/workshops/6/reading"),
    "reading list of a manager": ("manager", "/workshops/6/reading"),
    "surveys": ("member", "/surveys"),
    "surveys of a manager": ("manager", "/surveys"),
    "survey": ("member", "/surveys/3"),
    "survey at the desk": ("manager", "/surveys/3"),
    "answers to a survey": ("member", "/surveys/3/answers"),
    "results of a survey": ("manager", "/surveys/2/results"),
    "new survey": ("manager", "/surveys/new"),
    "change of a survey": ("manager", "/surveys/3/edit"),
    "focal points": ("manager", "/municipalities/1/focal-points"),
    "questions of a survey": ("manager", "/questionnaires/5"),
    "preview of questions": ("manager", "/questionnaires/5/preview"),
    "new question": ("manager", "/questionnaires/5/questions/new?kind=matrix"),
    "change of a question": ("manager", "/questionnaires/5/questions/16"),
    "requests": ("member", "/requests"),
    "requests of a manager": ("manager", "/requests"),
    "request": ("member", "/requests/1"),
    "request that is planned": (None, "/requests/4"),
    "request at the desk": ("manager", "/requests/1"),
    "new request": ("member", "/requests/new"),
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
    "related topics": ("member", "/topics/3/related"),
    "new poll": ("moderator", "/topics/3/polls/new"),
    "poll": ("member", "/polls/1"),
    "theme": (None, "/topics?theme=1"),
    "change of a theme": ("manager", "/themes/1/edit"),
    "new theme": ("manager", "/themes/new"),
    "drafts": ("member", "/drafts"),
    "files": ("member", "/files"),
    "posts of a member": ("member", "/members/2/posts"),
    "topics of a member": (None, "/members/2/topics"),
    "profile": ("member", "/settings/profile"),
    "own data": ("member", "/settings/data"),
    "change of address": ("member", "/settings/email"),
    "change of password": ("member", "/settings/password"),
    "keys": (None, "/keys"),
    "help": (None, "/help"),
    "help for programs": (None, "/help/api"),
    "leaving": ("member", "/settings/erasure"),
    "erasure of a member": ("manager", "/members/5/erasure"),
    "imports": ("manager", "/imports"),
    "dry run of an import": ("manager", "/imports/1"),
    "office of a member": ("manager", "/members/5/office"),
    "handover of a member": ("manager", "/members/5/handover"),
    "handover": ("manager", "/handovers/1"),
    "suspensions": ("manager", "/suspensions"),
    "suspension of a member": ("manager", "/members/5/suspension"),
    "letter to a member": ("member", "/members/5/letter"),
    "merging of accounts": ("manager", "/members/5/merging?other=6"),
    "conduct": (None, "/conduct"),
    "privacy": (None, "/privacy"),
    "site": ("manager", "/site"),
    "invitations": ("manager", "/invitations"),
    "town of an application": ("manager", "/applications/2/town"),
    "letter": ("manager", "/letters/1"),
    "new municipality": ("manager", "/municipalities/new"),
    "change of a municipality": ("manager", "/municipalities/1/edit"),
    "merger of municipalities": ("manager", "/municipalities/1/merger?into=2"),
    "proposed towns": ("manager", "/municipalities/proposed"),
    "new space": ("manager", "/spaces/new"),
    "new topic in a space": ("manager", "/spaces/2/topics/new"),
    "nothing here": (None, "/topics/999999"),
    "sign in first": (None, "/settings"),
    "joining without a place": (None, "/workshops/6/join"),
}
REFUSED = {"nothing here": "404", "sign in first": "401", "joining without a place": "403"}

# Addresses that show no page of their own, or only to who comes from a letter: see `test_pages_behind_letters`.
NO_PAGES = {
    "accounts.export": "a letter",
    "closing.ask": "leads on",
    "accounts.undo_page": "a letter",
    "finding.manifest": "no page",
    "applying.applications_table": "a file",
    "applying.reviews": "only for reviewers; drawn like the list of the desk",
    "joining.refused_lines": "a file",
    "joining.accept_page": "a letter",
    "joining.confirm_page": "a letter",
    "members.email_link": "a letter",
    "members.new_password": "a letter",
    "members.step_page": "only for who has given the right password",
    "pads.part": "a part of a page",
    "registering.confirm_page": "a letter",
    "registering.join": "leads on, or refuses: see `joining without a place`",
    "registering.way_in": "a letter",
    "attending.changes": "a part of a page",
    "inquiries.table": "a file",
    "registering.table": "a file",
    "surveys.sheet": "a file",
    "workshops_feeds.feed": "a file",
    "workshops_feeds.one": "a file",
    "workshops_feeds.own": "a file",
    "workshops_feeds.session": "a file",
    "agenda.edit_page": "nobody of those who look asked for what nobody else needs; drawn like the new one",
    "topics.changes": "a part of a page",
    "topics.go_on": "leads on",
    "topics.jump": "leads on",
    "topics.numbered": "leads on",
    "topics.place": "leads on",
}

APPLICATION = {"town": "Deir Alla", "country": "JO", "display_name": "هند التجريبية", "email": "hind@example.org"}
ADMISSION = {"capacity": 12, "joining_link": "https://meet.example.org/first-project"}  # for those who wait, too
COMING = {"answer": "yes", "display_name": "هند التجريبية", "email": "hind@example.org"}
APPLICATION |= {"reason": "We host many families.", "language": "ar"}

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

# Arabic letters that are slanted, drawn apart or stretched, or that stand in lines too close; initials are no text.
CRAMPED = """() => {
  const found = [], texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const one = texts.currentNode.parentElement, style = getComputedStyle(one);
    if (!/[\\u0620-\\u064a]/.test(texts.currentNode.data) || !one.checkVisibility() || one.closest(".avatar")) continue;
    const close = one.matches(":lang(ar)") && parseFloat(style.lineHeight) < 1.695 * parseFloat(style.fontSize);
    const apart = parseFloat(style.letterSpacing) > 0 || style.textAlign === "justify";
    if (close || apart || style.fontStyle !== "normal") found.push(one.outerHTML.slice(0, 160));
  }
  return found;
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
def look(browser: Browser, gallery: Server) -> Iterator[Callable[[str, str], Visitor]]:
    """`look(page, language)`: the visitor, standing on that page; each reader signs in once."""
    visitors: dict[tuple[str | None, str], Visitor] = {}

    def look(page: str, language: str) -> Visitor:
        who, path = PAGES[page]
        key = (f"member.{language}" if who == "member" else who, language)
        if key not in visitors:
            visitors[key] = Visitor(browser, gallery, *key, reduced_motion="reduce")
        visitor = visitors[key]
        visitor.expects = tuple(REFUSED.values())
        visitor.open(path)
        return visitor

    yield look
    for visitor in visitors.values():
        visitor.context.close()


def test_every_page_is_among_them(app: Flask) -> None:
    adapter = app.url_map.bind("127.0.0.1")
    looked_at = {adapter.match(f"/en{path.partition('?')[0]}")[0] for _who, path in PAGES.values()}
    pages = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and rule.rule.startswith("/<language:language>")
    }
    assert pages - looked_at - set(NO_PAGES) == set(), "give each of them a line in PAGES"
    assert set(NO_PAGES) <= pages


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["ar", "en"])
def test_page_is_right_for_everybody(look: Callable[..., Visitor], page: str, language: str) -> None:
    visitor = look(page, language)
    wrong = found_wrong(visitor)
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


def found_wrong(visitor: Visitor) -> dict[str, Any]:
    """What is wrong with the page where the visitor stands, at every width and in both schemes; all in one visit."""
    page, wrong = visitor.page, {}
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        wrong[f"sideways at {width}"] = page.evaluate(SIDEWAYS)
        wrong[f"cut at {width}"] = page.evaluate(CUT)
        if width < 768:
            wrong[f"small at {width}"] = page.evaluate(SMALL, THUMB)
    page.evaluate((ROOT / "node_modules/axe-core/axe.min.js").read_text())
    wrong["in the light"] = page.evaluate(AXE, None)
    if visitor.language == "ar":  # colours are the same in every language
        return {name: found for name, found in wrong.items() if found}
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.set_viewport_size({"width": 360, "height": 800})
    wrong["in the dark"] = page.evaluate(AXE, ["color-contrast", "link-in-text-block"])  # the same but for its colours
    return {name: found for name, found in wrong.items() if found}


@pytest.mark.parametrize("language", ["ar", "en"])
def test_arabic_has_air_and_is_never_slanted(look: Callable[..., Visitor], language: str) -> None:
    for page in ("home", "closed topic", "topic", "event", "municipality", "members", "notices", "settings"):
        assert look(page, language).page.evaluate(CRAMPED) == [], page


def test_every_tab_is_in_sight(look: Callable[..., Visitor]) -> None:
    for language in ("ar", "en"):
        page = look("topics", language).page
        page.set_viewport_size({"width": WIDTHS[0], "height": 800})
        tabs = page.locator(".tabs a").evaluate_all("all => all.map(one => one.getBoundingClientRect().toJSON())")
        assert len(tabs) == 5
        assert all(tab["left"] >= 0 and tab["right"] <= WIDTHS[0] for tab in tabs), language


def test_a_large_number_stays_in_one_line(look: Callable[..., Visitor]) -> None:
    for language in ("ar", "en"):
        page = look("municipality", language).page
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            lines = page.locator(".figures dd").evaluate_all(
                """all => all.map(one => {
                  const range = document.createRange();
                  range.selectNodeContents(one.firstChild);
                  return range.getClientRects().length;
                })"""
            )
            assert lines == [1, 1], (language, width)
            assert not page.evaluate(SIDEWAYS)


def test_pages_behind_letters(forum: Server, visit: Callable[..., Visitor]) -> None:
    guest, member, manager = visit(forum, None, "ar"), visit(forum, "member.ar", "ar"), visit(forum, "manager", "ar")
    asked = [
        manager.api("PUT", "/workshops/6/admission", ADMISSION),
        guest.api("POST", "/applications", APPLICATION),
        manager.api("POST", "/invitations", {"guests": "someone@example.org", "municipality": "1", "language": "ar"}),
        member.api("PUT", "/account/email", {"email": "new@example.org", "current": PASSWORD}),
        guest.api("POST", "/workshops/6/registrations", COMING),
    ]
    assert [answer.status for answer in asked] == [200, 202, 201, 202, 202], [answer.text() for answer in asked]
    guest.open("/reset").page.fill("#email", "member.en@multaqa.example")
    guest.page.click("main form button")
    guest.page.wait_for_url("**/reset?sent=1")
    manager.open("/letters")
    while not manager.page.locator("main", has_text="elena@example.org").count():  # a place: written a moment later
        manager.page.wait_for_timeout(100)
        manager.page.reload()
    links = manager.page.locator("main a[href*='/letters/']")
    letters = links.evaluate_all("all => all.map(one => one.href)")
    found: dict[str, Any] = {}
    for letter in dict.fromkeys(letters[:10]):
        manager.page.goto(letter)
        for link in manager.page.locator(".letter-words a").evaluate_all("all => all.map(one => one.href)"):
            if address := re.search(
                r"/(?:ar|en)/((apply|reset|invitation|email|workshops/6/(?:registrations|join))/(?:\d+/)?[\w-]{40,})",
                link,
            ):
                found[address[2]] = f"/ar/{address[1]}"
    behind = {"apply", "reset", "invitation", "email", "workshops/6/registrations", "workshops/6/join"}
    assert set(found) == behind
    for kind, address in found.items():
        reader = member if kind == "email" else guest
        assert reader.page.goto(address).status == 200
        assert found_wrong(reader) == {}, address


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
