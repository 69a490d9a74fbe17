"""Announcing a workshop, changing and copying it, its sessions and talks: by page and by API."""

import re

import pytest
from icalendar import Calendar

from forum.workshops import queries
from tests.making import Workshop as Made

SENT = {
    "kind": "workshop",
    "zone": "Asia/Amman",
    "starts": "2031-03-17T09:00",
    "ends": "2031-03-21T16:00",
    "where": "place",
    "country": "JO",
    "colour": "clay",
    "spoken": ["ar", "en"],
    "interpretation": ["fr"],
    "title_ar": "التخطيط (C4D)",
    "summary_ar": "خمسة أيام في عمّان.",
    "words_ar": "ماذا نفعل:\n\n- شيء",
    "place_ar": "عمّان",
    "objectives_ar": "الأول\nالثاني",
}


@pytest.fixture
def manager(make, sign_in):
    """Somebody who announces."""
    return sign_in(make.member(roles=["manager"]))


@pytest.fixture
def announced(make, manager):
    """The id of a workshop that was announced on the page, in Arabic alone."""
    answer = manager.form("/en/workshops", SENT | {"space": str(make.public().id)})
    assert answer.status_code == 303, answer.text
    return int(answer.headers["Location"].split("/")[3])


def test_what_is_announced_in_one_language_is_shown_in_all_and_says_so(client, announced):
    for language, says in (("en", "not announced in this language"), ("tr", "bu dilde henüz"), ("ar", None)):
        page = client.get(f"/{language}/workshops/{announced}").text
        assert '<h1 lang="ar" dir="rtl">التخطيط (C4D)</h1>' in page
        assert 'lang="ar" dir="rtl">الثاني' in page and "عمّان" in page
        assert says is None or says in page
    assert client.get(f"/api/v1/workshops/{announced}").json["text_language"] == "ar"


def test_a_second_press_announces_no_second_event(make, manager, client):
    shown = re.search(r'name="key"[^>]* value="([^"]+)"', manager.get("/en/workshops/new").text)
    sent = SENT | {"space": str(make.public().id), "key": shown[1]}
    first, second = (manager.form("/en/workshops", sent) for _ in range(2))
    assert first.status_code == 303 and second.location == first.location
    assert len(client.get("/api/v1/workshops").json["items"]) == 1
    other = manager.form("/en/workshops", sent | {"title_ar": "أخرى"})
    assert other.status_code == 409 and "أخرى" in other.text and shown[1] not in other.text


def test_a_second_press_adds_nothing_to_the_programme_or_the_materials(manager, announced):
    path = f"/en/workshops/{announced}"
    at = {"starts": "2031-03-17T09:00", "ends": "2031-03-17T10:00", "title_en": "Opening"}
    for part, sent, page in (
        ("sessions", at, "programme"),
        ("talks", {"title_en": "Old pipes"}, "programme"),
        ("materials", {"title": "Slides", "language": "en", "link": "https://example.org/s"}, "materials"),
    ):
        for _press in range(2):
            assert manager.form(f"{path}/{part}", sent | {"key": f"one-{part}"}).status_code == 303
        back = manager.form(f"{path}/{part}", sent | {"key": f"one-{part}", "title_en": "Else", "title": "Else"})
        assert back.status_code == 409 and "was sent before with other words" in back.text and "Else" in back.text
        assert manager.get(f"{path}/{page}").text.count('name="key"') == (2 if page == "programme" else 1)
    shape = manager.get(f"/api/v1/workshops/{announced}").json
    assert [len(shape[part]) for part in ("sessions", "talks", "materials")] == [1, 1, 1]


def test_two_managers_who_change_an_event_lose_nothing(make, sign_in, manager, announced, client):
    path, seen = f"/en/workshops/{announced}", re.compile(r'name="seen"[^>]* value="([^"]+)"')
    other = sign_in(make.member(roles=["manager"]))
    sent = SENT | {"seen": seen.search(other.get(f"{path}/edit").text)[1]}
    theirs = {"summary_ar": "ستة أيام.", "starts": "2031-03-17T10:00", "colour": "plum"}
    assert manager.form(path, sent | theirs, method="PUT").status_code == 303
    late = other.form(path, sent | {"title_ar": "عنوان آخر"}, method="PUT")
    assert late.status_code == 409 and "Another manager saved" in late.text
    assert 'value="عنوان آخر"' in late.text and ">ستة أيام.</textarea>" in late.text
    assert "17T10:00" in late.text and ">Plum</textarea>" in late.text
    assert "عنوان آخر" not in client.get(path).text
    again = sent | {"title_ar": "عنوان آخر", "seen": seen.search(late.text)[1]}
    assert other.form(path, again, method="PUT").status_code == 303
    assert "عنوان آخر" in client.get(path).text


def test_its_title_stands_in_its_own_language_wherever_it_is_said(make, client, manager, announced):
    path = f"/api/v1/workshops/{announced}/topics"
    topic = manager.json("POST", path, {"title": "Water", "words": "How much?", "key": "k"}).json["id"]
    after = manager.form("/en/workshops", SENT | {"title_ar": "المتابعة", "space": str(make.public().id)})
    later = int(after.headers["Location"].split("/")[3])
    linked = SENT | {"prepares": str(later)}
    assert manager.form(f"/en/workshops/{announced}", linked, method="PUT").status_code == 303
    title = r'lang="ar" dir="rtl">التخطيط \(C4D\)<'
    for page, times in (
        (f"/en/topics/{topic}", 2),
        ("/en/topics", 1),
        (f"/en/workshops/{later}", 1),
        ("/en/calendar?month=2031-03", 1),
    ):
        assert len(re.findall(title, client.get(page).text)) >= times, page


def test_a_second_language_is_added_and_the_first_stays(client, manager, announced):
    form = manager.get(f"/en/workshops/{announced}/edit").text
    assert "التخطيط (C4D)" in form and 'value="2031-03-17T09:00"' in form and "الأول\nالثاني" in form
    more = {"title_en": "Planning", "summary_en": "Five days.", "objectives_en": "First"}
    assert manager.form(f"/en/workshops/{announced}", SENT | more, method="PUT").status_code == 303
    english = client.get(f"/en/workshops/{announced}").text
    assert '<h1 lang="en" dir="ltr">Planning</h1>' in english and 'lang="ar" dir="rtl">الثاني' in english
    assert "Five days" in client.get("/fr/workshops").text or "Planning" in client.get("/fr/workshops").text


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"starts": "2031-03-28T00:30", "ends": "2031-03-28T10:00", "zone": "Asia/Beirut"}, None),
        ({"starts": "2026-03-29T00:30", "ends": "2026-03-29T10:00", "zone": "Asia/Beirut"}, "starts"),
        ({"ends": "2031-03-17T09:00"}, "ends"),
        ({"ends": "2032-03-17T09:00"}, "ends"),
        ({"starts": "soon"}, "starts"),
        ({"starts": ""}, "starts"),
        ({"starts": "0001-01-01T00:00"}, "starts"),
        ({"zone": "Nowhere/At_all"}, "zone"),
        ({"kind": "party"}, "kind"),
        ({"colour": "red"}, "colour"),
        ({"country": "XX"}, "country"),
        ({"spoken": ["xx"]}, "spoken"),
        ({"title_ar": ""}, "title_ar"),
        ({"summary_ar": ""}, "summary_ar"),
        ({"title_ar": "س" * 201}, "title_ar"),
        ({"place_ar": ""}, "place_ar"),
        ({"title_en": "Half a page"}, "summary_en"),
        ({"words_en": "Words without a title"}, "title_en"),
        ({"space": "999999"}, "space"),
        ({"prepares": ["999999"]}, "prepares"),
        ({"title_ar": "a\x00b"}, "title_ar"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(make, manager, wrong, field):
    sent = SENT | {"space": str(make.public().id)} | wrong
    page = manager.form("/en/workshops", sent)
    told = manager.json("POST", "/api/v1/workshops", sent)
    if field is None:
        assert (page.status_code, told.status_code) == (303, 201)
        return
    assert page.status_code == told.status_code == 422
    assert field in told.json["error"]["fields"], told.json
    assert SENT["words_ar"].splitlines()[0] in page.text and 'role="alert"' in page.text
    if field == "summary_en":
        assert 'In two sentences (<span lang="en" dir="ltr">English</span>) – Please' in page.text
    assert manager.get("/api/v1/workshops").json["items"] == []


def test_arabic_digits_are_a_time_too(make, manager, client):
    sent = SENT | {"space": str(make.public().id), "starts": "٢٠٣١-٠٣-١٧T٠٩:٠٠"}
    made = manager.json("POST", "/api/v1/workshops", sent).json
    assert made["starts_wall"] == "2031-03-17T09:00" and made["starts_at"] == "2031-03-17T06:00:00Z"


def test_a_change_counts_and_tells_calendars(client, manager, announced):
    before = Calendar.from_ical(client.get(f"/en/workshops/{announced}/calendar.ics").data).walk("VEVENT")[0]
    manager.form(f"/en/workshops/{announced}", SENT | {"starts": "2031-03-17T10:00"}, method="PUT")
    after = Calendar.from_ical(client.get(f"/en/workshops/{announced}/calendar.ics").data).walk("VEVENT")[0]
    assert after["uid"] == before["uid"] and after["sequence"] == before["sequence"] + 1
    assert (after["dtstart"].dt - before["dtstart"].dt).total_seconds() == 3600


# Sessions


def morning(day, **more):
    """The fields of a session."""
    return {"title_en": f"Day {day}", "starts": f"2031-03-{day}T09:00", "ends": f"2031-03-{day}T12:00"} | more


def test_sessions_stand_by_the_clock_on_page_and_in_calendars(client, manager, announced):
    for day in (18, 17):
        assert manager.form(f"/en/workshops/{announced}/sessions", morning(day)).status_code == 303
    sessions = client.get(f"/api/v1/workshops/{announced}").json["sessions"]
    assert [(one["title"], one["starts_at"]) for one in sessions] == [
        ("Day 17", "2031-03-17T06:00:00Z"),
        ("Day 18", "2031-03-18T06:00:00Z"),
    ]
    page = client.get(f"/ar/workshops/{announced}").text
    assert page.index("Day 17") < page.index("Day 18") and '<span lang="en" dir="ltr">Day 17</span>' in page
    events = Calendar.from_ical(client.get(f"/en/workshops/{announced}/calendar.ics").data).walk("VEVENT")
    assert [str(event["summary"]) for event in events] == ["Day 17 · التخطيط (C4D)", "Day 18 · التخطيط (C4D)"]
    one = client.get(f"/en/workshops/{announced}/sessions/{sessions[1]['id']}/calendar.ics")
    assert [str(event["summary"])[:6] for event in Calendar.from_ical(one.data).walk("VEVENT")] == ["Day 18"]
    assert client.get(f"/en/workshops/{announced}/sessions/999999/calendar.ics").status_code == 404


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (morning(17, starts="2031-03-17T11:00", ends="2031-03-17T13:00"), "starts"),
        (morning(17, starts="2031-03-17T08:00"), "starts"),
        (morning(21, ends="2031-03-21T17:00"), "ends"),
        (morning(18, ends="2031-03-18T09:00"), "ends"),
        (morning(18, title_en=""), "title_en"),
        (morning(18, title_en="x" * 201), "title_en"),
        (morning(18, starts="when?"), "starts"),
    ],
)
def test_a_session_that_cannot_be_is_refused(manager, announced, wrong, field):
    manager.form(f"/en/workshops/{announced}/sessions", morning(17))
    page = manager.form(f"/en/workshops/{announced}/sessions", wrong)
    told = manager.json("POST", f"/api/v1/workshops/{announced}/sessions", wrong)
    assert page.status_code == told.status_code == 422
    assert list(told.json["error"]["fields"]) == [field] and 'role="alert"' in page.text
    assert len(manager.get(f"/api/v1/workshops/{announced}").json["sessions"]) == 1


def test_a_session_is_moved_and_taken_off(manager, announced):
    path = f"/workshops/{announced}/sessions"
    manager.form(f"/en{path}", morning(17))
    id = manager.get(f"/api/v1/workshops/{announced}").json["sessions"][0]["id"]
    assert 'value="2031-03-17T09:00"' in manager.get(f"/en{path}/{id}/edit").text
    moved = morning(17, starts="2031-03-17T09:30")
    assert manager.form(f"/en{path}/{id}", moved, method="PUT").status_code == 303, "it may overlap with itself"
    told = manager.json("PUT", f"/api/v1{path}/{id}", morning(19, title_ar="اليوم الثالث"))
    assert told.json["sessions"][0]["starts_wall"] == "2031-03-19T09:00"
    assert manager.json("DELETE", f"/api/v1{path}/{id}").json["sessions"] == []
    assert manager.form(f"/en{path}/{id}", {}, method="DELETE").status_code == 404


def test_the_event_does_not_shrink_under_its_sessions(manager, announced):
    manager.form(f"/en/workshops/{announced}/sessions", morning(17))
    answer = manager.form(f"/en/workshops/{announced}", SENT | {"starts": "2031-03-18T09:00"}, method="PUT")
    assert answer.status_code == 422 and "Move the session first" in answer.text


# Talks


def test_speakers_are_members_by_name_or_people_from_elsewhere(make, client, manager, announced):
    member = make.member("Samer Bakaeen", other_name="سامر بقاعين")
    speakers = "سامر بقاعين; Head of planning\nA Guest; Associate director; A network"
    sent = {"title_en": "Two cities", "languages": ["ar", "en"], "speakers": speakers}
    assert manager.form(f"/en/workshops/{announced}/talks", sent).status_code == 303
    talk = client.get(f"/api/v1/workshops/{announced}").json["talks"][0]
    assert talk["languages"] == ["ar", "en"]
    assert [one["member"] for one in talk["speakers"]] == [member.id, None]
    assert talk["speakers"][0] == {
        "member": member.id,
        "name": "Samer Bakaeen",
        "role": "Head of planning",
        "organisation": None,
    }
    assert talk["speakers"][1]["organisation"] == "A network"


def test_a_speakers_office_in_another_language_stays(manager, client, announced):
    sent = {"title_en": "Talk", "speakers": "A Guest; Director; Network"}
    manager.form(f"/en/workshops/{announced}/talks", sent)
    id = client.get(f"/api/v1/workshops/{announced}").json["talks"][0]["id"]
    path = f"workshops/{announced}/talks/{id}"
    assert "A Guest; Director; Network" in manager.get(f"/ar/{path}/edit").text
    assert manager.form(f"/ar/{path}", sent | {"speakers": "A Guest; مديرة; شبكة"}, method="PUT").status_code == 303
    assert manager.form(f"/en/{path}", sent | {"speakers": "A Guest; Head; Network"}, method="PUT").status_code == 303
    roles = {
        language: client.get(f"/api/v1/workshops/{announced}?language={language}").json["talks"][0]["speakers"][0][
            "role"
        ]
        for language in ("ar", "en")
    }
    assert roles == {"ar": "مديرة", "en": "Head"}


def test_a_talk_leaves_its_topics_with_the_workshop(make, manager, client, announced):
    manager.form(f"/en/workshops/{announced}/talks", {"title_en": "Talk"})
    id = client.get(f"/api/v1/workshops/{announced}").json["talks"][0]["id"]
    assert manager.form(f"/en/workshops/{announced}/talks/{id}", {}, method="DELETE").status_code == 303
    assert client.get(f"/api/v1/workshops/{announced}").json["talks"] == []


# From last year's


def prepared(app, id):
    """The ids of what a workshop prepares."""
    with app.app_context():
        return set(queries.prepared_ids_of(id))


def test_last_years_comes_with_its_programme_on_the_new_days(make, manager, client, announced):
    manager.form(f"/en/workshops/{announced}/sessions", morning(18))
    manager.form(f"/en/workshops/{announced}/talks", {"title_en": "Talk", "speakers": "A Guest; Director"})
    form = manager.get(f"/en/workshops/new?copy={announced}").text
    assert "التخطيط (C4D)" in form and "2031-03-17" not in form
    sent = SENT | {"starts": "2032-03-15T08:00", "ends": "2032-03-19T16:00", "copy": str(announced)}
    answer = manager.form("/en/workshops", sent | {"space": str(make.public().id)})
    made = client.get(f"/api/v1/workshops/{answer.headers['Location'].split('/')[3]}").json
    assert made["id"] != announced
    assert [(one["title"], one["starts_wall"]) for one in made["sessions"]] == [("Day 18", "2032-03-16T08:00")]
    assert [one["speakers"][0]["name"] for one in made["talks"]] == ["A Guest"]


def test_places_link_and_requests_are_said_in_the_same_form(app, make, sign_in, manager):
    member, space = make.member(), str(make.public().id)
    asked = sign_in(member).json("POST", "/api/v1/requests", {"title": "Pumps", "space": space}).json["id"]
    form = manager.get("/en/workshops/new").text
    assert "Pumps" in form and 'name="capacity"' in form
    sent = SENT | {
        "space": space,
        "capacity": "30",
        "joining_link": "https://example.org/join",
        "answers": [str(asked)],
    }
    for wrong in ({"capacity": "0"}, {"joining_link": "javascript:1"}, {"answers": ["999999"]}):
        refused = manager.form("/en/workshops", sent | wrong)
        (field,) = wrong
        assert refused.status_code == 422 and f'id="{field}-error"' in refused.text
        assert 'value="https://example.org/join"' in refused.text or field == "joining_link"
        assert manager.json("POST", "/api/v1/workshops", sent | wrong).json["error"]["fields"].keys() == wrong.keys()
    id = int(manager.form("/en/workshops", sent).headers["Location"].split("/")[3])
    kept = manager.get(f"/api/v1/workshops/{id}/admission").json
    assert (kept["capacity"], kept["joining_link"]) == (30, "https://example.org/join")
    assert "Answers 1 request" in manager.get(f"/en/workshops/{id}").text
    assert "Pumps" not in manager.get("/en/workshops/new").text, "it is answered already"
    form = manager.get(f"/en/workshops/new?copy={id}").text
    assert 'value="30"' in form and "example.org/join" not in form


def test_a_copy_brings_its_materials_to_those_who_saw_them(make, manager, client, announced):
    manager.form(f"/en/workshops/{announced}/materials", {"title": "Plan", "language": "en", "link": "https://e.org/p"})
    sent = SENT | {"starts": "2032-03-15T08:00", "ends": "2032-03-19T16:00", "copy": str(announced)}
    for space, there in ((make.public(), ["Plan"]), (make.space("members"), [])):
        made = manager.json("POST", "/api/v1/workshops", sent | {"space": str(space.id)}).json
        assert [one["title"] for one in made["materials"]] == there


def test_a_copy_that_does_not_fit_says_so_and_makes_nothing(make, manager, client, announced):
    manager.form(f"/en/workshops/{announced}/sessions", morning(21))
    sent = SENT | {"starts": "2032-03-15T08:00", "ends": "2032-03-16T16:00", "copy": str(announced)}
    assert manager.form("/en/workshops", sent | {"space": str(make.public().id)}).status_code == 422
    assert len(client.get("/api/v1/workshops").json["items"]) == 1


def test_nobody_copies_what_they_do_not_see(make, manager):
    hidden = make.workshop(space=make.space("private"))
    assert manager.get(f"/en/workshops/new?copy={hidden.id}").status_code == 404


def test_links_to_what_a_manager_does_not_see_stay(app, make, manager, announced):
    hidden, seen = make.workshop(space=make.space("private")), make.workshop()
    make.link(Made(announced, make.public().id, ""), prepares=hidden)
    manager.form(f"/en/workshops/{announced}", SENT | {"prepares": [str(seen.id)]}, method="PUT")
    assert prepared(app, announced) == {hidden.id, seen.id}
    manager.form(f"/en/workshops/{announced}", SENT, method="PUT")
    assert prepared(app, announced) == {hidden.id}
