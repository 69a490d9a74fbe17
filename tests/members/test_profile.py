"""What members say of themselves: changed by themselves, seen as they decide, found in any spelling."""

import re

import pytest
from sqlalchemy import select

from forum.core.db import db
from forum.members.models import Contact, ProfileLine

SEEN = {"email_shown_to": "nobody", "phone_shown_to": "nobody", "other_shown_to": "nobody"}
ATTACK = "<script>alert(1)</script>"


def main_of(answer):
    """The content of a page, without the frame."""
    return re.search(r"<main.*</main>", answer.text, re.DOTALL).group()


def names_of(answer):
    """The names that a directory lists."""
    return re.findall(r'<h2><a [^>]*href="[^"]+/members/\d+"[^>]*>([^<]+)</a>', answer.text)


@pytest.fixture
def rana(make):
    """A member."""
    return make.member("Rana", language="ar")


@pytest.fixture
def browser(rana, sign_in):
    """Her browser."""
    return sign_in(rana)


def say(client, **said):
    """Change one's profile through the API."""
    answer = client.json("PATCH", "/api/v1/account/profile", said)
    assert answer.status_code == 200, answer.text
    return answer.json


def test_a_profile_is_kept_without_script_and_seen(rana, browser, make, client):
    theme, other = make.theme("Water"), make.theme("Waste")
    form = {
        "post_held": "رئيسة وحدة التنمية",
        "about": "First line.\nSecond line.",
        "offer_1": "A market  survey",
        "offer_3": "خرائط الأسواق",
        "need_2": "Un partenaire",
        "need_2_language": "fr",
        "themes": [theme.id, other.id],
        "email": "Rana@Mafraq.example",
        "phone": "+٩٦٢ 2 000",
        "other": "Office 12",
    }
    seen = {"email_shown_to": "everybody", "phone_shown_to": "members", "other_shown_to": "nobody"}
    answer = browser.form("/en/settings/profile", form | seen, "PUT")
    assert (answer.status_code, answer.location) == (303, f"/en/members/{rana.id}")
    page = main_of(client.get(f"/en/members/{rana.id}"))
    assert '<bdi dir="rtl">رئيسة وحدة التنمية</bdi>' in page
    assert '<span lang="en" dir="ltr">A market survey</span>' in page
    assert '<span lang="ar" dir="rtl">خرائط الأسواق</span>' in page
    assert '<span lang="fr" dir="ltr">Un partenaire</span>' in page
    assert f'href="/en/topics?theme={theme.id}">Water</a>' in page
    assert 'href="mailto:rana@mafraq.example"' in page
    own = browser.get("/en/settings/profile").text
    assert re.search(r'name="offer_2"[^>]*value="خرائط الأسواق"', own)
    assert re.search(
        r'name="need_1_language"[^<]*(?:<option[^<]*</option>\s*)*?<option selected value="fr">', own, re.DOTALL
    )
    assert re.search(r'name="offer_1_language".*?<option selected value="">', own, re.DOTALL)
    assert f'id="theme-{theme.id}" name="themes" value="{theme.id}" checked' in own


def test_contacts_are_seen_as_the_member_decides(rana, browser, make, client, sign_in):
    contacts = {
        "email": {"value": "for-all@example.org", "shown_to": "everybody"},
        "phone": {"value": "+962 2 111", "shown_to": "members"},
        "other": {"value": "Only mine", "shown_to": "nobody"},
    }
    say(browser, contacts=contacts)
    member, admin = sign_in(make.member()), sign_in(make.member(roles=["admin", "manager", "moderator"]))
    gone = make.member()
    suspended = sign_in(gone)
    make.suspend(gone)
    for who, kinds in (
        (client, {"email"}),
        (suspended, {"email"}),
        (member, {"email", "phone"}),
        (admin, {"email", "phone"}),
        (browser, {"email", "phone", "other"}),
    ):
        assert set(who.get(f"/api/v1/members/{rana.id}").json["contacts"]) == kinds
        page = who.get(f"/en/members/{rana.id}").text
        assert {kind for kind, one in contacts.items() if one["value"] in page} == kinds
    assert set(browser.get("/api/v1/account/profile").json["contacts"]) == set(contacts)
    say(browser, contacts={"email": None, "phone": {"value": "+962 2 111"}})
    assert member.get(f"/api/v1/members/{rana.id}").json["contacts"] == {}
    assert browser.get("/api/v1/account/profile").json["contacts"]["phone"]["shown_to"] == "nobody"


def test_what_is_not_named_stays(browser, make):
    theme = make.theme("Water")
    say(browser, post_held="Planner", about="Me", offers=["Maps"], themes=[theme.id])
    said = say(browser, needs=[{"words": "Bir ortak", "language": "tr"}])
    assert (said["post_held"], said["about"]) == ("Planner", "Me")
    assert [line["words"] for line in said["offers"]] == ["Maps"]
    assert said["needs"] == [{"words": "Bir ortak", "language": "tr", "direction": "ltr"}]
    assert said["themes"] == [{"id": theme.id, "name": "Water"}]
    assert say(browser, offers=[], themes=[])["offers"] == []
    assert browser.get("/api/v1/account/profile").json["themes"] == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("post_held", "x" * 121),
        ("about", "x" * 2001),
        ("offer_2", "x" * 201),
        ("need_1", "\u200b\u200b"),
        ("email", "nobody"),
        ("email", "a@example.org\nBcc: b@example.org"),
        ("phone", "call me"),
        ("other", "x" * 255),
        ("phone_shown_to", "friends"),
        ("themes", "999999"),
    ],
)
def test_what_cannot_be_comes_back_with_the_reason(app, browser, field, value):
    form = {"post_held": "Planner", "offer_1": "Kept words"} | SEEN | {field: value}
    answer = browser.form("/en/settings/profile", form, "PUT")
    assert answer.status_code == 422
    assert "Kept words" in answer.text and "field-error" in answer.text
    with app.app_context():
        assert db.session.scalars(select(ProfileLine)).all() == db.session.scalars(select(Contact)).all() == []


@pytest.mark.parametrize(
    "body",
    [
        {"post_held": 3},
        {"about": ["x"]},
        {"offers": "Maps"},
        {"offers": [3]},
        {"needs": [{"words": "x", "language": 3}]},
        {"needs": [{"words": "x", "language": "xx"}]},
        {"offers": ["x"] * 7},
        {"themes": "1"},
        {"themes": [True]},
        {"themes": [1.5]},
        {"themes": [2**70]},
        {"themes": list(range(1, 10))},
        {"contacts": []},
        {"contacts": {"fax": {"value": "1"}}},
        {"contacts": {"email": "a@example.org"}},
        {"contacts": {"email": {"value": "a@example.org", "shown_to": "friends"}}},
    ],
)
def test_the_api_refuses_what_it_does_not_understand(browser, body):
    answer = browser.json("PATCH", "/api/v1/account/profile", body)
    assert (answer.status_code, answer.json["error"]["code"]) == (422, "invalid")
    assert answer.json["error"]["fields"]


def test_a_retired_theme_stays_and_cannot_come_anew(browser, make, sign_in):
    manager = sign_in(make.manager())
    theme = make.theme("Water")
    say(browser, themes=[theme.id])
    assert manager.form(f"/en/themes/{theme.id}/retirement", method="PUT").status_code == 303
    assert say(browser, themes=[theme.id])["themes"] == [{"id": theme.id, "name": "Water"}]
    other = sign_in(make.member())
    assert other.json("PATCH", "/api/v1/account/profile", {"themes": [theme.id]}).status_code == 422


def test_lines_are_found_in_any_spelling_and_either_script(make, client, sign_in):
    for name, offers, needs in (
        ("Laith", ["Route maps for Mafraq", "خرائط النفايات الصُّلبة"], ["Un partenaire à Istanbul"]),
        ("Huda", ["Maps of water"], []),
    ):
        say(sign_in(make.member(name)), offers=offers, needs=needs)
    make.member("Nobody else")

    def found(**asked):
        return names_of(client.get("/en/members", query_string=asked))

    assert found(offers="maps") == ["Huda", "Laith"]
    assert found(offers="MAPS route") == ["Laith"]
    assert found(offers="المفرق") == ["Laith"]
    assert found(offers="نفايات صلبه") == ["Laith"]
    assert found(offers="route الصلبة") == []  # of one line, not of two
    assert found(needs="إسطنبول") == found(needs="istanbul") == found(needs="a partenaire") == ["Laith"]
    assert found(offers="istanbul") == found(offers="%") == found(needs="' OR 1=1") == []
    assert client.get("/api/v1/members?offers=water").json["items"][0]["name"] == "Huda"
    page = client.get("/en/members?offers=maps").text
    assert '<details class="narrow more-filters" open>' in page and 'href="/ar/members?offers=maps"' in page


def test_the_directory_is_narrowed_by_a_theme_and_what_stands_below_it(make, client, sign_in):
    services = make.theme("Services")
    waste = make.theme("Waste", below=services)
    say(sign_in(make.member("Laith")), themes=[waste.id])
    say(sign_in(make.member("Huda")), themes=[services.id])
    make.member("Nobody else")
    assert names_of(client.get(f"/en/members?theme={services.id}")) == ["Huda", "Laith"]
    assert names_of(client.get(f"/en/members?theme={waste.id}")) == ["Laith"]
    assert [one["name"] for one in client.get(f"/api/v1/members?theme={waste.id}").json["items"]] == ["Laith"]
    for odd in ("x", "٣", "0", "99999", "1" * 30):
        assert names_of(client.get("/en/members", query_string={"theme": odd})) == []


def test_what_is_said_is_escaped(rana, browser, client):
    say(
        browser,
        post_held=ATTACK,
        about=ATTACK,
        offers=[ATTACK],
        needs=[ATTACK],
        contacts={"other": {"value": ATTACK, "shown_to": "everybody"}},
    )
    for who, path in ((client, f"/en/members/{rana.id}"), (browser, "/en/settings/profile")):
        page = who.get(path).text
        assert ATTACK not in page and "&lt;script&gt;alert(1)" in page


def test_signs_that_turn_lines_round_are_dropped(browser):
    said = say(browser, offers=["Maps \u202eand lists"], post_held="\u202dPlanner")
    assert said["offers"][0]["words"] == "Maps and lists"
    assert said["post_held"] == "Planner"
