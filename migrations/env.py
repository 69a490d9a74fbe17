"""Alembic's environment: the application's own engine and tables, the same on SQLite and PostgreSQL."""

from alembic import context
from flask import current_app

from forum.core.db import db, transaction

config = context.config


def run() -> None:
    """Apply migrations in one transaction; a failure leaves the database as it was."""
    if context.is_offline_mode():
        context.configure(url=str(db.engine.url), target_metadata=db.metadata, literal_binds=True, render_as_batch=True)
        with context.begin_transaction():
            context.run_migrations()
        return
    with transaction() as session:
        context.configure(
            connection=session.connection(),
            target_metadata=db.metadata,
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
