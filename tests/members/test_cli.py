"""`flask admin EMAIL`."""

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from forum.core.audit import AuditEntry
from forum.core.db import db
from forum.members import cli, queries
from forum.members.models import Member

NAMED = "Salma Jabri\nar\na good password\na good password\n"


def run(app, *arguments, answers=""):
    """Run the command with these answers to its questions; Flask's own runner leaves its context pushed."""
    with app.app_context():
        return CliRunner().invoke(cli.command, arguments, input=answers)


def test_the_command_is_there(app):
    assert app.cli.commands["admin"] is cli.command


def test_the_first_administrator_is_made_and_may_sign_in(app, client):
    result = run(app, "Salma@Example.org", answers=NAMED)
    assert result.exit_code == 0, result.output
    assert "a good password" not in result.output
    body = {"email": "salma@example.org", "password": "a good password"}
    assert client.json("POST", "/api/v1/sessions", body).status_code == 201
    assert client.get("/api/v1/sessions/current").json["roles"] == ["admin"]
    with app.app_context():
        noted = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "role given")).one()
        assert (noted.actor_id, noted.details["role"]) == (None, "admin")
        assert db.session.scalars(select(Member)).one().is_demonstration is False


def test_a_member_is_raised_without_questions_and_only_once(app, make):
    member = make.member()
    assert "now an administrator" in run(app, member.email).output
    assert "already" in run(app, member.email).output
    with app.app_context():
        assert queries.roles_of(member.id) == ["admin"]


def test_a_short_password_is_asked_for_again(app):
    result = run(app, "salma@example.org", answers="Salma\nen\nshort\na good password\na good password\n")
    assert result.exit_code == 0, result.output
    assert "8 to 128 characters" in result.output


@pytest.mark.parametrize("email", ["", "salma", "a@b@c", "a b@example.org", "x" * 250 + "@example.org"])
def test_what_is_no_address_is_refused(app, email):
    result = run(app, email, answers=NAMED)
    assert result.exit_code == 1
    with app.app_context():
        assert db.session.scalar(select(Member)) is None


def test_a_refused_name_makes_nobody(app):
    assert run(app, "salma@example.org", answers=NAMED.replace("Salma Jabri", "x" * 81)).exit_code == 1
    with app.app_context():
        assert db.session.scalar(select(Member)) is None


def test_a_suspended_member_is_not_raised(app, make):
    member = make.member()
    make.suspend(member)
    assert run(app, member.email).exit_code == 1


def test_the_last_admin_who_has_lost_the_second_step_is_helped(app, make, sign_in):
    admin = make.member(roles=["admin"])
    make.phone(admin)
    assert run(app, "nobody@example.org", "--lost-second-step").exit_code == 1
    done = run(app, admin.email, "--lost-second-step")
    assert done.exit_code == 0 and "password alone" in done.output
    sign_in(admin)
