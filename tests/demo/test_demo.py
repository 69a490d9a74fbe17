"""The demonstration network: made whole from nothing, once, and never where real people are."""

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from forum.core.db import db
from forum.core.settings import SettingError
from forum.demo import cli
from forum.demo.starting import prepare
from forum.files.models import File, FileUse
from forum.joining.models import Import, ImportState, Invitation, Outcome
from forum.joining.queries import count_outcomes
from forum.members.models import Member
from forum.topics.models import Post, Topic


def demo(app):
    """`flask demo`."""
    with app.app_context():
        return CliRunner().invoke(cli.command)


def counts(app) -> tuple[int, ...]:
    """(members, topics, posts)."""
    with app.app_context():
        return tuple(db.session.scalar(select(func.count()).select_from(one)) for one in (Member, Topic, Post))


def test_it_is_made_once_and_again_changes_nothing(app):
    first = demo(app)
    assert first.exit_code == 0, first.output
    made = counts(app)
    members, topics, posts = made
    assert members == 21 and topics == 15 and posts >= 200
    again = demo(app)
    assert (again.exit_code, counts(app)) == (0, made)
    assert "already" in again.output


def test_a_list_of_members_waits_with_a_line_of_every_kind(app):
    assert demo(app).exit_code == 0
    with app.app_context():
        table = db.session.scalars(select(Import)).one()
        assert (table.state, db.session.scalar(select(func.count()).select_from(Invitation))) == (ImportState.READ, 2)
        outcomes = count_outcomes(table.id)
    before = {one for one in Outcome if one not in (Outcome.BAD_NAME, Outcome.DONE, Outcome.FAILED, Outcome.TOLD)}
    assert set(outcomes) == before and outcomes[Outcome.NEW] >= 4


def test_posts_carry_a_described_photo_and_a_document_that_guests_can_have(app):
    assert demo(app).exit_code == 0
    client = app.test_client()
    with app.app_context():
        files = db.session.execute(
            select(File.id, File.kind, Post.html).join(FileUse).join(Post, Post.id == FileUse.subject_id)
        )
        shown = {row.kind: (row.id, row.html) for row in files}
    assert set(shown) == {"jpeg", "csv"}
    for id, html in shown.values():
        assert f"/files/{id}" in html and client.get(f"/files/{id}").status_code == 200
    assert 'alt="حاوية' in shown["jpeg"][1] and "day-3-figures.csv" in shown["csv"][1]


def test_first_posts_of_a_newcomer_wait_unseen_for_a_moderator_who_can_let_them_through(app, sign_in):
    assert demo(app).exit_code == 0
    before = counts(app)
    client = app.test_client()
    sent = {"email": "moderator@multaqa.example", "password": "demonstration"}
    assert client.json("POST", "/api/v1/sessions", sent).status_code == 201
    held = client.get("/api/v1/held").json["items"]
    assert [(one["author"]["name"], bool(one["topic"]), bool(one["title"])) for one in held] == [
        ("رامي الخطيب", True, False),
        ("رامي الخطيب", False, True),
    ]
    assert held[0]["html"] not in app.test_client().get(f"/ar/topics/{held[0]['topic']}").text
    for one in held:
        assert client.json("PUT", f"/api/v1/held/{one['id']}/approval").status_code == 200
    assert counts(app) == (before[0], before[1] + 1, before[2] + 2)
    assert client.get("/api/v1/topics?show=unanswered").json["items"][0]["kind"] == "question"


def test_a_database_with_real_members_is_not_touched(app, make):
    make.member()
    refused = demo(app)
    assert refused.exit_code == 1
    assert counts(app) == (1, 0, 0)


def test_production_makes_no_accounts_whose_password_everybody_knows(app, make_app):
    there = make_app(mode="production", base_url="https://forum.example.org")
    refused = demo(there)
    assert refused.exit_code == 1
    assert counts(app) == (0, 0, 0)


def test_production_does_not_start_with_them(app, make_app):
    assert demo(app).exit_code == 0
    there = make_app(mode="production", base_url="https://forum.example.org")
    with pytest.raises(SettingError, match="demonstration accounts"):
        prepare(there, there.config["SETTINGS"])


def test_production_says_what_to_do_with_an_empty_database(make_app, fresh_database):
    url = fresh_database("nothing")
    there = make_app(mode="production", base_url="https://forum.example.org", database_url=url)
    with pytest.raises(SettingError, match="flask db upgrade"):
        prepare(there, there.config["SETTINGS"])
