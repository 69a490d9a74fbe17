"""The form after an event: kept between visits, refused with a reason, and nobody's words are lost."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest

from forum.core import clock

MARK = "Zaytouna"


@pytest.fixture
def workshop(make):
    """An event that is over."""
    return make.over("Plans for towns")


@pytest.fixture
def manager(make, sign_in):
    """Who closes events."""
    return sign_in(make.member("Mona", roles=["manager"]))


def sent(make, workshop, **more):
    """What a client sends to close it."""
    outcomes = [{"id": id, "outcome": "met", "words": "As hoped.", "posts": []} for id in make.objectives(workshop)]
    return {"version": 0, "summary": {"en": "What came of it."}, "objectives": outcomes} | more


def test_what_is_kept_is_there_at_the_next_visit_and_nobody_else_sees_it(make, manager, client, sign_in, workshop):
    path = f"/en/workshops/{workshop.id}/closing"
    first, _second = make.objectives(workshop)
    said = {
        "version": "0",
        "summary_ar": f"خلاصة {MARK}",
        f"outcome_{first}": "partly",
        f"words_{first}_en": "Half of it.",
    }
    assert manager.form(path, said, method="PUT").status_code == 303
    page = manager.get(path).text
    assert f"خلاصة {MARK}" in page and "Half of it." in page and "Last kept by" in page
    assert 'value="partly"' in page and 'name="version" value="1"' in page
    for reader in (client, sign_in(make.member()), sign_in(make.member(roles=["moderator"]))):
        assert reader.get(path).status_code in (401, 403)
        assert reader.json("PUT", f"/api/v1{path[3:]}", {}).status_code in (401, 403)
        assert MARK not in reader.get(f"/en/workshops/{workshop.id}").text
        assert reader.get(f"/api/v1/workshops/{workshop.id}/outcome").status_code == 404


def test_words_about_an_objective_are_given_in_each_language(make, manager, workshop):
    path = f"/workshops/{workshop.id}/closing"
    first, second = make.objectives(workshop)
    said = {
        "version": "0",
        f"words_{first}_tr": "Yarısı.",
        f"words_{first}_ar": "نصفها.",
        f"words_{second}_fr": "x" * 2001,
    }
    refused = manager.form(f"/en{path}", said, method="PUT")
    assert refused.status_code == 422 and f'href="#words_{second}_fr"' in refused.text and "Yarısı." in refused.text
    assert manager.form(f"/en{path}", said | {f"words_{second}_fr": "La moitié."}, method="PUT").status_code == 303
    page = manager.get(f"/tr{path}").text
    assert "Yarısı.</textarea>" in page and "نصفها.</textarea>" in page and "La moitié.</textarea>" in page
    kept = manager.get(f"/api/v1{path}").json
    assert [one["words"] for one in kept["objectives"]] == [{"ar": "نصفها.", "tr": "Yarısı."}, {"fr": "La moitié."}]
    plain = [{"id": first, "outcome": "met", "words": "لم تبدأ أي بلدية بخطة كبيرة."}, {"id": second, "words": [1]}]
    wrong = manager.json("PUT", f"/api/v1{path}", {"version": 1, "objectives": plain})
    assert wrong.status_code == 422 and "objectives" in wrong.json["error"]["fields"]
    done = manager.json("PUT", f"/api/v1{path}", {"version": 1, "objectives": plain[:1]})
    assert done.json["objectives"][0]["words"] == {"ar": "لم تبدأ أي بلدية بخطة كبيرة."}, "found to be in it"


def test_the_shared_notes_are_a_beginning(make, manager, workshop):
    writer = make.member(roles=["moderator"])
    make.notes(workshop, "What somebody noted.", by=writer)
    page = manager.form(
        f"/ar/workshops/{workshop.id}/closing", {"version": "0", "summary_ar": "أولًا.", "notes": "1"}, method="PUT"
    )
    assert page.status_code == 200 and "أولًا.\n\nWhat somebody noted.</textarea>" in page.text
    assert manager.get(f"/api/v1/workshops/{workshop.id}/closing").json["version"] == 0, "nothing is kept yet"


@pytest.mark.parametrize("what", ["to come", "on", "cancelled"])
def test_an_event_that_is_not_over_or_cancelled_is_not_closed(make, sign_in, manager, what):
    starts = clock.now().replace(tzinfo=None) + timedelta(hours=2 if what == "on" else 30)
    workshop = make.workshop(starts=starts)
    if what == "cancelled":
        assert manager.form(f"/en/workshops/{workshop.id}/cancellation", method="PUT").status_code == 303
    moment = clock.now() + timedelta(days=2 if what == "cancelled" else 0)
    with clock.at(moment):
        manager = sign_in(make.member(roles=["manager"]))
        page = manager.get(f"/en/workshops/{workshop.id}/closing")
        assert page.status_code == 409
        assert ("cancelled" if what == "cancelled" else "not over yet") in page.text
        path = f"/api/v1/workshops/{workshop.id}/closing"
        for refused in (path, f"{path}/publication"):
            assert manager.json("PUT", refused, sent(make, workshop)).status_code == 409
        assert "Close the event" not in manager.get(f"/en/workshops/{workshop.id}").text


def test_what_a_record_needs_is_said_at_its_field(make, manager, workshop):
    first, second = make.objectives(workshop)
    path = f"/workshops/{workshop.id}/closing"
    said = {"version": "0", f"outcome_{first}": "met", f"posts_{first}": "/posts/77", "recording_link": "javascript:x"}
    page = manager.form(f"/en{path}", said | {"close": "1"}, method="PUT")
    assert page.status_code == 422
    for field in ("summary_en", f"outcome_{second}", f"posts_{first}", "recording_link"):
        assert f'href="#{field}"' in page.text
    assert "There is no post at" in page.text and "javascript:x" in page.text
    assert 'Summary (<span lang="en" dir="ltr">English</span>) – ' in page.text
    refused = manager.json("PUT", f"/api/v1{path}/publication", {"version": 0, "objectives": "none"})
    assert refused.status_code == 422
    assert manager.json("PUT", f"/api/v1{path}", {"version": 0, "attendance": -1}).status_code == 422


def test_only_posts_that_all_readers_of_the_event_read_are_linked(make, manager, workshop):
    first, second = make.objectives(workshop)
    inside = make.member()
    public, members = make.topic(), make.topic(space=make.space("members"))
    private = make.topic(space=make.space("private", members=[inside, make.manager()]), author=inside)
    hidden = make.reply(public, "Harsh.")
    make.hide(hidden)
    for topic, ok in ((public, True), (members, False), (private, False)):
        said = sent(make, workshop)
        said["objectives"][0]["posts"] = [f"http://localhost:5000/en/posts/{topic.post.id}"]
        answer = manager.json("PUT", f"/api/v1/workshops/{workshop.id}/closing/publication", said)
        assert (answer.status_code == 200) is ok or f"posts_{first}" in answer.json["error"]["fields"]
        if ok:
            manager.json("DELETE", f"/api/v1/workshops/{workshop.id}/closing/publication")
    said = sent(make, workshop, version=2)
    said["objectives"][1]["posts"] = [f"/posts/{hidden.id}"]
    answer = manager.json("PUT", f"/api/v1/workshops/{workshop.id}/closing/publication", said)
    assert f"posts_{second}" in answer.json["error"]["fields"]


def test_two_managers_at_once_lose_nothing(make, sign_in, manager, workshop):
    other = sign_in(make.member("Karim", roles=["admin"]))
    path = f"/workshops/{workshop.id}/closing"
    other.json("PUT", f"/api/v1{path}", {"version": 0, "summary": {"en": "Karim's words."}})
    refused = manager.json("PUT", f"/api/v1{path}", {"version": 0, "summary": {"en": "Mona's words."}})
    assert refused.status_code == 409
    assert refused.json["error"]["theirs"]["summary"] == {"en": "Karim's words."}
    page = manager.form(f"/en{path}", {"version": "0", "summary_en": "Mona's words."}, method="PUT")
    assert page.status_code == 409
    assert "Karim&#39;s words.</textarea>" in page.text and "Mona&#39;s words.</textarea>" in page.text
    assert 'name="version" value="1"' in page.text
    again = {"version": "1", "summary_en": "Karim's words. Mona's words."}
    assert manager.form(f"/en{path}", again, method="PUT").status_code == 303


def test_a_double_press_closes_once(make, app, sign_in, workshop):
    manager = make.member(roles=["manager"])
    clients = [sign_in(manager) for _n in range(3)]
    said, ready, got = sent(make, workshop), Barrier(3), []

    def press(client) -> None:
        ready.wait()
        got.append(client.json("PUT", f"/api/v1/workshops/{workshop.id}/closing/publication", said).status_code)

    hands = [Thread(target=press, args=(client,)) for client in clients]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert got == [200, 200, 200]
    assert len(clients[0].get(f"/api/v1/workshops/{workshop.id}/closing/editions").json["items"]) == 1
