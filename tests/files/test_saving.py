"""Who saves data has pictures only on demand; the fragments are the same for all."""

import pytest

from tests import samples

ASKS = {"Save-Data": "on"}
SETTINGS = {"display_name": "Amal Haddad", "language": "en", "digits": "latn", "zone": "Asia/Amman", "reads_1": "en"}


def saves(page) -> bool:
    return "data-saves" in page.text.partition("<head>")[0]


@pytest.fixture
def topic(make, client, upload):
    """A topic with a picture."""
    said = upload(client, samples.photo(), "a.jpg", description="The new pump").json
    return make.topic(words=said["markdown"])


def test_the_browser_asks_for_it_and_the_next_one_does_not(app, client, topic):
    for who in (app.test_client(), client):
        for _ in range(2):  # drawn, then from memory
            assert saves(who.get(f"/en/topics/{topic.id}", headers=ASKS))
            assert not saves(who.get(f"/en/topics/{topic.id}"))
            assert not saves(who.get(f"/en/topics/{topic.id}", headers={"Save-Data": "off"}))


def test_the_member_chooses_it_for_every_page(client, sign_in, make, topic):
    other = sign_in(make.member())
    assert client.form("/en/settings", SETTINGS | {"saves_data": "y"}).status_code == 303
    assert (
        "checked"
        in client.get("/en/settings").text.partition('id="saves_data"')[0].rpartition("<input")[2]
        + (client.get("/en/settings").text.partition('id="saves_data"')[2].partition(">")[0])
    )
    for path in (f"/en/topics/{topic.id}", f"/en/topics/{topic.id}", "/en/topics", f"/en/topics/{topic.id}/reply"):
        assert saves(client.get(path)), path
        assert not saves(other.get(path)), path
    assert client.form("/en/settings", SETTINGS).status_code == 303
    assert not saves(client.get(f"/en/topics/{topic.id}"))


def test_what_stands_for_the_picture_says_what_it_is_and_how_large(app, topic):
    page = app.test_client().get(f"/ar/topics/{topic.id}").text
    note = page.partition('class="picture-note"')[2].partition("</a>")[0]
    assert "The new pump" in note
    assert 'lang="ar" dir="rtl"' in note and "ك.ب" in note


def test_posts_are_the_same_bytes_for_who_saves_and_who_does_not(app, topic):
    pages = [app.test_client().get(f"/en/topics/{topic.id}", headers=headers).text for headers in (ASKS, {})]
    assert pages[0].partition("data-posts")[2] == pages[1].partition("data-posts")[2]
