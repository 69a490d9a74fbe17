"""What a recording is, by its contents alone. Nothing of it is decoded: a browser does that, in a place of its own."""

import re
from pathlib import Path
from typing import BinaryIO

from forum.closing.models import RecordingKind
from forum.core.languages import gettext as _
from forum.files.actions.kinds import wrong_kind

HEAD = 64 * 1024  # bytes in which WebM names its tracks
MOST_BOXES = 1000  # of an MP4 that are looked at
LARGEST_INDEX = 4 * 1024 * 1024  # bytes of an MP4's table of contents that are looked at

_FILMS = re.compile(rb"iso[2-9m]|mp4[12]|mp71|avc1|M4V[ HP]|MSNV|dash|mmp4|f4v ")
_SOUNDS = re.compile(rb"M4[AB] ")
_PICTURES = re.compile(rb"hdlr.{8}vide", re.DOTALL)
_OGG = (b"OpusHead", b"\x01vorbis")
_KILOBITS = {  # of a frame of MP3: MPEG 1, and 2 with 2.5
    3: (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_HERTZ = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}


def kind_of(path: Path) -> tuple[RecordingKind, bool]:
    """(kind, is it a film) of a file; raises WrongKind. It reads the disk: off the loop."""
    with open(path, "rb") as file:
        head = file.read(HEAD)
        found = _of_mp4(head, file) or _of_webm(head) or _of_ogg(head) or _of_mp3(head)
    if found is None:
        raise wrong_kind(_("Hand in a film (mp4, webm) or a sound recording (m4a, mp3, ogg, webm)."))
    return found


def _of_mp4(head: bytes, file: BinaryIO) -> tuple[RecordingKind, bool] | None:
    """The brand says whose it is (pictures of phones begin alike); its tracks, if they are found, if it is seen."""
    brand = head[8:12]
    if head[4:8] != b"ftyp" or not (_FILMS.fullmatch(brand) or _SOUNDS.fullmatch(brand)):
        return None
    index = _index_of(file)
    is_film = bool(_PICTURES.search(index)) if index else bool(_FILMS.fullmatch(brand))
    return RecordingKind.MP4 if is_film else RecordingKind.M4A, is_film


def _index_of(file: BinaryIO) -> bytes:
    """The box `moov`, which may stand behind all the rest; nothing where it is not found."""
    at = 0
    for _number in range(MOST_BOXES):
        file.seek(at)
        head = file.read(16)
        if len(head) < 8:
            return b""
        size = int.from_bytes(head[:4], "big")
        if size == 1:
            size = int.from_bytes(head[8:16], "big")
        if head[4:8] == b"moov":
            return file.read(min(size, LARGEST_INDEX)) if size else file.read(LARGEST_INDEX)
        if size < 8:
            return b""
        at += size
    return b""


def _of_webm(head: bytes) -> tuple[RecordingKind, bool] | None:
    if not head.startswith(b"\x1a\x45\xdf\xa3") or b"\x42\x82\x84webm" not in head[:4096]:
        return None
    return RecordingKind.WEBM, b"V_VP8" in head or b"V_VP9" in head or b"V_AV1" in head


def _of_ogg(head: bytes) -> tuple[RecordingKind, bool] | None:
    if not head.startswith(b"OggS\x00") or len(head) < 27:
        return None
    first = head[27 + head[26] :]  # behind the table of this page's segments
    return (RecordingKind.OGG, False) if first.startswith(_OGG) else None


def _of_mp3(head: bytes) -> tuple[RecordingKind, bool] | None:
    """With a label before it, or two frames of which the first says where the second is."""
    has_label = head.startswith(b"ID3") and head[3:4] in b"\x02\x03\x04" and all(one < 0x80 for one in head[6:10])
    if has_label and len(head) > 10:
        return RecordingKind.MP3, False
    length = _frame(head[:4])
    return (RecordingKind.MP3, False) if length and _frame(head[length : length + 4]) else None


def _frame(head: bytes) -> int:
    """The length of the frame of MP3 that begins with these four bytes, 0 if none does."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:  # eleven bits of sync, layer III
        return 0
    version, rate, hertz = head[1] >> 3 & 3, head[2] >> 4, head[2] >> 2 & 3
    if version == 1 or rate in (0, 15) or hertz == 3:
        return 0
    kilobits = _KILOBITS[3 if version == 3 else 2][rate - 1]
    return (144 if version == 3 else 72) * kilobits * 1000 // _HERTZ[version][hertz] + (head[2] >> 1 & 1)
