"""The directory of municipalities and their pages."""

import re

import pytest

from tests.counting import statements

GAZIANTEP = {"ar": "غازي عنتاب", "en": "Gaziantep", "fr": "Gaziantep", "tr": "Gaziantep"}
MAFRAQ = {"ar": "المفرق", "en": "Mafraq", "fr": "Mafraq", "tr": "Mafrak"}
AMMAN = {"ar": "عمّان", "en": "Amman", "fr": "Amman", "tr": "Amman"}
MARSEILLE = {"ar": "مرسيليا", "en": "Marseille", "fr": "Marseille", "tr": "Marsilya"}


def main_of(answer):
    """The content of a page, without the frame."""
    return re.search(r"<main.*</main>", answer.text, re.DOTALL).group()


def names_of(answer):
    """The names that the directory lists."""
    return re.findall(r'<h2><a href="[^"]+/municipalities/\d+"><bdi>([^<]+)</bdi>', answer.text)


@pytest.fixture
def towns(make):
    """Four municipalities in three countries."""
    return [
        make.municipality(names=GAZIANTEP, country="TR"),
        make.municipality(names=MAFRAQ, population=106000, hosted_population=50000),
        make.municipality(names=AMMAN),
        make.municipality(names=MARSEILLE, country="FR"),
    ]


@pytest.mark.parametrize("asked", ["غازي", "gazi", "GAZIANTEP", "عنتاب"])
@pytest.mark.parametrize("language", ["ar", "en", "fr", "tr"])
def test_a_municipality_is_found_by_its_name_in_any_language(towns, client, asked, language):
    found = names_of(client.get(f"/{language}/municipalities", query_string={"name": asked}))
    assert found == [GAZIANTEP[language]]


def test_marks_and_letters_that_sound_alike_do_not_matter(towns, client):
    assert names_of(client.get("/en/municipalities?name=عمان")) == ["Amman"]
    assert names_of(client.get("/en/municipalities?name=mafrak")) == ["Mafraq"]


def test_they_stand_in_the_order_of_the_readers_language(towns, client):
    assert names_of(client.get("/en/municipalities")) == ["Amman", "Gaziantep", "Mafraq", "Marseille"]
    assert names_of(client.get("/ar/municipalities")) == ["عمّان", "غازي عنتاب", "مرسيليا", "المفرق"]


def test_the_country_stands_in_the_address(towns, client):
    answer = client.get("/en/municipalities?country=JO")
    assert names_of(answer) == ["Amman", "Mafraq"]
    assert '<option selected value="JO">Jordan</option>' in answer.text
    assert re.search(r'href="/ar/municipalities\?country=JO"', answer.text)


def test_figures_stand_beside_the_name(towns, client):
    page = main_of(client.get("/en/municipalities"))
    assert "106,000 inhabitants" in page
    assert "hosts 50,000 people" in page


@pytest.mark.parametrize("query", ["country=XX", "name=zzz", "country=XX%00", "name=%D8%B4%00%ED%A0%80%25_'"])
def test_none_found_says_what_to_do(towns, client, query):
    page = main_of(client.get(f"/en/municipalities?{query}"))
    assert "None found" in page
    assert 'href="/en/municipalities"' in page


def test_an_empty_directory_teaches(client):
    assert "None here yet" in main_of(client.get("/en/municipalities"))


def test_the_directory_is_paged_and_none_is_lost(make, client):
    made = sorted(make.municipality(f"Town {n:02}").names["en"] for n in range(65))
    seen, path = [], "/en/municipalities?country=JO"
    while path:
        answer = client.get(path)
        seen += names_of(answer)
        link = re.search(r'rel="next" href="([^"]+)"', answer.text)
        path = link and link.group(1).replace("&amp;", "&")
    assert seen == made


@pytest.mark.parametrize("path", ["/en/municipalities", "/api/v1/municipalities"])
def test_the_directory_costs_one_statement_with_1_and_30(app, make, client, path):
    counts = []
    for more in (1, 29):
        for _n in range(more):
            make.municipality()
        with statements(app) as counted:
            assert client.get(path).status_code == 200
        counts.append(counted.number)
    assert counts == [1, 1]


# One municipality


@pytest.mark.parametrize(
    ("names", "country", "language", "other"),
    [
        (GAZIANTEP, "TR", "en", ("ar", "غازي عنتاب")),
        (GAZIANTEP, "TR", "ar", ("tr", "Gaziantep")),
        (MAFRAQ, "JO", "en", ("ar", "المفرق")),
        (MAFRAQ, "JO", "ar", ("en", "Mafraq")),
        (MARSEILLE, "FR", "tr", ("fr", "Marseille")),
        (MARSEILLE, "FR", "fr", ("ar", "مرسيليا")),
    ],
)
def test_the_name_stands_in_the_readers_language_and_the_other_script(make, client, names, country, language, other):
    town = make.municipality(names=names, country=country)
    page = main_of(client.get(f"/{language}/municipalities/{town.id}"))
    assert f"<h1><bdi>{names[language]}</bdi></h1>" in page
    assert re.search(rf'<bdi lang="{other[0]}" dir="\w+">{other[1]}</bdi>', page)


def test_a_municipality_with_one_name_says_it_once(make, client):
    town = make.municipality("Sameville")
    assert main_of(client.get(f"/en/municipalities/{town.id}")).count("Sameville") == 1


def test_figures_come_with_their_year_and_source(make, client):
    town = make.municipality(
        "Mafraq",
        population=106000,
        hosted_population=50000,
        population_year=2015,
        population_source="Census 2015, rounded.",
    )
    page = main_of(client.get(f"/ar/municipalities/{town.id}"))
    assert "106,000" in page
    assert "50,000" in page
    assert page.count("<small>2015</small>") == 2
    assert '<span lang="en" dir="ltr">Census 2015, rounded.</span>' in page


def test_figures_come_in_the_readers_digits(make, sign_in):
    town = make.municipality("Mafraq", population=106000, population_year=2015)
    client = sign_in(make.member(language="ar", digits="arab"))
    page = main_of(client.get(f"/ar/municipalities/{town.id}"))
    assert "١٠٦٬٠٠٠" in page
    assert "<small>٢٠١٥</small>" in page


def test_without_figures_nothing_is_said_of_them(make, client):
    town = make.municipality("Mafraq", population_source="A source of nothing.")
    assert "figures" not in main_of(client.get(f"/en/municipalities/{town.id}"))


def test_its_members_are_listed_and_nobody_elses(make, client):
    town, other = make.municipality(), make.municipality()
    make.member("Rana", municipality=town)
    make.member("Claire", municipality=other)
    page = main_of(client.get(f"/en/municipalities/{town.id}"))
    assert "Rana" in page
    assert "Claire" not in page


def test_many_members_are_paged(make, client):
    town = make.municipality()
    for n in range(31):
        make.member(f"Member {n:02}", municipality=town)
    first = client.get(f"/en/municipalities/{town.id}")
    path = re.search(r'rel="next" href="([^"]+)#members"', first.text).group(1)
    assert "Member 30" not in first.text
    assert "Member 30" in client.get(path).text


def test_its_topics_are_shown_as_far_as_the_reader_may_see_them(make, client, sign_in):
    town = make.municipality()
    inside = make.member(municipality=town)
    space = make.space("private", members=[inside])
    make.topic("Open to everybody", author=inside)
    make.topic("A private matter", author=inside, space=space)
    path = f"/en/municipalities/{town.id}"
    assert "Open to everybody" in client.get(path).text
    assert "A private matter" not in client.get(path).text
    assert "A private matter" not in sign_in(make.member()).get(path).text
    assert "A private matter" in sign_in(inside).get(path).text


def test_the_page_costs_the_same_with_1_and_30(app, make, client, sign_in):
    town = make.municipality()
    path, counts = f"/en/municipalities/{town.id}", []
    reader = sign_in(make.member())
    for more in (1, 29):
        for _n in range(more):
            make.topic(author=make.member(municipality=town))
        for who in (client, reader):
            with statements(app) as counted:
                assert who.get(path).status_code == 200
            counts.append(counted.number)
    assert counts == [5, 6, 5, 6]


def test_the_api_says_the_same(make, client):
    town = make.municipality(names=MAFRAQ, population=106000, population_year=2015)
    row = {"id": town.id, "name": "المفرق", "country": "JO", "population": 106000, "hosted_population": None}
    answer = client.get("/api/v1/municipalities?name=mafrak", headers={"Accept-Language": "ar"})
    assert answer.json == {"items": [row], "next": None}
    one = client.get(f"/api/v1/municipalities/{town.id}").json
    assert (one["names"], one["population_year"], one["zone"]) == (MAFRAQ, 2015, "Asia/Amman")


def test_the_api_pages_by_cursor(make, client):
    for n in range(31):
        make.municipality(f"Town {n:02}")
    first = client.get("/api/v1/municipalities").json
    rest = client.get("/api/v1/municipalities", query_string={"cursor": first["next"]}).json
    assert len(first["items"]) == 30
    assert [item["name"] for item in rest["items"]] == ["Town 30"]
    assert rest["next"] is None
