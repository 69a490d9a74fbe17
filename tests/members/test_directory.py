"""The directory of members and their profiles."""

import re

import pytest

from tests.counting import statements

ATTACK = "<script>alert(1)</script>"


def main_of(answer):
    """The content of a page, without the frame."""
    return re.search(r"<main.*</main>", answer.text, re.DOTALL).group()


def names_of(answer):
    """The names that a directory lists."""
    return re.findall(r'<h2><a [^>]*href="[^"]+/members/\d+"[^>]*>([^<]+)</a>', answer.text)


@pytest.fixture
def samer(make):
    """A member whose name has two scripts, and others who are somebody else."""
    make.member("ليلى حداد", other_name="Layla Haddad", name_language="ar")
    make.member("John Smith")
    return make.member("سامر بقاعين", other_name="Samer Bakaeen", name_language="ar")


@pytest.mark.parametrize("asked", ["سامر", "Samer", "samer bak", "SAMIR", "Samir Baqaeen", "سامر بقاعين", "سـامِر"])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_member_is_found_by_either_spelling(samer, client, asked, language):
    assert names_of(client.get(f"/{language}/members", query_string={"name": asked})) == ["سامر بقاعين"]


def test_a_name_is_found_in_a_script_that_nobody_typed(make, client):
    make.member("Samer Bakaeen")
    assert names_of(client.get("/ar/members", query_string={"name": "سامر"})) == ["Samer Bakaeen"]


def test_filters_by_country_and_language_stand_in_the_address(make, client):
    amman = make.municipality("Amman", country="JO")
    sfax = make.municipality("Sfax", country="TN")
    make.member("Rana", municipality=amman, reads=["ar", "en"])
    make.member("Laith", municipality=amman, reads=["en"])
    make.member("Anis", municipality=sfax, reads=["ar", "fr"])
    assert names_of(client.get("/en/members?country=JO")) == ["Laith", "Rana"]
    assert names_of(client.get("/en/members?reads=ar")) == ["Anis", "Rana"]
    both = client.get("/en/members?country=JO&reads=ar")
    assert names_of(both) == ["Rana"]
    assert '<option selected value="JO">' in both.text
    assert 'hreflang="ar"' in both.text
    assert re.search(r'href="/ar/members\?country=JO&amp;reads=ar"', both.text)


@pytest.mark.parametrize("asked", ["zzz", "%", "_", "\x00", "'", '"', "\ud800", "x" * 5000, "﷽" * 80, "NEAR(", "\\"])
def test_any_search_has_an_answer(samer, client, asked):
    query = asked.encode("utf-8", "surrogatepass")
    answer = client.get("/en/members", query_string={"name": query})
    assert answer.status_code == 200


@pytest.mark.parametrize("query", ["country=XX", "country=XX%00", "reads=xx", "name=zzz&country=JO"])
def test_nobody_found_says_what_to_do(samer, client, query):
    answer = client.get(f"/en/members?{query}")
    assert answer.status_code == 200
    assert "Nobody found" in main_of(answer)
    assert 'href="/en/members"' in main_of(answer)


def test_an_empty_directory_teaches(client):
    assert "Nobody here yet" in main_of(client.get("/en/members"))


def test_the_directory_is_paged_and_nobody_is_lost(make, client):
    made = sorted(make.member(f"Member {n:02}").name for n in range(65))
    seen, path = [], "/en/members"
    while path:
        answer = client.get(path)
        seen += names_of(answer)
        link = re.search(r'rel="next" href="([^"]+)"', answer.text)
        path = link and link.group(1).replace("&amp;", "&")
    assert seen == made
    assert 'rel="prev" href="/en/members"' in answer.text


def test_paging_keeps_the_filters(make, client):
    amman = make.municipality("Amman", country="JO")
    for n in range(31):
        make.member(f"Member {n:02}", municipality=amman)
    answer = client.get("/en/members?country=JO&name=Member")
    path = re.search(r'rel="next" href="([^"]+)"', answer.text).group(1).replace("&amp;", "&")
    assert "country=JO" in path
    assert names_of(client.get(path)) == ["Member 30"]


@pytest.mark.parametrize(
    "cursor", ["nonsense", "W10", "W251bGwsMV0", "%00", "ش", "WyJcdWQ4MDAiLDFd", "WyJcdTAwMDAiLDFd"]
)
def test_a_cursor_of_somebody_else_is_an_address_without_a_page(client, cursor):
    assert client.get(f"/en/members?cursor={cursor}").status_code == 404


@pytest.mark.parametrize(("path", "cost"), [("/en/members", 2), ("/api/v1/members", 1)])
def test_the_directory_costs_the_same_with_1_and_30(app, make, client, path, cost):
    town = make.municipality()
    counts = []
    for more in (1, 29):
        for _n in range(more):
            make.member(municipality=town, other_name="عضو")
        with statements(app) as counted:
            assert client.get(path).status_code == 200
        counts.append(counted.number)
    assert counts == [cost, cost]  # the page shows the themes to choose from


def test_signed_in_the_directory_costs_one_more(app, make, sign_in):
    client = sign_in(make.member())
    with statements(app) as counted:
        client.get("/en/members")
    assert counted.number == 3


def test_suspended_members_are_not_listed(make, client):
    make.suspend(make.member("Somebody Gone"))
    assert "Somebody Gone" not in client.get("/en/members").text


def test_names_stand_in_their_own_language(make, client):
    make.member("رنا الحوراني", other_name="Rana Hourani", name_language="ar")
    page = client.get("/en/members").text
    assert re.search(r'<a [^>]*lang="ar" dir="rtl">رنا الحوراني</a>', page)
    assert '<bdi class="other-name" lang="und-Latn" dir="ltr">Rana Hourani</bdi>' in page
    member = make.member("Laith Sharman", other_name="ليث الشرمان", name_language="en")
    page = client.get(f"/ar/members/{member.id}").text
    assert '<h1><span lang="en" dir="ltr">Laith Sharman</span></h1>' in page
    assert '<bdi class="other-name" lang="ar" dir="rtl">ليث الشرمان</bdi>' in page


def test_the_api_lists_members_without_their_addresses(make, client):
    town = make.municipality("Mafraq")
    member = make.member("Rana", municipality=town, post_held="Planner", other_name="رنا")
    answer = client.get("/api/v1/members?name=رنا")
    assert answer.json == {
        "items": [
            {
                "id": member.id,
                "name": "Rana",
                "other_name": "رنا",
                "name_language": "en",
                "post_held": "Planner",
                "municipality": town.id,
            }
        ],
        "next": None,
    }
    one = client.get(f"/api/v1/members/{member.id}")
    assert member.email not in one.text
    assert (one.json["reads"], one.json["roles"], one.json["demonstration"]) == (["en"], [], False)


# One member


def test_a_profile_says_who_somebody_is(make, client):
    town = make.municipality(names={"ar": "المفرق", "en": "Mafraq", "fr": "Mafraq", "tr": "Mafrak"})
    member = make.member(
        "رنا الحوراني",
        other_name="Rana Hourani",
        name_language="ar",
        municipality=town,
        roles=["translator"],
        reads=["ar", "tr"],
        post_held="مهندسة",
        about="First line.\nSecond line.",
        is_demonstration=True,
    )
    page = main_of(client.get(f"/en/members/{member.id}"))
    for words in ("رنا الحوراني", "Rana Hourani", "Mafraq", "Jordan", "Translator", "العربية", "Türkçe", "مهندسة"):
        assert words in page
    assert "Demonstration member" in page
    assert '<bdi dir="rtl">مهندسة</bdi>' in page
    assert re.search(r'dir="ltr">First line.\nSecond line.</p>', page)
    assert f'href="/en/municipalities/{town.id}"' in page
    assert member.email not in page
    assert 'href="/en/settings"' not in page


def test_ones_own_profile_leads_to_the_settings(make, sign_in):
    member = make.member()
    page = main_of(sign_in(member).get(f"/en/members/{member.id}"))
    assert 'href="/en/settings"' in page
    assert 'href="/en/devices"' in page


def test_topics_are_shown_as_far_as_the_reader_may_see_them(make, client, sign_in):
    inside = make.member()
    space = make.space("private", members=[inside, make.author()])
    make.topic("Open to everybody")
    make.topic("A private matter", space=space)
    path = f"/en/members/{make.author().id}"
    assert "Open to everybody" in client.get(path).text
    assert "A private matter" not in client.get(path).text
    assert "A private matter" not in sign_in(make.member()).get(path).text
    assert "A private matter" in sign_in(inside).get(path).text


def test_a_profile_costs_the_same_with_1_and_30_topics(app, make, client, sign_in):
    member = make.member()
    path, counts = f"/en/members/{member.id}", []
    reader = sign_in(make.member())
    for more in (1, 29):
        for _n in range(more):
            make.topic(author=member)
        for who in (client, reader):
            with statements(app) as counted:
                assert who.get(path).status_code == 200
            counts.append(counted.number)
    assert counts == [9, 10, 9, 10]


def test_what_members_wrote_is_escaped(make, client):
    make.member(ATTACK, other_name=ATTACK, post_held=ATTACK, about=ATTACK, municipality=make.municipality(ATTACK))
    for path in ("/en/members", "/en/members/1", "/ar/members/1", "/en/municipalities", "/en/municipalities/1"):
        page = client.get(path).text
        assert ATTACK not in page
        assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("id", ["0", "01", "1.0", "-1", "٢", "۲", "²", "2x", "9" * 19, "99999999"])
@pytest.mark.parametrize("room", ["members", "municipalities"])
def test_only_a_plain_number_is_an_id(make, client, room, id):
    make.member(municipality=make.municipality())
    assert client.get(f"/en/{room}/{id}").status_code == 404
    answer = client.get(f"/api/v1/{room}/{id}")
    assert (answer.status_code, answer.json["error"]["code"]) == (404, "not_found")


def test_the_words_of_a_name_are_found_in_any_order(make, client):
    make.member("Shilan Barwari")
    make.member("Barwan Other")
    page = client.get("/en/members?name=Barwari+Shilan").text
    assert "Shilan Barwari" in page
    assert "Barwan Other" not in page
