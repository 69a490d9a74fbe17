"""A file that a form or a client sends: one, in the multipart field `file`, bounded before it is read."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, current_app, request
from wtforms import Form, HiddenField, StringField, SubmitField

from forum.core.errors import Invalid, Refused
from forum.core.languages import gettext as _
from forum.core.languages import lazy_gettext
from forum.core.methods import LARGEST_BODY
from forum.core.reader import Reader

LARGEST_FILE = 10 * 1024 * 1024  # bytes
MULTIPART = "multipart/form-data"


class TooLarge(Refused):
    """More bytes than a file may have."""

    status, code = 413, "too_long"

    def said(self) -> str:
        return _("A file has at most %(num)s MB.", num=LARGEST_FILE // 1024 // 1024)


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent: the name that it had there, and its bytes."""

    name: str
    content: bytes


class WithFile(Form):
    """For a form of words that a file may go with. Without a script `attach` sends the form as multipart: the file is
    taken in, put into the words, and the form comes back. In an ordinary sending `file` is the chosen name alone."""

    of_pages = ("file", "description")
    file = HiddenField()
    description = StringField(lazy_gettext("What the picture shows"))
    attach = SubmitField()

    def check_attached(self) -> None:
        """Raise Invalid when a file was chosen and the form sent without it."""
        if self.file.data and not self.attach.data:
            raise Invalid(
                fields={"file": _("The file that you chose is not attached yet. Choose it again and attach it.")}
            )

    def attach_file(self, put_in: Callable[..., str], *, owner: Reader) -> None:
        """Take the sent file in; `put_in(words, sent, owner=, description=)` gives the words with it."""
        words, description = self._fields["words"], self.description
        words.data = put_in(words.data or "", sent_file(), owner=owner, description=description.data or "")
        description.data = ""


def init_app(app: Flask, routes: frozenset[str]) -> None:
    """`routes` are the endpoints that take a file; those of arriving.py take a large one."""
    app.config["TAKES_FILES"] = routes
    app.config.setdefault("TAKES_LARGE", {})


def is_upload() -> bool:
    """Does this request bring a file to an address that takes one?"""
    takes = (
        request.endpoint in current_app.config["TAKES_FILES"] or request.endpoint in current_app.config["TAKES_LARGE"]
    )
    return request.mimetype == MULTIPART and takes


def make_room() -> None:
    """Let this request be as large as a file; before anything reads its body."""
    if request.endpoint in current_app.config["TAKES_FILES"]:
        request.max_content_length = LARGEST_FILE + LARGEST_BODY


def sent_file() -> Sent:
    """The file that was sent; raises Invalid and TooLarge."""
    given = request.files.get("file")
    if given is None or not (given.filename or "").strip():
        raise Invalid(fields={"file": _("Choose a file first.")})
    content = given.stream.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise TooLarge(fields={"file": TooLarge().message})
    return Sent(given.filename or "", content)
