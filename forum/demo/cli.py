"""`flask demo`: make the demonstration network, in an empty database or its own."""

import click
from flask import current_app
from flask.cli import with_appcontext

from forum.demo.making import RealMembersHere, make_network


@click.command("demo")
@with_appcontext
def command() -> None:
    """Make the demonstration network. Refuses to touch a database that has real members; repeating changes nothing."""
    if current_app.config["SETTINGS"].mode == "production":
        raise click.ClickException("Everybody knows the password of its accounts: production stays without them.")
    try:
        made = make_network()
    except RealMembersHere as error:
        raise click.ClickException(str(error)) from None
    click.echo("The demonstration network is ready." if made else "The demonstration network was there already.")
