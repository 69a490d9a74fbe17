"""A webinar: who comes, what is asked, noted and said, and the record that it leaves."""

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from icalendar import Calendar

from tests.journeys.organising import press, told
from tests.journeys.visiting import Visitor
from tests.live.people import Person
from tests.serving import Server

LINK = "https://meet.example.org/amman"
QUESTIONS = ("كيف نبدأ من دون ميزانية؟", "Who pays for the first year (C4D)?")
NOTE = "We begin with what is in the budget: 92٪."
SUMMARY = {"ar": "قدّمت الندوة مداخلتين (C4D) وساعة من الأسئلة.", "en": "Two talks and an hour of questions (C4D)."}
SENTENCE = {"ar": "نبدأ بخطة من صفحات قليلة.", "en": "We begin with a plan of a few pages."}


def confirm_interest(people: list[Person], webinar: int) -> list[Person]:
    """Many at once, some twice; the link is for them alone."""
    path = f"/api/v1/workshops/{webinar}/registration"

    def answer(person: Person) -> tuple[int, str]:
        status, standing = person.send("PUT", path, {"answer": "yes", "wants": "ar"})
        return status, standing["joining_link"]

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(answer, people + people[:4])) == {(200, LINK)}
    return people


def topic_for_each_talk(organiser: Visitor, webinar: int) -> None:
    """One press; a second one makes nothing."""
    what, button = told("led-webinar-2018"), "aside form[action$='/talk-topics'] button"
    for _ in range(2):
        organiser.open(f"/workshops/{webinar}")
        with organiser.page.expect_navigation():
            organiser.page.click(button)
        titles = organiser.api("GET", f"/workshops/{webinar}/topics").json()["items"]
        assert len(titles) == len(what["talk"])


def move(organiser: Visitor, webinar: int, *, starts: str, ends: str) -> None:
    """By the form of the event: it is on now, or over."""
    page = organiser.open(f"/workshops/{webinar}/edit").page
    page.fill("#starts", starts)
    page.fill("#ends", ends)
    press(organiser, "main form.form > .actions button", f"**/workshops/{webinar}")


def hold(organiser: Visitor, phone: Visitor, people: list[Person], webinar: int) -> None:
    """Questions come in and are seconded, one is answered, notes are taken, everybody says that they are here."""
    path, api = f"/workshops/{webinar}/live", f"/api/v1/workshops/{webinar}"
    organiser.open(path).wait_for_status("live")
    phone.open(path).wait_for_status("live")
    for words in QUESTIONS:
        phone.page.fill("[data-ask] textarea", words)
        phone.page.click("[data-ask] button")
        phone.page.locator("[data-open-ones]", has_text=words).wait_for()
    asked = people[0].send("GET", f"{api}/questions")[1]["items"]
    by_words = {one["words"]: one["id"] for one in asked}

    def second(person: Person) -> int:
        return person.send("PUT", f"{api}/questions/{by_words[QUESTIONS[0]]}/voice")[0]

    others = [one for one in people if one is not people[1]]  # who holds the phone asked it
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(second, others)) == {200}
        assert {status for status, _ in pool.map(lambda one: one.send("PUT", f"{api}/attendance/mine"), others)} == {
            200
        }
    first = phone.page.locator("[data-open-ones] .asked", has_text=QUESTIONS[0])
    phone.until(
        "([words, number]) => [...document.querySelectorAll('[data-open-ones] .asked')].some("
        "one => one.textContent.includes(words) && Number(one.dataset.seconds) === number)",
        [QUESTIONS[0], len(others)],
    )
    organiser.page.locator("[data-open-ones] .asked", has_text=QUESTIONS[0]).locator(".desk button").first.click()
    first.wait_for(state="detached")
    phone.page.click(".arrive")
    phone.page.locator(".leave-it").wait_for()
    organiser.page.click("[data-pad-act='PUT pen'] button")
    organiser.page.fill("#notes-words", NOTE)
    phone.page.wait_for_selector(f"[data-pad-text] >> text={NOTE}")


def hand_in_transcript(organiser: Visitor, webinar: int) -> None:
    """What was said, with its times; published at once."""
    language = organiser.language
    page = organiser.open(f"/workshops/{webinar}/records/new").page
    page.select_option("#language", language)
    page.check("input[name=kind][value=transcript]")
    page.fill("#text", f"WEBVTT\n\n00:01:05.000 --> 00:01:16.000\n{SENTENCE[language]}\n")
    press(organiser, "main form.form .actions button", "**/records/*")
    with page.expect_navigation():
        page.click("main form[action$='/publication'] button")


def close(organiser: Visitor, webinar: int) -> None:
    """Summary in both languages, what became of each objective; its page is the record."""
    page = organiser.open(f"/workshops/{webinar}/closing").page
    page.click("button[name=notes]")
    page.wait_for_load_state()
    assert NOTE in page.input_value(f"#summary_{organiser.language}")
    for language, words in SUMMARY.items():
        part = page.locator("details.in-language", has=page.locator(f"#summary_{language}"))
        if part.get_attribute("open") is None:
            part.locator("summary").click()
        page.fill(f"#summary_{language}", words)
    for number, one in enumerate(page.locator(".closing-objective").all()):
        one.locator(f"input[value={'partly' if number == 1 else 'met'}]").check()
    press(organiser, "button[name=close]", f"**/workshops/{webinar}")


def read_record(guest: Visitor, phone: Visitor, people: list[Person], webinar: int) -> None:
    """Everybody reads it; the question that nobody answered goes on; those who came are told once; words are quoted."""
    language = guest.language
    page = guest.open(f"/workshops/{webinar}").page
    assert SUMMARY[language] in page.inner_text(".event-record")
    assert page.locator(".event-record .outcomes li").count() == 3
    assert LINK not in page.content()
    topics = guest.api("GET", f"/workshops/{webinar}/topics").json()["items"]
    (open_one,) = [one for one in topics if QUESTIONS[1] in one["title"]]
    assert not open_one["closed"]
    for person in people[:3]:
        assert len(told_of_closing(person)) == 1
    phone.open(f"/workshops/{webinar}").page.locator("a[href*='/records/']").first.click()
    phone.page.click("[data-discuss]")
    phone.page.wait_for_url("**/topics/new?words=**")
    assert SENTENCE[language] in phone.page.input_value("#words")
    phone.page.fill("#title", "C4D")
    phone.send()
    phone.page.wait_for_selector("#post-1 blockquote", state="attached")


def told_of_closing(person: Person) -> list[dict[str, Any]]:
    """The notices of the closing; they are written a moment after it."""
    for _ in range(100):
        notices = person.send("GET", "/api/v1/notices")[1]["items"]
        if found := [one for one in notices if one["kind"] == "closed"]:
            break
        time.sleep(0.1)
    return found


def calendars_read_it(forum: Server, webinar: int) -> None:
    """A calendar client's own parser finds the webinar in the feed that everybody can subscribe to."""
    status, feed = forum.get("/en/calendar.ics")
    assert status == 200
    events = Calendar.from_ical(feed).walk("VEVENT")
    (found,) = [one for one in events if str(one.get("URL", "")).endswith(f"/workshops/{webinar}")]
    assert found["SUMMARY"] == told("led-webinar-2018")["texts"]["en"]["title"]
    minutes = (found.end - found.start).total_seconds() / 60
    assert minutes in (119, 120), "the minute may have turned between the two times of the form"
