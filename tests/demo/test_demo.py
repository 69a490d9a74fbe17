"""The demonstration network: made whole from nothing, once, and never where real people are."""

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from forum.core.db import db
from forum.core.settings import SettingError
from forum.demo import cli
from forum.demo.starting import prepare
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
    assert members == 20 and topics == 15 and posts >= 200
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
