"""What messengers and search engines are told: in the page's language, and only of what everybody may see."""

import re
from html import unescape

import pytest

from tests.counting import statements

WHATSAPP = {"User-Agent": "WhatsApp/2.23.20.0 A"}


def told(client, path: str, **more) -> dict[str, str]:
    """{name: content} of a page's <meta> and <link> elements; alternates under "hreflang <language>"."""
    answer = client.get(path, **more)
    assert answer.status_code == 200
    head = answer.text.partition("</head>")[0]
    metas = re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)"', head)
    links = re.findall(r'<link rel="([a-z-]+)"(?: hreflang="([^"]+)")? href="([^"]*)"', head)
    return {name: unescape(content) for name, content in metas} | {
        f"hreflang {language}" if language else rel: unescape(address) for rel, language, address in links
    }


def test_a_topic_in_its_own_language_begins_with_its_words(make, client):
    topic = make.topic("Water & waste", words="Where **does** it go? " * 30)
    page = told(client, f"/en/topics/{topic.id}")
    assert page["og:title"] == "Water & waste"
    assert page["og:description"] == page["description"]
    assert page["og:description"].startswith("Where does it go? Where")
    assert len(page["og:description"]) <= 200
    assert page["og:url"] == page["canonical"] == f"http://127.0.0.1:5000/en/topics/{topic.id}-water-waste"
    assert page["og:locale"] == "en_GB"
    assert page["og:site_name"] == "Multaqa"
    assert page["twitter:card"] == "summary"
    assert page["og:image"] == "http://127.0.0.1:5000/icon-512.png"
    assert page["hreflang ar"] == f"http://127.0.0.1:5000/ar/topics/{topic.id}-water-waste"
    assert "robots" not in page


def test_in_another_language_the_description_is_in_that_language(make, client):
    topic = make.topic("Water", workshop=make.workshop("Energy"), replies=2)
    page = told(client, f"/ar/topics/{topic.id}")
    assert (page["og:title"], page["og:locale"]) == ("Water", "ar_AR")
    assert re.search("[\u0600-\u06ff]", page["description"])
    assert page["description"].endswith("Energy")
    assert "Where does" not in page["description"]


def test_what_is_not_for_everybody_says_nothing_and_is_not_to_be_found(make, sign_in):
    insider = make.member()
    space = make.space("private", members=[insider])
    topic = make.topic("Zaytouna", author=insider, space=space)
    workshop = make.workshop("Zaytouna meets", space=space)
    for path in (f"/en/topics/{topic.id}", f"/en/workshops/{workshop.id}"):
        page = told(sign_in(insider), path)
        assert page["robots"] == "noindex"
        assert not [name for name in page if name.startswith(("og:", "twitter:", "hreflang")) or name == "description"]


def test_workshops_municipalities_and_the_front_page(make, client):
    town = make.municipality(
        names={"ar": "الزرقاء", "en": "Zarqa", "fr": "Zarka", "tr": "Zerka"}, hosted_population=1000
    )
    workshop = make.workshop("Energy")
    page = told(client, f"/fr/workshops/{workshop.id}?cursor=")
    assert (page["og:title"], page["description"]) == ("Energy", "What it is about.")
    assert page["canonical"] == f"http://127.0.0.1:5000/fr/workshops/{workshop.id}"
    page = told(client, f"/en/municipalities/{town.id}")
    assert (page["og:title"], page["description"]) == ("Zarqa", "Jordan · hosts 1,000 people")
    assert "الزرقاء" in told(client, f"/ar/municipalities/{town.id}")["og:title"]
    assert told(client, "/tr/")["og:type"] == "website"


def test_a_messenger_sees_the_post_that_a_link_means(make, client, sign_in):
    insider = make.member()
    topic = make.topic("Water")
    post = make.reply(topic, "Into the **valley** & back.", author=make.member("Amal Haddad"))
    secret = make.topic(author=insider, space=make.space("private", members=[insider]))
    page = told(client, f"/en/posts/{post.id}", headers=WHATSAPP)
    assert page["og:title"] == "Water · Amal Haddad"
    assert page["og:description"] == "Into the valley & back."
    assert page["og:url"] == f"http://127.0.0.1:5000/en/posts/{post.id}"
    answer = client.get(f"/en/posts/{post.id}", headers=WHATSAPP)
    assert "User-Agent" in answer.headers["Vary"]
    assert client.get(f"/en/posts/{post.id}").status_code == 302
    assert client.get(f"/en/posts/{secret.post.id}", headers=WHATSAPP).status_code == 404
    inside = told(sign_in(insider), f"/en/posts/{secret.post.id}", headers=WHATSAPP)
    assert inside["robots"] == "noindex"
    assert "og:title" not in inside
    make.hide(post)
    page = client.get(f"/en/posts/{post.id}", headers=WHATSAPP).text
    assert "valley" not in page
    assert "noindex" in page


def test_the_map_names_what_everybody_may_see_in_every_language(make, client):
    topic, workshop = make.topic("الماء في الوادي"), make.workshop()
    space = make.space("private", members=[topic.author])
    make.topic("Zaytouna", space=space)
    make.workshop("Zaytouna meets", space=space)
    index = client.get("/sitemap.xml").text
    parts = re.findall(r"<loc>http://127.0.0.1:5000(.*?)</loc>", index)
    assert parts == ["/sitemap/places.xml", "/sitemap/topics-1.xml"]
    pages = "".join(client.get(part).text for part in parts)
    found = re.findall(r"<loc>http://127.0.0.1:5000(.*?)</loc>", pages)
    assert [path for path in found if "/topics/" in path] == [
        f"/{language}/topics/{topic.id}-%D8%A7%D9%84%D9%85%D8%A7%D8%A1-%D9%81%D9%8A-%D8%A7%D9%84%D9%88%D8%A7%D8%AF%D9%8A"
        for language in ("ar", "en", "fr", "tr")
    ]
    assert [path for path in found if "/workshops/" in path] == [
        f"/{language}/workshops/{workshop.id}" for language in ("ar", "en", "fr", "tr")
    ]
    assert "aytouna" not in pages
    assert all(client.get(path).status_code == 200 for path in found)
    make.change_space(make.public(), "members")
    assert "/topics/" not in client.get("/sitemap/topics-1.xml").text
    assert re.findall("<loc>", client.get("/sitemap.xml").text) == ["<loc>"]


@pytest.mark.parametrize("after", ["0", "01", "50001", str(10**17), "-1", "x", "١"])
def test_a_part_of_the_map_that_is_not_there(client, after):
    assert client.get(f"/sitemap/topics-{after}.xml").status_code == 404


@pytest.mark.parametrize("topics", [1, 12])
def test_a_part_of_the_map_is_one_statement(app, make, client, topics):
    for _ in range(topics):
        make.topic()
    with statements(app) as counted:
        assert client.get("/sitemap/topics-1.xml").text.count("<loc>") == 4 * topics
    assert counted.number == 1


def test_robots_are_led_to_the_map_and_away_from_people(client):
    answer = client.get("/robots.txt")
    assert answer.mimetype == "text/plain"
    lines = answer.text.splitlines()
    assert lines[-1] == "Sitemap: http://127.0.0.1:5000/sitemap.xml"
    assert "Disallow: /*/members" in lines
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("language", ["ar", "en", "fr", "tr"])
def test_a_home_screen_shows_the_sites_name_and_icon(client, language):
    page = told(client, f"/{language}/")
    manifest = client.get(page["manifest"])
    assert manifest.mimetype == "application/manifest+json"
    assert (manifest.json["lang"], manifest.json["start_url"]) == (language, f"/{language}/")
    assert manifest.json["dir"] == ("rtl" if language == "ar" else "ltr")
    for icon in [one["src"] for one in manifest.json["icons"]] + [page["apple-touch-icon"]]:
        assert client.get(icon).mimetype.startswith("image/")
