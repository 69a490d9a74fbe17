"""Pictures drawn anew: what a camera wrote beside them (place, time, owner) stays nowhere, their way up is applied.

Everything here is bounded before Pillow unpacks it; a picture takes up to two seconds, so never on the event loop.
"""

import io
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from gevent.lock import BoundedSemaphore
from PIL import Image, ImageCms, ImageOps

from forum.core.errors import Refused
from forum.core.languages import gettext as _
from forum.core.loop import off_the_loop
from forum.files.actions.kinds import wrong_kind
from forum.files.models import Kind

MOST_PIXELS = 40_000_000  # of a picture; of an animation all frames together
MOST_FRAMES = 300
MOST_SCANS = 100  # of a progressive JPEG: real ones have about ten, and each costs a pass over the whole picture
LARGEST_EDGE = 4096  # pixels; a larger picture is made smaller
WIDTHS = (640, 1280)  # of the copies that pages show
SIDES = (96, 192)  # of the copies of a photo
PHOTO = 480
QUALITY = 85

Image.MAX_IMAGE_PIXELS = None  # Pillow only warns at first; we look ourselves, before anything is unpacked
_turns = BoundedSemaphore(2)  # two at a time: each may take some hundred megabytes
_formats = {Kind.PNG: "PNG", Kind.JPEG: "JPEG", Kind.WEBP: "WEBP", Kind.GIF: "GIF"}
_to_srgb = ImageCms.createProfile("sRGB")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture that was drawn anew. `copies` are {width: a smaller WebP}."""

    kind: Kind
    content: bytes
    width: int
    height: int
    copies: dict[int, bytes] = field(default_factory=dict)


class _TooMany(Exception):
    """More pixels, frames or scans than we unpack."""


def draw(content: bytes, kind: Kind) -> Drawn:
    """The picture and its smaller copies; raises Refused for what is too large or cannot be read."""
    return _drawn(_draw, content, kind)


def draw_photo(content: bytes, kind: Kind) -> Drawn:
    """The middle of the picture, as a square."""
    return _drawn(_draw_photo, content, kind)


def _drawn(how: Callable[[bytes, Kind], Drawn], content: bytes, kind: Kind) -> Drawn:
    if kind not in _formats:
        raise wrong_kind(_("This is no picture. Choose one (png, jpeg, webp, gif)."))
    try:
        with _turns:
            return off_the_loop(how, content, kind)
    except _TooMany:
        message = _("This picture is too large: %(num)s million pixels are the most.", num=MOST_PIXELS // 1_000_000)
        refused = Refused(message, fields={"file": message})
        refused.status, refused.code = 413, "too_long"
        raise refused from None
    except Exception:  # a broken file makes Pillow raise anything
        raise wrong_kind(_("This picture cannot be read: it may be damaged.")) from None


def _draw(content: bytes, kind: Kind) -> Drawn:
    _check_before_opening(content, kind)
    with _opened(content, kind) as picture:
        if kind == Kind.GIF and getattr(picture, "n_frames", 1) > 1:
            return _animated(picture)
        still = _clean(picture)
        still.thumbnail((LARGEST_EDGE, LARGEST_EDGE), Image.Resampling.LANCZOS)
    kind = Kind.PNG if kind == Kind.GIF else kind
    return Drawn(kind, _saved(still, kind), *still.size, _copies(still))


def _draw_photo(content: bytes, kind: Kind) -> Drawn:
    _check_before_opening(content, kind)
    with _opened(content, kind) as picture:
        still = ImageOps.fit(_clean(picture), (PHOTO, PHOTO), Image.Resampling.LANCZOS)
    copies = {side: _saved(still.resize((side, side), Image.Resampling.LANCZOS), Kind.WEBP) for side in SIDES}
    return Drawn(Kind.WEBP, _saved(still, Kind.WEBP), *still.size, copies)


def _check_before_opening(content: bytes, kind: Kind) -> None:
    """What costs much already when Pillow opens or first reads it."""
    if kind == Kind.JPEG and content.count(b"\xff\xda") > MOST_SCANS:
        raise _TooMany
    if kind == Kind.WEBP:
        width, height = _size_of_webp(content)
        _check_size(width, height)


def _size_of_webp(content: bytes) -> tuple[int, int]:
    """Libwebp makes room for the whole canvas as soon as it opens a file, so its three kinds of heads are read here."""
    chunk = content[12:16]
    if chunk == b"VP8X":
        return tuple(int.from_bytes(content[at : at + 3], "little") + 1 for at in (24, 27))  # type: ignore[return-value]
    if chunk == b"VP8L":
        bits = int.from_bytes(content[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    width, height = struct.unpack("<HH", content[26:30])
    return width & 0x3FFF, height & 0x3FFF


def _check_size(width: int, height: int) -> None:
    if width * height > MOST_PIXELS or min(width, height) < 1:
        raise _TooMany


def _opened(content: bytes, kind: Kind) -> Image.Image:
    picture = Image.open(io.BytesIO(content), formats=[_formats[kind]])
    _check_size(*picture.size)
    if kind == Kind.JPEG and max(picture.size) > 2 * LARGEST_EDGE:
        picture.draft("RGB", (LARGEST_EDGE, LARGEST_EDGE))  # unpacks a half or a quarter of it
    return picture


def _clean(picture: Image.Image) -> Image.Image:
    """The pixels alone, the right way up, in the colours of the web."""
    profile = picture.info.get("icc_profile")
    turned = ImageOps.exif_transpose(picture)
    has_alpha = "A" in turned.getbands() or "transparency" in turned.info
    plain = turned.convert("L") if turned.mode.startswith("I;16") else turned
    if profile and plain.mode in ("RGB", "CMYK", "L"):
        plain = _in_srgb(plain, profile)
    plain = plain.convert("RGBA" if has_alpha else "L" if plain.mode in ("1", "L") else "RGB")
    bare = Image.new(plain.mode, plain.size)
    bare.paste(plain)
    return bare


def _in_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    try:
        return ImageCms.profileToProfile(
            picture, ImageCms.ImageCmsProfile(io.BytesIO(profile)), _to_srgb, outputMode="RGB"
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture  # a profile that fits nothing changes nothing


def _saved(picture: Image.Image, kind: Kind) -> bytes:
    out = io.BytesIO()
    if kind == Kind.JPEG:
        picture.convert("L" if picture.mode == "L" else "RGB").save(out, "JPEG", quality=QUALITY, progressive=True)
    elif kind == Kind.WEBP:
        picture.save(out, "WEBP", quality=80, method=2)
    else:
        picture.save(out, "PNG", compress_level=4)
    return out.getvalue()


def _copies(picture: Image.Image) -> dict[int, bytes]:
    """From the largest down, each made from the one before."""
    copies: dict[int, bytes] = {}
    for width in sorted(WIDTHS, reverse=True):
        if width < picture.width:
            height = max(1, round(picture.height * width / picture.width))
            picture = picture.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2.0)
            copies[width] = _saved(picture, Kind.WEBP)
    return copies


def _animated(picture: Image.Image) -> Drawn:
    """Every frame drawn anew; pages show the first alone, nothing moves there by itself."""
    if picture.n_frames > MOST_FRAMES or picture.n_frames * picture.width * picture.height > MOST_PIXELS:  # type: ignore[attr-defined]
        raise _TooMany
    size, times = picture.size, []
    frames = list(_frames(picture, size, times))
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=times, loop=0, disposal=2)
    first = frames[0]
    copies = _copies(first) or {first.width: _saved(first, Kind.WEBP)}
    return Drawn(Kind.GIF, out.getvalue(), *size, copies)


def _frames(picture: Image.Image, size: tuple[int, int], times: list[int]) -> Iterator[Image.Image]:
    for number in range(picture.n_frames):  # type: ignore[attr-defined]
        picture.seek(number)
        if picture.size != size:
            raise _TooMany  # a frame that is larger than its picture
        times.append(min(max(int(picture.info.get("duration", 100)), 20), 10_000))
        bare = Image.new("RGBA", size)
        bare.paste(picture.convert("RGBA"))
        yield bare
