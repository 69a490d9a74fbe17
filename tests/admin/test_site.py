"""The settings of the site: a manager changes them, every page and every process follows, nobody else may."""

import time

import pytest
from sqlalchemy import select

from forum.core.db import db
from forum.core.languages import LANGUAGES
from forum.core.mail.models import Letter
from forum.core.mail.sending import message_of
from forum.core.site import SiteRow, current_site

FORM = {
    "name_en": "The Harbour",
    "name_ar": "المرفأ",
    "welcome_ar": "أهلًا بكم في المرفأ",
    "languages": ["ar", "en"],
    "starters": "members",
    "posts_per_minute": "١٢",
    "topics_per_hour": "10",
    "letters_per_day": "20",
    "newcomer_days": "1",
    "newcomer_posts": "20",
    "newcomer_topics": "3",
    "newcomer_letters": "3",
    "newcomer_links": "2",
    "newcomer_mentions": "3",
    "held_posts": "0",
    "files_per_hour": "60",
    "newcomer_files": "20",
    "member_files_mb": "200",
    "site_files_mb": "20000",
}


@pytest.fixture
def manager(make, sign_in):
    """A manager's browser."""
    return sign_in(make.member(roles=["manager"]))


def test_a_manager_gives_the_site_a_name_and_words_of_welcome(manager, client, make, sign_in):
    topic = make.topic()
    before = client.get(f"/en/topics/{topic.id}").text
    assert "Multaqa" in before
    client.application.wsgi_app.kept.clear()  # guests' pages live a second
    assert manager.form("/en/site", FORM, "PUT").status_code == 303
    assert "The Harbour" in client.get(f"/en/topics/{topic.id}").text
    arabic = client.get("/ar/").text
    assert "أهلًا بكم في المرفأ" in arabic and "المرفأ" in arabic
    french = client.get("/fr/").text
    assert "Multaqa" in french
    page = manager.get("/ar/site").text
    assert 'value="The Harbour"' in page and 'value="12"' in page


def test_languages_that_are_not_on_offer_leave_the_lists(manager, client):
    manager.form("/en/site", FORM, "PUT")
    page = client.get("/en/").text
    assert 'hreflang="ar"' in page and 'hreflang="tr"' not in page
    assert client.get("/", headers={"Accept-Language": "tr"}).location.endswith("/en/")
    assert client.get("/", headers={"Accept-Language": "tr,ar;q=0.5"}).location.endswith("/ar/")
    assert client.get("/tr/").status_code == 200, "links that people kept still lead somewhere"


def test_only_staff_starts_topics_when_the_site_says_so(manager, make, sign_in):
    workshop, member = make.workshop(), make.member()
    path = f"/api/v1/workshops/{workshop.id}/topics"
    body = {"title": "Water at the edge", "words": "Who pays?"}
    client = sign_in(member)
    assert client.json("POST", path, body).status_code == 201
    assert manager.json("PATCH", "/api/v1/site", {"starters": "staff"}).json["starters"] == "staff"
    assert client.json("POST", path, body).status_code == 403
    assert client.form(f"/en/workshops/{workshop.id}/topics", body).status_code == 403
    assert manager.json("POST", path, body).status_code == 201


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("languages", []),
        ("starters", "nobody"),
        ("posts_per_minute", 0),
        ("newcomer_links", 51),
        ("newcomer_days", "many"),
        ("newcomer_posts", True),
        ("names", {"en": "x" * 61}),
        ("names", ["en"]),
        ("welcome", {"ar": 7}),
        ("welcome", {"ar": "a\x00"}),
        ("languages", "ar"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(manager, app, name, value):
    refused = manager.json("PATCH", "/api/v1/site", {name: value, "topics_per_hour": 7})
    assert refused.status_code == 422
    assert refused.json["error"]["fields"]
    with app.app_context():
        assert db.session.get(SiteRow, 1) is None
        assert current_site().topics_per_hour == 10


def test_a_form_with_a_mistake_comes_back_as_it_was(manager):
    page = manager.form("/ar/site", FORM | {"newcomer_links": "99", "languages": []}, "PUT")
    assert page.status_code == 422
    assert "The Harbour" in page.text and 'value="99"' in page.text
    assert page.text.count("field-error") == 2


def test_what_is_not_named_stays(manager):
    manager.json("PATCH", "/api/v1/site", {"newcomer_links": 4})
    said = manager.json("PATCH", "/api/v1/site", {"names": {"fr": "Le Port"}, "unknown": 1}).json
    assert (said["newcomer_links"], said["names"], said["languages"]) == (4, {"fr": "Le Port"}, list(LANGUAGES))


@pytest.mark.parametrize("roles", [[], ["translator"], ["moderator"]])
def test_nobody_else_may(make, sign_in, client, roles):
    other = sign_in(make.member(roles=roles))
    assert other.get("/en/site").status_code == 403
    assert other.form("/en/site", FORM, "PUT").status_code == 403
    assert other.json("PATCH", "/api/v1/site", {"starters": "staff"}).status_code == 403
    assert '/en/site"' not in other.get("/en/").text
    assert client.get("/en/site").status_code == 401


def test_letters_bear_the_name(manager, make, app, client):
    member = make.member(language="ar")
    manager.json("PATCH", "/api/v1/site", {"names": {"ar": "المرفأ"}})
    assert client.form("/ar/reset", {"email": member.email}).status_code == 303
    with app.app_context():
        letter = db.session.scalars(select(Letter)).one()
        assert "المرفأ" in letter.text and "المرفأ" in letter.html
        assert "المرفأ" in str(message_of(letter, "a@example.org")["From"])


def test_names_are_escaped(manager, client):
    manager.json("PATCH", "/api/v1/site", {"names": {"en": "<b>&"}, "welcome": {"en": "<script>x</script>"}})
    page = client.get("/en/").text
    assert "&lt;b&gt;&amp;" in page and "<script>x" not in page


def test_every_process_hears_of_a_change(serve, make, sign_in):
    other = serve()
    manager = sign_in(make.member(roles=["manager"]))
    assert "The Harbour" not in other.get("/en/")[1]
    manager.json("PATCH", "/api/v1/site", {"names": {"en": "The Harbour"}})
    deadline = time.monotonic() + 4
    while "The Harbour" not in other.get("/en/")[1]:
        assert time.monotonic() < deadline
        time.sleep(0.2)
