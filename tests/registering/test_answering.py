"""A member's answer: yes, maybe, no; what follows from it, and who is shown the joining link."""

import pytest
from sqlalchemy import func, select

from forum.core.db import db
from forum.core.personal import Who, erase_everywhere, make_over
from forum.following.models import Follow
from forum.notifications.models import Notice
from forum.registering.models import Registration
from tests.counting import statements
from tests.making import moment

LINK = "https://meet.example.org/mark-7351"


@pytest.fixture
def workshop(make):
    """A webinar with one place and a link."""
    found = make.workshop()
    make.admission(found, capacity=1, link=LINK)
    return found


def rows(app) -> list[tuple[str, str]]:
    """(answer, place) of all, the oldest first."""
    with app.app_context():
        query = select(Registration.answer, Registration.place).order_by(Registration.id)
        return [(str(row.answer), str(row.place)) for row in db.session.execute(query)]


def test_yes_is_a_place_and_the_link_stands_on_the_page(app, make, sign_in, workshop):
    client = sign_in(make.member())
    page = f"/en/workshops/{workshop.id}"
    assert f'href="{page}/registration"' in client.get(page).text
    assert "Will you take part?" in client.get(f"{page}/registration").text
    answer = client.form(f"{page}/registration", {"answer": "yes", "wants": "fr"}, method="PUT")
    assert (answer.status_code, answer.location) == (303, page)
    assert rows(app) == [("yes", "confirmed")]
    assert f"{page}/join" in client.get(page).text and client.get(f"{page}/join").location == LINK


def test_twice_the_same_is_one_answer(app, make, sign_in, workshop):
    client = sign_in(make.member())
    path = f"/api/v1/workshops/{workshop.id}/registration"
    first, second = (client.json("PUT", path, {"answer": "yes"}) for _ in range(2))
    assert first.json == second.json
    assert first.json["joining_link"] == LINK
    assert rows(app) == [("yes", "confirmed")]


def test_who_comes_too_late_waits_and_withdrawing_lets_them_in(app, make, sign_in, workshop):
    first, second, third = (sign_in(make.member()) for _ in range(3))
    path = f"/api/v1/workshops/{workshop.id}/registration"
    for client in (first, second, third):
        client.json("PUT", path, {"answer": "yes"})
    waits = third.json("GET", path).json
    assert (waits["place"], waits["ahead"], waits["joining_link"], waits["full"]) == ("waiting", 1, None, True)
    assert "1 person waits before you" in third.get(f"/en/workshops/{workshop.id}").text
    first.form(f"/en/workshops/{workshop.id}/registration", method="DELETE")
    assert rows(app) == [("yes", "confirmed"), ("yes", "waiting")]
    second.json("PUT", path, {"answer": "no"})
    assert rows(app) == [("no", "none"), ("yes", "confirmed")]
    assert second.json("GET", path).json["joining_link"] is None


def test_nobody_but_the_confirmed_is_shown_the_link(app, make, sign_in, workshop):
    make.registration(workshop, make.member())
    waiting, maybe, said_no, stranger = (make.member() for _ in range(4))
    for member, answer in ((waiting, "yes"), (maybe, "maybe"), (said_no, "no")):
        make.registration(workshop, member, answer)
    topic = make.topic(workshop=workshop)
    clients = [app.test_client(), *map(sign_in, (waiting, maybe, said_no, stranger, make.member(roles=["moderator"])))]
    id = workshop.id
    for client in clients:
        for path in (
            f"/en/workshops/{id}",
            f"/ar/workshops/{id}",
            f"/en/workshops/{id}/registration",
            f"/en/workshops/{id}/registrations",
            f"/en/workshops/{id}/registrations.csv",
            f"/en/workshops/{id}/calendar.ics",
            "/en/calendar.ics",
            "/en/workshops",
            "/en/",
            f"/en/topics/{topic.id}",
            f"/api/v1/workshops/{id}",
            f"/api/v1/workshops/{id}/registration",
            f"/api/v1/workshops/{id}/registrations",
            f"/api/v1/workshops/{id}/admission",
            "/api/v1/workshops",
        ):
            assert "mark-7351" not in client.get(path).text, path


def test_a_private_event_takes_answers_of_its_members_only(app, make, sign_in):
    space = make.space("private")
    inside, outside = make.member(space=space), make.member()
    workshop = make.workshop(space=space)
    path = f"/api/v1/workshops/{workshop.id}/registration"
    assert sign_in(inside).json("PUT", path, {"answer": "yes"}).status_code == 200
    assert sign_in(outside).json("PUT", path, {"answer": "yes"}).status_code == 404
    make.remove_from_space(space, inside)
    assert sign_in(inside).json("GET", path).status_code == 404


def test_who_leaves_the_space_leaves_the_place_to_the_next(app, make):
    space = make.space("private")
    first, second = (make.member(space=space) for _ in range(2))
    workshop = make.workshop(space=space)
    make.admission(workshop, capacity=1)
    for member in (first, second):
        make.registration(workshop, member)
    make.remove_from_space(space, first)
    assert rows(app) == [("yes", "confirmed")]


def test_who_may_not_see_it_any_more_is_passed_over(app, make):
    space = make.space("private")
    first, second, third = (make.member(space=space) for _ in range(3))
    workshop = make.workshop(space=space)
    make.admission(workshop, capacity=1)
    for member in (first, second, third):
        make.registration(workshop, member)
    make.suspend(second)
    make.registration(workshop, first, "no")
    assert rows(app) == [("no", "none"), ("yes", "waiting"), ("yes", "confirmed")]


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({}, "answer"),
        ({"answer": "perhaps"}, "answer"),
        ({"answer": "yes", "wants": "de"}, "wants"),
        ({"answer": "yes", "question": "x" * 1001}, "question"),
        ({"answer": "yes", "question": "a\x00b"}, "question"),
        ({"answer": "yes", "talk": "12345"}, "talk"),
        ({"answer": "yes", "talk": "x"}, "talk"),
    ],
)
def test_what_an_answer_may_not_be(app, make, sign_in, workshop, sent, field):
    client = sign_in(make.member())
    told = client.json("PUT", f"/api/v1/workshops/{workshop.id}/registration", sent)
    assert (told.status_code, list(told.json["error"]["fields"])) == (422, [field])
    page = client.form(f"/en/workshops/{workshop.id}/registration", sent, method="PUT")
    assert page.status_code == 422
    assert "Please check what is marked" in page.text
    assert rows(app) == []


def test_what_is_over_takes_no_answer(app, make, sign_in):
    workshop = make.workshop(starts=moment(2024, 5, 1, 9).replace(tzinfo=None))
    client = sign_in(make.member())
    assert "This event is over." in client.get(f"/en/workshops/{workshop.id}/registration").text
    assert "Confirm interest" not in client.get(f"/en/workshops/{workshop.id}").text
    assert client.json("PUT", f"/api/v1/workshops/{workshop.id}/registration", {"answer": "yes"}).status_code == 422


def test_who_comes_follows_its_topics_those_to_come_too(app, make, work, workshop):
    coming, other = make.member(), make.member()
    old = make.topic(workshop=workshop)
    work()
    make.registration(workshop, coming)
    make.registration(workshop, other, "maybe")
    new = make.topic(workshop=workshop)
    make.reply(old)
    work()
    with app.app_context():
        told = db.session.execute(
            select(Notice.member_id, Notice.topic_id).where(Notice.member_id.in_([coming.id, other.id]))
        )
        assert {tuple(row) for row in told} == {(coming.id, old.id), (coming.id, new.id)}
    make.registration(workshop, coming, "no")
    with app.app_context():
        assert db.session.scalar(select(func.count()).where(Follow.member_id == coming.id)) == 0


def test_what_was_chosen_before_stays(app, make, workshop):
    coming, topic = make.member(), make.topic(workshop=workshop)
    make.follow(topic, coming, "muted")
    make.registration(workshop, coming)
    make.registration(workshop, coming, "no")
    with app.app_context():
        assert db.session.scalars(select(Follow.level).where(Follow.member_id == coming.id)).all() == ["muted"]


def test_a_page_of_an_event_costs_the_same_with_many_registrations(app, make, sign_in, workshop):
    make.admission(workshop, capacity=None, link=LINK)
    client, numbers = sign_in(make.member()), set()
    for more in (1, 12):
        for _ in range(more):
            make.registration(workshop, make.member())
        client.get(f"/en/workshops/{workshop.id}")
        with statements(app) as said:
            client.get(f"/en/workshops/{workshop.id}")
        numbers.add(said.number)
    assert len(numbers) == 1


def test_a_talk_that_goes_leaves_the_question(app, make, sign_in, workshop):
    talk = make.talk(workshop)
    client = sign_in(make.member())
    path = f"/api/v1/workshops/{workshop.id}/registration"
    said = {"answer": "yes", "question": "How?", "talk": str(talk)}
    assert client.json("PUT", path, said).json["talk"] == talk
    manager = sign_in(make.manager())
    assert manager.json("DELETE", f"/api/v1/workshops/{workshop.id}/talks/{talk}").status_code == 200
    told = client.json("GET", path).json
    assert (told["question"], told["talk"]) == ("How?", None)


def test_who_is_erased_makes_room_for_the_next(app, make, workshop):
    first, second = make.member(), make.member()
    for member in (first, second):
        make.registration(workshop, member)
    with make.writing():
        erase_everywhere(Who(first.id, first.email))
    assert rows(app) == [("yes", "confirmed")]


def test_of_two_accounts_of_one_person_the_place_stays(app, make, workshop):
    goes, stays, third = make.member(), make.member(), make.member()
    for member in (goes, stays, third):
        make.registration(workshop, member)
    with make.writing():
        make_over(Who(stays.id, stays.email, ("A",)), Who(goes.id, goes.email, ("B",)))
    assert rows(app) == [("yes", "confirmed"), ("yes", "waiting")]
    with app.app_context():
        assert db.session.scalars(select(Registration.member_id).order_by(Registration.id)).first() == stays.id
