"""Migrations: up, down and up again, and nothing in the models that they do not make."""

from datetime import UTC, datetime
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask_migrate import downgrade, upgrade
from sqlalchemy import Column, LargeBinary, MetaData, Table, inspect, text

from forum import create_app
from forum.core.db import db
from tests.conftest import settings_for


@pytest.fixture
def empty_app(fresh_database, tmp_path):
    """An application on a database without tables."""
    app = create_app(settings_for(tmp_path, fresh_database("migrations")))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def tables() -> set[str]:
    """Those that are there."""
    db.session.remove()
    return set(inspect(db.engine).get_table_names())


def shape() -> dict[str, tuple[set[str], set[str]]]:
    """{table: (columns, indexes)}."""
    db.session.remove()
    seen = inspect(db.engine)
    return {
        table: ({one["name"] for one in seen.get_columns(table)}, {one["name"] for one in seen.get_indexes(table)})
        for table in seen.get_table_names()
    }


def current() -> str:
    """The revision that the database is at."""
    db.session.remove()
    with db.engine.connect() as connection:
        return connection.scalar(text("SELECT version_num FROM alembic_version"))


def test_up_down_and_up_again(empty_app):
    upgrade()
    made = tables()
    assert made == set(db.metadata.tables) | {"alembic_version"}
    downgrade(revision="base")
    assert tables() == {"alembic_version"}
    upgrade()
    assert tables() == made


def test_one_step_at_a_time_is_the_same(empty_app):
    upgrade()
    made, last = shape(), current()
    downgrade(revision="-1")
    assert current() != last, "where it is about what is written alone, the shape stays"
    upgrade(revision="+1")
    assert shape() == made and current() == last


def test_the_models_are_what_the_migrations_make(app):
    with app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "render_as_batch": True})
        assert compare_metadata(context, db.metadata) == []


def test_migrations_have_one_head_and_say_what_they_do(empty_app):
    scripts = empty_app.extensions["migrate"].migrate.get_config()
    found = ScriptDirectory.from_config(scripts)
    assert len(found.get_heads()) == 1
    assert all(script.doc and script.module.downgrade.__doc__ for script in found.walk_revisions())


VOIDED = {"tokens": 0}  # a link in a letter that is on its way is asked for again


def value_for(column: Column) -> Any:
    """Something that the column takes; the one row of each table has the number 1, and what points points to it."""
    kind = getattr(column.type, "python_type", str) if not isinstance(column.type, LargeBinary) else bytes
    if kind in (int, float):
        return 1
    if kind is bool:
        return False
    if kind is datetime:
        return datetime.now(UTC).replace(tzinfo=None)
    if kind in (dict, list):
        return {}
    return b"x" if kind is bytes else "x"


def fill() -> dict[str, int]:
    """One row in every table that has none; {table: rows}."""
    db.session.remove()
    known = MetaData()
    known.reflect(db.engine)
    with db.engine.begin() as connection:
        for table in known.sorted_tables:
            if table.name != "alembic_version" and not connection.execute(table.select()).first():
                connection.execute(table.insert().values({one.name: value_for(one) for one in table.columns}))
    return counts(known.sorted_tables)


def counts(some: list[Table]) -> dict[str, int]:
    """{table: rows}."""
    with db.engine.connect() as connection:
        return {table.name: len(connection.execute(table.select()).fetchall()) for table in some}


def kept(before: dict[str, int]) -> dict[str, int]:
    """The same tables now, as far as they are still there."""
    db.session.remove()
    known = MetaData()
    known.reflect(db.engine)
    now = counts(known.sorted_tables)
    return {name: now[name] for name in before if name in now}


def test_nothing_is_lost_on_the_way_up_and_down(empty_app):
    """A table that is made anew takes nothing along of what points to it."""
    upgrade(revision="0001")
    first = fill()
    assert len(first) > 20
    upgrade()
    assert kept(first) == first
    last = fill()
    downgrade(revision="0001")
    assert kept(first) == {name: last[name] for name in first} | VOIDED
