"""An officer changes post: what they wrote stays with the municipality of that time, what they write has the new."""

import pytest
from sqlalchemy import select

from forum.core.audit import AuditEntry
from forum.core.db import db


@pytest.fixture
def manager(make, sign_in):
    """A manager at work."""
    return sign_in(make.member(roles=["manager"]))


def test_old_posts_keep_the_old_one_and_new_posts_carry_the_new(app, make, manager, client):
    old, new = make.municipality("Mafraq"), make.municipality("Irbid")
    member = make.member(municipality=old)
    topic = make.topic(author=member)
    page = client.get(f"/en/topics/{topic.id}").text
    assert "Mafraq" in page
    assert "then at" not in page
    moved = manager.form(f"/en/members/{member.id}/office", {"municipality": new.id, "post_held": "Head"}, method="PUT")
    assert moved.status_code == 303
    make.reply(topic, author=member)
    page = manager.get(f"/en/topics/{topic.id}").text
    assert page.count("then at") == 1
    assert page.index("then at") < page.index("Mafraq") < page.index("Irbid")
    posts = manager.get(f"/api/v1/topics/{topic.id}/posts").json["items"]
    assert [(one["municipality"], one["then"]) for one in posts] == [(old.id, True), (new.id, False)]
    assert "Irbid" in client.get(f"/en/members/{member.id}").text
    with app.app_context():
        assert "member moved" in db.session.scalars(select(AuditEntry.action)).all()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_who_leaves_stays_a_member_without_a_municipality(make, sign_in, language):
    town = make.municipality("Mafraq")
    member = make.member(municipality=town, post_held="Head")
    topic, own = make.topic(author=member), sign_in(member)
    assert own.get(f"/{language}/members/{member.id}/office").status_code == 200
    assert own.form(f"/{language}/members/{member.id}/office", method="DELETE").status_code == 303
    shape = own.get(f"/api/v1/members/{member.id}").json
    assert (shape["municipality"], shape["post_held"]) == (None, "")
    assert ("then at" if language == "en" else "حينها في") in own.get(f"/{language}/topics/{topic.id}").text
    assert own.json("DELETE", f"/api/v1/members/{member.id}/office").status_code == 204


def test_refusals(make, sign_in, manager):
    town = make.municipality("Mafraq")
    member, other = make.member(municipality=town), make.member()
    path = f"/api/v1/members/{member.id}/office"
    assert sign_in(member).json("PUT", path, {"municipality": str(town.id)}).status_code == 403
    assert sign_in(other).json("DELETE", path).status_code == 403
    assert manager.json("PUT", path, {"municipality": "987654"}).status_code == 422
    wrong = manager.form(
        f"/en/members/{member.id}/office", {"municipality": town.id, "post_held": "x" * 121}, method="PUT"
    )
    assert (wrong.status_code, 'id="post_held-error"' in wrong.text) == (422, True)
