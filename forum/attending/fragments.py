"""A question as HTML: the same for everybody who may see it, but for what moderators do with it. What is the reader's
own stands beside it as attributes, which the live page sets. Addresses are written out, because a push has no request
behind it."""

from flask import current_app, render_template
from sqlalchemy import Row

from forum.core.languages import Speech, ngettext, speaking


def fragment(question: Row, *, language: str, moderates: bool) -> str:
    """One question for readers of this interface language."""
    with speaking(Speech(language, "latn", current_app.config["SITE_ZONE"])):
        return render_template("attending/_question.html", one=question, language=language, moderates=moderates)


def here_in_words(number: int, *, language: str) -> str:
    """How many came."""
    with speaking(Speech(language, "latn", current_app.config["SITE_ZONE"])):
        return here_words(number)


def here_words(number: int) -> str:
    """The same, in the language that is being spoken."""
    return ngettext("%(num)s person came", "%(num)s people came", number)
