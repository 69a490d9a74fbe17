"""File and what uses it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Id, Moment, db

LONGEST_NAME = 120  # characters
MOST_FILES = 30  # in one post


class Kind(StrEnum):
    """What a file is by its contents; the value is the ending of its name."""

    PNG = "png"
    JPEG = "jpeg"
    WEBP = "webp"
    GIF = "gif"
    PDF = "pdf"
    TXT = "txt"
    CSV = "csv"
    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    ODT = "odt"
    ODS = "ods"


PICTURES = frozenset({Kind.PNG, Kind.JPEG, Kind.WEBP, Kind.GIF})
_OFFICE = "application/vnd.openxmlformats-officedocument"
MIME = {
    Kind.PNG: "image/png",
    Kind.JPEG: "image/jpeg",
    Kind.WEBP: "image/webp",
    Kind.GIF: "image/gif",
    Kind.PDF: "application/pdf",
    Kind.TXT: "text/plain",
    Kind.CSV: "text/csv",
    Kind.DOCX: f"{_OFFICE}.wordprocessingml.document",
    Kind.XLSX: f"{_OFFICE}.spreadsheetml.sheet",
    Kind.PPTX: f"{_OFFICE}.presentationml.presentation",
    Kind.ODT: "application/vnd.oasis.opendocument.text",
    Kind.ODS: "application/vnd.oasis.opendocument.spreadsheet",
}


class File(db.Model):
    """One file. `key` names its bytes in the storage, `key.640` those of the copy that is 640 pixels wide. The owner is
    a member; members stand above, so no foreign key says it."""

    __tablename__ = "files"
    __table_args__ = (Index("ix_files_owner", "owner_id", "id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    owner_id: Mapped[int] = mapped_column(Id)
    key: Mapped[str] = mapped_column(String(32), unique=True)
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    kind: Mapped[Kind] = mapped_column(String(4))
    size: Mapped[int]  # bytes of the file itself
    stored: Mapped[int]  # bytes with its smaller copies
    width: Mapped[int | None]  # pixels, of pictures
    height: Mapped[int | None]
    widths: Mapped[str] = mapped_column(String(40), default="")  # of the smaller copies, with spaces between
    created_at: Mapped[datetime] = mapped_column(Moment)
    attached_at: Mapped[datetime | None] = mapped_column(Moment)  # when something used it first
    removed_at: Mapped[datetime | None] = mapped_column(Moment, index=True)  # its bytes go in a moment


class FileUse(db.Model):
    """Something uses a file, or used it once and keeps it in its earlier texts."""

    __tablename__ = "file_uses"
    __table_args__ = (Index("ix_file_uses_subject", "subject_kind", "subject_id"),)

    file_id: Mapped[int] = mapped_column(ForeignKey("files.id", ondelete="CASCADE"), primary_key=True)
    subject_kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    subject_id: Mapped[int] = mapped_column(Id, primary_key=True)
    is_current: Mapped[bool] = mapped_column(default=True)
