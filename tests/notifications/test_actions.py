"""Who is told of a post, who is not, and what becomes of it."""

import pytest

from forum.core.db import db
from forum.notifications import actions, queries
from forum.notifications.models import Notice
from forum.topics.events import PostAdded


@pytest.fixture
def told(app, work):
    """`told(member)`: [(kind, count, first number, is read)] of a member, the newest first."""

    def told(member):
        work()
        with app.app_context():
            query = db.select(Notice).where(Notice.member_id == member.id).order_by(Notice.updated_at.desc())
            rows = db.session.scalars(query).all()
            return [(str(row.kind), row.count, row.first_number, row.read_at is not None) for row in rows]

    return told


@pytest.fixture
def begun(make, work):
    """`begun(…)`: a topic whose first post everybody was told of already."""

    def begun(**given):
        topic = make.topic(**given)
        work()
        return topic

    return begun


def test_followers_of_every_reply_are_told_and_the_author_never(make, told, begun):
    author, follower, stranger = make.member(), make.member(), make.member()
    topic = begun(author=author)
    make.follow(topic, follower)
    make.reply(topic, author=author)
    assert told(follower) == [("reply", 1, 2, False)]
    assert told(author) == [] and told(stranger) == []


def test_who_started_hears_of_replies(make, told):
    topic = make.topic(author=make.member())
    make.reply(topic, author=make.member())
    assert told(topic.author) == [("reply", 1, 2, False)]


def test_mentions_only_means_mentions_only(make, told, begun):
    member = make.member("Layla Mansour")
    topic = begun()
    make.follow(topic, member, "mentions")
    make.reply(topic, "Nobody in particular")
    assert told(member) == []
    make.reply(topic, "What do you think, @Layla Mansour?")
    assert told(member) == [("mention", 1, 3, False)]


def test_who_muted_hears_nothing_not_even_their_name(make, told, begun):
    member = make.member("Layla Mansour")
    topic = begun()
    post = make.reply(topic, author=member)
    make.follow(topic, member, "muted")
    make.reply(topic, "@Layla Mansour, are you there?")
    make.reply(topic, "In answer", reply_to=post.number)
    assert told(member) == []


@pytest.mark.parametrize("spelling", ["@Samer Bakaeen", "@سامر بقاعين", "@samer bakaeen", "«@سامر بقاعين»، ما رأيك؟"])
def test_a_mention_in_either_spelling_is_heard(make, told, spelling):
    member = make.member("سامر بقاعين", name_language="ar", other_name="Samer Bakaeen")
    topic = make.topic(words=f"A question: {spelling}")
    assert told(member) == [("mention", 1, 1, False)]
    assert told(topic.author) == []


def test_an_answer_to_my_post_speaks_to_me(make, told, begun):
    member = make.member()
    topic = begun()
    post = make.reply(topic, author=member)
    make.follow(topic, member, "mentions")
    make.reply(topic, "An answer", reply_to=post.number)
    assert told(member) == [("mention", 1, 3, False)]


def test_speaking_to_oneself_tells_nobody(make, told):
    member = make.member("Layla Mansour")
    topic = make.topic(author=member, words="I, @Layla Mansour, said so")
    make.reply(topic, author=member, reply_to=1)
    assert told(member) == []


def test_further_posts_are_counted_in_the_same_unread_notice(make, app, told, begun):
    member = make.member("Layla Mansour")
    topic = begun()
    make.follow(topic, member)
    make.replies(topic, 3)
    assert told(member) == [("reply", 3, 2, False)]
    make.reply(topic, "@Layla Mansour?")
    assert told(member) == [("mention", 4, 2, False)]
    reader = make.reader(member)
    with make.writing():
        actions.mark_all_read(reader)
    make.reply(topic)
    assert told(member) == [("reply", 1, 6, False), ("mention", 4, 2, True)]


def test_telling_twice_changes_nothing(make, told, begun):
    member = make.member()
    topic = begun()
    make.follow(topic, member)
    post = make.reply(topic)
    assert told(member) == [("reply", 1, 2, False)]
    with make.writing():
        actions.notify_of_post(PostAdded(post.id))
    assert told(member) == [("reply", 1, 2, False)]
    reader = make.reader(member)
    with make.writing():
        actions.mark_all_read(reader)
    with make.writing():
        actions.notify_of_post(PostAdded(post.id))
    assert told(member) == [("reply", 1, 2, True)]


def test_a_post_that_was_hidden_or_is_gone_tells_nobody(make, told, work, begun):
    member = make.member()
    topic = begun()
    make.follow(topic, member)
    work()
    make.hide(make.reply(topic))
    assert told(member) == []
    with make.writing():
        actions.notify_of_post(PostAdded(10_000))


def test_nobody_is_told_of_what_they_may_not_see(make, told):
    inside, outside = make.member("Inside One"), make.member("Outside One")
    space = make.space("private", members=[inside])
    topic = make.topic(space=space, author=inside)
    make.reply(topic, "Do not tell @Outside One", author=inside)
    assert told(outside) == []


def test_who_leaves_a_space_keeps_no_notice_of_it(make, told):
    inside, other = make.member(), make.member()
    space = make.space("private", members=[inside, other])
    kept = make.topic(author=inside)
    topic = make.topic(space=space, author=inside)
    for one in (kept, topic):
        make.reply(one, author=other)
    assert len(told(inside)) == 2
    make.remove_from_space(space, inside)
    assert len(told(inside)) == 1
    make.reply(topic, author=other)
    assert len(told(inside)) == 1


def test_a_space_that_closes_takes_its_notices_along(make, told, begun):
    belongs, reader = make.member(), make.member()
    space = make.space("members", members=[belongs])
    topic = begun(space=space, author=belongs)
    make.follow(topic, reader)
    make.follow(topic, belongs)
    make.reply(topic)
    assert len(told(reader)) == len(told(belongs)) == 1
    make.change_space(space, "private")
    assert told(reader) == [] and len(told(belongs)) == 1


def test_who_is_no_longer_staff_keeps_no_notice_of_the_staffs_space(make, told, begun):
    moderator = make.member(roles=["moderator"])
    topic = begun(space=make.space("staff"), author=make.manager())
    make.follow(topic, moderator)
    make.reply(topic, author=make.manager())
    assert len(told(moderator)) == 1
    make.take_role(moderator, "moderator")
    assert told(moderator) == []


def test_having_read_so_far_settles_the_notice(make, told, begun):
    member = make.member()
    topic, other = begun(), begun()
    for one in (topic, other):
        make.follow(one, member)
        make.replies(one, 3)
    assert [row[3] for row in told(member)] == [False, False]
    reader = make.reader(member)
    with make.writing():
        actions.mark_topic_read(reader, topic.id, number=3)
    assert [row[3] for row in told(member)] == [False, False]
    with make.writing():
        actions.mark_topic_read(reader, topic.id, number=4)
    assert sorted(row[3] for row in told(member)) == [False, True]


def test_the_count_of_the_bell_is_the_count_of_the_unread(app, make, work, begun):
    member = make.member()
    for _ in range(3):
        topic = begun()
        make.follow(topic, member)
        make.replies(topic, 2)
    work()
    with app.app_context():
        assert queries.count_unread(member.id) == 3


def test_a_suspended_member_who_leaves_a_space_keeps_no_notice_of_it(make, told):
    member = make.member()
    space = make.space("private", members=[member])
    topic = make.topic(space=space, author=member)
    make.reply(topic, author=member)
    assert not told(member)
    friend = make.member(space=space)
    make.reply(topic, author=friend)
    assert told(member)
    make.suspend(member)
    make.remove_from_space(space, member)
    assert not told(member)
