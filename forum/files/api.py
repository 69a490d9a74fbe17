"""JSON of files; the bytes themselves are at /files/<id>."""

from flask import Blueprint, Response, jsonify, request

from forum.core.api import PageOf, list_of
from forum.core.db import transaction
from forum.core.openapi import gives
from forum.core.uploads import sent_file
from forum.core.web import current_reader, signed_in_reader
from forum.files import actions, queries
from forum.files.forms import FileForm
from forum.files.shapes import FileShape, file_shape

pages = Blueprint("files_api", __name__, url_prefix="/api/v1")


@pages.post("/files")
@gives(FileShape, 201, takes=FileForm)
def upload() -> tuple[Response, int]:
    """Upload a file; the answer's `markdown` goes into a post. What no post shows after a day is deleted."""
    reader = signed_in_reader()
    form = FileForm.sent()
    form.check()
    sent = sent_file()
    with transaction():
        file = actions.add_file(sent, owner=reader)
    return jsonify(file_shape(file, description=form.description.data or "")), 201


@pages.get("/files")
@gives(PageOf[FileShape], guests=False)
def files() -> Response:
    """One's own uploads, the newest first."""
    return list_of(queries.files_of(signed_in_reader(), cursor=request.args.get("cursor")), file_shape)


@pages.get("/files/<id:file_id>")
@gives(FileShape)
def file(file_id: int) -> Response:
    """One file that the reader may have."""
    return jsonify(file_shape(queries.get_file(file_id, reader=current_reader())))


@pages.delete("/files/<id:file_id>")
@gives(None)
def remove(file_id: int) -> Response:
    """Delete an upload of one's own that nothing uses."""
    file = queries.get_own(file_id, reader=signed_in_reader())
    with transaction():
        actions.remove_file(file)
    return Response(status=204)
