"""The files themselves, each asked for through the door; and a member's page of their own."""

import io
import logging

from flask import Blueprint, Response, flash, redirect, render_template, request, send_file, url_for
from sqlalchemy import Row
from werkzeug.wrappers import Response as BaseResponse

from forum.core.db import transaction
from forum.core.errors import NotFound, Refused
from forum.core.languages import gettext as _
from forum.core.storage import current_storage
from forum.core.streaming import POLICY, PRIVATE, PUBLIC, tag_of
from forum.core.uploads import sent_file
from forum.core.web import current_reader, signed_in_reader
from forum.files import actions, queries
from forum.files.actions.names import markdown_of
from forum.files.forms import FileForm
from forum.files.models import MIME, PICTURES, Kind

log = logging.getLogger(__name__)

pages = Blueprint("files", __name__)

LASTING = {"Cache-Control": "public, max-age=3600"}  # a face: another one has another address


@pages.get("/files/<id:file_id>")
def show(file_id: int) -> Response:
    """The file itself."""
    return _answer(queries.get_file(file_id, reader=current_reader()))


@pages.get("/files/<id:file_id>/<id:width>")
def show_small(file_id: int, width: int) -> Response:
    """A smaller copy of a picture."""
    file = queries.get_file(file_id, reader=current_reader())
    if str(width) not in file.widths.split():
        raise NotFound
    return _answer(file, width)


def _answer(file: Row, width: int | None = None) -> Response:
    """A picture to look at, a document to save. Nothing in it runs, wherever it is opened."""
    name = f"{file.key}.{width}" if width else file.key
    tag = tag_of(name)
    if request.if_none_match.contains(tag):
        response = Response(status=304)
        response.set_etag(tag)
    else:
        content = current_storage().read(name)
        if content is None:
            log.error("the bytes of file %s are not in the storage", file.id)
            raise NotFound
        kind = Kind.WEBP if width else Kind(file.kind)
        shown_name = f"{file.name.rpartition('.')[0]}.{kind}" if width else file.name
        is_document = kind not in PICTURES
        response = send_file(io.BytesIO(content), MIME[kind], is_document, shown_name, conditional=True, etag=tag)
    response.headers.update(PRIVATE if not file.is_public else LASTING if file.is_lasting else PUBLIC)
    response.headers["Content-Security-Policy"] = POLICY
    return response


@pages.get("/<language:language>/files")
def index() -> str:
    """What the member has uploaded, and the form for more."""
    signed_in_reader()
    return _page(FileForm())


@pages.post("/<language:language>/files")
def upload() -> BaseResponse | tuple[str, int]:
    """Take a file in; its place in a text is then shown to be copied."""
    reader, form = signed_in_reader(), FileForm.sent()
    try:
        form.check()
        sent = sent_file()
        with transaction():
            actions.add_file(sent, owner=reader)
    except Refused as refused:
        return _page(form, refused), refused.status
    flash(_("The file is there. Copy its line into what you write."))
    return redirect(url_for("files.index"), 303)


@pages.delete("/<language:language>/files/<id:file_id>")
def remove(file_id: int) -> BaseResponse | tuple[str, int]:
    """An upload that is not wanted."""
    file = queries.get_own(file_id, reader=signed_in_reader())
    try:
        with transaction():
            actions.remove_file(file)
    except Refused as refused:
        return _page(FileForm(), refused), refused.status
    flash(_("The file is deleted."))
    return redirect(url_for("files.index"), 303)


def _page(form: FileForm, refused: Refused | None = None) -> str:
    reader = signed_in_reader()
    cursor = request.args.get("cursor")
    return render_template(
        "files/index.html",
        form=form,
        page=queries.files_of(reader, cursor=cursor),
        bytes_kept=queries.bytes_of(reader.member_id),
        markdown_of=lambda file: markdown_of(
            file.id, "" if file.kind in PICTURES else file.name, is_picture=file.kind in PICTURES
        ),
        pictures=PICTURES,
        refused=refused,
    )
