"""Files as JSON."""

from typing import TypedDict

from sqlalchemy import Row

from forum.files.actions.names import markdown_of
from forum.files.models import PICTURES, File, Kind


class FileShape(TypedDict):
    """A file. `markdown` is what stands for it in a post; a picture's wants its description in the brackets. `width`
    and `height` are a picture's, in pixels; `small` is the address of its smallest copy."""

    id: int
    name: str
    kind: Kind
    picture: bool
    size: int
    width: int | None
    height: int | None
    url: str
    small: str
    markdown: str


def file_shape(file: Row | File, *, description: str = "") -> FileShape:
    """As lists and the composer want it."""
    is_picture = file.kind in PICTURES
    words = description if is_picture else description or file.name
    return {
        "id": file.id,
        "name": file.name,
        "kind": file.kind,
        "picture": is_picture,
        "size": file.size,
        "width": file.width,
        "height": file.height,
        "url": f"/files/{file.id}",
        "small": f"/files/{file.id}/{file.widths.split()[0]}" if file.widths else f"/files/{file.id}",
        "markdown": markdown_of(file.id, words, is_picture=is_picture),
    }
