"""Taking a file in."""

from sqlalchemy import func, select

from forum.core import clock
from forum.core.db import db, dialect
from forum.core.errors import Forbidden, Invalid
from forum.core.languages import clean_line, strip_bidi
from forum.core.languages import gettext as _
from forum.core.loop import off_the_loop
from forum.core.reader import Reader
from forum.core.site import current_site
from forum.core.storage import current_storage, fresh_name
from forum.core.uploads import Sent
from forum.files import queries
from forum.files.actions.kinds import kind_of
from forum.files.actions.names import clean_name, markdown_of
from forum.files.actions.pictures import Drawn, draw, draw_photo
from forum.files.models import PICTURES, File, Kind

MB = 1024 * 1024
LONGEST_DESCRIPTION = 300  # characters


def add_file(sent: Sent, *, owner: Reader) -> File:
    """Take a file in: seen, drawn anew if it is a picture, kept. It is its owner's alone until something uses it.

    Raises Refused: empty, of another kind, too large, or over what the member or the site may keep.
    """
    kind, content = _looked_at(sent, owner)
    if kind not in PICTURES:
        return _kept(sent.name, kind, content, owner)
    drawn = draw(content, kind)
    return _kept(sent.name, drawn.kind, drawn.content, owner, drawn)


def add_photo(sent: Sent, *, owner: Reader) -> File:
    """Take a picture in as a square, for the owner's face."""
    kind, content = _looked_at(sent, owner)
    drawn = draw_photo(content, kind)
    return _kept("photo", drawn.kind, drawn.content, owner, drawn)


def attach(words: str, sent: Sent, *, owner: Reader, description: str = "") -> str:
    """Take a file in and put it at the end of these words; the way of a form without a script."""
    description = clean_line(strip_bidi(description))
    if len(description) > LONGEST_DESCRIPTION:
        raise Invalid(fields={"description": _("At most %(num)s characters.", num=LONGEST_DESCRIPTION)})
    file = add_file(sent, owner=owner)
    is_picture = file.kind in PICTURES
    shown = markdown_of(file.id, description if is_picture else description or file.name, is_picture=is_picture)
    return f"{words.rstrip()}\n\n{shown}\n" if words.strip() else f"{shown}\n"


def _looked_at(sent: Sent, owner: Reader) -> tuple[Kind, bytes]:
    if owner.id is None:
        raise Forbidden
    if not sent.content:
        raise Invalid(fields={"file": _("This file is empty.")})
    _check_room(owner, len(sent.content))  # before the work; once more when the file's own size is known
    return off_the_loop(kind_of, sent.content, sent.name), sent.content


def _kept(name: str, kind: Kind, content: bytes, owner: Reader, drawn: Drawn | None = None) -> File:
    copies = drawn.copies if drawn else {}
    stored = len(content) + sum(map(len, copies.values()))
    key = fresh_name()
    storage = current_storage()
    storage.put(key, content)
    for width, copy in copies.items():
        storage.put(f"{key}.{width}", copy)
    if dialect() == "postgresql":  # a member's twins of one moment take turns; SQLite's writers always do
        db.session.execute(select(func.pg_advisory_xact_lock(owner.member_id)))
    _check_room(owner, stored)
    file = File(
        owner_id=owner.member_id,
        key=key,
        name=clean_name(name, kind),
        kind=kind,
        size=len(content),
        stored=stored,
        width=drawn.width if drawn else None,
        height=drawn.height if drawn else None,
        widths=" ".join(map(str, sorted(copies))),
        created_at=clock.now(),
    )
    db.session.add(file)
    db.session.flush()
    return file


def _check_room(owner: Reader, size: int) -> None:
    """Raise Invalid when the member or the site would keep more than the settings allow."""
    site = current_site()
    if queries.bytes_of(owner.member_id) + size > site.member_files_mb * MB:
        message = _(
            "You keep %(num)s MB of files already, which is all that there is room for. Delete some first.",
            num=site.member_files_mb,
        )
        raise Invalid(fields={"file": message})
    check_site_room(size)


def check_site_room(size: int) -> None:
    """Raise Invalid when all together would keep more than the settings allow."""
    site = current_site()
    if queries.bytes_of() + size > site.site_files_mb * MB:
        raise Invalid(fields={"file": _("The forum has no more room for files. Please tell a moderator.")})
