"""The page of letters: for managers, with a trace, with links in a demonstration only."""

import pytest
from sqlalchemy import select

from forum.core import clock, mail
from forum.core.audit import AuditEntry
from forum.core.db import db, transaction
from forum.core.derived import token_of
from forum.core.languages import speaking
from forum.core.mail.models import TOKEN_HERE
from tests.counting import statements

SALT = b"s" * 16


def write(app, subject="A subject", *, language="en", void=False):
    """One letter with a link."""
    with app.app_context(), transaction(), speaking(language):
        link = f"http://127.0.0.1:5000/en/reset/{TOKEN_HERE}"
        words = mail.Words(subject, ["<b>A paragraph</b>"], ("Do it", link))
        return mail.queue("test", "a@example.org", words, secret=mail.Secret(SALT, clock.now()), void=void).id


@pytest.mark.parametrize(("mode", "shown"), [("demo", True), ("test", False)])
def test_links_are_shown_in_a_demonstration_only(make_app, make, sign_in, mode, shown):
    app = make_app(mode=mode)
    client = sign_in(make.member(roles=["manager"]), app=app)
    page = client.get(f"/en/letters/{write(app)}")
    with app.app_context():
        token = token_of(SALT)
    assert (f'href="http://127.0.0.1:5000/en/reset/{token}"' in page.text) == shown
    assert (token in page.text) == shown
    assert "&lt;b&gt;A paragraph" in page.text
    assert page.headers["Cache-Control"] == "no-store"


def test_the_list_says_how_far_each_came_and_is_noted(app, make, sign_in):
    manager = make.member(roles=["manager"])
    client = sign_in(manager)
    letter = write(app, "كلمة مرور جديدة", language="ar")
    write(app, "to nobody", void=True)
    page = client.get("/en/letters").text
    assert '<a href="/en/letters/1" lang="ar" dir="rtl">كلمة مرور جديدة</a>' in page
    assert "Not sent: demonstration" in page and "to nobody" not in page
    client.get(f"/en/letters/{letter}")
    with app.app_context():
        read = select(AuditEntry).where(AuditEntry.action == "letters read").order_by(AuditEntry.id)
        rows = db.session.scalars(read).all()
        assert [(row.actor_id, row.subject_id) for row in rows] == [(manager.id, None), (manager.id, letter)]


def test_a_letter_to_nobody_is_not_there(app, make, sign_in):
    assert sign_in(make.member(roles=["admin"])).get(f"/en/letters/{write(app, void=True)}").status_code == 404


def test_production_without_a_mail_server_says_so(make_app, make, sign_in):
    member = make.member(roles=["admin"])
    phone = make.phone(member)
    for url, said in ((None, True), ("smtp://127.0.0.1:1", False)):
        app = make_app(mode="production", smtp_url=url)
        assert ("SMTP_URL" in sign_in(member, app=app, code=phone.code()).get("/en/letters").text) == said


def test_the_list_costs_the_same_with_one_and_with_thirty(app, make, sign_in):
    client = sign_in(make.member(roles=["manager"]))
    costs = []
    for more in (1, 29):
        for _ in range(more):
            write(app)
        client.get("/en/letters")
        with statements(app) as counted:
            client.get("/en/letters")
        costs.append(counted.number)
    assert costs[0] == costs[1]


def test_managers_find_the_way(make, sign_in):
    assert 'href="/en/letters"' in sign_in(make.member(roles=["manager"])).get("/en/").text
    assert 'href="/en/letters"' not in sign_in(make.member(roles=["moderator"])).get("/en/").text
