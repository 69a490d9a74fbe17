"""Editing, hiding, closing: who may, what is kept of before, what two editors at once get."""

import pytest
from sqlalchemy import select

from forum.core.audit import AuditEntry
from forum.core.db import db
from forum.topics.models import Post, PostVersion, Topic


def edit(client, post, words: str, version: int = 1, **more):
    """Send the form."""
    return client.form(f"/en/posts/{post.id}", {"words": words, "version": version, **more}, method="PUT")


def test_an_edit_shows_and_the_old_text_is_kept(app, make, sign_in, client):
    topic = make.topic(words="before")
    answer = edit(sign_in(topic.author), topic.post, "after")
    assert answer.status_code == 303
    page = client.get(f"/en/topics/{topic.id}").text
    assert "after" in page
    assert ">before<" not in page
    with app.app_context():
        post = db.session.get_one(Post, topic.post.id)
        assert (post.version, post.words, post.change) == (2, "after", 2)
        assert post.edited_at is not None
        kept = db.session.scalars(select(PostVersion)).one()
        assert (kept.version, kept.words, kept.replaced_by_id) == (1, "before", topic.author.id)
        assert "before" in kept.html


def test_the_slower_editor_gets_both_texts(app, make, sign_in):
    topic = make.topic(words="original")
    moderator = sign_in(make.member(roles=["moderator"]))
    assert edit(moderator, topic.post, "the faster text").status_code == 303
    answer = edit(sign_in(topic.author), topic.post, "the slower text")
    assert answer.status_code == 409
    assert "the faster text" in answer.text
    assert "the slower text" in answer.text
    assert 'name="version"' in answer.text
    assert 'value="2"' in answer.text
    again = edit(sign_in(topic.author), topic.post, "the slower text", version=2)
    assert again.status_code == 303
    with app.app_context():
        assert db.session.scalars(select(PostVersion.words).order_by(PostVersion.version)).all() == [
            "original",
            "the faster text",
        ]


def test_the_same_words_again_change_nothing(app, make, sign_in):
    topic = make.topic(words="the same")
    assert edit(sign_in(topic.author), topic.post, "the same").status_code == 303
    with app.app_context():
        assert db.session.get_one(Post, topic.post.id).version == 1
        assert db.session.get_one(Topic, topic.id).change == 1


@pytest.mark.parametrize("words", ["", "   ", "x" * 20_001, "a\x00b"])
def test_words_that_cannot_be_come_back_in_the_form(app, make, sign_in, words):
    topic = make.topic(words="before")
    answer = edit(sign_in(topic.author), topic.post, words)
    assert answer.status_code == 422
    assert "<textarea" in answer.text
    with app.app_context():
        assert db.session.get_one(Post, topic.post.id).words == "before"


@pytest.mark.parametrize("version", ["", "x", "٢", "-1", "9" * 17])
def test_an_odd_version_is_refused_and_the_words_stay(make, sign_in, version):
    topic = make.topic()
    answer = edit(sign_in(topic.author), topic.post, "my words", version=version)
    assert answer.status_code in (409, 422)
    assert "my words" in answer.text


def test_a_preview_of_an_edit_keeps_nothing(app, make, sign_in):
    topic = make.topic(words="before")
    answer = edit(sign_in(topic.author), topic.post, "**almost**", preview="1")
    assert answer.status_code == 200
    assert "<strong>almost</strong>" in answer.text
    with app.app_context():
        assert db.session.get_one(Post, topic.post.id).words == "before"


def test_a_moderators_edit_is_in_the_audit_log_without_words(app, make, sign_in):
    topic, moderator = make.topic(), make.member(roles=["moderator"])
    edit(sign_in(moderator), topic.post, "made milder")
    with app.app_context():
        entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "post edited")).one()
        assert (entry.actor_id, entry.subject_kind, entry.subject_id) == (moderator.id, "post", topic.post.id)
        assert "milder" not in str(entry.details)


def test_hiding_leaves_a_line_without_words_and_showing_brings_them_back(app, make, sign_in, client):
    topic = make.topic()
    post = make.reply(topic, "harsh words")
    moderator = sign_in(make.member(roles=["moderator"]))
    path = f"/en/posts/{post.id}/hiding"
    assert moderator.form(path, {"why": "unkind"}, method="PUT").status_code == 303
    page = client.get(f"/en/topics/{topic.id}")
    assert "harsh words" not in page.text
    assert 'id="post-2"' in page.text
    seen = client.get(f"/api/v1/topics/{topic.id}/posts").json["items"][1]
    assert (seen["hidden"], seen["html"]) == (True, "")
    assert client.get(f"/api/v1/topics/{topic.id}").json["posts"] == 1
    with app.app_context():
        entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "post hidden")).one()
        assert entry.details == {"why": "unkind"}
    assert moderator.form(path, method="DELETE").status_code == 303
    assert "harsh words" in client.get(f"/api/v1/topics/{topic.id}/posts").text


def test_hiding_wants_a_reason_and_never_takes_the_first_post(make, sign_in):
    topic = make.topic()
    post = make.reply(topic)
    moderator = sign_in(make.member(roles=["moderator"]))
    assert moderator.form(f"/en/posts/{post.id}/hiding", {"why": ""}, method="PUT").status_code == 422
    assert moderator.form(f"/en/posts/{topic.post.id}/hiding", {"why": "x"}, method="PUT").status_code == 422
    assert moderator.get(f"/api/v1/topics/{topic.id}").json["posts"] == 2


def test_a_hidden_post_is_not_edited(make, sign_in):
    topic = make.topic()
    post = make.reply(topic, "hidden")
    make.hide(post)
    for member in (topic.author, make.member(roles=["admin"])):
        client = sign_in(member)
        assert edit(client, post, "sneaky").status_code == 403
        assert client.get(f"/en/posts/{post.id}/edit").status_code == 403


def test_in_a_closed_topic_only_moderators_edit(make, sign_in):
    topic = make.topic()
    make.close(topic)
    assert edit(sign_in(topic.author), topic.post, "late").status_code == 403
    assert edit(sign_in(make.member(roles=["moderator"])), topic.post, "tidied").status_code == 303


def test_another_title_moves_the_address_and_the_old_one_leads_there(make, sign_in, client):
    topic = make.topic("Water in the valley")
    answer = sign_in(topic.author).form(f"/en/topics/{topic.id}", {"title": "Rain in the valley"}, method="PUT")
    assert answer.status_code in (302, 303)
    old = client.get(f"/en/topics/{topic.id}-water-in-the-valley")
    assert old.headers["Location"] == f"/en/topics/{topic.id}-rain-in-the-valley"
    assert "Rain in the valley" in client.get(old.headers["Location"]).text


@pytest.mark.parametrize("title", ["", " ", "\u202e", "x" * 201, "a\x00b"])
def test_a_title_that_cannot_be_comes_back_in_the_form(make, sign_in, client, title):
    topic = make.topic("Kept")
    answer = sign_in(topic.author).form(f"/en/topics/{topic.id}", {"title": title}, method="PUT")
    assert answer.status_code == 422
    assert client.get(f"/api/v1/topics/{topic.id}").json["title"] == "Kept"


def test_a_title_is_escaped_wherever_it_stands(make, client):
    topic = make.topic("<b>Bold</b> & 'quoted' \"title\" {{7*7}}")
    for path in (f"/en/topics/{topic.id}", "/en/topics", "/en/"):
        page = client.get(path).text
        assert "<b>Bold</b>" not in page
        assert "&lt;b&gt;Bold&lt;/b&gt; &amp;" in page


def test_an_edit_by_another_tongue_corrects_the_language(app, make, sign_in):
    topic = make.topic(words="plain words", language=None)
    moderator = sign_in(make.member(roles=["moderator"]))
    assert edit(moderator, topic.post, "plain words", language="tr").status_code == 303
    with app.app_context():
        post = db.session.get_one(Post, topic.post.id)
        assert (post.language, post.language_source) == ("tr", "corrected")


def test_an_edit_keeps_the_language_that_was_said(app, make, sign_in):
    topic = make.topic(words="Bonjour", language="tr")
    client = sign_in(topic.author)
    assert 'value="tr" selected' in client.get(f"/en/posts/{topic.post.id}/edit").text.replace(' dir="auto"', "")
    assert edit(client, topic.post, "Hello everybody, these are English words.").status_code == 303
    with app.app_context():
        post = db.session.get_one(Post, topic.post.id)
        assert (post.language, post.language_source) == ("tr", "declared")


def test_hiding_without_a_reason_brings_the_menu_back(make, sign_in):
    topic = make.topic(replies=1)
    client = sign_in(make.member(roles=["moderator"]))
    page = client.form(f"/en/posts/{topic.post.id + 1}/hiding", {"why": " "}, method="PUT")
    assert (page.status_code, 'aria-invalid="true"' in page.text, 'name="why"' in page.text) == (422, True, True)
