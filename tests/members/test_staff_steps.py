"""Staff come in with a second step only, where the site asks it; and the way back for who has lost it."""

import pytest
from sqlalchemy import select

from forum.core import clock
from forum.core.audit import AuditEntry
from forum.core.db import db
from forum.core.mail import Letter
from forum.members import codes, queries
from forum.members.queries import staff
from forum.spaces.queries import who_may_read
from tests.making import PASSWORD, code_at

PAGE = "/en/settings/second-step"
STAFF = ("moderator", "manager", "admin")
CONFIRM, APP = "/api/v1/sessions/current/confirmation", "/api/v1/account/second-step/app"


@pytest.fixture
def strict(make_app):
    """The forum as it is in production."""
    return make_app(mode="production")


def set_up(client):
    """A second step, through the API; the key of the app."""
    assert client.json("PUT", CONFIRM, {"current": PASSWORD}).status_code == 204
    key = client.json("POST", APP).json["key"]
    code = code_at(key, int(clock.now().timestamp()) // codes.LIFE)
    answer = client.json("PUT", APP, {"code": code})
    assert answer.status_code == 200, answer.text
    return key


# What is open before


@pytest.mark.parametrize("role", STAFF)
def test_staff_without_a_second_step_reach_only_what_sets_it_up(strict, make, sign_in, role):
    topic = make.topic()
    client = sign_in(make.member(roles=[role]), app=strict)
    for path in ("/", "/topics", topic.path, "/members", "/applications", "/notices", "/help", "/spaces", "/bookmarks"):
        assert client.get(f"/en{path}").location == PAGE, path
    for path in (PAGE, "/en/settings", "/en/settings/password", "/en/settings/email", "/en/devices"):
        assert client.get(path).status_code in (200, 302), path
    page = client.get(PAGE).text
    assert "Your role needs a second step." in page
    said = client.get("/api/v1/sessions/current").json
    assert (said["roles"], said["second_step_owed"]) == ([], True)
    for path in ("/api/v1/topics", "/api/v1/members", "/api/v1/applications", f"/api/v1{topic.path}"):
        answer = client.get(path)
        assert (answer.status_code, answer.json["error"]["code"]) == (403, "second_step_owed"), path
    reply = {"words": "A reply.", "language": "en", "key": "a"}
    answer = client.form(f"/en{topic.path}/posts", reply)
    assert answer.status_code == 403 and "A reply." in answer.text, "what was written is not lost"
    assert client.json("POST", f"/api/v1{topic.path}/posts", reply).status_code == 403
    assert client.form("/en/sign-out").status_code == 303


def test_a_kept_page_is_not_given_to_them(strict, make, sign_in):
    """The topic page is answered from memory before Flask is asked."""
    topic, member = make.topic(), make.member()
    client = sign_in(member, app=strict)
    for _n in range(2):
        assert client.get(f"/en{topic.path}").status_code == 200
    make.role(member, "moderator")
    assert client.get(f"/en{topic.path}").location == PAGE


def test_no_socket_opens_for_them_and_an_open_one_closes(strict, make, sign_in):
    member = make.member()
    cookie = sign_in(member, app=strict).get_cookie("session", domain="127.0.0.1").value
    sockets, headers = strict.extensions["live"].socketio, {"Cookie": f"session={cookie}"}
    before = sockets.test_client(strict, headers=headers)
    assert before.is_connected()
    make.role(member, "moderator")
    before.emit("topic:join", {"topic": make.topic().id})
    assert not before.is_connected()
    assert not sockets.test_client(strict, headers=headers).is_connected()


def test_a_role_for_one_workshop_needs_it_too_and_translators_do_not(strict, make, sign_in):
    keeper, translator = make.member(), make.member(roles=["translator"])
    make.role(keeper, "manager", scope=("workshop", 3))
    assert sign_in(keeper, app=strict).get("/en/topics").location == PAGE
    assert sign_in(translator, app=strict).get("/en/topics").status_code == 200


def test_setting_it_up_brings_the_role_into_force_here_and_everywhere(strict, make, sign_in):
    admin = make.member(roles=["admin"])
    client = sign_in(admin, app=strict)
    key = set_up(client)
    assert client.get("/api/v1/sessions/current").json["roles"] == ["admin"]
    assert client.get("/en/applications").status_code == 200
    code = code_at(key, int(clock.now().timestamp()) // codes.LIFE + 1)
    assert sign_in(admin, app=strict, code=code).get("/en/applications").status_code == 200


def test_staff_cannot_switch_it_off(strict, make, sign_in):
    moderator = make.member(roles=["moderator"])
    phone = make.phone(moderator)
    client = sign_in(moderator, app=strict, code=phone.code())
    client.json("PUT", CONFIRM, {"current": PASSWORD})
    for path in ("/api/v1/account/second-step", APP):
        assert client.json("DELETE", path).status_code == 403
    for path in (PAGE, f"{PAGE}/app"):
        assert client.form(path, method="DELETE").status_code == 403
    page = client.get(PAGE).text
    assert "cannot be switched off" in page and "Remove the app" not in page
    assert client.get("/api/v1/account/second-step").json["on"] is True


def test_elsewhere_than_in_production_nobody_needs_it(make, make_app, sign_in):
    admin = make.member(roles=["admin"])
    for app in (make_app(mode="demo"), make_app()):
        client = sign_in(admin, app=app)
        assert client.get("/api/v1/sessions/current").json["roles"] == ["admin"]
        assert client.get("/en/applications").status_code == 200
    assert sign_in(admin, app=make_app(staff_second_step=True)).get("/en/applications").location == PAGE


def test_letters_notices_and_rooms_wait_for_the_second_step_too(strict, make):
    ready, waiting = make.member(roles=["manager"]), make.member(roles=["manager"])
    make.phone(ready)
    space = make.space("staff")
    with strict.app_context():
        assert [one.id for one in staff.managers()] == [ready.id]
        assert who_may_read(space.id, [ready.id, waiting.id]) == [ready.id]
        assert queries.reader_for(waiting.id).owes_second_step
        assert queries.reader_for(ready.id).has_role("manager")


# The lost phone


def test_an_admin_takes_it_off_with_a_reason(app, make, sign_in):
    rana, admin = make.member("Rana", language="ar"), make.member(roles=["admin"])
    phone = make.phone(rana)
    hers, client = sign_in(rana, code=phone.code()), sign_in(admin)
    assert f"/en/members/{rana.id}/second-step" in client.get(f"/en/members/{rana.id}").text
    path = f"/en/members/{rana.id}/second-step"
    assert "Reason" in client.get(path).text
    empty = client.form(path, {"why": " "}, method="DELETE")
    assert empty.status_code == 422 and 'id="why-error"' in empty.text
    assert client.form(path, {"why": "She lost her phone."}, method="DELETE").location == f"/en/members/{rana.id}"
    assert hers.get("/api/v1/sessions/current").status_code == 401
    sign_in(rana)
    with app.app_context():
        letter = db.session.scalars(select(Letter).where(Letter.address == rana.email).order_by(Letter.id)).all()[-1]
        entry = db.session.scalar(select(AuditEntry).where(AuditEntry.action == "second step reset"))
    assert letter.language == "ar" and "She lost her phone." in letter.text
    assert (entry.actor_id, entry.subject_id, entry.details["why"]) == (admin.id, rana.id, "She lost her phone.")
    again = client.json("DELETE", f"/api/v1/members/{rana.id}/second-step", {"why": "Again."})
    assert again.status_code == 422


def test_nobody_takes_off_their_own(make, sign_in):
    admin = make.member(roles=["admin"])
    phone = make.phone(admin)
    client = sign_in(admin, code=phone.code())
    body = {"why": "I may."}
    assert client.get(f"/en/members/{admin.id}/second-step").status_code == 403
    assert client.form(f"/en/members/{admin.id}/second-step", body, method="DELETE").status_code == 403
    assert client.json("DELETE", f"/api/v1/members/{admin.id}/second-step", body).status_code == 403


def test_an_admin_of_one_municipality_takes_it_off_there_only(make, sign_in):
    here, there = make.municipality(), make.municipality()
    near, far, admin = make.member(municipality=here), make.member(municipality=there), make.member()
    nowhere = make.member()
    make.role(admin, "admin", scope=("municipality", here.id))
    keeper = make.member(municipality=here, roles=["moderator"])
    for one in (near, far, nowhere, keeper):
        make.phone(one)
    client = sign_in(admin)
    answers = [
        client.json("DELETE", f"/api/v1/members/{one.id}/second-step", {"why": "Lost."}).status_code
        for one in (far, nowhere, keeper, near)
    ]
    assert answers == [403, 403, 403, 204]


def test_a_reset_member_of_the_staff_has_no_role_until_it_is_set_up_again(strict, make, sign_in):
    admin, manager = make.member(roles=["admin"]), make.member(roles=["manager"])
    make.phone(manager)
    boss = sign_in(admin, app=strict, code=make.phone(admin).code())
    assert boss.json("DELETE", f"/api/v1/members/{manager.id}/second-step", {"why": "Lost."}).status_code == 204
    client = sign_in(manager, app=strict)
    assert client.get("/en/applications").location == PAGE
    set_up(client)
    assert client.get("/en/applications").status_code == 200
