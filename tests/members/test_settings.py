"""A member's own settings."""

import re

import pytest

from forum.core import stamps
from forum.core.db import db
from forum.core.languages import gettext as _
from forum.core.languages import speaking
from forum.members import queries
from forum.members.models import Member

GOOD = {
    "display_name": "Rana Hourani",
    "other_name": "",
    "language": "en",
    "digits": "latn",
    "zone": "Asia/Amman",
    "reads_1": "en",
    "reads_2": "",
    "reads_3": "",
    "reads_4": "",
}
REASONS = {
    "display_name": "A name has 1 to 80 characters and no hidden signs.",
    "other_name": "A name has at most 80 characters and no hidden signs.",
    "language": "Choose one of the four languages.",
    "digits": "Choose one of the two kinds of digits.",
    "zone": "Choose a time zone from the list.",
    "reads_1": "Choose at least one language that you read.",
}


@pytest.fixture
def rana(make):
    """A member with plain settings."""
    return make.member("Rana Hourani")


def kept(app, member):
    """What the database holds: settings and reading languages."""
    with app.app_context():
        row = db.session.get(Member, member.id)
        names = ("display_name", "other_name", "name_language", "language", "digits", "zone", "version")
        return {name: getattr(row, name) for name in names} | {"reads": queries.reading_languages(member.id)}


def test_the_form_shows_what_holds(make, sign_in):
    member = make.member("Rana", other_name="رنا", zone="Africa/Tunis", reads=["tr", "ar"])
    page = sign_in(member).get("/en/settings").text
    assert 'value="Rana"' in page
    assert re.search(r'dir="rtl"[^>]*value="رنا"', page)
    assert '<option selected value="Africa/Tunis">' in page
    assert re.search(r'name="reads_1"[^>]*>(?:(?!</select>).)*<option selected value="tr">', page, re.DOTALL)
    assert re.search(r'name="reads_2"[^>]*>(?:(?!</select>).)*<option selected value="ar">', page, re.DOTALL)


def test_the_networks_zones_come_first(rana, sign_in):
    page = sign_in(rana).get("/ar/settings").text
    zones = re.search(r'<select[^>]*name="zone".*?</select>', page, re.DOTALL).group()
    near = re.findall(r'value="([^"]+)"', zones.split("</optgroup>")[0])
    assert set(near) == {
        *("Asia/Amman", "Asia/Beirut", "Asia/Baghdad", "Asia/Gaza", "Asia/Hebron", "Africa/Tunis"),
        *("Africa/Casablanca", "Europe/Istanbul", "Europe/Paris"),
    }
    assert 'value="America/New_York"' in zones
    assert "الأردن" in zones


def test_a_zone_that_is_not_listed_stays_chosen(make, sign_in):
    page = sign_in(make.member(zone="Asia/Kolkata")).get("/en/settings").text
    assert '<option selected value="Asia/Kolkata">' in page


def test_everything_is_kept_and_said_in_the_new_language(app, rana, sign_in):
    client = sign_in(rana)
    more = {"other_name": "رنا الحوراني", "language": "tr", "digits": "arab", "zone": "Europe/Istanbul"}
    reads = {"reads_1": "tr", "reads_2": "ar", "reads_3": "en"}
    answer = client.form("/en/settings", GOOD | more | reads)
    assert (answer.status_code, answer.location) == (303, "/tr/settings")
    now = kept(app, rana)
    assert more.items() <= now.items()
    assert now["reads"] == ["tr", "ar", "en"]
    with speaking("tr"):
        words = _("Your settings are kept.")
    assert words in client.get("/tr/settings").text
    assert words not in client.get("/tr/settings").text


def test_a_language_named_twice_is_kept_once(app, rana, sign_in):
    sign_in(rana).form("/en/settings", GOOD | {"reads_1": "ar", "reads_2": "en", "reads_3": "ar", "reads_4": "fr"})
    assert kept(app, rana)["reads"] == ["ar", "en", "fr"]


def test_a_new_name_is_seen_everywhere(app, rana, sign_in, make):
    topic = make.topic(author=rana)
    client = sign_in(rana)
    with app.app_context():
        before = stamps.value(stamps.NAMES)
    client.form("/en/settings", GOOD | {"display_name": "رنا", "other_name": "Rana"})
    now = kept(app, rana)
    with app.app_context():
        assert stamps.value(stamps.NAMES) == before + 1
    assert (now["version"], now["name_language"]) == (2, "ar")
    assert "رنا" in client.get(f"/en/topics/{topic.id}", follow_redirects=True).text
    assert [one["id"] for one in client.get("/api/v1/members?name=Rana").json["items"]] == [rana.id]


def test_the_same_name_changes_no_version(app, rana, sign_in):
    sign_in(rana).form("/en/settings", GOOD | {"display_name": " Rana  Hourani ", "digits": "arab"})
    now = kept(app, rana)
    assert (now["version"], now["digits"]) == (1, "arab")


@pytest.mark.parametrize(
    "name",
    ["M\u0430rianne Lahoud", "Σamir", "رنا Hourani", "Rana \u05d4ourani"],  # Cyrillic, Greek, Arabic, Hebrew
)
@pytest.mark.parametrize("field", ["display_name", "other_name"])
def test_a_name_is_in_one_script(app, rana, sign_in, field, name):
    client, before = sign_in(rana), kept(app, rana)
    answer = client.form("/en/settings", GOOD | {field: name})
    assert answer.status_code == 422 and "A name is written in one script" in answer.text
    assert client.json("PATCH", "/api/v1/account/settings", {field: name}).status_code == 422
    assert kept(app, rana) == before


@pytest.mark.parametrize(
    ("typed", "kept_as"),
    [
        ("Ｒana 𝓗ourani", "Rana Hourani"),
        ("ﺭﻧﺎ", "رنا"),
        ("Jean-Paul O’Neill 2", "Jean-Paul O’Neill 2"),
        ("山田 はな", "山田 はな"),
    ],
)
def test_letters_in_disguise_become_plain_ones(app, rana, sign_in, typed, kept_as):
    assert sign_in(rana).form("/en/settings", GOOD | {"display_name": typed}).status_code == 303
    assert sign_in(rana).get(f"/api/v1/members/{rana.id}").json["name"] == kept_as


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("display_name", "x" * 81),
        ("display_name", "Rana\u202e"),
        ("display_name", "\u200b\u200d"),
        ("other_name", "x" * 81),
        ("other_name", "\u2066رنا"),
        ("language", "de"),
        ("language", "en_XA"),
        ("digits", "roman"),
        ("zone", "Nowhere/Land"),
        ("zone", "../../etc/passwd"),
        ("zone", "x" * 500),
        ("reads_1", ""),
    ],
)
def test_a_refused_form_comes_back_filled_in_with_the_reason(app, rana, sign_in, language, field, value):
    before = kept(app, rana)
    changed = GOOD | {"display_name": "Another Name", "zone": "Africa/Tunis"} | {field: value}
    answer = sign_in(rana).form(f"/{language}/settings", changed)
    with speaking(language):
        reason = _(REASONS[field])
    assert answer.status_code == 422
    assert answer.text.count(str(reason).replace("'", "&#39;")) == 2  # in the summary and at the field
    assert re.search(rf'id="{field}-error"', answer.text)
    if field != "display_name":
        assert 'value="Another Name"' in answer.text
    if field != "zone":
        assert '<option selected value="Africa/Tunis">' in answer.text
    assert kept(app, rana) == before


def test_an_empty_name_is_asked_for(app, rana, sign_in):
    answer = sign_in(rana).form("/en/settings", GOOD | {"display_name": "  "})
    assert (answer.status_code, answer.text.count("Please fill this in.")) == (422, 2)


def test_a_sign_that_is_no_text_is_refused(rana, sign_in):
    assert sign_in(rana).form("/en/settings", GOOD | {"display_name": "a\x00b"}).status_code == 422


def test_a_letter_that_is_a_sentence_fits(app, rana, sign_in):
    for number, status in ((4, 303), (80, 422)):  # it is written out, in 18 letters
        assert sign_in(rana).form("/en/settings", GOOD | {"display_name": "ﷺ" * number}).status_code == status
    assert kept(app, rana)["display_name"] == "صلى الله عليه وسلم" * 4


def test_nothing_else_can_be_changed(app, rana, sign_in):
    client = sign_in(rana)
    more = {"email": "other@example.org", "state": "erased", "is_demonstration": "1", "id": "99", "roles": "admin"}
    assert client.form("/en/settings", GOOD | more).status_code == 303
    with app.app_context():
        row = db.session.get(Member, rana.id)
        assert (row.email, row.state, row.is_demonstration) == (rana.email, "active", False)
        assert queries.roles_of(rana.id) == []


def test_guests_are_asked_to_sign_in(client):
    for path in ("/en/settings", "/en/devices"):
        answer = client.get(path)
        assert answer.status_code == 401
        assert 'href="/en/sign-in' in answer.text
    assert client.form("/en/settings", GOOD).status_code == 401
