"""The live page, asking and seconding by page and API, the moderators' desk, refusals everywhere."""

from datetime import timedelta

import pytest

from forum.core import clock
from forum.workshops import queries as workshops
from tests.counting import statements


@pytest.fixture
def event(make):
    """A webinar tomorrow."""
    return make.workshop("Water in summer")


@pytest.fixture
def rana(make):
    """Who asks."""
    return make.member("Rana", municipality=make.municipality("Mafraq"))


def at(make, event, **after):
    """So long after its beginning."""
    with make.app.app_context():
        return clock.at(workshops.get_row(event.id).starts_at + timedelta(**after))


def live(event):
    """Its page's address without language."""
    return f"/workshops/{event.id}/live"


def test_a_question_is_asked_without_scripts_and_stands_on_the_page(make, sign_in, rana, event):
    client, talk = sign_in(rana), make.talk(event, "Old pipes")
    assert "Old pipes" in client.get(f"/en/workshops/{event.id}/questions/new").text
    answer = client.form(
        f"/en/workshops/{event.id}/questions", {"words": "كيف نبدأ مع الشبكات القديمة؟", "talk": str(talk)}
    )
    assert answer.status_code == 303 and "#question-1" in answer.location
    page = client.get(f"/en{live(event)}").text
    assert '<p class="asked-words" lang="ar" dir="rtl">كيف نبدأ مع الشبكات القديمة؟</p>' in page
    assert "Rana" in page and "Mafraq" in page and "Old pipes" in page and "data-mine" in page
    shape = client.get(f"/api/v1/workshops/{event.id}/questions").json["items"][0]
    assert (shape["language"], shape["mine"], shape["seconds"], shape["talk"]["name"]) == ("ar", True, 0, "Old pipes")


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"words": ""}, "words"),
        ({"words": "x" * 1001}, "words"),
        ({"words": "a\x00b"}, "words"),
        ({"words": "Why?", "language": "xx"}, "language"),
        ({"words": "Why?", "talk": "999"}, "talk"),
        ({"words": "Why?", "talk": "one"}, "talk"),
    ],
)
def test_what_cannot_be_comes_back_in_the_form(make, sign_in, rana, event, sent, field):
    make.talk(event)
    client, path = sign_in(rana), f"/workshops/{event.id}/questions"
    page = client.form(f"/en{path}", sent)
    assert page.status_code == 422 and f'href="#{field}"' in page.text
    refused = client.json("POST", f"/api/v1{path}", sent)
    assert refused.status_code == 422 and set(refused.json["error"]["fields"]) == {field}
    assert client.get(f"/api/v1{path}").json["items"] == []


def test_a_double_press_asks_once(sign_in, rana, event):
    client, path = sign_in(rana), f"/api/v1/workshops/{event.id}/questions"
    first, again = (client.json("POST", path, {"words": "Why?", "key": "k"}) for _ in range(2))
    assert first.json["id"] == again.json["id"] and len(client.get(path).json["items"]) == 1
    assert client.json("POST", path, {"words": "Other?", "key": "k"}).status_code == 409


def test_seconding_by_page_and_api(make, sign_in, rana, event):
    question = make.question(event, "Why so?", asker=rana)
    other, path = sign_in(make.member()), f"/workshops/{event.id}/questions/{question}/voice"
    assert "data-voice>" not in other.get(f"/en{live(event)}").text
    assert other.form(f"/en{path}", method="PUT").status_code == 303
    page = other.get(f"/en{live(event)}").text
    assert "<strong data-voices>1</strong>" in page and " data-voice " in page
    assert other.json("PUT", f"/api/v1{path}").json["seconds"] == 1
    taken = other.json("DELETE", f"/api/v1{path}").json
    assert (taken["seconds"], taken["seconded"]) == (0, False)
    assert sign_in(rana).json("PUT", f"/api/v1{path}").status_code == 403


def test_its_asker_changes_it_and_takes_it_back(make, sign_in, rana, event):
    question = make.question(event, "Why so?", asker=rana)
    client, path = sign_in(rana), f"/workshops/{event.id}/questions/{question}"
    assert "<textarea" in client.get(f"/en{path}").text
    assert client.form(f"/en{path}", {"words": "Why is it so?"}, "PUT").status_code == 303
    bad = client.form(f"/en{path}", {"words": " "}, "PUT")
    assert bad.status_code == 422 and "Write your question first." in bad.text
    stranger = sign_in(make.member())
    assert "<textarea" not in stranger.get(f"/en{path}").text
    assert stranger.form(f"/en{path}", {"words": "Other"}, "PUT").status_code == 403
    assert client.form(f"/en{path}", method="DELETE").status_code == 303
    assert client.get(f"/en{path}").status_code == 404


def test_a_moderator_hides_answers_and_takes_it_back_on_pages(make, sign_in, rana, event):
    question = make.question(event, "Why so?", asker=rana)
    moderator, asker, guest = sign_in(make.member(roles=["moderator"])), sign_in(rana), sign_in(make.member())
    path = f"/en/workshops/{event.id}/questions/{question}"
    assert moderator.form(f"{path}/hiding", {"reason": ""}, "PUT").status_code == 422
    assert moderator.form(f"{path}/hiding", {"reason": "Asked already"}, "PUT").status_code == 303
    assert "Why so?" not in guest.get(f"/en{live(event)}").text and guest.get(path).status_code == 404
    for client in (asker, moderator):
        assert "Asked already" in client.get(f"/en{live(event)}").text
    assert guest.form(f"{path}/hiding", method="DELETE").status_code == 403
    assert moderator.form(f"{path}/hiding", method="DELETE").status_code == 303
    wrong = moderator.form(f"{path}/answer", {"words": "Because.", "link": "nowhere"}, "PUT")
    assert wrong.status_code == 422 and "Because." in wrong.text and 'href="#link"' in wrong.text
    assert moderator.form(f"{path}/answer", {"words": "Because."}, "PUT").status_code == 303
    assert "Because." in guest.get(f"/en{live(event)}").text
    answered = guest.get(f"/api/v1/workshops/{event.id}/questions?state=answered").json["items"]
    assert answered[0]["answered"]["words"] == "Because."
    assert moderator.form(f"{path}/answer", method="DELETE").status_code == 303
    assert guest.json("PUT", f"/api/v1/workshops/{event.id}/questions/{question}/answer").status_code == 403


def test_a_question_without_a_name_names_nobody_anywhere(make, sign_in, event):
    asker = make.member("Zaytouna")
    make.registration(event, asker, question="Why so?")
    for client in (sign_in(make.member()), sign_in(make.member(roles=["moderator"]))):
        assert "Zaytouna" not in client.get(f"/en{live(event)}").text
        assert client.get(f"/api/v1/workshops/{event.id}/questions").json["items"][0]["asker"] is None
    assert "change it there" in sign_in(asker).get(f"/en/workshops/{event.id}/questions/1").text


def test_what_is_over_or_called_off_refuses_and_says_so(make, sign_in, rana, event):
    question = make.question(event, "Why so?")
    client = sign_in(rana)
    with at(make, event, hours=3):
        late = client.form(f"/en/workshops/{event.id}/questions", {"words": "And this?"})
        assert late.status_code == 409 and "This event is over." in late.text and "And this?" in late.text
        voice = client.json("PUT", f"/api/v1/workshops/{event.id}/questions/{question}/voice")
        assert voice.status_code == 409 and voice.json["error"]["message"] == "This event is over."
        assert "data-may-second" not in client.get(f"/en{live(event)}").text
    with make.writing():
        workshops.get_row(event.id).cancelled_at = clock.now()
    assert client.json("POST", f"/api/v1/workshops/{event.id}/questions", {"words": "Why?"}).status_code == 409
    assert client.json("PUT", f"/api/v1/workshops/{event.id}/attendance/mine").status_code == 409
    assert "This event is cancelled." in client.get(f"/en{live(event)}").text


# What is on, and the joining link


def test_what_is_on_moves_on_without_scripts(make, client, event):
    for title in ("Welcome", "Old pipes", "New meters"):
        make.session(event, title, minutes=20)
    for minutes, now, coming in (
        (-5, None, "Welcome"),
        (5, "Welcome", "Old pipes"),
        (45, "New meters", None),
        (90, None, None),
    ):
        with at(make, event, minutes=minutes):
            page = client.get(f"/en{live(event)}").text
        for when, title in (("now", now), ("next", coming)):
            part = page.partition(f'<li data-when="{when}"')[2].partition("</li>")[0]
            assert (title is None) == (not part) and (title or "") in part
        assert ('<meta http-equiv="refresh"' in page) is True
    assert "http-equiv" not in client.get(f"/en{live(event)}").text


def test_the_joining_link_is_for_the_confirmed(make, sign_in, client, rana, event):
    make.admission(event, link="https://meet.example.org/secret")
    make.registration(event, rana)
    assert f"/en/workshops/{event.id}/join" in sign_in(rana).get(f"/en{live(event)}").text
    for other in (client, sign_in(make.member()), sign_in(make.member(roles=["moderator"]))):
        assert f"/workshops/{event.id}/join" not in other.get(f"/en{live(event)}").text


def test_the_page_takes_as_many_statements_with_thirty_questions(app, make, sign_in, event):
    client, asker = sign_in(make.member(roles=["moderator"])), make.member()
    make.question(event, asker=asker)
    client.get(f"/en{live(event)}")
    counted = []
    for more in (0, 29):
        for _ in range(more):
            make.question(event, asker=asker)
        with statements(app) as seen:
            client.get(f"/en{live(event)}")
        counted.append(seen.number)
    assert counted == [13, 13]


def test_the_gap_is_asked_over_http(make, sign_in, rana, event):
    client = sign_in(rana)
    version = client.get(f"/en{live(event)}/questions").headers["Questions-Version"]
    nothing = client.get(f"/en{live(event)}/questions?since={version}")
    assert (nothing.status_code, nothing.text) == (204, "")
    question = make.question(event, "Why so?")
    seen = client.get(f"/en{live(event)}/questions?since={version}")
    assert "Why so?" in seen.text and seen.headers["Questions-Version"] != version
    make.voice(event, question, rana)
    assert client.get(f"/en{live(event)}/questions?since={seen.headers['Questions-Version']}").status_code == 200


# Who is here


def test_i_am_here_by_page_and_api(make, sign_in, client, rana, event):
    member, path = sign_in(rana), f"/workshops/{event.id}/attendance/mine"
    early = member.json("PUT", f"/api/v1{path}")
    assert early.status_code == 409 and "half an hour before" in early.json["error"]["message"]
    with at(make, event, minutes=10):
        for _ in range(2):
            assert member.form(f"/en{path}", method="PUT").status_code == 303
        assert member.json("PUT", f"/api/v1{path}").json == {"here": 1, "mine": True}
        assert "1 person came" in client.get(f"/en{live(event)}").text
        assert client.get(f"/api/v1{path}").json == {"here": 1, "mine": False}
        assert member.json("DELETE", f"/api/v1{path}").json == {"here": 0, "mine": False}


def test_the_list_is_kept_by_staff(make, sign_in, rana, event):
    registration = make.registration(event, rana)
    guest, path = make.member("Laith"), f"/workshops/{event.id}/attendance"
    moderator = sign_in(make.member(roles=["moderator"]))
    page = moderator.get(f"/en{path}?name=Laith").text
    assert "Laith" in page and "Rana" in page
    assert moderator.form(f"/en{path}/members/{guest.id}", method="PUT").status_code == 303
    assert moderator.form(f"/en{path}/registrations/{registration}", method="PUT").status_code == 303
    assert [one["name"] for one in moderator.get(f"/api/v1{path}").json["items"]] == ["Laith", "Rana"]
    assert moderator.get(f"/api/v1{path}/expected").json["items"] == []
    assert moderator.json("DELETE", f"/api/v1{path}/registrations/{registration}").status_code == 204
    assert [one["id"] for one in moderator.get(f"/api/v1{path}/expected").json["items"]] == [registration]
    stranger = sign_in(rana)
    assert stranger.get(f"/en{path}").status_code == 403 == stranger.get(f"/api/v1{path}").status_code
    assert stranger.json("PUT", f"/api/v1{path}/members/{rana.id}").status_code == 403


# What to read, and a topic for each talk


def test_the_reading_list_in_the_order_of_staff_and_only_what_one_may_read(make, sign_in, client, event):
    staff = make.member(roles=["moderator"])
    private = make.topic("Zaytouna", space=make.space("private", members=[staff]), author=staff)
    topic, moderator = make.topic("Old pipes"), sign_in(staff)
    path = f"/workshops/{event.id}/reading"
    for sent in (
        {"link": f"http://127.0.0.1:5000/en/topics/{topic.id}-old-pipes"},
        {"link": f"/posts/{private.post.id}", "title_ar": "زيتونة"},
        {"link": "https://example.org/guide", "title_en": "A guide"},
    ):
        assert moderator.form(f"/en{path}", sent).status_code == 303
    again = moderator.form(f"/en{path}", {"link": "https://example.org/guide", "title_en": "The same"})
    assert again.status_code == 422 and "It stands on the list already." in again.text
    assert [one["title"] for one in moderator.get(f"/api/v1{path}").json["items"]] == ["Old pipes", "زيتونة", "A guide"]
    seen = client.get(f"/api/v1{path}").json["items"]
    assert [one["title"] for one in seen] == ["Old pipes", "A guide"]
    assert "زيتونة" not in client.get(f"/ar{path}").text + client.get(f"/ar{live(event)}").text
    moved = moderator.json("PUT", f"/api/v1{path}/{seen[1]['id']}/place", {"place": 1}).json["items"]
    assert [one["title"] for one in moved] == ["A guide", "Old pipes", "زيتونة"]
    assert moderator.form(f"/en{path}/{seen[0]['id']}", method="DELETE").status_code == 303
    assert "Old pipes" not in client.get(f"/en{path}").text and "A guide" in client.get(f"/en{path}").text


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"link": "", "title_en": "A guide"}, "link"),
        ({"link": "javascript:alert(1)", "title_en": "A guide"}, "link"),
        ({"link": "/topics/999999", "title_en": "A guide"}, "link"),
        ({"link": "https://example.org"}, "title_en"),
        ({"link": "https://example.org", "title_ar": "x" * 201}, "title_ar"),
    ],
)
def test_what_cannot_be_on_the_list(make, sign_in, event, sent, field):
    moderator = sign_in(make.member(roles=["moderator"]))
    page = moderator.form(f"/en/workshops/{event.id}/reading", sent)
    assert page.status_code == 422 and f'href="#{field}"' in page.text
    assert sign_in(make.member()).form(f"/en/workshops/{event.id}/reading", sent).status_code == 403


def test_a_topic_for_each_talk_is_made_once(make, sign_in, event):
    talks = [make.talk(event, title) for title in ("Old *pipes*", "New meters")]
    moderator, path = sign_in(make.member(roles=["moderator"])), f"/workshops/{event.id}/talk-topics"
    made = moderator.json("PUT", f"/api/v1{path}").json["topics"]
    assert len(made) == len(talks)
    again = moderator.form(f"/en{path}", method="PUT", follow_redirects=True)
    assert "Each talk has its topic already." in again.text and "Discuss this talk" in again.text
    make.talk(event, "Rain")
    assert len(moderator.json("PUT", f"/api/v1{path}").json["topics"]) == 1
    topic = moderator.get(f"/en/topics/{made[0]}", follow_redirects=True).text
    assert "Old *pipes*" in topic and f"/workshops/{event.id}" in topic and "<em>pipes" not in topic
    assert sign_in(make.member()).form(f"/en{path}", method="PUT").status_code == 403


def test_who_does_not_see_the_event_finds_none_of_it(make, sign_in, client, rana):
    hidden = make.workshop("Zaytouna", space=make.space("private", members=[rana]))
    question = make.question(hidden, "Why so?", asker=rana)
    for one, other in ((client, 401), (sign_in(make.member()), 404), (sign_in(make.member(roles=["admin"])), 404)):
        for path in ("live", "live/questions", f"questions/{question}", "reading"):
            assert one.get(f"/en/workshops/{hidden.id}/{path}").status_code == 404
        assert one.json("PUT", f"/api/v1/workshops/{hidden.id}/questions/{question}/voice").status_code == other
        assert one.json("PUT", f"/api/v1/workshops/{hidden.id}/attendance/mine").status_code == other
        assert one.json("POST", f"/api/v1/workshops/{hidden.id}/questions", {"words": "Why?"}).status_code == other
