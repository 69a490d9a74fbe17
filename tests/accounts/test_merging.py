"""Two accounts of one person become one: nothing is lost, nothing counts twice, nobody gains a right."""

import re
from dataclasses import dataclass

import pytest
from sqlalchemy import func, select

from forum.core.audit import AuditEntry
from forum.core.db import db
from forum.core.mail import Letter
from forum.core.personal import Merged
from forum.following.models import Follow
from forum.members.models import Member, Role, SignInSession
from forum.surveys.models import Ballot
from forum.topics.models import Bookmark, Post, Reaction, ReadMark
from forum.wiring import PERSONAL
from tests.accounts.whole import EMAIL, TABLES, Whole, a_whole_member
from tests.asking import Client
from tests.making import PASSWORD
from tests.making import Member as Made


@dataclass
class Pair:
    """Two accounts of one person, and a manager."""

    whole: Whole  # the one that goes
    stays: Made
    client: Client  # of the one that stays
    manager: Client

    @property
    def path(self) -> str:
        """Where they become one."""
        return f"/api/v1/members/{self.stays.id}/merging"

    def merge(self):
        """Through the API."""
        done = self.manager.json("POST", self.path, {"other": self.whole.member.id, "why": "Asked by telephone."})
        assert done.status_code == 200, done.text
        return done


@pytest.fixture
def pair(make, sign_in, work) -> Pair:
    """Somebody of whom something is held everywhere, and a second account of theirs that did some of the same."""
    whole = a_whole_member(make, sign_in, work)
    stays = make.member("Zeituna Qamar", email="second@example.org", municipality=whole.town)
    client = sign_in(stays)
    make.react(whole.theirs.post, "agree", by=stays)  # as the other did
    make.react(whole.reply, "thanks", by=stays)  # to their own other account
    client.json("PUT", f"/api/v1/posts/{whole.theirs.post.id}/bookmark", {"note": "Mine too"})
    client.json("PUT", f"/api/v1/polls/{whole.poll.id}/vote", {"options": [whole.poll.options[1]]})
    make.read(whole.theirs, stays, 1)
    make.read(whole.theirs, whole.member, 3)
    make.reply(whole.theirs, "A word of mine.", author=stays)
    client.json("PUT", f"/api/v1/drafts/topic/{whole.theirs.id}", {"words": "Begun elsewhere"})
    return Pair(whole, stays, client, sign_in(make.member(roles=["manager"])))


def test_everything_moves_and_nothing_is_there_twice(app, pair):
    goes, stays, theirs = pair.whole.member.id, pair.stays.id, pair.whole.theirs
    with app.app_context():
        before = db.session.scalar(select(func.count()).where(Post.author_id.in_([goes, stays])))
    assert pair.merge().json == {"member": stays}
    with app.app_context():
        for one in [one for part in PERSONAL for one in part.held if one.merged != Merged.STAYS]:
            value = EMAIL if one.key.type.python_type is str else goes
            assert db.session.scalar(select(func.count()).select_from(one.table).where(one.key == value)) == 0, one
            if one.merged == Merged.MOVES and one.table.name in TABLES and one.key.type.python_type is not str:
                found = db.session.scalar(select(func.count()).select_from(one.table).where(one.key == stays))
                assert found or one.key.name in ("member_id", "merged_into_id"), f"nothing moved in {one.column}"
        assert db.session.scalar(select(func.count()).where(Post.author_id == stays)) == before
        assert db.session.get_one(Post, theirs.post.id).reactions == "agree:2"  # theirs once, and a third's
        assert db.session.get_one(Post, pair.whole.reply.id).reactions == ""  # nobody reacts to their own
        assert db.session.scalar(select(func.count()).where(Reaction.member_id == stays)) == 1
        assert db.session.scalar(select(Bookmark.note).where(Bookmark.member_id == stays)) == "Mine too\nA note of mine"
        mark = select(ReadMark.number).where(ReadMark.member_id == stays, ReadMark.topic_id == theirs.id)
        assert db.session.scalar(mark) == 3
        ballots = db.session.scalars(select(Ballot).where(Ballot.poll_id == pair.whole.poll.id)).all()
        assert [(one.voter_id, one.member_id) for one in ballots] == [(stays, stays)]
        assert set(db.session.scalars(select(Role.role).where(Role.member_id == stays))) == {"translator"}
    assert pair.client.get(f"/api/v1/polls/{pair.whole.poll.id}").json["mine"] == [pair.whole.poll.options[1]]
    draft = pair.client.get(f"/api/v1/drafts/topic/{theirs.id}").json
    assert draft["words"] == "Begun elsewhere\n\nBegun and not sent"
    assert pair.client.get(f"/api/v1/spaces/{pair.whole.group.id}").status_code == 200


def test_the_other_account_is_over_and_its_page_leads_to_the_one_that_stays(app, pair):
    goes, stays = pair.whole.member.id, pair.stays.id
    pair.merge()
    guest = app.test_client()
    answer = guest.get(f"/en/members/{goes}")
    assert (answer.status_code, answer.location) == (301, f"/en/members/{stays}")
    answer = guest.get(f"/api/v1/members/{goes}")
    assert (answer.status_code, answer.location) == (301, f"/api/v1/members/{stays}")
    assert pair.whole.client.get("/en/settings").status_code == 401
    body = {"email": EMAIL, "password": PASSWORD}
    assert guest.json("POST", "/api/v1/sessions", body).status_code == 401
    page = guest.get(f"/en/topics/{pair.whole.theirs.id}").text
    assert "Zeituna Qamar" in page and f"/members/{goes}" not in page
    shown = guest.get(f"/api/v1/posts/{pair.whole.reply.id}").json
    assert shown["author"] == {"id": stays, "name": "Zeituna Qamar"}
    with app.app_context():
        assert db.session.scalar(select(func.count()).where(SignInSession.member_id == goes)) == 0
        row = db.session.get_one(Member, goes)
        assert (row.state, row.merged_into_id, row.display_name) == ("erased", stays, "")
        entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "accounts merged")).one()
        assert entry.subject_id == stays and entry.details == {"merged": goes, "why": "Asked by telephone."}
        sent = db.session.scalars(select(Letter.address).where(Letter.kind == "merged")).all()
        assert sorted(sent) == sorted([EMAIL, "second@example.org"])


def test_a_choice_to_follow_has_it_over_what_came_by_itself(app, make, pair):
    topic = make.topic(author=pair.stays)  # followed by itself
    make.follow(topic, pair.whole.member, "muted")
    pair.merge()
    with app.app_context():
        follow = db.session.get_one(Follow, (pair.stays.id, "topic", topic.id))
        assert (follow.level, follow.origin) == ("muted", "choice")


def test_a_manager_sees_both_and_says_which_stays(app, pair):
    goes, stays = pair.whole.member.id, pair.stays.id
    found = pair.manager.get(f"/en/members/{stays}/merging")
    assert f"/en/members/{stays}/merging?other={goes}" in found.text  # called alike
    found = pair.manager.get(f"/en/members/{stays}/merging?name={EMAIL}")
    assert f"?other={goes}" in found.text
    page = pair.manager.get(f"/en/members/{stays}/merging?other={goes}")
    for words in (EMAIL, "second@example.org", "Which one stays?", "Translator", "This cannot be undone"):
        assert words in page.text
    path = f"/en/members/{stays}/merging"
    refused = pair.manager.form(path, {"other": goes, "stays": goes, "why": ""})
    assert refused.status_code == 422 and "Say why" in refused.text and EMAIL in refused.text
    done = pair.manager.form(path, {"other": goes, "stays": goes, "why": "By telephone."})
    assert (done.status_code, done.location) == (303, f"/en/members/{goes}")
    with app.app_context():
        assert db.session.get_one(Member, stays).merged_into_id == goes
        assert db.session.get_one(Member, goes).state == "active"


@pytest.mark.parametrize(
    ("language", "warning"),
    [
        ("ar", "لا يمكن التراجع عن ذلك."),
        ("en", "This cannot be undone."),
        ("fr", "C’est irréversible."),
        ("tr", "Bu geri alınamaz."),
    ],
)
def test_before_it_says_how_much_each_has_and_that_there_is_no_way_back(make, sign_in, language, warning):
    manager, one, other = sign_in(make.manager()), make.member("One"), make.member("Other")
    topic = make.topic(author=one)
    make.reply(topic, author=one)
    page = manager.get(f"/{language}/members/{other.id}/merging?other={one.id}").text
    sides = page.split('<div class="side">')[1:]
    counted = [re.findall(r"<dd>(\d+)</dd>", side) for side in sides]
    assert [side[:2] for side in counted] == [["0", "0"], ["2", "1"]]
    assert f"<strong>{warning}</strong>" in page and page.index(warning) < page.index("danger")


def test_refusals(app, make, sign_in, pair):
    goes, stays = pair.whole.member.id, pair.stays.id

    def merge(client, one, other, **more):
        return client.json("POST", f"/api/v1/members/{one}/merging", {"other": other, "why": "x", **more}).status_code

    assert merge(pair.manager, stays, stays) == 422
    assert merge(pair.manager, stays, 987654) == 404
    assert pair.manager.json("POST", pair.path, {"other": goes, "why": ""}).status_code == 422
    for role in ("manager", "admin"):
        above = make.member("Somebody above", roles=[role])
        assert merge(pair.manager, stays, above.id) == 403
        assert merge(pair.manager, above.id, stays) == 403
        assert pair.manager.get(f"/en/members/{stays}/merging?other={above.id}").status_code == 403
    admin = make.member("An admin", roles=["admin"])
    assert merge(sign_in(admin), stays, admin.id) == 409  # with this account they are signed in
    for client in (pair.client, app.test_client(), sign_in(make.member(roles=["moderator"]))):
        assert merge(client, stays, goes) in (401, 403)
    suspended = make.member("Suspended")
    make.suspend(suspended)
    assert merge(pair.manager, stays, suspended.id) == 409
    pair.client.json("PUT", "/api/v1/erasure", {"current": PASSWORD})
    assert merge(pair.manager, stays, goes) == 409
    pair.client.json("DELETE", "/api/v1/erasure")
    with app.app_context():
        assert db.session.get_one(Member, goes).state == "active"
    pair.merge()
    assert merge(pair.manager, stays, goes) == 409
    assert merge(pair.manager, goes, stays) == 404


def test_an_admin_may_merge_a_manager_and_the_role_is_there_once(app, make, sign_in):
    admin, one, other = make.member(roles=["admin"]), make.member(roles=["manager"]), make.member(roles=["manager"])
    client = sign_in(admin)
    path = f"/api/v1/members/{one.id}/merging"
    assert client.json("POST", path, {"other": other.id, "why": "Twice"}).status_code == 200
    with app.app_context():
        roles = db.session.execute(select(Role.member_id, Role.role).where(Role.role == "manager")).all()
        assert [tuple(row) for row in roles] == [(one.id, "manager")]


def test_one_that_goes_twice_leads_to_the_last(app, make, sign_in):
    admin = sign_in(make.member(roles=["admin"]))
    first, second, third = (make.member(f"Number {number}") for number in (1, 2, 3))
    for stays, goes in ((second, first), (third, second)):
        path = f"/api/v1/members/{stays.id}/merging"
        assert admin.json("POST", path, {"other": goes.id, "why": "x"}).status_code == 200
    assert app.test_client().get(f"/en/members/{first.id}").location == f"/en/members/{third.id}"
