"""No words of ours stand in a page but those that go through the catalogues: crawled in two languages that nobody
speaks, made from the English words, accented and bracketed, or running the other way."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from forum.core.languages.pseudo import CLOSE, OPEN
from tests.journeys.conftest import begin
from tests.journeys.visiting import Visitor
from tests.serving import Server

PAGES = {
    None: ("/", "/topics", "/topics/2", "/workshops", "/workshops/2", "/workshops/6", "/municipalities")
    + ("/municipalities/1", "/members", "/members/2", "/sign-in", "/topics/999999", "/settings", "/posts/1/menu"),
    "member.en": ("/", "/topics", "/topics/unread", "/topics/12", "/topics/15", "/topics/3/reply?to=2", "/notices")
    + ("/settings", "/devices", "/members/2", "/workshops/2/topics/new", "/posts/2/menu"),
    "moderator": ("/topics/1", "/posts/2/menu", "/posts/1/edit", "/topics/1/edit"),
}

# The text of each block, without what people wrote, numbers, moments, code and the languages' own names. A sentence of
# ours that holds a name keeps its brackets around it; so brackets are matched over whole blocks.
WORDS = """() => {
  const theirs = "bdi, time, code, .words, .avatar, .ltr, textarea, script, style, svg, [dir=ltr], [data-own-time],"
    + " [lang]:not(html):not([lang='en-XA']):not([lang='en-XB']), .objectives, .lead, .related, .chip, .date, .times,"
    + " .about, .source, .soft, .facts dd, .line-of";
  const blocks = "p, li, h1, h2, h3, h4, dt, dd, button, a, label, legend, option, summary, th, td, small, figcaption, title";
  const found = [];
  for (const block of document.querySelectorAll(blocks)) {
    if (block.querySelector(blocks) || block.closest("bdi, .words, time, code, [data-own-time]")) continue;
    if (block.closest("[lang]")?.matches(":not(html):not([lang='en-XA']):not([lang='en-XB'])")) continue;
    const copy = block.cloneNode(true);
    copy.querySelectorAll(theirs).forEach(one => one.remove());
    found.push(copy.textContent);
  }
  for (const one of document.querySelectorAll("[aria-label], [title], [placeholder], [alt]")) {
    for (const name of ["aria-label", "title", "placeholder", "alt"]) {
      if (one.hasAttribute(name) && !one.matches("time")) found.push(one.getAttribute(name));
    }
  }
  return found;
}"""

OURS = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
LATIN_WORD = re.compile(r"[A-Za-z]{3,}")


@pytest.fixture(scope="module")
def pseudo(network: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The demonstration in mode test, where the two languages have addresses."""
    with begin(network, tmp_path_factory.mktemp("pseudo"), MODE="test") as server:
        yield server


def left_over(text: str) -> str:
    """What is not in brackets, from the inside out."""
    while OURS.search(text):
        text = OURS.sub(" ", text)
    return text.replace(OPEN, " ").replace(CLOSE, " ")


@pytest.mark.parametrize("who", PAGES)
def test_no_word_is_hard_coded(browser: Browser, pseudo: Server, who: str | None) -> None:
    visitor = Visitor(browser, pseudo, who, "en_XA", java_script_enabled=False)
    hard_coded = {}
    for path in PAGES[who]:
        visitor.open(path)
        found = {word for text in visitor.page.evaluate(WORDS) for word in LATIN_WORD.findall(left_over(text))}
        hard_coded[path] = sorted(found - written_by_people(visitor))
    visitor.context.close()
    assert not {path: words for path, words in hard_coded.items() if words}


def written_by_people(visitor: Visitor) -> set[str]:
    """Words of the demonstration's texts in English, which borrow the pseudo-language's place on a page."""
    visitor_words = visitor.page.locator(
        ".lead, .objectives, .talk, .related, .workshop-card h3, .next h3, .next .soft, .facts dd, .times, .date,"
        " .where bdi, .chip, .source, h1 bdi, option, .line-of, .foot-links, .account, .wrap .menu-list"
    )
    return {word for text in visitor_words.all_text_contents() for word in LATIN_WORD.findall(text)}


@pytest.mark.parametrize("path", ["/", "/topics/12", "/workshops/2", "/members", "/topics/999999"])
def test_mirrored_language_runs_from_right_to_left(browser: Browser, pseudo: Server, path: str) -> None:
    visitor = Visitor(browser, pseudo, None, "en_XB", java_script_enabled=False)
    visitor.open(path)
    html = visitor.page.locator("html")
    assert (html.get_attribute("lang"), html.get_attribute("dir")) == ("en-XB", "rtl")
    visitor.page.set_viewport_size({"width": 320, "height": 640})
    assert visitor.page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
    visitor.context.close()


@pytest.mark.parametrize("language", ["ar", "en", "fr", "tr"])
def test_language_switch_stays_on_the_page(
    gallery: Server, visit: Callable[..., Visitor], language: str
) -> None:
    reader = visit(gallery, None, "en").open("/topics/12?page=2")
    reader.page.locator("details[data-menu] summary").first.click()
    reader.page.locator(f".menu-list a[hreflang={language}]").click()
    reader.page.wait_for_url(f"**/{language}/topics/12*")
    assert reader.page.locator("html").get_attribute("lang") == language
    assert "page=2" in reader.page.url
