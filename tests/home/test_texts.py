"""Help, code of conduct, privacy: in four languages, found from every page."""

import pytest

TITLES = {
    "help": {"ar": "مساعدة", "en": "Help", "fr": "Aide", "tr": "Yardım"},
    "conduct": {"ar": "قواعد السلوك", "en": "Code of conduct", "fr": "Règles de conduite", "tr": "Davranış kuralları"},
    "privacy": {"ar": "الخصوصية", "en": "Privacy", "fr": "Vie privée", "tr": "Gizlilik"},
}


@pytest.mark.parametrize("page", TITLES)
@pytest.mark.parametrize("language", ["ar", "en", "fr", "tr"])
def test_each_page_in_each_language(client, page, language):
    answer = client.get(f"/{language}/{page}")
    assert answer.status_code == 200 and f"<h1>{TITLES[page][language]}</h1>" in answer.text
    assert answer.text.count("<h2>") >= 4


def test_they_are_found_from_every_page_and_without_a_language(make, client):
    topic = make.topic()
    for path in ("/ar/", "/ar/sign-in", f"/ar/topics/{topic.id}", "/ar/nowhere"):
        words = client.get(path, follow_redirects=True).text
        for page in TITLES:
            assert f'href="/ar/{page}"' in words
    assert client.get("/privacy", headers={"Accept-Language": "tr"}).location == "/tr/privacy"
