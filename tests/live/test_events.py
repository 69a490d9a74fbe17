"""Watching an event: questions come in and are seconded, hidden and answered; who moderates sees more; a crowd that
seconds does not drown itself."""

import time

import pytest

NEWS = "workshop:news"


@pytest.fixture
def event(make):
    """A webinar tomorrow."""
    return make.workshop()


def join(socket, event, **more):
    """Watch it; what the server answers."""
    answer = socket.ask("workshop:join", {"workshop": event.id} | more)
    assert answer["ok"] is True, answer
    return answer


def test_a_question_and_its_voices_reach_who_watches(make, person, watch, event):
    asker, watcher = person(make.member("Karim Saleh")), watch(person())
    before = join(watcher, event)["version"]
    status, asked = asker.send("POST", f"/api/v1/workshops/{event.id}/questions", {"words": "Why is it so?"})
    assert status == 201
    news = watcher.wait_for(NEWS)
    assert news["workshop"] == event.id and news["version"] != before and news["gone"] == []
    (one,) = news["questions"]
    assert one["id"] == asked["id"] and "Karim Saleh" in one["html"] and "Why is it so?" in one["html"]
    assert "/hiding" not in one["html"] and "csrf" not in one["html"]
    person(make.member()).send("PUT", f"/api/v1/workshops/{event.id}/questions/{asked['id']}/voice")
    assert watcher.wait_for(NEWS)["seconds"] == [[asked["id"], 1]]


@pytest.mark.parametrize(("language", "words"), [("ar", "أُجيب عنه"), ("en", "It is answered")])
def test_answered_and_hidden_arrive_in_the_watchers_language(make, person, watch, event, language, words):
    question = make.question(event, "Why is it so?")
    moderator, watcher = person(make.member(roles=["moderator"])), watch(person(), language=language)
    join(watcher, event)
    path = f"/api/v1/workshops/{event.id}/questions/{question}"
    moderator.send("PUT", f"{path}/answer", {"words": "Because."})
    (one,) = watcher.wait_for(NEWS)["questions"]
    assert words in one["html"] and "Because." in one["html"]
    moderator.send("PUT", f"{path}/hiding", {"reason": "Unkind"})
    news = watcher.wait_for(NEWS)
    assert (news["gone"], news["questions"]) == ([question], [])
    moderator.send("DELETE", f"{path}/hiding")
    assert [one["id"] for one in watcher.wait_for(NEWS)["questions"]] == [question]


def test_who_moderates_sees_what_is_hidden_and_has_the_buttons(make, person, watch, event):
    question, moderator = make.question(event, "Why is it so?"), person(make.member(roles=["moderator"]))
    desk = watch(moderator)
    join(desk, event)
    moderator.send("PUT", f"/api/v1/workshops/{event.id}/questions/{question}/hiding", {"reason": "Unkind"})
    news = desk.wait_for(NEWS)
    assert news["gone"] == [] and "Unkind" in news["questions"][0]["html"] and "/hiding" in news["questions"][0]["html"]


def test_a_question_without_a_name_goes_out_without_one(make, person, watch, event):
    watcher, asker = watch(person()), make.member("Zaytouna")
    join(watcher, event)
    person(asker).send("PUT", f"/api/v1/workshops/{event.id}/registration", {"answer": "yes", "question": "Why?"})
    html = watcher.wait_for(NEWS)["questions"][0]["html"]
    assert "Why?" in html and "Zaytouna" not in html and f"/members/{asker.id}" not in html


def test_a_crowd_that_seconds_is_told_of_a_few_times(make, person, watch, event):
    questions = [make.question(event) for _ in range(3)]
    crowd, watcher = [person(make.member()) for _ in range(8)], watch(person())
    join(watcher, event)
    began = time.monotonic()
    for one in crowd:
        for question in questions:
            one.send("PUT", f"/api/v1/workshops/{event.id}/questions/{question}/voice")
    took, told, counts = time.monotonic() - began, 0, {}
    while counts != dict.fromkeys(questions, len(crowd)):
        counts |= dict(watcher.wait_for(NEWS)["seconds"])
        told += 1
    assert told <= took / 0.5 + 2


def test_news_of_one_server_reaches_who_watches_on_the_other(make, person, watch, event, pair):
    question, watcher = make.question(event), watch(person(on=pair[0]))
    join(watcher, event)
    person(make.member(), on=pair[1]).send("PUT", f"/api/v1/workshops/{event.id}/questions/{question}/voice")
    assert watcher.wait_for(NEWS)["seconds"] == [[question, 1]]


def test_lost_access_is_lost_on_open_sockets(make, person, watch):
    insider, space = make.member(), make.space("private")
    make.add_to_space(space, insider)
    event = make.workshop(space=space)
    staff = make.member(roles=["moderator"])
    make.add_to_space(space, staff)
    inside, desk, outside = watch(person(insider)), watch(person(staff)), watch(person())
    join(inside, event)
    join(desk, event)
    assert outside.ask("workshop:join", {"workshop": event.id})["error"]["code"] == "not_found"
    make.take_role(staff, "moderator")
    assert desk.wait_for("workshop_desk:left") == {"workshop_desk": event.id}
    make.remove_from_space(space, insider)
    assert inside.wait_for("workshop:left") == {"workshop": event.id}
    inside.events.clear()
    make.question(event, asker=staff)
    assert inside.hears_nothing()


@pytest.mark.parametrize("payload", [{}, {"workshop": "1"}, {"workshop": True}, {"workshop": 0}, {"workshop": 2**60}])
def test_odd_events_are_refused(person, watch, payload):
    assert watch(person()).ask("workshop:join", payload)["error"]["code"] == "invalid"


def test_a_language_that_we_do_not_speak_is_refused(person, watch, event):
    answer = watch(person()).ask("workshop:join", {"workshop": event.id, "language": "xx"})
    assert answer["error"]["code"] == "invalid"
