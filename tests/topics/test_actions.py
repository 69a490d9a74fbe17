"""The actions themselves: they hold their rules whatever face calls them."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from forum.core import clock
from forum.core.db import db, transaction
from forum.core.errors import Conflict, Forbidden, Invalid, NotFound
from forum.core.reader import GUEST
from forum.topics import actions, queries
from forum.topics.models import Mention, Post, Topic
from forum.workshops.models import WorkshopTopic


def seen(topic, reader):
    """The topic as this reader sees it."""
    return queries.get_topic(topic.id, reader=reader)


def test_a_guest_writes_nothing(app, make):
    topic = make.topic()
    with app.app_context():
        public = seen(topic, GUEST)
        post = db.session.get_one(Post, topic.post.id)
        for call in (
            lambda: actions.reply(public, author=GUEST, words="x"),
            lambda: actions.start_topic(space_id=topic.space_id, author=GUEST, title="x", words="x"),
            lambda: actions.edit_post(public, post, by=GUEST, words="x", version=1),
            lambda: actions.edit_topic(public, by=GUEST, title="x"),
            lambda: actions.close_topic(public, by=GUEST),
            lambda: actions.hide_post(public, post, by=GUEST, why="x"),
            lambda: actions.mark_read(public, reader=GUEST, number=1),
        ):
            with pytest.raises(Forbidden), transaction():
                call()
        assert db.session.scalar(select(func.count()).select_from(Post)) == 1


def test_a_space_that_one_may_not_see_is_not_there(app, make):
    topic = make.topic()
    space = make.space("private", members=[topic.author])
    outsider = make.reader(make.member())
    with app.app_context():
        for space_id in (space.id, 999_999):
            with pytest.raises(NotFound), transaction():
                actions.start_topic(space_id=space_id, author=outsider, title="x", words="x")


DOORS = [
    ("public", "", True),
    ("members", "", True),
    ("staff", "", False),
    ("participants", "", False),
    ("private", "", False),
    ("staff", "moderator", True),
    ("private", "moderator", False),
    ("private", "admin", False),
    ("participants", "manager", False),
]


@pytest.mark.parametrize(("kind", "role", "sees"), DOORS)
def test_the_door_and_its_twin_agree(app, make, kind, role, sees):
    inside = make.member(roles=["moderator"])
    space = make.space(kind, members=[inside])
    topic = make.topic(author=inside, space=space)
    reader = make.reader(make.member(roles=[role] if role else []))
    with app.app_context():
        assert (queries.find_topic(topic.id, reader=reader) is not None) is sees
        assert bool(queries.latest(reader, "en").items) is sees
        assert (queries.find_topic(topic.id, reader=GUEST) is not None) is (kind == "public")
        assert bool(queries.latest(GUEST, "en").items) is (kind == "public")
        assert queries.find_topic(topic.id, reader=make.reader(inside)) is not None


def test_a_number_is_never_given_twice(app, make):
    topic = make.topic()
    post = make.reply(topic)
    make.hide(post)
    assert make.reply(topic).number == 3


def test_a_closed_topic_takes_nothing_even_from_who_saw_it_open(app, make):
    topic = make.topic()
    reader = make.reader(topic.author)
    with app.app_context():
        open_still = seen(topic, reader)
    make.close(topic)
    with app.app_context():
        with pytest.raises(Conflict), transaction():
            actions.reply(open_still, author=reader, words="late")
        assert db.session.scalar(select(func.count()).select_from(Post)) == 1


def test_closing_twice_changes_once(app, make):
    topic = make.topic()
    make.close(topic)
    make.close(topic)
    with app.app_context():
        row = db.session.get_one(Topic, topic.id)
        assert (row.state, row.change, row.head_change) == ("closed", 2, 2)


def test_words_are_bounded(app, make):
    topic = make.topic()
    reader = make.reader(topic.author)
    with app.app_context():
        for words in ("", " \n ", "x" * 20_001):
            with pytest.raises(Invalid) as refused, transaction():
                actions.reply(seen(topic, reader), author=reader, words=words)
            assert list(refused.value.fields) == ["words"]
        with transaction():
            actions.reply(seen(topic, reader), author=reader, words="ي" * 20_000)


def test_mentions_are_whole_names_in_either_script_outside_code(app, make):
    samar = make.member("Samar Haddad", other_name="سمر حداد")
    make.member("Samar")
    topic = make.topic()
    cases = {
        "for @Samar Haddad, please": {samar.id},
        "إلى @سمر حداد": {samar.id},
        "mail@Samar Haddad": set(),
        "`@Samar Haddad`": set(),
        "@Nobody Here": set(),
    }
    for words, expected in cases.items():
        post = make.reply(topic, words)
        with app.app_context():
            found = set(db.session.scalars(select(Mention.member_id).where(Mention.post_id == post.id)))
        assert found == expected, words


def test_starting_in_a_workshop_says_when(app, make):
    workshop = make.workshop(zone="UTC")  # tomorrow at this time, for two hours
    start = clock.now()
    phases = []
    for hours in (0, 23, 25, 27):
        with clock.at(start + timedelta(hours=hours)):
            topic = make.topic(workshop=workshop)
        with app.app_context():
            phases.append(str(db.session.get_one(WorkshopTopic, topic.id).phase))
    assert phases == ["before", "before", "during", "after"]
