"""What comes in is said to screen readers: politely, once per burst, in the reader's language, and again when it comes
again."""

from collections.abc import Callable

import pytest

from tests.journeys.visiting import Visitor
from tests.serving import Server

TOPIC, PAGE, LAST = 12, 3, 53
WORDS = {"en": ["3 new replies", "1 new reply", "1 new reply"], "ar": ["3 ردود جديدة", "رد جديد واحد", "رد جديد واحد"]}

LISTEN = """() => {
  const voice = document.querySelector("[data-announce]");
  window.heard = [];
  new MutationObserver(() => { if (voice.textContent) window.heard.push(voice.textContent); })
    .observe(voice, { childList: true, characterData: true, subtree: true });
  return [voice.getAttribute("role"), voice.getAttribute("aria-live"), voice.closest("[aria-hidden]")];
}"""


@pytest.mark.parametrize("language", ["ar", "en"])
def test_new_replies_are_said_once_per_burst(forum: Server, visit: Callable[..., Visitor], language: str) -> None:
    reader = visit(forum, f"member.{language}", language).open_topic(TOPIC, page=PAGE)
    role, live, hidden = reader.page.evaluate(LISTEN)
    assert role == "status" and live in (None, "polite") and hidden is None
    writer = visit(forum, "member.fr", "fr")
    number = LAST
    for round, words in enumerate(WORDS[language], start=1):
        for _ in range(3 if round == 1 else 1):
            number += 1
            writer.reply(TOPIC, f"Contribution {number}")
        reader.wait_for_post(number)
        reader.until("count => window.heard.length >= count", round)
        assert reader.page.evaluate("window.heard") == WORDS[language][:round], words
    assert reader.page.evaluate("document.activeElement === document.body"), "the focus stays where it was"
