"""`flask work`: the jobs in a process of their own, for installations with several servers."""

import signal
import threading

import click
from flask import current_app
from flask.cli import with_appcontext

from forum.core.jobs import current_jobs


@click.command("work")
@with_appcontext
def command() -> None:
    """Do the work that waits for later, until stopped. Needs REDIS_URL: without it the embedded server does it."""
    if current_app.config["SETTINGS"].redis_url is None:
        raise click.ClickException("REDIS_URL is not set; the embedded server does its own work.")
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    jobs = current_jobs()
    jobs.start(worker_type="thread")
    click.echo("Working. Stop it with Ctrl-C.")
    stopping.wait()
    jobs.stop()
