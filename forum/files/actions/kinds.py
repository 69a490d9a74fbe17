"""What a file is, by its contents alone. What is not on the list, or only pretends to be, is refused."""

import io
import re
import zipfile

from forum.core.errors import Refused
from forum.core.languages import gettext as _
from forum.files.models import Kind

MOST_ENTRIES = 5_000  # in a zipped document
LARGEST_UNPACKED = 300 * 1024 * 1024  # bytes that a reader's own program would unpack
LARGEST_HEAD = 256 * 1024  # bytes of an entry that we unpack ourselves

_SIGNS = (
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"\xff\xd8\xff", Kind.JPEG),
    (b"GIF87a", Kind.GIF),
    (b"GIF89a", Kind.GIF),
    (b"%PDF-", Kind.PDF),
)
_MICROSOFT = {Kind.DOCX: "word/document.xml", Kind.XLSX: "xl/workbook.xml", Kind.PPTX: "ppt/presentation.xml"}
_OPEN = {
    b"application/vnd.oasis.opendocument.text": Kind.ODT,
    b"application/vnd.oasis.opendocument.spreadsheet": Kind.ODS,
}
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1b")) + b"\x7f"
_MARKUP = re.compile(rb"\s*<\s*(?:[!?]|html|svg|script|body|head|iframe|math|xml)", re.IGNORECASE)


class WrongKind(Refused):
    """Not a file that we take."""

    status, code = 415, "wrong_kind"

    def said(self) -> str:
        return _("Attach a picture (png, jpeg, webp, gif) or a document (pdf, docx, xlsx, pptx, odt, ods, txt, csv).")


def wrong_kind(message: str | None = None) -> WrongKind:
    """The refusal, shown at the field where the file was chosen."""
    message = message or WrongKind().message
    return WrongKind(message, fields={"file": message})


def kind_of(content: bytes, name: str) -> Kind:
    """What this is; the name decides only between plain text and a table, which look alike. Raises WrongKind."""
    for sign, kind in _SIGNS:
        if content.startswith(sign):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return Kind.WEBP
    if content.startswith(b"PK\x03\x04"):
        return _kind_of_zip(content)
    ending = name.rpartition(".")[2].lower()
    if ending in (Kind.TXT, Kind.CSV) and _is_text(content):
        return Kind(ending)
    raise wrong_kind()


def _is_text(content: bytes) -> bool:
    """Letters of some encoding, and no page in disguise."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            content = content.decode("utf-16").encode()
        except UnicodeError:
            return False
    content = content.removeprefix(b"\xef\xbb\xbf")
    return len(content) == len(content.translate(None, _CONTROLS)) and not _MARKUP.match(content[:200])


def _kind_of_zip(content: bytes) -> Kind:
    """Office documents are zipped folders: the list of what is inside must be that of one, without programs."""
    end = content.rfind(b"PK\x05\x06")
    if end < 0 or int.from_bytes(content[end + 10 : end + 12], "little") > MOST_ENTRIES:
        raise wrong_kind()  # before the list is read: a long one takes seconds
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as folder:
            return _kind_of_folder(folder)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError):
        raise wrong_kind(_("This document cannot be read: it may be damaged or locked with a password.")) from None


def _kind_of_folder(folder: zipfile.ZipFile) -> Kind:
    entries = folder.infolist()
    names = {entry.filename for entry in entries}
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or unpacked > LARGEST_UNPACKED or any(_leads_out(name) for name in names):
        raise wrong_kind()
    if any("vbaproject" in name.lower() or name.lower().startswith("basic/") for name in names):
        raise wrong_kind(_("Documents with macros are not taken. Save it without them."))
    kind = _OPEN.get(_head(folder, entries[0])) if entries[0].filename == "mimetype" else None
    if kind is None and "[Content_Types].xml" in names:
        types = _head(folder, folder.getinfo("[Content_Types].xml")).lower()
        if b"macroenabled" in types:
            raise wrong_kind(_("Documents with macros are not taken. Save it without them."))
        kind = next((one for one, main in _MICROSOFT.items() if main in names), None)
    if kind is None:
        raise wrong_kind()
    return kind


def _leads_out(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or ":" in name.split("/")[0]


def _head(folder: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """The beginning of an entry; never more, however much it would unpack to."""
    with folder.open(entry) as file:
        return file.read(LARGEST_HEAD).strip()
