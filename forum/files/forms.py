"""What a browser may send with a file."""

from wtforms import FileField, StringField

from forum.core.forms import Shape
from forum.core.languages import lazy_gettext


class FileForm(Shape):
    """A file, and what it shows."""

    file = FileField(lazy_gettext("Picture or document"))
    description = StringField(lazy_gettext("What the picture shows"))
