"""`flask members erase-again`: after a backup was brought back."""

import click
from flask.cli import with_appcontext

from forum.accounts.actions import erasing


@click.group("members")
def command() -> None:
    """Care of members' accounts."""


@command.command("erase-again")
@with_appcontext
def erase_again() -> None:
    """Erase everybody again whom the ledger of erasures names and a backup brought back."""
    done = erasing.erase_again()
    click.echo(f"{done} erased again." if done else "Nobody came back.")
