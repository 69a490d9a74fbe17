"""Alembic's environment: the application's own engine and tables, the same on SQLite and PostgreSQL."""

from alembic import context
from flask import current_app
from sqlalchemy import Connection, text

from forum.core.db import db, transaction, without_foreign_keys

config = context.config


def check_foreign_keys(connection: Connection) -> None:
    """Raise when a row points to one that is gone, so that the migration is undone."""
    if connection.dialect.name == "sqlite":
        lost = connection.execute(text("PRAGMA foreign_key_check")).fetchall()
        if lost:
            raise RuntimeError(f"the migration leaves rows that point to nothing: {lost[:5]}")


def run() -> None:
    """Apply migrations in one transaction; a failure leaves the database as it was."""
    if context.is_offline_mode():
        context.configure(url=str(db.engine.url), target_metadata=db.metadata, literal_binds=True, render_as_batch=True)
        with context.begin_transaction():
            context.run_migrations()
        return
    with without_foreign_keys(), transaction() as session:
        connection = session.connection()
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()
        check_foreign_keys(connection)


run()
