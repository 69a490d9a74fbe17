"""Files as people send them: made here, byte by byte where that matters."""

import base64
import io
import zipfile
import zlib
from typing import Any

from PIL import Image
from PIL.TiffImagePlugin import IFDRational
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

CAMERA = "Camera of Amal 77"  # what a camera writes beside a picture, besides the place
PLACE = (31, 57, 14)  # degrees, minutes, seconds


def photo(width: int = 1600, height: int = 1200, *, orientation: int = 6, kind: str = "JPEG") -> bytes:
    """A picture as a phone takes it: with place, time, owner, a comment, lying on its side."""
    picture = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    picture.paste((200, 30, 30), (0, 0, width // 4, height // 4))  # red in the corner that comes first
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0112], exif[0x9286] = CAMERA, CAMERA, orientation, CAMERA.encode()
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "N", tuple(map(IFDRational, PLACE)), "E", tuple(map(IFDRational, (35, 55, 59)))
    out = io.BytesIO()
    more = {"comment": CAMERA.encode()} if kind == "JPEG" else {}
    picture.save(out, kind, exif=exif, quality=90, xmp=f"<x:xmpmeta>{CAMERA}</x:xmpmeta>".encode(), **more)
    return out.getvalue()


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), **more: object) -> bytes:
    """A small plain one."""
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **more)
    return out.getvalue()


def animation(frames: int = 3, size: tuple[int, int] = (30, 20)) -> bytes:
    """A GIF that moves."""
    colours = [Image.new("RGB", size, (number % 256, number * 7 % 256, 90)) for number in range(frames)]
    out = io.BytesIO()
    colours[0].save(out, "GIF", save_all=True, append_images=colours[1:], duration=50)
    return out.getvalue()


def png_head(width: int, height: int) -> bytes:
    """A PNG of this size that has a head, a little of its data, and an end."""
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\x00\x00\x00"
    data = zlib.compress(b"\x00" * 65536, 9)
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*one) for one in ((b"IHDR", head), (b"IDAT", data), (b"IEND", b"")))


def _chunk(name: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")


def folder(entries: dict[str, bytes], *, stored: bool = False) -> bytes:
    """A zip of these."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as made:
        for name, content in entries.items():
            made.writestr(name, content)
    return out.getvalue()


def base64_of(content: bytes) -> str:
    """For a script of a page."""
    return base64.b64encode(content).decode()


def multipart(content: bytes, name: str = "a.txt", **fields: str) -> dict[str, Any]:
    """What a client sends: `data` and `content_type`. From bytes, because a stream of the test client's stays open."""
    given = {**fields, "file": FileStorage(io.BytesIO(content), filename=name)}
    boundary, data = encode_multipart(given)
    return {"data": data, "content_type": f"multipart/form-data; boundary={boundary}"}


TYPES = {"[Content_Types].xml": b"<Types/>"}
DOCX = folder(TYPES | {"word/document.xml": b"<w:document/>"})
XLSX = folder(TYPES | {"xl/workbook.xml": b"<workbook/>"})
PPTX = folder(TYPES | {"ppt/presentation.xml": b"<p:presentation/>"})
ODT = folder({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<office/>"}, stored=True)
ODS = folder({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<office/>"}, stored=True)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


# Recordings: as small as their kinds allow. The MP3 is one that plays: so many frames of silence, 26 ms each.


def mp3(frames: int = 40) -> bytes:
    """MPEG 1, layer III, 32 kbit/s, 44.1 kHz, one channel."""
    frame = b"\xff\xfb\x10\xc0" + bytes(100)
    return frame * frames


def mp4(*, brand: bytes = b"isom", track: bytes = b"vide", rest: bytes = b"") -> bytes:
    """Boxes without a picture: brand, data, and a table of contents that names one track."""
    handler = _box(b"hdlr", bytes(8) + track + bytes(13))
    index = _box(b"moov", _box(b"trak", _box(b"mdia", handler)))
    return _box(b"ftyp", brand + bytes(4) + brand) + _box(b"mdat", rest or bytes(64)) + index


def _box(name: bytes, content: bytes) -> bytes:
    return (len(content) + 8).to_bytes(4, "big") + name + content


WEBM = b"\x1a\x45\xdf\xa3\x93\x42\x86\x81\x01\x42\x82\x84webm" + b"\x86\x85V_VP8" + bytes(64)
WEBM_SOUND = WEBM.replace(b"\x85V_VP8", b"\x86A_OPUS")
OGG = b"OggS\x00\x02" + bytes(20) + b"\x01\x13" + b"OpusHead\x01\x01" + bytes(64)
LABELLED_MP3 = b"ID3\x04\x00\x00\x00\x00\x00\x0a" + bytes(10) + mp3(2)
