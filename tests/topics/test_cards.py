"""A link to something of ours, alone in its paragraph, becomes a card for whoever reads the post, and follows what it
links to; what not all readers may see stays a link."""

import re
from datetime import datetime

import pytest

from forum.core.db import db
from forum.core.text import linked_in, render
from forum.members.actions.profile import change_profile
from forum.members.models import Member
from forum.municipalities.actions import merge_municipalities
from forum.municipalities.models import Municipality
from forum.topics.actions import move_topics
from tests.counting import statements

KINDS = ("topics", "posts", "members", "municipalities", "workshops")
ORIGINS = ("https://forum.example", "http://127.0.0.1:5000")


def card_in(client, topic, number: int = 1, language: str = "en") -> str | None:
    """The first card of a post, without tags; its address first."""
    page = client.get(f"/{language}/topics/{topic.id}").text
    post = re.search(rf'<article[^>]*id="post-{number}".*?</article>', page, re.DOTALL)[0]
    card = re.search(r'<div class="link-card".*?</div>', post, re.DOTALL)
    if card is None:
        return None
    address = re.search(r'<a href="([^"]*)"', card[0])[1]
    return f"{address} {' '.join(re.sub(r'<[^>]+>', ' ', card[0]).split())}".replace(" ,", ",")


@pytest.fixture
def linking(make):
    """`linking(path)`: a public topic whose first post holds this link alone."""
    return lambda path: make.topic(words=f"See here:\n\n{f'[x]({path})' if path[0] == '/' else path}\n\nand tell us.")


def test_a_topic_shows_its_title_where_it_belongs_who_asks_and_how_it_begins(make, client, linking):
    author = make.member("ليلى منصور", name_language="ar", municipality=make.municipality("Zarqa"))
    target = make.topic(
        "الماء", words="أين **يذهب** الماء؟", author=author, language="ar", workshop=make.workshop("Water")
    )
    topic = linking(f"http://127.0.0.1:5000/ar/topics/{target.id}-الماء?page=1")
    said = card_in(client, topic)
    assert said == f"/en/topics/{target.id} الماء ليلى منصور Zarqa, Jordan Water أين يذهب الماء؟"
    page = client.get(f"/en/topics/{topic.id}").text
    assert '<span lang="ar" dir="rtl">الماء</span>' in page
    assert 'class="link-card-words" lang="ar" dir="rtl"' in page


@pytest.mark.parametrize("form", ["/posts/{id}", "/tr/posts/{id}", "/topics/{topic}/posts/2", "/topics/{topic}#post-2"])
def test_a_post_is_found_by_any_of_its_addresses(make, client, linking, form):
    target = make.topic("Waste")
    post = make.reply(target, "We burn it.", author=make.member("Amal Haddad"))
    topic = linking(form.format(id=post.id, topic=target.id))
    assert card_in(client, topic) == f"/en/posts/{post.id} Waste #2 Amal Haddad We burn it."


def test_workshops_municipalities_and_members_have_cards_in_the_readers_language(make, client, linking):
    town = make.municipality(names={"ar": "الزرقاء", "en": "Zarqa", "fr": "Zarka", "tr": "Zerka"})
    member = make.member("Amal Haddad", municipality=town, post_held="Head of R&D <planning>")
    workshop = make.workshop("Energy", starts=datetime(2026, 3, 19, 9, 0))
    cards = [
        (f"/workshops/{workshop.id}", "Energy Webinar 19 March 2026 What it is about."),
        (f"/municipalities/{town.id}", "Zarqa Municipality Jordan"),
        (f"/members/{member.id}", "Amal Haddad Member Zarqa, Jordan Head of R&amp;D &lt;planning&gt;"),
    ]
    for path, said in cards:
        topic = linking(path)
        assert card_in(client, topic) == f"/en{path} {said}"
    assert "الزرقاء" in card_in(client, linking(f"/en/municipalities/{town.id}"), language="ar")


def test_a_card_follows_its_target_at_once(make, sign_in, linking):
    author = make.member("Amal Haddad")
    target = make.topic("Old title", words="Old words.", author=author)
    post = make.reply(target, "A reply.", author=author)
    workshop = make.workshop("Energy")
    to_topic, to_post = linking(f"/topics/{target.id}"), linking(f"/posts/{post.id}")
    to_workshop = linking(f"/workshops/{workshop.id}")
    client = sign_in(make.member())
    for _ in range(2):
        assert "Old title Amal Haddad Old words." in card_in(client, to_topic)
        assert "Old title #2 Amal Haddad A reply." in card_in(client, to_post)
        assert "Energy" in card_in(client, to_workshop)
    make.rename_topic(target, "New title")
    make.edit(target.post, "New words.")
    assert "New title Amal Haddad New words." in card_in(client, to_topic)
    make.rename(author, "Amal Khoury")
    make.edit(post, "Another reply.")
    assert "New title #2 Amal Khoury Another reply." in card_in(client, to_post)
    make.hide(post)
    assert card_in(client, to_post) is None
    make.show(post)
    assert card_in(client, to_post)


def test_a_card_of_a_member_follows_their_profile(app, make, sign_in, linking):
    member = make.member("Amal Haddad", post_held="Engineer")
    topic, client = linking(f"/members/{member.id}"), sign_in(make.member())
    assert card_in(client, topic).endswith("Engineer")
    with make.writing():
        change_profile(db.session.get_one(Member, member.id), post_held="Head of planning")
    assert card_in(client, topic).endswith("Head of planning")


def test_a_card_of_a_municipality_follows_a_merger(app, make, sign_in, linking):
    old, new = make.municipality("Old Town"), make.municipality("New Town")
    topic, client = linking(f"/municipalities/{old.id}"), sign_in(make.member())
    assert "Old Town" in card_in(client, topic)
    by = make.reader(make.manager())
    with make.writing():
        rows = [db.session.get_one(Municipality, one.id) for one in (old, new)]
        merge_municipalities(rows[0], into=rows[1], by=by)
    assert card_in(client, topic).startswith(f"/en/municipalities/{new.id} New Town")


def test_a_card_goes_with_the_door_and_comes_with_it(make, sign_in, client, linking):
    insider = make.member("Sami Secret")
    space = make.space("public", members=[insider])
    target = make.topic("Zaytouna", words="Secret words.", author=insider, space=space)
    post, workshop = make.reply(target, "Secret reply.", author=insider), make.workshop("Zaytouna meets", space=space)
    paths = [f"/topics/{target.id}", f"/posts/{post.id}", f"/workshops/{workshop.id}"]
    topics = [linking(path) for path in paths]
    readers = (client, sign_in(make.member()), sign_in(insider))
    for reader in readers:
        assert all(card_in(reader, topic) for topic in topics)
    for kind in ("private", "members", "staff", "participants"):
        make.change_space(space, kind)
        client.application.wsgi_app.kept.clear()
        for reader in readers:
            for topic in topics:
                assert card_in(reader, topic) is None
                data = reader.get(f"/api/v1/topics/{topic.id}/posts")
                page = reader.get(f"/en/topics/{topic.id}").text
                for answer in (page[page.index("<main") :], data.text):
                    assert not re.search("Sami Secret|Zaytouna|Secret words|Secret reply", answer)
                assert data.json["items"][0]["links"] == []
        make.change_space(space, "public")
    assert card_in(readers[1], topics[0])


def test_what_is_private_has_cards_among_its_readers(make, sign_in):
    insider = make.member()
    space, other = make.space("private", members=[insider]), make.space("private", members=[insider])
    target = make.topic("Zaytouna", author=insider, space=space)
    here = make.topic(author=insider, space=space, words=f"/topics/{target.id}\n\n[words](/topics/{target.id})")
    there = make.topic(author=insider, space=other, words=f"[words](/topics/{target.id})")
    assert card_in(sign_in(insider), here), "with words of its own, or with its address"
    assert card_in(sign_in(insider), there) is None


def test_moved_topics_take_their_cards_away(make, sign_in, linking):
    insider = make.member()
    target = make.topic("Zaytouna", author=insider)
    topic, client = linking(f"/topics/{target.id}"), sign_in(make.member())
    assert card_in(client, topic)
    space = make.space("private", members=[insider])
    with make.writing():
        move_topics([target.id], space_id=space.id)
    assert card_in(client, topic) is None


def test_words_of_a_link_stay_above_its_card_and_addresses_do_not(make, client, linking):
    target = make.topic("Waste")
    named = linking(f"[how we do it](/topics/{target.id})")
    bare = linking(f"http://127.0.0.1:5000/en/topics/{target.id}")
    assert "how we do it" in client.get(f"/en/topics/{named.id}").text
    assert ">http://127.0.0.1:5000/en/topics" not in client.get(f"/en/topics/{bare.id}").text
    assert card_in(client, named) == card_in(client, bare)


def test_an_edit_changes_what_is_linked(make, client, linking):
    first, second = make.topic("First"), make.topic("Second")
    topic = linking(f"[a](/topics/{first.id})")
    make.edit(topic.post, f"[b](/topics/{second.id})")
    data = client.get(f"/api/v1/topics/{topic.id}/posts").json["items"][0]
    assert data["links"] == [{"kind": "topics", "id": second.id, "title": "Second"}]
    make.edit(topic.post, "Nothing any more.")
    assert client.get(f"/api/v1/topics/{topic.id}/posts").json["items"][0]["links"] == []


def test_a_preview_shows_what_the_writer_may_see_only(make, sign_in):
    insider = make.member("Sami Secret")
    secret = make.topic("Zaytouna", author=insider, space=make.space("private", members=[insider]))
    topic = make.topic("Waste")
    writer = sign_in(make.member())
    for target, seen in ((topic, True), (secret, False)):
        words = f"[x](/topics/{target.id})\n\n[y](/topics/{target.id}/posts/1)"
        by_api = writer.json("POST", "/api/v1/preview", {"words": words}).json["html"]
        by_page = writer.form(f"/en/topics/{topic.id}/posts", {"words": words, "preview": "1"}).text
        for html in (by_api, by_page):
            assert html.count('class="link-card"') == (2 if seen else 0)
            assert "Sami Secret" not in html
            assert "Zaytouna" not in html


def test_a_preview_in_a_space_shows_no_card_that_its_readers_would_not_see(make, sign_in):
    insider = make.member()
    secret = make.topic("Zaytouna", author=insider, space=make.space("private", members=[insider]))
    public, writer = make.topic(), sign_in(insider)
    given = {"words": f"[x](/topics/{secret.id})", "preview": "1"}
    assert 'class="link-card"' not in writer.form(f"/en/topics/{public.id}/posts", given).text
    assert 'class="link-card"' in writer.form(f"/en/topics/{secret.id}/posts", given).text


@pytest.mark.parametrize(
    "words",
    [
        "https://evil.example/topics/1",
        "https://forum.example.evil.example/topics/1",
        "[x](//forum.example/topics/1)",
        "see /topics/1",
        "see https://forum.example/topics/1 please",
        "[x](/topics/1/related)",
        "[x](/topics/٣)",
        "[x](/topics/01)",
        "[x](/settings/1)",
        "[x](/members/1/posts/2)",
        "> https://forum.example/topics/1",
        "- https://forum.example/topics/1",
        '<p data-link="topics/1">x</p>',
        "[x](/topics/1)[y](/topics/2)",
    ],
)
def test_only_a_paragraph_of_its_own_with_our_address_is_marked(words):
    assert linked_in(render(words, kinds=KINDS, origins=ORIGINS).html) == []


def test_others_sites_are_plain_links_that_vouch_for_nobody():
    html = render("https://elsewhere.example/topics/1", kinds=KINDS, origins=ORIGINS).html
    assert re.search(r'<p[^>]*><a href="https://elsewhere.example/topics/1" rel="nofollow ugc noopener"', html)


def test_what_is_not_there_stays_a_link(make, client, linking):
    for path in ("/topics/999999", "/posts/999999", "/topics/999999/posts/3", "/workshops/999999", "/members/999999"):
        topic = linking(f"[x]({path})")
        assert card_in(client, topic) is None
        assert f'<a href="{path}"' in client.get(f"/en/topics/{topic.id}").text


def test_only_twenty_links_of_a_post_have_cards(make, client):
    topics = [make.topic() for _ in range(22)]
    topic = make.topic(words="\n\n".join(f"[x](/topics/{one.id})" for one in topics))
    assert client.get(f"/en/topics/{topic.id}").text.count('class="link-card"') == 20


@pytest.mark.parametrize("linked", [1, 19])
def test_cards_cost_no_statement_more(app, make, sign_in, linked):
    target = make.topic(workshop=make.workshop())
    topic = make.topic(words=f"[x](/topics/{target.id})")
    for _ in range(linked):
        make.reply(topic, f"[x](/topics/{target.id})\n\n[y](/members/{target.author.id})")
    client = sign_in(make.member())
    with statements(app) as counted:
        assert client.get(f"/en/topics/{topic.id}").text.count('class="link-card"') == 1 + 2 * linked
    assert counted.number <= 4, counted.said
    client.get(f"/en/topics/{topic.id}")
    with statements(app) as counted:
        client.get(f"/en/topics/{topic.id}")
    assert counted.number == 1
