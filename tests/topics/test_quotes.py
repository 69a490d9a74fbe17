"""Quotes name their source to those who may see it, whatever is edited, hidden, closed or renamed."""

import re

import pytest

from forum.core.text import quote, render
from tests.counting import statements


def quoting(post, words: str = "into the valley", name: str = "Whoever") -> str:
    """Markdown that quotes a post."""
    return quote(words, id=post.id, number=post.number, name=name) + "As you say."


def said(client, topic, number: int) -> str:
    """One post of the topic's page, without tags; sources in brackets."""
    page = client.get(f"/en/topics/{topic.id}").text
    post = re.search(rf'<article[^>]*id="post-{number}".*?</article>', page, re.DOTALL)[0]
    post = re.sub(r'<p class="quote-head"><a href="([^"]*)">(.*?)</a></p>', r"[\1 \2]", post)
    return " ".join(re.sub(r"<[^>]+>", " ", post).split()).replace(" ]", "]")


def test_a_quote_leads_to_its_source_and_says_the_name_of_today(make, sign_in):
    author, client = make.member("Amal Haddad"), sign_in(make.member())
    topic = make.topic(author=author)
    make.reply(topic, quoting(topic.post))
    assert f"[/en/posts/{topic.post.id} Amal Haddad #1] into the valley As you say." in said(client, topic, 2)
    make.rename(author, "Amal Khoury")
    assert f"[/en/posts/{topic.post.id} Amal Khoury #1] into the valley" in said(client, topic, 2)


def test_the_api_names_what_is_quoted(make, client):
    topic = make.topic(author=make.member("Amal Haddad"))
    make.reply(topic, quoting(topic.post))
    posts = client.get(f"/api/v1/topics/{topic.id}/posts").json["items"]
    assert posts[1]["quotes"] == [{"post": topic.post.id, "number": 1, "author": "Amal Haddad"}]
    assert posts[0]["quotes"] == []


def test_the_api_says_nothing_of_what_a_hidden_post_quoted_and_linked_to(make, client):
    topic = make.topic("Zaytouna")
    post = make.reply(topic, quoting(topic.post) + f"\n\n/en/topics/{topic.id}\n\n[x](/en/topics/{topic.id})")
    path = f"/api/v1/topics/{topic.id}/posts"
    seen = client.get(path).json["items"][1]
    assert (len(seen["quotes"]), len(seen["links"])) == (1, 1)
    make.hide(post)
    seen = client.get(path).json["items"][1]
    assert (seen["hidden"], seen["quotes"], seen["links"]) == (True, [], [])


def test_an_edit_keeps_the_source_and_taking_the_quote_out_forgets_it(make, client):
    topic = make.topic()
    post = make.reply(topic, quoting(topic.post))
    make.edit(post, quoting(topic.post) + "\n\nAnd more.")
    assert f"[/en/posts/{topic.post.id} " in said(client, topic, 2)
    make.edit(post, "No quote any more.")
    assert client.get(f"/api/v1/topics/{topic.id}/posts").json["items"][1]["quotes"] == []


def test_a_source_that_not_all_readers_may_see_is_not_named(make, sign_in, client):
    insider = make.member("Sami Secret")
    secret = make.topic("Zaytouna", author=insider, space=make.space("private", members=[insider]))
    topic = make.topic()
    make.reply(topic, quoting(secret.post), author=insider)
    make.reply(topic, quote("x", id=10**9, number=1, name="Nobody") + "Not there.", author=insider)
    for reader in (client, sign_in(insider)):
        assert "[" not in said(reader, topic, 2)
        assert "[" not in said(reader, topic, 3)
        posts = reader.get(f"/api/v1/topics/{topic.id}/posts").json["items"]
        assert [post["quotes"] for post in posts] == [[], [], []]
        assert "Sami Secret" not in posts[1]["html"]
    assert "into the valley As you say." in said(client, topic, 2), "the words stay: a quote without a source"


def test_what_is_private_may_be_quoted_among_its_readers(make, sign_in):
    insider = make.member()
    space = make.space("private", members=[insider])
    secret = make.topic(author=insider, space=space)
    other = make.topic(author=insider, space=space)
    make.reply(other, quoting(secret.post), author=insider)
    assert f"[/en/posts/{secret.post.id} " in said(sign_in(insider), other, 2)


def test_a_space_that_closes_takes_its_names_out_of_quotes_elsewhere(make, client, sign_in):
    author, reader = make.member("Sami Secret"), sign_in(make.member())
    space = make.space("public")
    source = make.topic(author=author, space=space)
    topic = make.topic()
    make.reply(topic, quoting(source.post))
    assert "Sami Secret" in said(reader, topic, 2)
    make.change_space(space, "private")
    assert "Sami Secret" not in said(reader, topic, 2)


def test_a_preview_names_what_the_writer_may_see_only(make, sign_in):
    insider = make.member("Sami Secret")
    secret = make.topic(author=insider, space=make.space("private", members=[insider]))
    topic = make.topic(author=make.member("Amal Haddad"))
    writer = sign_in(make.member())
    for source, seen in ((topic, True), (secret, False)):
        words = quoting(source.post)
        by_api = writer.json("POST", "/api/v1/preview", {"words": words}).json["html"]
        by_page = writer.form(f"/en/topics/{topic.id}/posts", {"words": words, "preview": "1"}).text
        for html in (by_api, by_page):
            assert ('class="quote-head"' in html) is seen
            assert "Sami Secret" not in html


def test_without_a_script_the_reply_page_begins_with_the_whole_post(make, sign_in, client):
    author = make.member("Amal [Haddad]")
    topic = make.topic(author=author, words="> old words\n\nNew *words*.\n\nMore.")
    path = f"/en/topics/{topic.id}/reply?to=1&quote=1"
    assert path.replace("&", "&amp;") in client.get(f"/en/topics/{topic.id}").text
    page = sign_in(make.member()).get(path).text
    box = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)[1]
    assert box == f"&gt; [Amal  Haddad  #1](/posts/{topic.post.id})\n&gt; New *words*.\n&gt;\n&gt; More.\n\n"
    assert client.get(path).status_code == 401


def test_a_whole_quote_by_api_for_those_who_may_read(make, sign_in):
    insider = make.member()
    topic = make.topic(author=insider, space=make.space("private", members=[insider]))
    path = f"/api/v1/posts/{topic.post.id}/quote"
    assert sign_in(insider).get(path).json["words"].endswith("\n> Where does the water go?\n\n")
    assert sign_in(make.member()).get(path).status_code == 404


def test_a_hidden_post_is_not_quoted_anew(make, sign_in, client):
    topic = make.topic()
    post = make.reply(topic, "Secret words.")
    make.hide(post)
    reader = sign_in(make.member())
    assert reader.get(f"/api/v1/posts/{post.id}/quote").status_code == 404
    assert "Secret words" not in reader.get(f"/en/topics/{topic.id}/reply?to=2&quote=1").text
    make.reply(topic, quoting(post))
    assert "[" not in said(client, topic, 3)


def test_a_long_quote_is_folded():
    html = render("> " + "water " * 200).html
    assert re.search(r'<blockquote[^>]*><details class="quote-long"><summary[^>]*><span>water', html)
    assert "details" not in render("> " + "water " * 20).html


@pytest.mark.parametrize(
    "words",
    [
        "> [x](https://evil.example/posts/1)\n> a",
        "> [x](//posts/1)\n> a",
        "> [x](/posts/1?y)\n> a",
        "> [x](/posts/٣)\n> a",
        "> see [x](/posts/1)\n> a",
        '<blockquote class="quote" data-quoted="1">a</blockquote>',
        "[x](/posts/1)",
    ],
)
def test_only_a_line_of_its_own_with_our_address_is_a_source(words):
    assert "data-quoted" not in re.sub("&.*?;", "", render(words).html) or "&lt;blockquote" in render(words).html


def test_more_than_twenty_sources_are_too_many(make, sign_in):
    topic = make.topic()
    words = "\n\n".join(f"> [x](/posts/{number})\n> a\n\nb" for number in range(1, 23))
    answer = sign_in(make.member()).json("POST", f"/api/v1/topics/{topic.id}/posts", {"words": words})
    assert answer.status_code == 422
    assert "20" in answer.json["error"]["fields"]["words"]


def test_answers_are_counted_and_shown_together(make, client):
    topic = make.topic()
    first = make.reply(topic, "An answer.", reply_to=1)
    make.reply(topic, "To nobody.")
    make.reply(topic, "An answer to the answer.", reply_to=first.number)
    assert "1 answer" in said(client, topic, 1)
    page = client.get(f"/en/posts/{topic.post.id}/answers").text
    assert re.findall(r'id="post-(\d+)"', page) == ["1", "2", "4"]
    items = client.get(f"/api/v1/posts/{topic.post.id}/answers").json["items"]
    assert [item["number"] for item in items] == [2, 4]
    make.hide(first)
    posts = client.get(f"/api/v1/topics/{topic.id}/posts").json["items"]
    assert [post["answers"] for post in posts] == [0, 1, 0, 0]
    make.show(first)
    assert client.get(f"/api/v1/topics/{topic.id}/posts").json["items"][0]["answers"] == 1


def test_an_answer_changes_what_it_answers_in_the_gap(make, client):
    topic = make.topic()
    since = client.get(f"/api/v1/topics/{topic.id}").json["change"]
    make.reply(topic, "An answer.", reply_to=1)
    gap = client.get(f"/en/topics/{topic.id}/posts?since={since}").text
    assert re.findall(r'id="post-(\d+)"', gap) == ["1", "2"]
    assert "1 answer" in gap


def test_answers_cost_the_same_for_one_and_for_thirty(app, make, client):
    topic, costs = make.topic(), []
    for count in (1, 29):
        for _ in range(count):
            make.reply(topic, quoting(topic.post), reply_to=1)
        client.get(f"/en/posts/{topic.post.id}/answers")
        for path in (f"/en/posts/{topic.post.id}/answers", f"/api/v1/posts/{topic.post.id}/answers"):
            with statements(app) as counted:
                client.get(path)
            costs.append(counted.number)
    assert costs[:2] == costs[2:]
