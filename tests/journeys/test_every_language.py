"""No words of ours stand in a page but those that go through the catalogues: crawled in two languages that nobody
speaks, made from the English words, accented and bracketed, or running the other way."""

import re
from collections.abc import Callable, Iterator

import pytest
from babel import Locale
from playwright.sync_api import Browser

from forum.core.languages import NAMES
from forum.core.languages.pseudo import CLOSE, OPEN
from tests.journeys.conftest import Network, begin
from tests.journeys.visiting import Visitor
from tests.serving import ROOT, Server

GUESTS = "/ /topics /topics/2 /workshops /workshops/2 /workshops/6 /municipalities /municipalities/1 /members"
MEMBERS = "/ /topics /topics/unread /topics/12 /topics/15 /topics/3/reply?to=2 /notices /settings /devices /members/2"
PAGES = {
    None: f"{GUESTS} /members/2 /sign-in /topics/999999 /settings /posts/1/menu".split(),
    "member.en": f"{MEMBERS} /workshops/2/topics/new /posts/2/menu".split(),
    "member.fr": ["/settings/second-step", "/settings/confirm"],
    "moderator": ["/topics/1", "/posts/2/menu", "/posts/1/edit", "/topics/1/edit"],
}

# The text of each block, and the words that only some hear. A sentence of ours keeps its brackets around the name that
# it holds; so brackets are matched over whole blocks.
WORDS = """() => {
  const blocks = "p, li, h1, h2, h3, h4, dt, dd, button, a, label, legend, option, summary, th, td, small, title";
  const apart = "time, code, script, style, svg, textarea, select[name=zone], [data-own-time]";
  const found = [];
  for (const block of document.querySelectorAll(blocks)) {
    if (block.querySelector(blocks) || block.closest(`${apart}, .words, .excerpt`)) continue;
    const copy = block.cloneNode(true);
    copy.querySelectorAll(apart).forEach(one => one.remove());
    copy.querySelectorAll("bdi").forEach(one => { one.textContent = `  ${one.textContent}  `; });
    found.push(copy.textContent);
  }
  for (const name of ["aria-label", "title", "placeholder", "alt"]) {
    for (const one of document.querySelectorAll(`[${name}]:not(time)`)) found.push(one.getAttribute(name));
  }
  return found;
}"""

OURS = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
LATIN_WORD = re.compile(r"[A-Za-z]{2,}")

# What the pseudo-languages borrow from English: names of months, days, countries and languages, and "in 2 weeks".
ENGLISH = Locale("en")
BORROWED = {
    word
    for text in (
        *(name for names in ENGLISH.months["format"].values() for name in names.values()),
        *(name for names in ENGLISH.days["format"].values() for name in names.values()),
        *ENGLISH.territories.values(),
        *NAMES.values(),
        "in ago hour hours day days week weeks month months",
    )
    for word in LATIN_WORD.findall(text)
}


def written_by_people() -> str:
    """Everything that the demonstration's people wrote, on one line."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "forum/demo/data").rglob("*.toml"))]
    return " ".join(" ".join(texts).replace("**", "").replace("\\\\", "").split())


@pytest.fixture(scope="module")
def pseudo(network: Network, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
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
    visitor, theirs = Visitor(browser, pseudo, who, "en_XA", java_script_enabled=False), written_by_people()
    hard_coded = {}
    for path in PAGES[who]:
        visitor.open(path)
        assert visitor.page.locator("h1").inner_text()
        left = [part for text in visitor.page.evaluate(WORDS) for part in re.split(r"\s·\s|\s\s+", left_over(text))]
        hard_coded[path] = sorted(part for part in left if is_hard_coded(part.strip(" \n,:·"), theirs))
    visitor.context.close()
    assert not {path: words for path, words in hard_coded.items() if words}


def is_hard_coded(text: str, theirs: str) -> bool:
    """Words that neither a catalogue nor a person nor the calendar brought."""
    words = set(LATIN_WORD.findall(re.sub(r"https?://\S+", "", text)))
    return bool(words - BORROWED) and " ".join(text.split()) not in theirs


def test_a_hard_coded_word_would_be_found() -> None:
    theirs = written_by_people()
    assert is_hard_coded("Sign in here", theirs)
    assert not is_hard_coded(left_over(f"{OPEN}Ŵéļçöɱé ƀåçķ, Shilan{CLOSE}").strip(), theirs)
    assert not is_hard_coded("8 March 2018", theirs)


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
def test_language_switch_stays_on_the_page(gallery: Server, visit: Callable[..., Visitor], language: str) -> None:
    reader = visit(gallery, None, "en").open("/topics/12?page=2")
    reader.page.locator("details[data-menu] summary").first.click()
    reader.page.locator(f".menu-list a[hreflang={language}]").click()
    reader.page.wait_for_url(f"**/{language}/topics/12*")
    assert reader.page.locator("html").get_attribute("lang") == language
    assert "page=2" in reader.page.url


@pytest.mark.parametrize("language", ["ar", "en", "fr", "tr"])
def test_script_and_server_say_times_in_the_same_words(
    gallery: Server, visit: Callable[..., Visitor], language: str
) -> None:
    with_script = visit(gallery, None, language)
    without = visit(gallery, None, language, java_script_enabled=False)
    times = "[...document.querySelectorAll('time[data-moment]')]"
    for path, shown in [("/topics", "textContent"), ("/topics/12", "title")]:
        for _again in range(3):  # a minute may go by between the two
            told = without.open(path).page.evaluate(f"{times}.map(one => one.textContent)")
            heard = with_script.open(path).page.evaluate(f"{times}.map(one => one.{shown})")
            if heard == told:
                break
        assert heard == told
        assert told
    just_now = "document.documentElement.dataset.wordsJustNow"
    assert with_script.page.evaluate(just_now) in {"الآن", "just now", "à l’instant", "az önce"}


def test_the_script_says_months_as_the_server_does(browser: Browser, gallery: Server) -> None:
    """A guest's browser speaks American English; the page is Arabic, its months are those of Jordan."""
    texts = []
    for scripted in (False, True):
        visitor = Visitor(browser, gallery, None, "ar", java_script_enabled=scripted, locale="en-US")
        visitor.open("/topics/1")
        if scripted:
            visitor.until("document.querySelector('.post time').title")
        texts.append(visitor.page.locator(".post time").all_inner_texts())
        visitor.context.close()
    days = [text.split("،")[0] for text in texts[0]]
    assert any("آذار" in day for day in days)
    assert texts[1] == days
