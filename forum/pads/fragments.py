"""The notes as HTML, the same for all who look on in one language: the page and the sockets show these bytes."""

from flask import current_app, render_template

from forum.core.languages import Speech, speaking
from forum.pads.queries import Notes


def fragment(notes: Notes, *, language: str) -> str:
    """In an interface language, as one sees it who has chosen nothing else."""
    with speaking(Speech(language, zone=current_app.config["SITE_ZONE"])):
        return render_template("pads/_text.html", notes=notes)
