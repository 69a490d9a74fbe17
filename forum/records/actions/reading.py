"""Reading what somebody hands in: captions (WebVTT, SubRip) or plain text, as lines that can be quoted."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import webvtt

from forum.core.errors import Invalid
from forum.core.languages import clean_line
from forum.core.languages import gettext as _
from forum.records.models import LONGEST_LINE, LONGEST_SPEAKER, MOST_LINES

LARGEST = 4 * 1024 * 1024  # characters
LONG = 400  # characters of a paragraph; a longer one comes apart into its sentences
LATEST = 7 * 24 * 3600 * 1000  # milliseconds
_SENTENCES = re.compile(r"(?<=[.!?؟。…])\s+")
_CUES = re.compile(r"^\s*(?:\d+\s*\n)?\s*\d{1,2}:\d{2}:\d{2}[,.]\d{3}\s*-->", re.MULTILINE)


@dataclass(frozen=True)
class Line:
    """A sentence or caption; `starts_ms` from the beginning, if the file says when."""

    words: str
    speaker: str = ""
    starts_ms: int | None = None


def read_lines(text: str) -> list[Line]:
    """The lines of a file, whichever of the three it is; raises Invalid for `text`."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > LARGEST:
        raise _wrong(_("This is longer than the record of an event can be."))
    if "\x00" in text:
        raise _wrong(_("This holds signs that are not text."))
    if text.lstrip().startswith("WEBVTT"):
        found = list(_captions(text.lstrip(), "vtt"))
    elif _CUES.search(text):
        found = list(_captions(text, "srt"))
    else:
        found = list(_plain(text))
    if not found:
        raise _wrong(_("There are no words in it."))
    if len(found) > MOST_LINES:
        raise _wrong(_("At most %(num)s lines.", num=MOST_LINES))
    return found


def _captions(text: str, kind: str) -> Iterator[Line]:
    try:
        captions = list(webvtt.from_buffer(text.split("\n"), format=kind))
        for one in captions:
            words = clean_line(one.text)
            at = one.start_time
            starts = ((at.hours * 60 + at.minutes) * 60 + at.seconds) * 1000 + at.milliseconds
            if words:
                yield Line(words[:LONGEST_LINE], clean_line(one.voice or "")[:LONGEST_SPEAKER], min(starts, LATEST))
    except (webvtt.errors.MalformedFileError, webvtt.errors.MalformedCaptionError, ValueError, IndexError):
        raise _wrong(_("These captions are not written as WebVTT or SubRip has them.")) from None


def _plain(text: str) -> Iterator[Line]:
    for paragraph in text.split("\n"):
        words = clean_line(paragraph)
        for sentence in _SENTENCES.split(words) if len(words) > LONG else [words]:
            while sentence:
                yield Line(sentence[:LONGEST_LINE])
                sentence = sentence[LONGEST_LINE:]


def _wrong(message: str) -> Invalid:
    return Invalid(fields={"text": message})
