"""An officer goes and a colleague takes over: asked, told, confirmed; only what the successor may read."""

import pytest
from sqlalchemy import select

from forum.core import jobs
from forum.core.audit import AuditEntry
from forum.core.db import db
from forum.core.mail import post_letters
from forum.drafts.actions import keep_draft
from forum.drafts.models import Draft, DraftKind
from forum.following.models import Follow
from forum.members.models import Member

MARK = "Zaytouna7351"


@pytest.fixture
def two(make):
    """(leaver, successor) of one municipality."""
    town = make.municipality("Mafraq")
    return make.member("Amal Haddad", municipality=town), make.member("Samir Nasser", municipality=town, language="ar")


def draft(make, member, kind, id, words):
    """Something begun."""
    with make.writing():
        keep_draft(member.id, kind, id, words=words)


def confirm(client, id):
    """Take over."""
    return client.form(f"/en/handovers/{id}/confirmation", method="PUT")


def follows(app, member) -> list[int]:
    """The topics that a member follows."""
    with app.app_context():
        return sorted(db.session.scalars(select(Follow.subject_id).where(Follow.member_id == member.id)))


def test_the_successor_takes_over_follows_drafts_and_questions(app, make, two, sign_in):
    leaver, successor = two
    question = make.topic("How much does it cost?", author=leaver, kind="question")
    answer = make.reply(question, author=make.member())
    other, kept = make.topic("Another"), make.topic("Kept back")
    draft(make, leaver, DraftKind.TOPIC, other.id, "Half a thought")
    draft(make, leaver, DraftKind.TOPIC, kept.id, "My own")
    draft(make, successor, DraftKind.TOPIC, other.id, "Mine first")
    going, coming = sign_in(leaver), sign_in(successor)
    page = going.get(f"/en/members/{leaver.id}/handover").text
    assert all(words in page for words in ("Half a thought", "How much does it cost?", "Samir Nasser"))
    body = {"successor": successor.id, "drafts": f"topic-{other.id}"}
    assert going.form(f"/en/members/{leaver.id}/handover", body, method="PUT").status_code == 303
    id = going.get(f"/api/v1/members/{leaver.id}/handover").json["id"]
    accept = f"/api/v1/posts/{answer.id}/acceptance"
    assert coming.json("PUT", accept).status_code == 403
    assert "How much does it cost?" in coming.get(f"/en/handovers/{id}").text
    assert confirm(coming, id).status_code == 303
    assert question.id in follows(app, successor)
    with app.app_context():
        words = dict(map(tuple, db.session.execute(select(Draft.member_id, Draft.words))))
    assert words == {successor.id: "Mine first\n\nHalf a thought", leaver.id: "My own"}
    assert "data-may-accept" in coming.get(f"/en/topics/{question.id}").text
    assert coming.json("PUT", accept).status_code == 200
    assert going.json("DELETE", accept).status_code == 200
    assert coming.form(f"/en/topics/{question.id}/closing", method="PUT").status_code == 403
    with app.app_context():
        about = select(AuditEntry.action).where(AuditEntry.subject_kind == "handover").order_by(AuditEntry.id)
        noted = db.session.scalars(about).all()
    assert noted == ["successor named", "handover confirmed"]


def test_what_the_successor_may_not_read_is_left_out_and_not_named(app, make, two, sign_in):
    leaver, successor = two
    space = make.space("private", members=[leaver])
    secret = make.topic(MARK, author=leaver, space=space, kind="question")
    answer = make.reply(secret, author=leaver)
    draft(make, leaver, DraftKind.TOPIC, secret.id, f"{MARK} words")
    draft(make, leaver, DraftKind.SPACE, space.id, f"{MARK} words")
    id = make.handover(leaver, successor, drafts=[("topic", secret.id), ("space", space.id)])
    coming = sign_in(successor)
    seen = [coming.get(path) for path in (f"/en/handovers/{id}", f"/api/v1/handovers/{id}", "/en/notices")]
    assert confirm(coming, id).status_code == 303
    seen += [coming.get(path) for path in (f"/en/handovers/{id}", "/en/drafts", "/en/topics/unread")]
    assert not [answer for answer in seen if MARK in answer.text]
    assert "0 topics" in seen[0].text
    assert secret.id not in follows(app, successor)
    make.add_to_space(space, successor)
    assert coming.json("PUT", f"/api/v1/posts/{answer.id}/acceptance").status_code == 403
    with app.app_context():
        assert len(db.session.scalars(select(Draft).where(Draft.member_id == leaver.id)).all()) == 2


@pytest.mark.parametrize("said", ["confirmation", "refusal"])
def test_both_are_told_by_a_notice_and_a_letter(make, make_app, post_office, two, sign_in, said):
    app = make_app(smtp_url=post_office.url)
    leaver, successor = two
    manager = sign_in(make.manager(), app=app)
    assert (
        manager.form(f"/en/members/{leaver.id}/handover", {"successor": successor.id}, method="PUT").status_code == 303
    )
    with app.app_context():
        jobs.work()
        post_letters()
    asked = post_office.to(successor.email)
    assert asked.subject == "دعوة إلى تسلّم مهام من أحد الزملاء"
    assert post_office.to(leaver.email).subject == "A successor is named for you"
    coming, going = sign_in(successor, app=app), sign_in(leaver, app=app)
    notice = coming.get("/api/v1/notices").json["items"][0]
    assert (notice["kind"], notice["author"], notice["topic"]) == ("successor", "Amal Haddad", None)
    assert "you are asked to take over" in coming.get("/en/notices").text
    assert coming.json("PUT", f"/api/v1{asked.path[3:]}/{said}").status_code == 200
    with app.app_context():
        jobs.work()
        post_letters()
    assert coming.get("/api/v1/notices").json["items"] == []
    kind, subject = {
        "confirmation": ("handed", "The handover is done"),
        "refusal": ("not-handed", "Your successor has declined"),
    }[said]
    assert going.get("/api/v1/notices").json["items"][0]["kind"] == kind
    assert "Samir Nasser" in going.get("/en/notices").text
    assert post_office.to(leaver.email).subject == subject


def test_who_cannot_succeed(app, make, two, sign_in):
    leaver, successor = two
    elsewhere, gone = make.member(municipality=make.municipality("Irbid")), make.member()
    make.suspend(successor)
    going = sign_in(leaver)
    page = f"/en/members/{leaver.id}/handover"
    for who in (elsewhere.id, successor.id, leaver.id, gone.id, 987654, "x"):
        answer = going.form(page, {"successor": who}, method="PUT")
        assert (answer.status_code, "of the same municipality" in answer.text) == (422, who != 0)
    assert going.json("GET", f"/api/v1{page[3:]}").status_code == 404
    assert "Nobody else from" in going.get(page).text
    assert "belongs to no municipality" in sign_in(gone).get(f"/en/members/{gone.id}/handover").text


def test_only_the_successor_decides_and_once(make, two, sign_in):
    leaver, successor = two
    id = make.handover(leaver, successor)
    manager, stranger, coming = sign_in(make.manager()), sign_in(make.member()), sign_in(successor)
    for client, status in ((manager, 403), (sign_in(leaver), 403), (stranger, 404)):
        assert confirm(client, id).status_code == status
        assert client.json("PUT", f"/api/v1/handovers/{id}/refusal").status_code == status
    assert confirm(coming, id).status_code == 303
    assert confirm(coming, id).status_code == 409
    assert sign_in(leaver).form(f"/en/members/{leaver.id}/handover", method="DELETE").status_code == 404


def test_another_successor_takes_the_place_of_the_first_and_it_can_be_taken_back(make, two, sign_in, work):
    leaver, first = two
    with make.app.app_context():
        town = db.session.get_one(Member, leaver.id).municipality_id
    second = make.member("Second", municipality=type("T", (), {"id": town}))
    old, new = make.handover(leaver, first), make.handover(leaver, second)
    work()
    assert sign_in(first).get("/api/v1/notices").json["items"] == []
    assert confirm(sign_in(first), old).status_code == 409
    assert sign_in(leaver).json("DELETE", f"/api/v1/members/{leaver.id}/handover").status_code == 204
    assert confirm(sign_in(second), new).status_code == 409


def test_a_manager_hands_over_no_drafts(app, make, two, sign_in):
    leaver, successor = two
    topic = make.topic()
    draft(make, leaver, DraftKind.TOPIC, topic.id, f"{MARK} my own words")
    manager = sign_in(make.manager())
    assert MARK not in manager.get(f"/en/members/{leaver.id}/handover").text
    id = make.handover(leaver, successor, drafts=[("topic", topic.id)], by=make.manager())
    confirm(sign_in(successor), id)
    with app.app_context():
        assert [one.member_id for one in db.session.scalars(select(Draft))] == [leaver.id]


def test_who_has_moved_meanwhile_cannot_take_over(make, two, sign_in):
    leaver, successor = two
    id = make.handover(leaver, successor)
    make.move(successor, make.municipality("Irbid"))
    assert confirm(sign_in(successor), id).status_code == 409
