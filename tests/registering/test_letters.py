"""Letters to those who come, through a real mail server, in the language of each."""

import pytest

from forum.core import jobs
from forum.core.mail import post_letters
from tests.making import moment

LINK = "https://meet.example.org/mark-7351"
JOIN = "/join/"  # in the address of a way in


@pytest.fixture
def sending(make_app, post_office):
    """An application that sends."""
    return make_app(smtp_url=post_office.url)


@pytest.fixture
def post(sending, post_office):
    """`post()`: do what waits and have the letters go; says to whom."""

    def go() -> list[str]:
        already = len(post_office.letters)
        with sending.app_context():
            jobs.work()
            post_letters()
        return sorted(letter.to for letter in post_office.letters[already:])

    return go


@pytest.mark.parametrize(
    ("language", "subject", "said"),
    [
        ("ar", "مقعدك مؤكد", "الانضمام إلى الفعالية"),
        ("en", "Your place is confirmed", "Join the event"),
        ("fr", "Votre place est confirmée", "Rejoindre l’événement"),
        ("tr", "Yeriniz onaylandı", "Etkinliğe katıl"),
    ],
)
def test_the_confirmed_get_the_link_once_in_their_language(
    make, post, post_office, sign_in, sending, language, subject, said
):
    workshop = make.workshop("Plans for towns")
    make.admission(workshop, link=LINK)
    member = make.member(email="who@example.org", language=language)
    client = sign_in(member, app=sending)
    path = f"/{language}/workshops/{workshop.id}/registration"
    for question in ("", "One more question"):
        client.form(path, {"answer": "yes", "question": question}, method="PUT")
        post()
    assert [one.to for one in post_office.letters] == ["who@example.org"]
    letter = post_office.to("who@example.org")
    assert letter.subject == subject
    assert said in letter.text and JOIN in letter.text and "Plans for towns" in letter.text
    assert f'{letter.path}"' in letter.html and LINK not in letter.html
    assert f'dir="{"rtl" if language == "ar" else "ltr"}"' in letter.html


def test_waiting_then_let_in(make, post, post_office, sign_in, sending):
    workshop = make.workshop()
    make.admission(workshop, capacity=1, link=LINK)
    first, second = make.member(email="a@example.org"), make.member(email="b@example.org", language="ar")
    clients = [sign_in(member, app=sending) for member in (first, second)]
    for client in clients:
        client.json("PUT", f"/api/v1/workshops/{workshop.id}/registration", {"answer": "yes"})
    assert post() == ["a@example.org", "b@example.org"]
    assert post_office.to("b@example.org").subject == "أنت في قائمة الانتظار"
    assert JOIN not in post_office.to("b@example.org").text
    clients[0].json("DELETE", f"/api/v1/workshops/{workshop.id}/registration")
    assert post() == ["b@example.org"]
    assert post_office.to("b@example.org").subject == "مقعد شاغر من نصيبك"
    assert JOIN in post_office.to("b@example.org").text
    assert post() == []


def test_a_new_link_is_told_to_the_confirmed_alone(make, post, post_office, sign_in, sending):
    workshop = make.workshop()
    make.admission(workshop, capacity=1)
    manager = sign_in(make.manager(), app=sending)
    for address in ("a@example.org", "b@example.org"):
        client = sign_in(make.member(email=address), app=sending)
        client.json("PUT", f"/api/v1/workshops/{workshop.id}/registration", {"answer": "yes"})
    post()
    path = f"/api/v1/workshops/{workshop.id}/admission"
    assert manager.json("PUT", path, {"capacity": 1, "joining_link": LINK}).json["joining_link"] == LINK
    assert post() == ["a@example.org"]
    assert post_office.to("a@example.org").subject == "How to join the event"
    assert JOIN in post_office.to("a@example.org").text
    manager.json("PUT", path, {"capacity": 1, "joining_link": LINK})  # the same
    assert post() == []
    manager.json("PUT", path, {"capacity": 1})
    assert post() == ["a@example.org"]
    assert "no longer of use" in post_office.to("a@example.org").text


def test_who_lost_sight_of_it_is_told_nothing(make, post, sign_in, sending):
    space = make.space("private")
    member = make.member(space=space)
    workshop = make.workshop(space=space)
    client = sign_in(member, app=sending)
    client.json("PUT", f"/api/v1/workshops/{workshop.id}/registration", {"answer": "yes"})
    make.remove_from_space(space, member)
    assert post() == []


def test_of_what_is_over_nobody_is_told(make, post, sign_in, sending):
    workshop = make.workshop(starts=moment(2024, 5, 1, 9).replace(tzinfo=None))
    make.admission(workshop, link=LINK)
    assert post() == []
