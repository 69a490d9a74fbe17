"""Questions of the audience: asked, come with a registration, seconded, changed, taken back, decided."""

import threading
from datetime import timedelta

import pytest

from forum.attending import actions, queries
from forum.attending.models import AskedState, AudienceQuestion
from forum.core import clock
from forum.core.db import db
from forum.core.errors import Conflict, Forbidden, Invalid, NotFound
from forum.core.reader import GUEST
from forum.registering import actions as registering
from forum.registering.models import Registration
from forum.workshops import queries as workshops


@pytest.fixture
def rana(make):
    """Who asks."""
    return make.member("Rana", municipality=make.municipality("Mafraq"))


@pytest.fixture
def event(make):
    """A webinar tomorrow."""
    return make.workshop("Water in summer")


def listed(app, event, reader=GUEST, language="en", **more):
    """The words of its questions in order, as the reader sees them."""
    with app.app_context():
        return [row.words for row in queries.questions_of(event.id, reader=reader, language=language, **more).items]


def act(make, event, question_id, action, *, by, **more):
    """Do something with a question."""
    reader = make.reader(by)
    with make.writing():
        question = queries.get_question(event.id, question_id, reader=reader)
        if action in (actions.second, actions.take_back, actions.change):
            return action(workshops.get_row(event.id), question, by=reader, **more)
        return action(question, by=reader, **more)


def row_of(app, question_id):
    """The row as it is."""
    with app.app_context():
        return db.session.get_one(AudienceQuestion, question_id)


@pytest.mark.parametrize(
    ("words", "language", "direction"),
    [
        ("How do you measure the loss of water?", "en", "ltr"),
        ("كيف تقيسون فاقد المياه في الشبكات القديمة؟", "ar", "rtl"),
        ("Comment mesurez-vous les pertes dans les réseaux ?", "fr", "ltr"),
    ],
)
def test_a_question_knows_its_language_and_runs_its_own_way(app, make, event, rana, words, language, direction):
    row = row_of(app, make.question(event, words, asker=rana))
    assert (row.language, row.direction, row.language_source) == (language, direction, "detected")
    declared = row_of(app, make.question(event, "C4D ?", asker=rana, language="ar"))
    assert (declared.language, declared.direction, declared.language_source) == ("ar", "rtl", "declared")


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"words": " \u200b "}, "words"),
        ({"words": "x" * 1001}, "words"),
        ({"words": "Why?", "language": "xx"}, "language"),
        ({"words": "Why?", "talk_id": 999}, "talk"),
    ],
)
def test_what_cannot_be_asked(app, make, event, rana, said, field):
    with pytest.raises(Invalid) as refused:
        make.question(event, asker=rana, **said)
    assert set(refused.value.fields) == {field}
    assert listed(app, event) == []


def test_a_talk_of_another_event_takes_no_question_of_this_one(make, event, rana):
    other = make.talk(make.workshop())
    with pytest.raises(Invalid):
        make.question(event, asker=rana, talk_id=other)


def test_voices_order_the_questions_then_time(app, make, event, rana):
    first, second, third = (make.question(event, f"Question {n}?", asker=rana) for n in "123")
    members = [make.member() for _ in range(3)]
    for member in members:
        make.voice(event, third, member)
        make.voice(event, third, member)
    make.voice(event, second, members[0])
    assert listed(app, event) == ["Question 3?", "Question 2?", "Question 1?"]
    act(make, event, second, actions.take_back, by=members[0])
    assert listed(app, event) == ["Question 3?", "Question 1?", "Question 2?"]
    with pytest.raises(Forbidden):
        make.voice(event, first, rana)


def test_the_list_goes_on_where_a_page_ended(app, make, event, rana):
    asked = [make.question(event, f"Question {n}?", asker=rana) for n in range(5)]
    make.voice(event, asked[3], make.member())
    with app.app_context():
        seen, cursor = [], None
        while True:
            page = queries.questions_of(event.id, reader=GUEST, language="ar", cursor=cursor, size=2)
            seen += [row.id for row in page.items]
            cursor = page.next
            if cursor is None:
                break
    assert seen == [asked[n] for n in (3, 0, 1, 2, 4)]


def test_voices_of_one_moment_are_all_counted_once(app, make, event, rana):
    question = make.question(event, asker=rana)
    members = [make.member() for _ in range(4)]
    threads = [threading.Thread(target=make.voice, args=(event, question, one)) for one in members for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert row_of(app, question).seconds == 4


def test_its_asker_changes_it_until_it_is_seconded(app, make, event, rana):
    question = make.question(event, "Why so?", asker=rana)
    act(make, event, question, actions.change, by=rana, said=actions.Said("Why is it so?"))
    assert listed(app, event) == ["Why is it so?"]
    with pytest.raises(Forbidden):
        act(make, event, question, actions.change, by=make.member(), said=actions.Said("Otherwise?"))
    make.voice(event, question, make.member())
    for action, more in ((actions.change, {"said": actions.Said("Otherwise?")}), (actions.withdraw, {})):
        with pytest.raises(Conflict):
            act(make, event, question, action, by=rana, **more)
    other = make.question(event, "And this?", asker=rana)
    act(make, event, other, actions.withdraw, by=rana)
    assert listed(app, event, reader=make.reader(make.manager())) == ["Why is it so?"]


def test_a_hidden_question_is_seen_by_its_asker_and_staff_until_it_is_shown_again(app, make, event, rana):
    moderator = make.member(roles=["moderator"])
    question = make.question(event, "Why so?", asker=rana)
    for reason in ("", " "):
        with pytest.raises(Invalid):
            act(make, event, question, actions.hide, by=moderator, reason=reason)
    with pytest.raises(Forbidden):
        act(make, event, question, actions.hide, by=rana, reason="Mine")
    act(make, event, question, actions.hide, by=moderator, reason="Asked already")
    assert listed(app, event) == [] == listed(app, event, reader=make.reader(make.member()))
    assert listed(app, event, reader=make.reader(rana)) == ["Why so?"]
    with pytest.raises(NotFound):
        make.voice(event, question, make.member())
    with pytest.raises(Conflict):
        act(make, event, question, actions.answer, by=moderator)
    with app.app_context():
        assert queries.unanswered_of(event.id) == []
    act(make, event, question, actions.let_in, by=moderator)
    assert listed(app, event) == ["Why so?"]


def test_answered_in_the_room_in_words_or_by_a_post(app, make, event, rana):
    topic = make.topic(space=make.space("private", members=[make.manager()]), author=make.manager())
    question, other = make.question(event, "Why so?", asker=rana), make.question(event, "And that?", asker=rana)
    make.answered(event, question, "Because.", link=f"http://127.0.0.1:5000/ar/topics/{topic.id}-slug#post-1")
    assert row_of(app, question).answer_post_id == topic.post.id
    assert listed(app, event) == ["And that?"] and listed(app, event, answered=True) == ["Why so?"]
    for reader, post in ((GUEST, None), (make.reader(make.manager()), topic.post.id)):
        with app.app_context():
            row = queries.get_question_row(event.id, question, reader=reader, language="en")
            assert (row.answer, row.post_id) == ("Because.", post)
            assert [one.id for one in queries.unanswered_of(event.id)] == [other]
    with pytest.raises(Conflict):
        make.voice(event, question, make.member())
    with pytest.raises(Forbidden):
        act(make, event, other, actions.answer, by=rana)
    act(make, event, question, actions.take_answer_back, by=make.manager())
    assert listed(app, event) == ["Why so?", "And that?"]


@pytest.mark.parametrize("link", ["https://example.org/posts/1", "/posts/999999", "/topics/1", "what"])
def test_an_answer_is_a_post_of_ours(make, event, link):
    question = make.question(event)
    with pytest.raises(Invalid) as refused:
        make.answered(event, question, link=link)
    assert set(refused.value.fields) == {"link"}


def test_what_is_over_or_called_off_takes_no_questions_and_no_voices(app, make, event, rana):
    question = make.question(event, asker=rana)
    with clock.at(clock.now() + timedelta(days=2)):
        with pytest.raises(Conflict):
            make.question(event, asker=rana)
        with pytest.raises(Conflict):
            make.voice(event, question, make.member())
        make.answered(event, question)  # a moderator goes through them afterwards
    with make.writing():
        workshops.get_row(event.id).cancelled_at = clock.now()
    with pytest.raises(Conflict):
        make.question(event, asker=rana)


def test_who_is_new_waits_for_a_moderator(app, make, event, rana):
    make.site(held_posts=1)
    question = make.question(event, "Why so?", asker=rana)
    assert listed(app, event) == [] and listed(app, event, reader=make.reader(rana)) == ["Why so?"]
    act(make, event, question, actions.let_in, by=make.manager())
    assert listed(app, event) == ["Why so?"]


# What came with a registration


def test_the_question_of_a_registration_is_asked_without_a_name(app, make, event, rana):
    talk = make.talk(event)
    make.registration(event, rana, question="Why so?", talk_id=talk)
    with app.app_context():
        (row,) = queries.questions_of(event.id, reader=GUEST, language="en").items
        assert (row.words, row.talk_id, row.member_id, row.asker, row.municipality) == (
            "Why so?",
            talk,
            None,
            None,
            None,
        )
    with pytest.raises(Conflict):
        act(make, event, row.id, actions.change, by=rana, said=actions.Said("Otherwise?"))
    make.registration(event, rana, question="Why so?", talk_id=None)
    assert row_of(app, row.id).talk_id is None
    make.registration(event, rana, question="Why is it so?")
    assert listed(app, event) == ["Why is it so?"]
    make.voice(event, row.id, make.member())
    make.registration(event, rana, question="And that?")
    assert listed(app, event) == ["Why is it so?", "And that?"]
    make.registration(event, rana, question="")
    assert listed(app, event) == ["Why is it so?"]
    reader = make.reader(rana)
    with make.writing():
        registering.withdraw(event.id, by=reader)
    assert listed(app, event) == ["Why is it so?"]


def test_what_came_with_a_registration_outlives_it_with_its_voices_and_without_a_name(app, make, event, rana):
    make.registration(event, rana, question="Why so?")
    with app.app_context():
        (row,) = queries.questions_of(event.id, reader=GUEST, language="en").items
    make.voice(event, row.id, make.member())
    reader = make.reader(rana)
    for words, listed_now in (("Why so?", ["Why so?"]), ("And that?", ["Why so?", "And that?"])):
        with make.writing():
            registering.withdraw(event.id, by=reader)
        assert listed(app, event) == ["Why so?"]
        make.registration(event, rana, question=words)
        assert listed(app, event) == listed_now
    with make.writing():
        registering.withdraw(event.id, by=reader)
    with app.app_context():
        first, second = queries.questions_of(event.id, reader=reader, language="en").items
        assert (first.seconds, first.member_id, first.mine, first.registration_id) == (1, None, True, None)
    with pytest.raises(Conflict):
        act(make, event, first.id, actions.withdraw, by=rana)
    act(make, event, second.id, actions.withdraw, by=rana)
    assert listed(app, event) == ["Why so?"]


def test_of_a_guest_who_is_gone_nothing_but_the_words_is_left(app, make, event):
    with make.writing():
        row = workshops.get_row(event.id)
        guest = registering.Guest("guest@example.org", "A Guest", "en")
        asked = registering.ask_guest(row, registering.Given("yes", question="Why so?"), guest, address="127.0.0.1")
        taken = registering.take_guest(row, asked).id
    with make.writing():
        registering.release(db.session.get_one(Registration, taken))
    manager = make.reader(make.manager())
    with app.app_context():
        (left,) = queries.questions_of(event.id, reader=manager, language="en").items
    assert (left.state, left.asker_id, left.registration_id) == (AskedState.WAITING, None, None)
    act(make, event, left.id, actions.let_in, by=make.manager())
    assert listed(app, event) == ["Why so?"]


def test_the_question_of_a_guest_waits_for_a_moderator(app, make, event):
    given = registering.Given("yes", question="Why so?")
    with make.writing():
        row = workshops.get_row(event.id)
        guest = registering.Guest("guest@example.org", "A Guest", "en")
        registering.take_guest(row, registering.ask_guest(row, given, guest, address="127.0.0.1"))
    assert listed(app, event) == []
    with app.app_context():
        (row,) = queries.questions_of(event.id, reader=make.reader(make.manager()), language="en").items
    assert (row.state, row.asker) == (AskedState.WAITING, None)
