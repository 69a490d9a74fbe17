"""Who is spoken to, and the direction of what is said."""

import threading

import pytest

from forum.core.languages import (
    LANGUAGES,
    NAMES,
    Speech,
    balance_bidi,
    choose_language,
    clean_body,
    clean_line,
    clean_title,
    current_speech,
    direction,
    direction_of,
    has_bidi,
    served_languages,
    slug,
    speaking,
    strip_bidi,
)


def test_speaking_nests_and_ends():
    assert current_speech() == Speech()
    with speaking("ar", "arab", "Asia/Beirut", "LB") as speech:
        assert speech == Speech("ar", "arab", "Asia/Beirut", "LB") == current_speech()
        with speaking(Speech("tr")):
            assert current_speech().language == "tr"
        assert current_speech().language == "ar"
    assert current_speech() == Speech()


def test_speaking_stays_in_its_own_context():
    heard = []
    with speaking("fr"):
        thread = threading.Thread(target=lambda: heard.append(current_speech().language))
        thread.start()
        thread.join()
    assert heard == ["en"]


@pytest.mark.parametrize("wrong", ["de", "", "../ar", "AR"])
def test_an_unknown_language_is_refused(wrong):
    with pytest.raises(ValueError), speaking(wrong):
        pass


def test_every_language_has_its_own_name_and_direction():
    assert set(NAMES) == set(LANGUAGES)
    assert [direction_of(language) for language in LANGUAGES] == ["rtl", "ltr", "ltr", "ltr"]
    assert direction_of("en_XB") == "rtl"
    assert served_languages("production") == LANGUAGES
    assert served_languages("test") == (*LANGUAGES, "en_XA", "en_XB")


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("fr-FR,fr;q=0.9,en;q=0.8", "fr"),
        ("ar-JO", "ar"),
        ("de, tr;q=0.5, en;q=0.4", "tr"),
        ("de", "en"),
        ("", "en"),
        (None, "en"),
        ("fr;q=0", "en"),
        ("fr;q=nan,tr;q=1e9,ar;q=-1", "en"),
        ("fr;q=٩", "en"),
        (",;q=,;;" * 500, "en"),
    ],
)
def test_choose_language_reads_any_header(header, language):
    assert choose_language(header) == language


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("Collaboration4Development (C4D)", "ltr"),
        ("منصة C4D التعاونية", "rtl"),
        ("19-23 مارس 2018", "rtl"),
        ("(الإنجليزية - العربية)", "rtl"),
        ("C4D منصة تعاونية", "rtl"),
        ("שלום", "rtl"),
        ("اقرأ https://example.org/a/very/long/address/in/latin/letters", "rtl"),
        ("https://example.org", "ltr"),
        ("Hello العالم of the whole network", "ltr"),
        ("", "ltr"),
    ],
)
def test_direction_follows_the_letters(text, way):
    assert direction(text) == way


def test_direction_without_letters_or_declared():
    assert direction("92٪", default="rtl") == "rtl"
    assert direction("92٪") == "ltr"
    assert direction("Hello", declared="ar") == "rtl"
    assert direction("مرحبا", declared="en") == "ltr"


def test_bidi_controls():
    assert has_bidi("a\u202eb") and not has_bidi("a\u200fb")
    assert strip_bidi("a\u202eb\u2066c\u2069") == "abc"
    assert balance_bidi("a\u202eb\n\u2067c") == "a\u202eb\u202c\n\u2067c\u2069"
    assert balance_bidi("a\u202cb\u2069") == "ab"
    assert balance_bidi("\u2068a\u202bb\u2069c") == "\u2068a\u202bbc\u202c\u2069"
    assert balance_bidi("\u2068ok\u2069") == "\u2068ok\u2069"


def test_clean_line_keeps_what_shows():
    assert clean_line("  a\t\n b\x00\x1b\ud800\ufeff\u2028c ") == "a b c"
    assert clean_line("e\u0301") == "é"
    assert clean_line("می\u200cخواهم") == "می\u200cخواهم"
    assert clean_title("\u202eevil") == "evil"
    clean_line("\ud800\udfff").encode()


def test_clean_body_keeps_lines():
    assert clean_body("a\r\nb\rc\u2028d\x00\n\n") == "a\nb\nc\nd"
    assert clean_body("    code") == "code"


def test_slug():
    assert slug("منصة C4D التعاونية: خطّة ٢٠١٨") == "منصة-c4d-التعاونية-خطة-2018"
    assert slug("Déchets solides à Şanlıurfa!") == "dechets-solides-a-sanliurfa"
    assert slug("../../etc/passwd") == "etc-passwd"
    assert slug("🙂") == ""
    assert slug("word " * 40) == "-".join(["word"] * 12)
    assert slug("x" * 100) == "x" * 60
