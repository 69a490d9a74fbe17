"""`flask admin EMAIL`: the first administrator of a network, another one, or one who has lost their second step."""

import click
from flask import current_app
from flask.cli import with_appcontext

from forum.core.db import transaction
from forum.core.errors import Refused
from forum.core.languages import LANGUAGES, direction
from forum.members import actions, passwords, queries
from forum.members.actions import second_step
from forum.members.models import Member, MemberState


@click.command("admin")
@click.argument("email")
@click.option(
    "--lost-second-step", is_flag=True, help="Remove the second step of a member who has lost phone and paper."
)
@with_appcontext
def command(email: str, lost_second_step: bool) -> None:
    """Make the member with this e-mail address an administrator; asks for name and password if there is none yet."""
    member = queries.find_by_email(email)
    if lost_second_step:
        _remove_second_step(member)
    elif member is None:
        _add(email)
    elif member.state != MemberState.ACTIVE:
        raise click.ClickException("This account is suspended.")
    elif "admin" in queries.roles_of(member.id):
        click.echo(f"{member.display_name} is an administrator already.")
    else:
        with transaction():
            actions.give_role(member, "admin", by=None)
        click.echo(f"{member.display_name} is now an administrator.")


def _remove_second_step(member: Member | None) -> None:
    if member is None:
        raise click.ClickException("There is no such member.")
    with transaction():
        second_step.reset_by_operator(member)
    click.echo(f"{member.display_name} signs in with the password alone and is asked to set up a second step anew.")


def _add(email: str) -> Member:
    if not 3 <= len(email) <= 254 or email.count("@") != 1 or any(map(str.isspace, email)):
        raise click.ClickException("This is not an e-mail address.")
    click.echo("There is no such member yet: this makes one.")
    name = click.prompt("Name")
    language = click.prompt("Language of the pages", type=click.Choice(LANGUAGES), default="en")
    password = click.prompt("Password", hide_input=True, confirmation_prompt=True, value_proc=_good_password)
    try:
        with transaction():
            member = actions.add_member(
                email=email,
                password=password,
                display_name=name,
                name_language="ar" if direction(name) == "rtl" else language if language != "ar" else "en",
                language=language,
                zone=current_app.config["SITE_ZONE"],
            )
            actions.give_role(member, "admin", by=None)
    except Refused as refused:
        raise click.ClickException(" ".join(refused.fields.values()) or refused.message) from None
    click.echo(f"{name} is now an administrator and signs in as {member.email}.")
    return member


def _good_password(text: str) -> str:
    if not passwords.SHORTEST <= len(text) <= passwords.LONGEST:
        raise click.UsageError(f"A password has {passwords.SHORTEST} to {passwords.LONGEST} characters.")
    return text
