"""Watching a topic: what a join answers, what is pushed, to whom, in which language."""

import pytest


def test_a_reply_reaches_who_watches(make, person, watch):
    author = make.member("Karim Saleh", municipality=make.municipality("Zarqa"))
    topic, reader = make.topic(), make.member()
    socket = watch(person(reader))
    assert socket.ask("topic:join", {"topic": topic.id}) == {"ok": True, "change": 1, "posts": []}
    post = person(author).reply(topic, "Into the **valley**.", key="k")
    pushed = socket.wait_for("post:added")
    assert (pushed["topic"], pushed["number"], pushed["change"]) == (topic.id, 2, 2)
    for part in ("<strong>valley</strong>", "Karim Saleh", "Zarqa", 'id="post-2"'):
        assert part in pushed["html"]
    assert post["number"] == 2


def test_the_pushed_fragment_is_the_pages(make, person, watch, server):
    topic = make.topic()
    socket = watch(person())
    socket.ask("topic:join", {"topic": topic.id})
    person(topic.author).reply(topic, "the same bytes")
    html = socket.wait_for("post:added")["html"].strip()
    assert html in server.get(f"/en/topics/{topic.id}/posts?since=1")[1]
    assert html in server.get(f"/en/topics/{topic.id}?page=1")[1]


@pytest.mark.parametrize("language", ["ar", "en", "fr", "tr"])
def test_each_watcher_gets_their_interface_language(make, person, watch, language):
    town = make.municipality(names={"ar": "الزرقاء", "en": "Zarqa", "fr": "Zarka", "tr": "Zerka"})
    topic = make.topic(author=make.member(municipality=town))
    mine, other = watch(person(), language=language), watch(person(), language="en" if language == "ar" else "ar")
    for socket in (mine, other):
        socket.ask("topic:join", {"topic": topic.id})
    person(topic.author).reply(topic, "x")
    said = {"ar": "الزرقاء", "en": "Zarqa", "fr": "Zarka", "tr": "Zerka"}
    assert said[language] in mine.wait_for("post:added")["html"]
    assert said[language] not in other.wait_for("post:added")["html"]


def test_edits_and_hidings_are_pushed_without_words_that_are_hidden(make, person, watch):
    topic = make.topic(words="before")
    socket = watch(person())
    socket.ask("topic:join", {"topic": topic.id})
    person(topic.author).form(f"/en/posts/{topic.post.id}", "PUT", words="afterwards", version="1")
    edited = socket.wait_for("post:changed")
    assert (edited["number"], edited["change"]) == (1, 2)
    assert "afterwards" in edited["html"]
    hidden = person(topic.author).reply(topic, "harsh words")
    socket.wait_for("post:added")
    person(make.member(roles=["moderator"])).form(f"/en/posts/{hidden['id']}/hiding", "PUT", why="unkind")
    changed = socket.wait_for("post:changed")
    assert (changed["number"], changed["change"]) == (2, 4)
    assert "harsh words" not in changed["html"]
    assert 'id="post-2"' in changed["html"]


def test_a_closed_topic_tells_its_watchers(make, person, watch):
    topic = make.topic()
    socket = watch(person())
    socket.ask("topic:join", {"topic": topic.id})
    person(topic.author).form(f"/en/topics/{topic.id}/closing", "PUT")
    assert socket.wait_for("topic:changed")["topic"] == topic.id


def test_since_brings_what_happened_meanwhile(make, person, watch):
    topic = make.topic(replies=2)
    reader = person()
    first = watch(reader)
    since = first.ask("topic:join", {"topic": topic.id})["change"]
    first.close()
    make.reply(topic, "an addition")
    make.edit(topic.post, "an edit")
    gone = make.replies(topic, 1)[0]
    make.hide(gone)
    answer = watch(reader).ask("topic:join", {"topic": topic.id, "since": since})
    assert answer["ok"] is True
    assert answer["change"] == since + 4
    assert [post["number"] for post in answer["posts"]] == [1, 4, 5]
    assert "an edit" in answer["posts"][0]["html"]
    assert "an addition" in answer["posts"][1]["html"]
    assert "Reply 1." not in answer["posts"][2]["html"]


def test_since_now_brings_nothing(make, person, watch):
    topic = make.topic(replies=2)
    answer = watch(person()).ask("topic:join", {"topic": topic.id, "since": 3})
    assert answer == {"ok": True, "change": 3, "posts": []}


@pytest.mark.parametrize("case", ["too much", "a new title", "the future"])
def test_a_reload_is_the_better_answer_sometimes(make, person, watch, case):
    topic = make.topic(replies=101 if case == "too much" else 0)
    if case == "a new title":
        make.rename_topic(topic, "Another")
    since = 999 if case == "the future" else 1
    answer = watch(person()).ask("topic:join", {"topic": topic.id, "since": since})
    assert (answer["ok"], answer["reload"]) == (True, True)


def test_who_left_hears_no_more(make, person, watch):
    topic = make.topic()
    socket = watch(person())
    socket.ask("topic:join", {"topic": topic.id})
    assert socket.ask("topic:leave", {"topic": topic.id}) == {"ok": True}
    person(topic.author).reply(topic, "unheard")
    assert socket.hears_nothing()


def test_one_topic_is_not_heard_in_another(make, person, watch):
    one, other = make.topic(), make.topic()
    socket = watch(person())
    socket.ask("topic:join", {"topic": one.id})
    person(one.author).reply(other, "elsewhere")
    assert socket.hears_nothing()


def test_a_notice_rings_for_its_member_only(make, person, watch):
    topic, stranger = make.topic(), make.member()
    mine, theirs = watch(person(topic.author)), watch(person(stranger))
    person(make.member()).reply(topic, "for you")
    notice = mine.wait_for("notice:added", within=10)
    assert notice["unread"] == 1
    assert theirs.hears_nothing()


def test_replies_come_in_order(make, person, watch):
    topic = make.topic()
    socket = watch(person())
    socket.ask("topic:join", {"topic": topic.id})
    writer = person(topic.author)
    for number in range(10):
        writer.reply(topic, f"number {number}")
    assert [socket.wait_for("post:added")["number"] for _ in range(10)] == list(range(2, 12))
