"""Mentions when a post is edited: who is new hears of it once, who is gone loses what they have not read."""

import pytest

from forum.core.db import db, transaction
from forum.notifications.actions import editing
from forum.notifications.models import Notice
from forum.topics.events import PostEdited


@pytest.fixture
def told(app, work):
    """`told(member)`: [(kind, count, first number, is read)] of a member, the oldest first."""

    def told(member):
        work()
        with app.app_context():
            rows = db.session.scalars(db.select(Notice).where(Notice.member_id == member.id).order_by(Notice.id)).all()
            return [(str(row.kind), row.count, row.first_number, row.read_at is not None) for row in rows]

    return told


@pytest.fixture
def layla(make):
    """Who is spoken to."""
    return make.member("Layla Mansour")


@pytest.fixture
def topic(make, work):
    """A topic whose first post everybody was told of already."""
    made = make.topic(author=make.member("Writer"))
    work()
    return made


def again(app, post):
    """The same job once more."""
    with app.app_context(), transaction():
        editing.notify_of_edit(PostEdited(post.id))


def test_who_is_spoken_to_only_now_hears_of_it_once(app, make, told, layla, topic):
    post = make.reply(topic, "What do you think?", author=topic.author)
    assert told(layla) == []
    make.edit(post, "What do you think, @Layla Mansour?")
    assert told(layla) == [("mention", 1, 2, False)]
    make.edit(post, "What do you really think, @Layla Mansour?")
    again(app, post)
    assert told(layla) == [("mention", 1, 2, False)]


def test_once_read_it_does_not_come_again(app, make, told, layla, topic, sign_in):
    post = make.reply(topic, "@Layla Mansour?", author=topic.author)
    assert told(layla) == [("mention", 1, 2, False)]
    sign_in(layla).json("PUT", "/api/v1/notices/read")
    for words in ("Nobody", "@Layla Mansour again"):
        make.edit(post, words)
        assert told(layla)[0] == ("mention", 1, 2, True)


def test_who_is_spoken_to_no_longer_loses_the_notice(app, make, told, layla, topic):
    post = make.reply(topic, "@Layla Mansour, look", author=topic.author)
    assert told(layla) == [("mention", 1, 2, False)]
    make.edit(post, "Look")
    assert told(layla) == []
    again(app, post)
    assert told(layla) == []
    make.edit(post, "Look again, @Layla Mansour")
    assert told(layla) == [("mention", 1, 2, False)]


def test_other_posts_of_the_notice_stay(make, told, layla, topic):
    posts = [make.reply(topic, f"@Layla Mansour, {n}", author=topic.author) for n in range(3)]
    assert told(layla) == [("mention", 3, 2, False)]
    make.edit(posts[0], "Nobody")
    assert told(layla) == [("mention", 2, 3, False)]
    make.edit(posts[2], "Nobody")
    assert told(layla) == [("mention", 1, 3, False)]


def test_a_follower_still_hears_of_the_post(make, told, layla, topic):
    make.follow(topic, layla)
    post = make.reply(topic, "@Layla Mansour, look", author=topic.author)
    assert told(layla) == [("mention", 1, 2, False)]
    make.edit(post, "Look")
    assert told(layla) == [("reply", 1, 2, False)]
    make.edit(post, "Look, @Layla Mansour")
    assert told(layla) == [("mention", 1, 2, False)]


def test_a_follower_who_has_read_it_hears_that_it_is_to_them(make, told, layla, topic, sign_in):
    make.follow(topic, layla)
    post = make.reply(topic, "Look", author=topic.author)
    assert told(layla) == [("reply", 1, 2, False)]
    sign_in(layla).json("PUT", "/api/v1/notices/read")
    make.edit(post, "Look, @Layla Mansour")
    assert told(layla) == [("reply", 1, 2, True), ("mention", 1, 2, False)]


def test_who_is_answered_keeps_it_whatever_the_words_say(make, told, layla, topic):
    theirs = make.reply(topic, "My question", author=layla)
    post = make.reply(topic, "@Layla Mansour: yes", author=topic.author, reply_to=theirs.number)
    assert told(layla)[-1] == ("mention", 1, 3, False)
    make.edit(post, "Yes")
    assert told(layla)[-1] == ("mention", 1, 3, False)


def test_muted_outside_and_hidden_hear_nothing(make, told, topic, layla):
    make.follow(topic, layla, "muted")
    outside = make.member("Out Sider")
    space = make.space("private", members=[topic.author])
    inside = make.topic(author=topic.author, space=space)
    make.edit(make.reply(inside, "Words", author=topic.author), "@Out Sider")
    make.edit(make.reply(topic, "Words", author=topic.author), "@Layla Mansour")
    hidden = make.reply(topic, "Words", author=topic.author)
    make.edit(hidden, "@Out Sider and more")
    make.hide(hidden)
    assert told(layla) == told(outside) == []


def test_the_author_is_not_told_of_their_own_words(make, told, topic):
    post = make.reply(topic, "Words", author=topic.author)
    make.edit(post, "@Writer says")
    assert told(topic.author) == []
