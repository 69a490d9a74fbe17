"""Before a server starts: the demonstration makes itself, and production refuses to run with its accounts."""

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import inspect

from forum.core.db import db
from forum.core.settings import SettingError, Settings
from forum.demo.making import make_network
from forum.members import passwords
from forum.members import queries as members

ACCOUNTS = (
    "member.ar",
    "member.en",
    "member.fr",
    "member.tr",
    "translator",
    "moderator",
    "manager",
    "admin",
    "outsider",
)


def prepare(app: Flask, settings: Settings) -> None:
    """Demonstration: migrate and make the network. Production: raise SettingError while its accounts could sign in."""
    with app.app_context():
        if settings.demo:
            upgrade()
            make_network()
            return
        if settings.mode != "production":
            return
        if not inspect(db.engine).has_table("members"):
            raise SettingError("The database has no tables yet. Make them first: flask db upgrade")
        if members.count_demonstration_members():
            raise SettingError(
                "This database holds the demonstration accounts, whose password everybody knows. "
                "Start from an empty one."
            )


def greeting(settings: Settings) -> str:
    """What the embedded server prints once it answers."""
    lines = [f"Multaqa is at {settings.base_url}"]
    if settings.demo:
        lines.append(f"Demonstration accounts, password {passwords.DEMONSTRATION!r}:")
        lines += [f"  {name}@multaqa.example" for name in ACCOUNTS]
    lines.append("Stop it with Ctrl-C.")
    return "\n".join(lines)
