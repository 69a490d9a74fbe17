"""Thirty of forty: the call, the applications, the reviews, the decisions, and those who step back."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.journeys.letters import letter_to
from tests.journeys.organising import demo_member, press, wall
from tests.journeys.visiting import Visitor
from tests.live.people import Person
from tests.making import Member
from tests.post_office import PostOffice

SEATS, WAITING, LEAVING = 30, 7, 5
REVIEWERS = ("member.fr", "member.tr", "moderator")
CALL = {
    "ar": ("الدعوة موجّهة إلى من يعملون على التنمية الاقتصادية المحلية.", "الحاجة\nما تعود به البلدية"),
    "en": ("For those who work on local economic development.", "Need\nWhat the municipality takes home"),
}
WHY = {"ar": "نستضيف آلاف الأسر، ونريد خطة.", "en": "We host thousands of families and want a plan."}
TOLD = {"ar": "وقع عليك الاختيار", "en": "You are selected"}


def call_for_applications(organiser: Visitor, workshop_id: int) -> None:
    """Who applies for one of thirty places, until when, looked at by whom."""
    page = organiser.open(f"/workshops/{workshop_id}/call/edit").page
    page.fill("#seats", str(SEATS))
    page.fill("#closes", wall(days=5))
    page.select_option("#zone", "Asia/Amman")
    page.fill("#reviewers", "\n".join(demo_member(who).name for who in REVIEWERS))
    for language, (words, criteria) in CALL.items():
        part = page.locator("details.in-language", has=page.locator(f"#words_{language}"))
        if part.get_attribute("open") is None:
            part.locator("summary").click()
        page.fill(f"#words_{language}", words)
        page.fill(f"#criteria_{language}", criteria)
    press(organiser, "main form.form > .actions button", "**/call")


def all_apply(phone: Visitor, people: list[Person], workshop_id: int) -> None:
    """One on a phone, the others at the same time."""
    page = phone.open(f"/workshops/{workshop_id}/call").page
    press(phone, "main .standing a[href$='/application']", "**/application")
    page.fill("#words", WHY[phone.language])
    press(phone, "main form.form button:not([name])", "**/application")
    page.get_by_text(WHY[phone.language]).first.wait_for()

    def send(at: int) -> int:
        body = {"words": list(WHY.values())[at % 2], "gender": ("woman", "man", "")[at % 3]}
        return people[at].send("PUT", f"/api/v1/workshops/{workshop_id}/application", body)[0]

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(send, [*range(1, 40), *range(1, 6)])) == {200}, "some press twice"


def close_call(organiser: Visitor, workshop_id: int) -> None:
    """Everybody has applied: it closes at once."""
    organiser.open(f"/workshops/{workshop_id}/call/edit").page.fill("#closes", wall(minutes=-1))
    press(organiser, "main form.form > .actions button", "**/call")


def review(first: Visitor, reviewers: list[Person], workshop_id: int) -> None:
    """Two reviewers look at each application: one of them begins in a browser."""
    page = first.open(f"/workshops/{workshop_id}/reviews").page
    page.locator("main .names a[href*='/applications/'], main a[href*='/applications/']").first.click()
    for number, field in enumerate(page.locator("#points input").all()):
        field.fill(str(number + 3))
    press(first, "main form.form button", "**/reviews")
    given = 1
    for reviewer in reviewers:
        for one in everything(reviewer, f"/api/v1/workshops/{workshop_id}/reviews"):
            if one["given_at"] is None:
                body = {"points": [one["id"] % 6, 3], "note": ""}
                path = f"/api/v1/workshops/{workshop_id}/applications/{one['id']}/review"
                assert reviewer.send("PUT", path, body)[0] == 200
                given += 1
    assert given == 80


def everything(person: Person, path: str) -> list[dict[str, Any]]:
    """All pages of a list."""
    found, cursor = [], ""
    while True:
        status, page = person.send("GET", f"{path}?cursor={cursor}" if cursor else path)
        assert status == 200, page
        found += page["items"]
        if not (cursor := page["next"]):
            return found


def decide(organiser: Visitor, workshop_id: int) -> list[int]:
    """The most points first, as the desk shows them; the ids of the members in that order."""
    path = f"/workshops/{workshop_id}/applications"
    found, cursor = [], ""
    while True:
        answer = organiser.api("GET", path + (f"?cursor={cursor}" if cursor else "")).json()
        found += answer["items"]
        if not (cursor := answer["next"]):
            break
    assert len(found) == 40
    assert all(one["reviews"] == 2 for one in found)
    for at, one in enumerate(found):
        body: dict[str, Any] = {"decision": "declined"}
        if at < SEATS + WAITING:
            body = {"decision": "selected"} if at < SEATS else {"decision": "waiting", "rank": at}
        answer = organiser.api("PUT", f"{path}/{one['id']}/decision", body)
        assert answer.status == 200, answer.text()
    return [one["member"] for one in found]


def tell_everybody(
    organiser: Visitor, office: PostOffice, members: list[Member], order: list[int], workshop_id: int
) -> None:
    """Nobody knows before the button; then each has one letter, in their language."""
    page = organiser.open(f"/workshops/{workshop_id}/balance").page
    assert page.locator("table").first.is_visible()
    organiser.open(f"/workshops/{workshop_id}/decisions")
    assert not [one for one in office.letters if "/application" in one.text and one.to.startswith("applicant")]
    page.click("main form[action$='/publication'] button")
    page.locator("main form[action$='/publication']").wait_for(state="detached")
    by_id = {one.id: one for one in members}
    for at, member_id in enumerate(order):
        letter = letter_to(office, by_id[member_id].email, page)
        arabic = int(by_id[member_id].email[9:11]) % 2 == 0
        assert f'dir="{"rtl" if arabic else "ltr"}"' in letter.html
        assert letter.message["Cc"] is None
        assert (TOLD["ar" if arabic else "en"] in letter.subject + letter.text) == (at < SEATS)


def several_step_back(
    people: list[Person], members: list[Member], order: list[int], organiser: Visitor, workshop_id: int
) -> None:
    """Five of those selected at the same time; five of those who wait come in, in their order, each once."""
    person_of = {member.id: person for member, person in zip(members, people, strict=True)}
    path = f"/api/v1/workshops/{workshop_id}/application"
    with ThreadPoolExecutor(LEAVING) as pool:
        left = list(pool.map(lambda id: person_of[id].send("DELETE", path)[0], order[:LEAVING]))
    assert left == [204] * LEAVING
    for at, member_id in enumerate(order[LEAVING : SEATS + WAITING]):
        outcome = person_of[member_id].send("GET", path)[1]["outcome"]
        assert outcome["place"] == ("confirmed" if at < SEATS else "waiting"), at
