"""The name of a file as it is shown and saved: what it was called, without the way to it, and nothing invisible."""

import re
from enum import StrEnum

from forum.core.languages import clean_line
from forum.files.models import LONGEST_NAME, MIME, Kind

_ENDINGS: dict[StrEnum, tuple[str, ...]] = {Kind.JPEG: ("jpeg", "jpg", "jpe", "jfif")}
_TURNING = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f]')  # by one system or another
_SPECIAL = re.compile(r"([\[\]\\`*<>])")
_SPACES = re.compile(r"\s+")


def clean_name(name: str, kind: StrEnum, *, endings: tuple[str, ...] = ()) -> str:
    """With the ending of what it is, or one of the other `endings` of that. A sign that turns the direction of letters
    ("fdp.exe") is written out."""
    name = _TURNING.sub(lambda sign: f"(U+{ord(sign[0]):04X})", re.split(r"[/\\]", name)[-1])
    name = clean_line(_FORBIDDEN.sub("", name)).strip(". ")
    stem, dot, ending = name.rpartition(".")
    if not dot or ending.lower() not in (*_ENDINGS.get(kind, ()), *endings, kind.value):
        stem, ending = name, kind.value
    stem = stem.strip(". ")[: LONGEST_NAME - len(ending) - 1].strip(". ")
    return f"{stem or 'file'}.{ending.lower() if ending.lower() in MIME else ending}"


def markdown_of(file_id: int, words: str, *, is_picture: bool) -> str:
    """What stands for the file in a text."""
    words = _SPECIAL.sub(r"\\\1", _SPACES.sub(" ", words).strip())
    return f"{'!' if is_picture else ''}[{words}](/files/{file_id})"
