"""What is taken is decided by contents; what pretends is refused."""

import time

import pytest

from forum.core.errors import Refused
from forum.core.languages import speaking
from forum.files.actions.kinds import MOST_ENTRIES, WrongKind, kind_of
from forum.files.actions.names import clean_name, markdown_of
from forum.files.models import Kind
from tests import samples

LEGACY = "الاسم;المبلغ\nعمّان;12\n".encode("cp1256", "ignore")


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (samples.picture("PNG"), "a.png", Kind.PNG),
        (samples.picture("JPEG"), "a.png", Kind.JPEG),
        (samples.picture("WEBP"), "a", Kind.WEBP),
        (samples.picture("GIF"), "a.gif", Kind.GIF),
        (samples.PDF, "a.exe", Kind.PDF),
        (samples.DOCX, "a.zip", Kind.DOCX),
        (samples.XLSX, "a.xlsx", Kind.XLSX),
        (samples.PPTX, "a.pptx", Kind.PPTX),
        (samples.ODT, "a.odt", Kind.ODT),
        (samples.ODS, "a.ods", Kind.ODS),
        ("نص".encode(), "a.TXT", Kind.TXT),
        ("\ufeffa;b\n1;2".encode(), "a.csv", Kind.CSV),
        ("a\t1".encode("utf-16"), "a.csv", Kind.CSV),
        (LEGACY, "a.csv", Kind.CSV),
    ],
)
def test_what_is_on_the_list_is_known_by_its_contents(content, name, kind):
    assert kind_of(content, name) == kind


BOMB = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"\0" * 200_000_000, "more": b"\0" * 150_000_000}


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (samples.SVG, "picture.png"),
        (samples.SVG, "picture.svg"),
        (samples.SVG, "notes.txt"),
        (b"  \n<!DOCTYPE html><script>alert(1)</script>", "notes.txt"),
        (b"<html>", "table.csv"),
        (b"MZ\x90\x00\x03", "setup.exe"),
        (b"MZ\x90\x00\x03", "notes.txt"),
        (b"\x7fELF\x02\x01", "notes.csv"),
        (b"some words", "notes"),
        (b"some words", "notes.docx"),
        (b"some words", "photo.jpg"),
        (samples.folder({"evil.exe": b"MZ"}), "letter.docx"),
        (samples.folder({"word/document.xml": b"<w/>"}), "letter.docx"),
        (samples.folder(samples.TYPES | {"word/document.xml": b"", "word/vbaProject.bin": b"x"}), "letter.docx"),
        (samples.folder({"[Content_Types].xml": b"application/vnd.ms-word.document.macroEnabled"}), "letter.docx"),
        (samples.folder(samples.TYPES | {"word/document.xml": b"", "../../etc/passwd": b"x"}), "letter.docx"),
        (samples.folder({"mimetype": b"application/vnd.oasis.opendocument.text-template"}, stored=True), "a.odt"),
        (samples.folder({f"{n}": b"" for n in range(MOST_ENTRIES + 1)} | samples.TYPES), "a.docx"),
        (samples.folder(BOMB), "a.docx"),
        (samples.DOCX[:-30], "a.docx"),
        (b"PK\x03\x04" + b"\0" * 1000, "a.docx"),
        (b" %PDF-1.7", "a.pdf"),
        (b"RIFF\0\0\0\0WAVE", "a.webp"),
    ],
)
def test_what_is_not_on_the_list_or_only_pretends_is_refused(content, name):
    began = time.monotonic()
    with pytest.raises(WrongKind) as refused:
        kind_of(content, name)
    assert refused.value.status == 415
    assert time.monotonic() - began < 2


def test_the_refusal_is_said_in_the_readers_language():
    with speaking("ar"), pytest.raises(Refused) as refused:
        kind_of(samples.SVG, "a.png")
    assert "png" in refused.value.fields["file"]
    assert "Attach" not in refused.value.fields["file"]


@pytest.mark.parametrize(
    ("given", "kind", "name"),
    [
        ("../../etc/passwd", Kind.TXT, "passwd.txt"),
        ("C:\\Users\\amal\\photo.JPG", Kind.JPEG, "photo.JPG"),
        ("photo.jpeg", Kind.JPEG, "photo.jpeg"),
        ("photo.png", Kind.JPEG, "photo.png.jpeg"),
        ("run.exe", Kind.PDF, "run.exe.pdf"),
        ("a\x00b\r\n.pdf", Kind.PDF, "ab.pdf"),
        ("invoice\u202efdp.exe", Kind.PDF, "invoice(U+202E)fdp.exe.pdf"),
        ("تقرير\u2067 2026.pdf", Kind.PDF, "تقرير(U+2067) 2026.pdf"),
        ("", Kind.CSV, "file.csv"),
        ("....", Kind.CSV, "file.csv"),
        ("<script>.pdf", Kind.PDF, "script.pdf"),
        ("x" * 500 + ".pdf", Kind.PDF, "x" * 116 + ".pdf"),
    ],
)
def test_a_name_is_shown_without_its_way_and_with_what_it_is(given, kind, name):
    assert clean_name(given, kind) == name


def test_the_line_in_a_text_cannot_be_broken_out_of():
    assert markdown_of(7, "a](http://x) [b\n\nc", is_picture=True) == r"![a\](http://x) \[b c](/files/7)"
    assert markdown_of(7, "plan.pdf", is_picture=False) == "[plan.pdf](/files/7)"
