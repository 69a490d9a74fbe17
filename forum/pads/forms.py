"""What a browser or a client may send to a pad."""

from wtforms import BooleanField, SubmitField, TextAreaField

from forum.core.forms import Shape, Whole
from forum.core.languages import lazy_gettext


class NotesForm(Shape):
    """Its words, and the version that they were written over. A page says with `done` that the pen is put
    down, with `ask` that it is asked for, with words in hand that could not be saved."""

    of_pages = ("done", "ask")
    words = TextAreaField(lazy_gettext("Notes"))
    version = Whole()
    done = SubmitField(lazy_gettext("Save and put the pen down"))
    ask = SubmitField(lazy_gettext("Ask for the pen"))


class PenForm(Shape):
    """`over`: take it from whoever has it; for staff."""

    over = BooleanField()
