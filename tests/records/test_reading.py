"""Captions and plain text become lines that can be quoted; what is neither is refused."""

import pytest

from forum.core.errors import Invalid
from forum.records.actions.reading import Line, read_lines

VTT = """WEBVTT

NOTE made by hand

1
00:00:01.000 --> 00:00:04.500
<v سامر بقاعين>أهلا <b>وسهلا</b>
بكم (C4D)

00:01:02.250 --> 00:01:04.500 align:start
And <i>welcome</i>.
"""
SRT = """1
00:00:01,000 --> 00:00:04,500
Bonjour à tous.

2
01:02:03,004 --> 01:02:05,000
Merci.
"""


def test_webvtt_has_speakers_and_times():
    assert read_lines(VTT) == [
        Line("أهلا وسهلا بكم (C4D)", "سامر بقاعين", 1000),
        Line("And welcome.", "", 62_250),
    ]


@pytest.mark.parametrize("text", [SRT, SRT.replace("\n", "\r\n"), "\ufeff" + SRT])
def test_subrip_has_times(text):
    assert read_lines(text) == [Line("Bonjour à tous.", "", 1000), Line("Merci.", "", 3_723_004)]


def test_plain_text_is_a_line_for_each_paragraph_and_a_long_one_for_each_sentence():
    long = "One sentence that goes on. " * 20 + "وجملة؟ " * 3
    lines = read_lines(f"The first.\n\n  The  second.\n{long}")
    assert [one.words for one in lines[:2]] == ["The first.", "The second."]
    assert len(lines) == 2 + 20 + 3 and lines[2].words == "One sentence that goes on."
    assert all(one.starts_ms is None for one in lines)
    assert len(read_lines("x" * 5000)) == 3


@pytest.mark.parametrize(
    "text",
    ["", " \n \n", "a\x00b", "WEBVTT\n\nnonsense --> more\nwords", "WEBVTT\n\n", "x\n" * 20_001, "x" * 4_200_000],
)
def test_what_is_nothing_of_that_is_refused(text):
    with pytest.raises(Invalid) as refused:
        read_lines(text)
    assert set(refused.value.fields) == {"text"}


def test_markup_in_captions_is_words():
    [line] = read_lines("WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n<script>alert(1)</script> said\n")
    assert "<script" not in line.words
