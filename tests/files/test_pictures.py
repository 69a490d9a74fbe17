"""Pictures are drawn anew, bounded before they are unpacked."""

import io
import time

import pytest
from PIL import Image

from forum.core.errors import Refused
from forum.files.actions.pictures import LARGEST_EDGE, draw, draw_photo
from forum.files.models import Kind
from tests import samples


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "PNG"])
def test_what_a_camera_wrote_is_nowhere(kind):
    given = samples.photo(kind=kind)
    assert samples.CAMERA.encode() in given
    assert opened(given).getexif().get_ifd(0x8825)
    drawn = draw(given, Kind[kind])
    assert (drawn.width, drawn.height) == (1200, 1600)  # the right way up
    for content in (drawn.content, *drawn.copies.values()):
        assert samples.CAMERA.encode() not in content
        assert b"Exif" not in content and b"xmpmeta" not in content
        with opened(content) as picture:
            assert not picture.getexif()
            assert not {"exif", "xmp", "comment", "icc_profile"} & set(picture.info)
            red, _, _ = picture.convert("RGB").getpixel((picture.width - 3, 3))  # was on the left when it lay
            assert red > 150
    assert sorted(drawn.copies) == [640]
    assert opened(drawn.copies[640]).size == (640, 853)


def test_what_is_behind_the_end_of_a_picture_is_gone():
    drawn = draw(samples.picture("PNG") + b"PK\x03\x04 evil <script>", Kind.PNG)
    assert b"evil" not in drawn.content


def test_a_large_photo_is_made_smaller_and_small_ones_keep_their_size():
    drawn = draw(samples.photo(6000, 3000, orientation=1), Kind.JPEG)
    assert (drawn.width, drawn.height) == (LARGEST_EDGE, LARGEST_EDGE // 2)
    assert sorted(drawn.copies) == [640, 1280]
    assert draw(samples.picture(), Kind.PNG).copies == {}


def test_transparency_and_odd_modes_are_kept_or_made_plain():
    see_through = io.BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(see_through, "PNG")
    assert opened(draw(see_through.getvalue(), Kind.PNG).content).getpixel((1, 1))[3] == 0
    for mode in ("1", "L", "LA", "P", "I;16"):
        out = io.BytesIO()
        Image.new(mode, (8, 8)).save(out, "PNG")
        assert draw(out.getvalue(), Kind.PNG).width == 8
    printed = io.BytesIO()
    Image.new("CMYK", (8, 8)).save(printed, "JPEG")
    assert opened(draw(printed.getvalue(), Kind.JPEG).content).mode == "RGB"


def test_an_animation_moves_alone_and_stands_still_on_pages():
    drawn = draw(samples.animation(5), Kind.GIF)
    assert (drawn.kind, opened(drawn.content).n_frames) == (Kind.GIF, 5)
    assert list(drawn.copies) == [30]
    assert opened(drawn.copies[30]).n_frames == 1
    assert draw(samples.picture("GIF"), Kind.GIF).kind == Kind.PNG


def webp_head(width: int, height: int) -> bytes:
    size = b"".join((side - 1).to_bytes(3, "little") for side in (width, height))
    return b"RIFF\x1e\0\0\0WEBPVP8X\x0a\0\0\0\x10\0\0\0" + size + b"\0" * 20


WIDE_FRAME = samples.animation(2).replace(b"\x00\x00\x00\x00\x1e\x00\x14\x00", b"\x00\x00\x00\x00\xff\xff\xff\xff")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (samples.png_head(65_000, 65_000), Kind.PNG),
        (samples.png_head(2_000_000_000, 1), Kind.PNG),
        (samples.png_head(8_000, 5_001), Kind.PNG),
        (webp_head(16_383, 16_383), Kind.WEBP),
        (samples.animation(301, (2, 2)), Kind.GIF),
        (samples.animation(41, (1000, 1000)), Kind.GIF),
        (WIDE_FRAME, Kind.GIF),
        (samples.picture("JPEG") + b"\xff\xda\0\x02" * 200, Kind.JPEG),
    ],
)
def test_bombs_are_refused_at_once(content, kind):
    began = time.monotonic()
    with pytest.raises(Refused) as refused:
        draw(content, kind)
    assert refused.value.status in (413, 415)
    assert time.monotonic() - began < 2


@pytest.mark.parametrize("kind", [Kind.PNG, Kind.JPEG, Kind.WEBP, Kind.GIF])
def test_what_is_damaged_is_refused(kind):
    whole = samples.picture(kind.name, (300, 300))
    for content in (whole[: len(whole) // 2], whole[:12], whole[:30] + b"\xff" * 40):
        with pytest.raises(Refused) as refused:
            draw(content, kind)
        assert refused.value.status in (413, 415)


def test_the_largest_picture_that_is_taken_takes_no_longer_than_two_seconds():
    out = io.BytesIO()
    Image.effect_noise((800, 500), 60).resize((8000, 5000)).convert("RGB").save(out, "JPEG", quality=60)
    began = time.process_time()
    assert draw(out.getvalue(), Kind.JPEG).width == LARGEST_EDGE
    assert time.process_time() - began < 2


def test_a_photo_is_the_middle_as_a_square():
    drawn = draw_photo(samples.photo(), Kind.JPEG)
    assert drawn.width == drawn.height == 480
    assert [opened(copy).size for _side, copy in sorted(drawn.copies.items())] == [(96, 96), (192, 192)]
    with pytest.raises(Refused):
        draw_photo(samples.PDF, Kind.PDF)
