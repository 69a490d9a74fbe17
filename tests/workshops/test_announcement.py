"""The announcement on a sheet: whole in each of its languages, and nothing that is not everybody's."""

import re

import pytest

from tests.counting import statements

LINK = "https://meet.example.org/mark-7351"
TEXTS = {
    "titles": {"ar": "خطط المدن (C4D)", "en": "Plans of towns"},
    "summary": {"ar": "ندوة عن الخطط.", "en": "A webinar about plans."},
    "words": {"ar": "نتحدث عن **الخطط**.", "en": "We talk about **plans**."},
    "objectives": [{"ar": "أن نتعلم", "en": "To learn"}],
}


@pytest.fixture
def workshop(make):
    """A webinar that is announced in Arabic and English."""
    found = make.workshop(**TEXTS)
    make.admission(found, capacity=40, link=LINK)
    make.session(found, "The opening")
    make.talk(found, "A talk")
    return found


def sheets(page: str) -> list[tuple[str, str, str]]:
    """(language, direction, what it says) of each."""
    return re.findall(r'<article class="bill" lang="(\w+)" dir="(\w+)">(.*?)</article>', page, re.DOTALL)


def test_two_languages_each_whole(client, workshop):
    page = client.get(f"/en/workshops/{workshop.id}/announcement").text
    (en, en_dir, english), (ar, ar_dir, arabic) = sheets(page)
    assert (en, en_dir, ar, ar_dir) == ("en", "ltr", "ar", "rtl")
    for said in ("Plans of towns", "A webinar about plans.", "<strong>plans</strong>", "To learn", "Places", "Talks"):
        assert said in english
    for said in ("خطط المدن (C4D)", "ندوة عن الخطط.", "<strong>الخطط</strong>", "أن نتعلم", "المقاعد", "المداخلات"):
        assert said in arabic
    assert f"/en/workshops/{workshop.id}<" in english and f"/ar/workshops/{workshop.id}<" in arabic
    assert 'class="bills beside' in page
    assert 'class="bills colour' in client.get(f"/en/workshops/{workshop.id}/announcement?below=1").text


def test_one_language_where_it_is_asked_for_or_there_is_no_other(client, make, workshop):
    alone = client.get(f"/ar/workshops/{workshop.id}/announcement?with=").text
    assert [one[0] for one in sheets(alone)] == ["ar"]
    only = make.workshop(**{part: {"en": "Only English"} for part in ("titles", "summary", "words")})
    for language in ("en", "ar"):
        page = client.get(f"/{language}/workshops/{only.id}/announcement").text
        assert [one[:2] for one in sheets(page)] == [("en", "ltr")]


def test_what_it_is_not_announced_in_is_not_offered(client, workshop):
    for asked in ("fr", "xx", "ar&with=tr", "en"):
        page = client.get(f"/en/workshops/{workshop.id}/announcement?with={asked}").text
        assert [one[0] for one in sheets(page)] == ["en", "ar"]


def test_it_is_whose_the_page_is_and_bears_no_joining_link(make, sign_in, client, workshop):
    confirmed = make.member()
    make.registration(workshop, confirmed)
    for reader in (client, sign_in(confirmed), sign_in(make.manager())):
        assert "mark-7351" not in reader.get(f"/en/workshops/{workshop.id}/announcement").text
    hidden = make.workshop(space=make.space("private"))
    assert client.get(f"/en/workshops/{hidden.id}/announcement").status_code == 404


def test_it_costs_the_same_with_much_and_with_little(app, make, client, workshop):
    numbers = set()
    for more in (1, 12):
        for _ in range(more):
            make.session(workshop)
            make.talk(workshop)
        client.get(f"/en/workshops/{workshop.id}/announcement")
        with statements(app) as said:
            client.get(f"/en/workshops/{workshop.id}/announcement")
        numbers.add(said.number)
    assert len(numbers) == 1
