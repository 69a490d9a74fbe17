"""Proposals, telling everybody, and what follows: places, letters, confirmations, withdrawals."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from forum.applying.models import Decision
from forum.core import clock
from forum.core.db import db
from forum.core.mail import Letter
from forum.registering.models import Registration
from tests.applying.choosing import Choosing


@pytest.fixture
def choosing(app, make, sign_in):
    """A closed call for two places with five applicants."""
    return Choosing(app, make, sign_in)


def test_a_manager_proposes_on_the_page_and_tells_everybody_once(app, make, work, choosing):
    manager, ids = choosing.manager, choosing.ids
    desk = f"{choosing.page}/applications"
    sent = {f"was-{id}": ":" for id in ids}
    sent |= {f"decision-{id}": word for id, word in zip(ids, choosing.WORDS, strict=True)} | {f"rank-{ids[2]}": "٢"}
    sent[f"rank-{ids[3]}"] = "1"
    assert manager.form(f"{choosing.page}/decisions", sent, method="PUT").status_code == 303
    rows = {one["id"]: one for one in manager.get(f"{choosing.api}/applications").json["items"]}
    assert [rows[id]["decision"] for id in ids] == list(choosing.WORDS)
    assert (rows[ids[2]]["rank"], rows[ids[3]]["rank"], rows[ids[0]]["rank"]) == (2, 1, None)
    sent[f"decision-{ids[4]}"] = "selected"  # from a page that another manager's is older than
    stale = sent | {f"was-{id}": f"{word}:" for id, word in zip(ids, choosing.WORDS, strict=True)}
    stale |= {f"was-{ids[2]}": "waiting:2", f"was-{ids[3]}": "waiting:1"}
    manager.form(f"{choosing.page}/decisions", stale, method="PUT")
    refused = manager.form(f"{choosing.page}/decisions/publication", method="PUT")
    assert refused.status_code == 409 and "1 too many" in refused.text
    choosing.decide(ids[4], "declined")
    assert "cannot be taken back" in manager.get(f"{choosing.page}/decisions").text
    for _twice in range(2):
        assert manager.form(f"{choosing.page}/decisions/publication", method="PUT").status_code == 303
    assert choosing.places() == {0: "confirmed", 1: "confirmed", 2: "waiting", 3: "waiting"}
    assert choosing.told("outcome", 3)["ahead"] == 0 and choosing.told("outcome", 2)["ahead"] == 1
    work()
    work()
    letters = choosing.letters()
    assert sorted(letters) == [0, 1, 2, 3, 4] and all(len(some) == 1 for some in letters.values())
    assert "You are selected" in letters[0][0].text and "number 2" in letters[2][0].text
    assert "number 1" in letters[3][0].text and "Thank you for applying" in letters[4][0].text
    assert "Registrations" in manager.get(desk).text or manager.get(desk).status_code == 200
    assert choosing.propose(ids[4], "selected").status_code == 409


def test_each_letter_is_in_the_applicants_language(app, make, sign_in, work):
    choosing = Choosing(app, make, sign_in, languages=("ar", "fr", "tr", "ar", "ar"))
    webinar = make.workshop(titles=dict.fromkeys(("ar", "en", "fr", "tr"), "Prepare77"))
    make.link(webinar, prepares=choosing.workshop)
    choosing.decide_all()
    make.tell(choosing.workshop)
    work()
    letters = choosing.letters()
    assert letters[0][0].language == "ar" and letters[1][0].language == "fr" and letters[2][0].language == "tr"
    subjects = {letters[number][0].subject for number in (0, 3, 4)}
    assert len(subjects) == 1, "the subject does not tell the decision"
    assert "Prepare77" in letters[4][0].text and f"/ar/workshops/{webinar.id}" in letters[4][0].text
    assert f"/ar/topics?workshop={choosing.workshop.id}" in letters[4][0].text
    assert "Prepare77" not in letters[0][0].text + letters[3][0].text


def test_the_selected_confirm_have_the_link_and_the_reminders(app, make, work, choosing):
    make.admission(choosing.workshop, capacity=2, link="https://meet.example.org/join")
    choosing.decide_all()
    selected, waits = choosing.client(0), choosing.client(2)
    assert selected.get(f"{choosing.page}/join").status_code == 403
    make.tell(choosing.workshop)
    work()
    assert f'href="{choosing.page}/join"' in selected.get(choosing.page).text
    assert selected.get(f"{choosing.page}/join").location == "https://meet.example.org/join"
    assert waits.get(f"{choosing.page}/join").status_code == 403
    assert "Yes, I come" in selected.get(f"{choosing.page}/application").text
    assert selected.form(f"{choosing.page}/application/confirmation", method="PUT").status_code == 303
    assert selected.get(f"{choosing.api}/application").json["outcome"]["confirmed"] is True
    assert waits.json("PUT", f"{choosing.api}/application/confirmation").status_code == 404
    assert choosing.client(4).json("PUT", f"{choosing.api}/application/confirmation").status_code == 404
    answer = selected.json("PUT", f"{choosing.api}/registration", {"answer": "yes", "wants": "fr"})
    assert (answer.status_code, answer.json["place"], answer.json["wants"]) == (200, "confirmed", "fr")
    assert choosing.client(4).json("PUT", f"{choosing.api}/registration", {"answer": "yes"}).status_code == 422


@pytest.mark.parametrize("way", ["application", "registration", "answer", "release"])
def test_whoever_leaves_the_next_comes_in_and_is_told(app, make, work, choosing, way):
    choosing.decide_all()
    make.tell(choosing.workshop)
    work()
    leaver = choosing.client(0)
    if way == "release":
        path = f"{choosing.page}/applications/{choosing.ids[0]}/place"
        assert choosing.manager.form(path, method="DELETE").status_code == 303
    elif way == "answer":
        assert leaver.json("PUT", f"{choosing.api}/registration", {"answer": "no"}).status_code == 200
    else:
        assert leaver.json("DELETE", f"{choosing.api}/{way}").status_code in (200, 204)
    assert {key: place for key, place in choosing.places().items() if place != "none"} == {
        1: "confirmed",
        2: "waiting",
        3: "confirmed",
    }
    work()
    letters = choosing.letters()
    assert [one.kind for one in letters[3]] == ["application_decided", "place"]
    assert "A place has become free" in choosing.client(3).get(f"{choosing.page}/application").text
    assert "You gave the place back" in leaver.get(f"{choosing.page}/application").text or way == "application"
    assert leaver.json("PUT", f"{choosing.api}/registration", {"answer": "yes"}).status_code == 422


def test_numbers_that_do_not_fit_are_refused_and_nobody_is_told(make, work, choosing):
    publish = f"{choosing.api}/decisions/publication"
    assert "proposed for 5" in choosing.manager.json("PUT", publish).json["error"]["message"]
    choosing.decide_all()
    choosing.decide(choosing.ids[1], "waiting")
    answer = choosing.manager.json("PUT", publish)
    assert answer.status_code == 409 and "1 place would stay free" in answer.json["error"]["message"]
    assert choosing.places() == {} and choosing.told("outcome", 0) is None
    assert choosing.propose(choosing.ids[0], "perhaps").status_code == 422
    assert choosing.propose(choosing.ids[0], "waiting", rank=0).status_code == 422


def test_the_desk_says_which_line_is_wrong_and_keeps_the_others(choosing):
    first, second = choosing.ids[:2]
    sent = {f"was-{first}": ":", f"decision-{first}": "waiting", f"rank-{first}": "x"}
    sent |= {f"was-{second}": ":", f"decision-{second}": "selected", f"rank-{second}": ""}
    refused = choosing.manager.form(f"{choosing.page}/decisions", sent, method="PUT")
    assert refused.status_code == 422 and "Applicant 0" in refused.text
    assert f'href="#rank-{first}"' in refused.text and f'href="#rank-{second}"' not in refused.text
    assert 'value="x" aria-invalid="true"' in refused.text
    page = f"{choosing.page}/decisions"
    assert "Tell everybody now" not in choosing.manager.get(page).text, "nothing is proposed yet"
    choosing.decide_all()
    assert "Tell everybody now" in choosing.manager.get(page).text
    assert (
        "Retenue\u202f: <strong>2</strong>"
        in choosing.manager.get(f"/fr/workshops/{choosing.workshop.id}/applications").text
    )
    assert "Selected: <strong>2</strong>" in choosing.manager.get(f"{choosing.page}/applications").text


def test_what_cannot_be_taken_back_asks_once(make, choosing):
    asks = re.compile(r'<details class="ask-once">\s*<summary[^>]*>(?:<svg.*?</svg>)?([^<]+)', re.DOTALL)
    assert asks.findall(choosing.client(0).get(f"{choosing.page}/application").text) == ["Take my application back"]
    choosing.decide_all()
    make.tell(choosing.workshop)
    assert asks.findall(choosing.client(0).get(f"{choosing.page}/application").text) == ["Give the place back"]
    assert asks.findall(choosing.client(4).get(f"{choosing.page}/application").text) == []
    assert asks.findall(choosing.manager.get(f"{choosing.page}/applications").text) == ["Take the place back"] * 2


def test_proposals_are_made_after_the_call_closed(make, sign_in):
    workshop = make.workshop(starts=(clock.now() + timedelta(days=10)).replace(tzinfo=None, microsecond=0))
    make.call(workshop)
    id = make.candidacy(workshop, make.member(municipality=make.municipality()))
    manager = sign_in(make.manager())
    path = f"/api/v1/workshops/{workshop.id}"
    assert manager.json("PUT", f"{path}/applications/{id}/decision", {"decision": "selected"}).status_code == 409
    assert manager.json("PUT", f"{path}/decisions/publication").status_code == 409


def test_who_does_not_see_the_event_any_more_gets_neither_place_nor_letter(app, make, work, choosing):
    choosing.decide_all()
    make.suspend(choosing.members[0])
    make.tell(choosing.workshop)
    work()
    assert choosing.places() == {1: "confirmed", 2: "waiting", 3: "confirmed"}
    assert 0 not in {key for key, some in choosing.letters().items() if any(one.kind != "suspended" for one in some)}


def test_the_balance_counts_countries_genders_themes_and_sizes(make, sign_in):
    theme = make.theme("Water")
    workshop = make.workshop(starts=(clock.now() + timedelta(days=10)).replace(tzinfo=None, microsecond=0))
    make.call(workshop, closed=True)
    towns = [
        make.municipality(country=country, population=people)
        for country, people in (("JO", 12_000), ("JO", 90_000), ("LB", None), ("TR", 2_000_000))
    ]
    said = ({"gender": "woman", "theme_id": theme.id}, {"gender": "man"}, {}, {"gender": "woman"})
    ids = [
        make.candidacy(workshop, make.member(municipality=town), **more) for town, more in zip(towns, said, strict=True)
    ]
    make.decide(workshop, ids[0], "selected")
    make.decide(workshop, ids[3], "declined")
    manager = sign_in(make.manager())
    seen = manager.get(f"/api/v1/workshops/{workshop.id}/balance").json
    assert [(one["key"], one["all"], one["selected"]) for one in seen["country"]] == [
        ("JO", 2, 1),
        ("LB", 1, 0),
        ("TR", 1, 0),
    ]
    assert {one["key"]: one["all"] for one in seen["gender"]} == {"woman": 2, "man": 1, "": 1}
    assert [(one["name"], one["all"]) for one in seen["theme"]] == [("Water", 1), ("", 3)]
    assert [(one["key"], one["all"]) for one in seen["size"]] == [("20000", 1), ("100000", 1), ("more", 1), ("", 1)]
    assert (seen["total"]["selected"], seen["total"]["declined"], seen["total"]["undecided"]) == (1, 1, 2)
    page = manager.get(f"/en/workshops/{workshop.id}/balance").text
    assert "up to 20,000 inhabitants" in page and "Water" in page and page.count("<progress") >= 20
    table = manager.get(f"/en/workshops/{workshop.id}/applications.csv").text
    assert "Water" in table and "a woman" in table and "selected" in table


def test_a_member_who_leaves_the_network_leaves_the_place_to_the_next(app, make, work, choosing, sign_in):
    choosing.decide_all()
    make.tell(choosing.workshop)
    with app.app_context():
        query = select(Registration.place).where(Registration.member_id == choosing.members[0].id)
        assert db.session.scalar(query) == "confirmed"
    choosing.erase(0)
    assert choosing.places() == {1: "confirmed", 2: "waiting", 3: "confirmed"}
    assert len(choosing.manager.get(f"{choosing.api}/applications").json["items"]) == 4


def test_two_accounts_of_one_person_keep_the_better_decision(app, make, choosing):
    choosing.decide_all()
    choosing.merge(stays=4, goes=0)
    rows = {one["member"]: one for one in choosing.manager.get(f"{choosing.api}/applications").json["items"]}
    assert rows[choosing.members[4].id]["decision"] == Decision.SELECTED and len(rows) == 4


def test_letters_are_kept_for_nobody_else(app, make, work, choosing):
    choosing.decide_all()
    work()
    with app.app_context():
        assert db.session.scalars(select(Letter).where(Letter.kind == "application_decided")).all() == []
