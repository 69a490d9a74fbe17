"""An event that is closed: its page is its record, its open questions go on, followers are told once."""

from datetime import timedelta

import pytest

from forum.attending import actions as attending
from forum.attending.actions import Said
from forum.core import clock, jobs
from forum.core.db import db, transaction
from forum.core.mail import post_letters
from forum.workshops import actions as workshops
from forum.workshops.actions import SpeakerPlan, TalkPlan
from forum.workshops.models import Workshop
from tests.counting import statements


@pytest.fixture
def workshop(make):
    """An event that is over."""
    return make.over("Plans for towns")


def before(workshop, app):
    """The day before it began."""
    with app.app_context():
        return clock.at(db.session.get_one(Workshop, workshop.id).starts_at - timedelta(days=1))


def ask(app, make, workshop, words, member, talk_id=None):
    """A question of the audience."""
    reader = make.reader(member)
    with before(workshop, app), app.app_context(), transaction():
        row = db.session.get_one(Workshop, workshop.id)
        return attending.ask(row, Said(words, talk_id=talk_id), by=reader)


def come(app, make, workshop, *members):
    """They have a place."""
    with before(workshop, app):
        for one in members:
            make.registration(workshop, one)


def test_the_page_is_the_record(make, client, sign_in, workshop):
    topic = make.topic("How we count", author=make.member())
    first, second = make.objectives(workshop)
    outcomes = {
        str(first): {
            "outcome": "partly",
            "words": {"ar": "نصفها.", "en": "Half of it."},
            "posts": f"/posts/{topic.post.id}",
        },
        str(second): {"outcome": "not", "words": {"fr": "Rien."}, "posts": ""},
    }
    words = {"en": "## It went on\n\n<script>x</script>", "ar": "خلاصة"}
    make.closed(
        workshop,
        summary=words,
        recommendations={"en": "1. Count."},
        attendance=23,
        recording_link="https://example.org/film",
        objectives=outcomes,
    )
    page = client.get(f"/en/workshops/{workshop.id}").text
    for part in ("What came of it", "It went on</h", "Recommendations", "Partly met", "Not met", "23 people came"):
        assert part in page, part
    assert "How we count" in page and "https://example.org/film" in page and "<script>x" not in page
    assert '<div class="words" lang="ar" dir="rtl">' in page and "Who came" not in page
    arabic, note = client.get(f"/ar/workshops/{workshop.id}").text, '<p class="soft about" lang="{}" dir="{}">{}</p>'
    assert "خلاصة" in arabic and note.format("fr", "ltr", "Rien.") in arabic
    for shown, own in ((page, ("en", "ltr", "Half of it.")), (arabic, ("ar", "rtl", "نصفها."))):
        assert shown.count('<p class="soft about"') == 3, "both texts of the one, the only one of the other"
        assert shown.index(note.format(*own)) == shown.index('<p class="soft about"'), "the reader's own stands first"
    assert "With its record" in client.get("/en/workshops").text
    told = client.get(f"/api/v1/workshops/{workshop.id}/outcome").json
    [half, nothing] = told["objectives"]
    assert (half["words"], half["language"], half["in_languages"]["ar"]) == ("Half of it.", "en", "نصفها.")
    assert (nothing["words"], nothing["language"]) == ("Rien.", "fr"), "what there is stands in"
    assert told["attendance"] == 23 and told["objectives"][0]["posts"][0]["topic"] == "How we count"
    [listed] = client.get("/api/v1/workshops").json["items"]
    assert listed["closed_at"] == told["closed_at"]


def test_posts_that_a_reader_may_not_read_any_more_are_not_named(make, client, workshop):
    topic = make.topic("Zaytouna")
    outcomes = {
        str(id): {"outcome": "met", "words": {}, "posts": f"/posts/{topic.post.id}"} for id in make.objectives(workshop)
    }
    make.closed(workshop, objectives=outcomes)
    assert "Zaytouna" in client.get(f"/en/workshops/{workshop.id}").text
    make.change_space(make.public(), "members")
    assert "Zaytouna" not in client.get(f"/api/v1/workshops/{workshop.id}/outcome").text


def test_names_of_who_came_only_for_managers(app, make, client, sign_in, workshop):
    came, moderator = make.member("Rana Saleh"), make.manager()
    reader = make.reader(moderator)
    with app.app_context(), transaction():
        attending.note_member(db.session.get_one(Workshop, workshop.id), member_id=came.id, by=reader)
    make.closed(workshop)
    for reader in (client, sign_in(make.member()), sign_in(make.member(roles=["moderator"]))):
        page = reader.get(f"/en/workshops/{workshop.id}").text
        assert "1 person came" in page and "Rana Saleh" not in page
    assert "Rana Saleh" in sign_in(moderator).get(f"/en/workshops/{workshop.id}").text


def test_open_questions_become_topics_once_each_with_the_speaker_spoken_to(app, make, client, sign_in, work, workshop):
    speaker, asker, follower = make.member("Huda Maaita"), make.member(), make.member()
    come(app, make, workshop, follower, asker)
    with app.app_context(), transaction():
        speakers = [
            SpeakerPlan(member_id=speaker.id, role={"en": "Mayor"}, organisation={}),
            SpeakerPlan(name={"en": "A *Guest*"}, role={}, organisation={}),
        ]
        plan = TalkPlan(title={"en": "A talk"}, languages=("en",), speakers=speakers)
        talk = workshops.add_talk(db.session.get_one(Workshop, workshop.id), plan, by=None).id
    ask(app, make, workshop, "Who pays for the <first> year?", asker, talk)
    ask(app, make, workshop, "كم تكلّف السنة الأولى؟", asker)
    make.closed(workshop)
    make.closed(workshop, summary={"en": "Corrected."})
    topics = client.get(f"/api/v1/workshops/{workshop.id}/topics").json["items"]
    assert sorted(one["title"] for one in topics) == ["Who pays for the <first> year?", "كم تكلّف السنة الأولى؟"]
    english = next(one for one in topics if one["language"] == "en")
    page = client.get(f"/en/topics/{english['id']}").text
    assert "Who pays for the &lt;first&gt; year?" in page and f"/workshops/{workshop.id}" in page
    assert "@Huda Maaita" in page and "A *Guest*" in page
    work()
    notices = {one.id: sign_in(one).get("/api/v1/notices").json["items"] for one in (speaker, asker, follower)}
    assert [one["kind"] for one in notices[follower.id]] == ["closed"], "one for the event, none for each topic"
    assert [one["kind"] for one in notices[speaker.id]] == ["mention"]
    topic = make.reply(_topic(make, english["id"]), "I know.", author=speaker)
    work()
    kinds = [one["kind"] for one in sign_in(follower).get("/api/v1/notices").json["items"]]
    assert sorted(kinds) == ["closed", "reply"], topic


def _topic(make, topic_id):
    class Known:
        id = topic_id
        space_id = make.public().id

    return Known


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("ar", "حصيلة الفعالية"),
        ("en", "What came of it"),
        ("fr", "Ce qu’il en reste"),
        ("tr", "Etkinlikten geriye kalan"),
    ],
)
def test_followers_get_one_notice_and_one_letter_in_their_language(
    app, make, make_app, post_office, sign_in, workshop, language, subject
):
    member = make.member(email="who@example.org", language=language)
    come(app, make, workshop, member)
    office = make_app(smtp_url=post_office.url)
    manager = sign_in(make.manager(), app=office)
    for version, words in enumerate(["First.", "Corrected."]):
        outcomes = [{"id": id, "outcome": "met"} for id in make.objectives(workshop)]
        said = {"version": 2 * version, "summary": {"en": words}, "objectives": outcomes}
        done = manager.json("PUT", f"/api/v1/workshops/{workshop.id}/closing/publication", said)
        assert done.status_code == 200, done.text
        with office.app_context():
            jobs.work()
            post_letters()
    [letter] = post_office.letters
    assert letter.to == "who@example.org" and subject in letter.subject
    [notice] = sign_in(member).get("/api/v1/notices").json["items"]
    assert (notice["kind"], notice["subject"]) == ("closed", {"kind": "workshop", "id": workshop.id})
    assert workshop.title in sign_in(member).get(f"/{language}/notices").text


def test_it_is_opened_again_and_corrected(app, make, client, sign_in, work, workshop):
    manager = sign_in(make.manager())
    make.closed(workshop)
    path = f"/workshops/{workshop.id}/closing"
    assert "Correct the record" in manager.get(f"/en{path}").text
    assert manager.form(f"/en{path}/publication", method="DELETE").status_code == 303
    assert "What came of it" not in client.get(f"/en/workshops/{workshop.id}").text
    assert client.get(f"/api/v1/workshops/{workshop.id}/outcome").status_code == 404
    assert "What came of it." in manager.get(f"/en{path}").text, "what was written is kept"
    assert manager.json("DELETE", f"/api/v1{path}/publication").status_code == 204, "twice does no harm"
    make.closed(workshop, summary={"en": "Better."})
    assert "Better." in client.get(f"/en/workshops/{workshop.id}").text
    editions = manager.get(f"/api/v1{path}/editions").json["items"]
    assert [one["number"] for one in editions] == [2, 1]


def test_an_event_that_is_moved_to_a_day_to_come_has_no_record_yet(make, client, sign_in, workshop):
    make.closed(workshop)
    path = f"/api/v1/workshops/{workshop.id}"
    said = {"kind": "webinar", "zone": "Asia/Amman", "starts": "2031-04-01T09:00", "ends": "2031-04-01T11:00"}
    said |= {"titles": {"en": "Again"}, "summaries": {"en": "Once more."}, "colour": "teal"}
    seen = {"If-Match": str(client.get(path).json["version"])}
    assert sign_in(make.manager()).json("PUT", path, said, headers=seen).status_code == 200
    assert client.get(path).json["closed_at"] is None
    assert client.get(f"{path}/outcome").status_code == 404


def test_who_leaves_the_space_loses_the_notice(app, make, sign_in, work):
    inside = make.member()
    space = make.space("private", members=[inside, make.manager()])
    workshop = make.over("Zaytouna", space=space)
    come(app, make, workshop, inside)
    make.closed(workshop)
    work()
    reader = sign_in(inside)
    assert "Zaytouna" in reader.get("/en/notices").text
    make.remove_from_space(space, inside)
    assert reader.get("/api/v1/notices").json["items"] == []
    assert reader.get(f"/api/v1/workshops/{workshop.id}/outcome").status_code == 404


def test_a_record_costs_two_statements_more_however_long_it_is(app, make, client, workshop):
    few = make.over("Few")
    make.closed(few)
    posts = [make.topic().post.id for _n in range(8)]
    lines = "\n".join(f"/posts/{id}" for id in posts)
    outcomes = {str(id): {"outcome": "met", "words": {}, "posts": lines} for id in make.objectives(workshop)}
    make.closed(workshop, objectives=outcomes)
    plain, cost = make.over("Plain"), []
    for one in (plain, few, workshop):
        client.get(f"/en/workshops/{one.id}")
        with statements(app) as counted:
            client.get(f"/en/workshops/{one.id}")
        cost.append(counted.number)
    assert [number - cost[0] for number in cost] == [0, 1, 2]
