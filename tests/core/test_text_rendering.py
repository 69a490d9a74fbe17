"""Markdown: what members type and what they see, each block in its direction."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.core.text import MAX_WORDS, RENDERER, excerpt, plain, renamed, render

REL = 'rel="nofollow ugc noopener"'
MIXED = {
    "Collaboration4Development (C4D)": "ltr",
    "منصة C4D التعاونية": "rtl",
    "19-23 مارس 2018": "rtl",
    "92٪": None,
    "(الإنجليزية - العربية)": "rtl",
}


def html(words, language=None):
    return render(words, language=language).html


def test_render_tells_what_it_did():
    found = render("مرحبا", language="ar")
    assert (found.direction, found.language, found.renderer) == ("rtl", "ar", RENDERER)
    assert render("Hello").direction == "ltr" and render("").html == ""


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("one\ntwo", '<p dir="ltr">one<br>\ntwo</p>'),
        ("# A", '<h3 dir="ltr">A</h3>'),
        ("## A", '<h4 dir="ltr">A</h4>'),
        ("###### A", '<h5 dir="ltr">A</h5>'),
        ("**a** *b* ~~c~~", '<p dir="ltr"><strong>a</strong> <em>b</em> <s>c</s></p>'),
        ("`x < 1`", '<p dir="ltr"><code dir="ltr">x &lt; 1</code></p>'),
        ("3. a", '<ol start="3" dir="ltr">\n<li dir="ltr">a</li>\n</ol>'),
        ("[a](https://example.org)", f'<p dir="ltr"><a href="https://example.org" {REL}>a</a></p>'),
        ("AT&T <b>", '<p dir="ltr">AT&amp;T &lt;b&gt;</p>'),
        ("README.md", '<p dir="ltr">README.md</p>'),
    ],
)
def test_markdown(words, expected):
    assert html(words) == expected


def test_fenced_code_runs_left_to_right():
    assert html("```\nx = 1\n```", "ar") == '<pre dir="ltr" tabindex="0"><code dir="ltr">x = 1\n</code></pre>'


def test_tables_come_in_a_box_that_scrolls():
    found = html("|a|ب ج|\n|-|-|\n|1|x|", "ar")
    assert found.startswith('<div class="scroll" tabindex="0"><table dir="rtl">') and found.endswith("</table></div>")
    assert '<th dir="ltr">a</th>' in found and '<th dir="rtl">ب ج</th>' in found and '<td dir="rtl">1</td>' in found


@pytest.mark.parametrize(
    ("words", "href", "shown"),
    [
        ("(see https://example.org/a_(b)).", "https://example.org/a_(b)", "https://example.org/a_(b)"),
        ("http://example.org/?a=1&b=2,", "http://example.org/?a=1&amp;b=2", "http://example.org/?a=1&amp;b=2"),
        ("www.example.org، نعم", "https://www.example.org", "www.example.org"),
        ("me@example.org؟", "mailto:me@example.org", "me@example.org"),
        ("**https://example.org**", "https://example.org", "https://example.org"),
    ],
)
def test_bare_addresses_become_links_that_run_left_to_right(words, href, shown):
    assert f'<a href="{href}" {REL} dir="ltr">{shown}</a>' in html(words, "ar")


@pytest.mark.parametrize(
    "words", ["`https://example.org`", "```\nhttps://example.org\n```", "javascript://example.org"]
)
def test_these_are_no_links(words):
    assert "<a" not in html(words)


def test_an_address_inside_a_link_is_not_linked_again():
    assert html("[see https://a.example](https://b.example)").count("<a ") == 1


@pytest.mark.parametrize("phone", ["+962 6 123 4567", "00962-6-1234567", "(06) 123 4567", "+٩٦٢ ٦ ١٢٣٤٥٦٧"])
def test_telephone_numbers_run_left_to_right(phone):
    assert f'هاتف: <bdi dir="ltr">{phone}</bdi>' in html(f"هاتف: {phone}")


@pytest.mark.parametrize("words", ["19-23 مارس 2018", "2018-2019", "0.5", "10:00-12:00", "1,234,567", "007"])
def test_dates_and_amounts_are_not_telephones(words):
    assert "<bdi" not in html(words)


def test_each_block_runs_its_own_way():
    found = html("An English paragraph.\n\n> اقتباس بالعربية\n\n- first\n- ثانيا\n\n92٪", "en")
    assert '<p dir="ltr">An' in found and '<blockquote dir="rtl">\n<p dir="rtl">' in found
    assert '<li dir="ltr">first' in found and '<li dir="rtl">ثانيا' in found and '<p dir="ltr">92٪' in found


def test_arabic_that_is_stressed_says_so():
    for words, language in (("Canal *English* ou *العربية*, en bas", "fr"), ("القناة: *English* أو *العربية*", "ar")):
        found = html(words, language)
        assert "<em>English</em>" in found and '<em dir="rtl">العربية</em>' in found


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("text", MIXED)
@pytest.mark.parametrize("before", ["", "# ", "- ", "> ", "1. "])
def test_mixed_strings_in_every_block(text, before, language):
    inherited = "rtl" if language == "ar" else "ltr"
    found = html(before + text, language)
    assert f'dir="{MIXED[text] or inherited}">{text}</' in found


@pytest.mark.parametrize("mark", ["\u200f", "\u200e", "\u061c", "\u200f\u200f"])
@pytest.mark.parametrize(
    ("words", "tag"),
    [("# عنوان", "h3"), ("- بند", "li"), ("> قول", "blockquote"), ("1. أول", "ol"), ("**مهم** جدا", "strong")],
)
def test_marks_before_a_sign_do_not_break_markdown(mark, words, tag):
    assert f"<{tag}" in html(mark + words)


def test_marks_inside_lists_quotes_and_emphasis():
    assert "<strong>مهم</strong>" in html("نص \u200f**\u200fمهم\u200f**\u200f نص")
    assert "<h3" in html("> \u200f# عنوان") and "<strong>" in html("- \u200f**أ**")
    assert html("- أ\n\u200f- ب\n\u200f- ج").count("<li") == 3
    assert "\u200f- x" in html("```\n\u200f- x\n```")


def test_bidi_controls_are_balanced_and_dirt_is_gone():
    assert html("\u202eevil\n\nnext") == '<p dir="ltr">\u202eevil\u202c</p>\n<p dir="ltr">next</p>'
    assert html("a\x00b\ud800c\ufeff") == '<p dir="ltr">abc</p>'


def test_plain_and_excerpt():
    found = html("# Title\n\nOne **two** `three`\nfour\n\n- a\n- b &lt;\n\n|x|y|\n|-|-|\n|1|2|")
    assert plain(found) == "Title\nOne two three\nfour\na\nb <\nx y\n1 2"
    assert excerpt(found) == "Title One two three four a b < x y 1 2"
    long = excerpt(html("word " * 100), 50)
    assert long == "word " * 9 + "word…" and len(long) <= 50
    assert len(excerpt(html("x" * 500), 20)) == 20 and excerpt("") == ""


BOMBS = [
    *["[", "*", "`", ">", "> ", "|", "_", "~~", "(", "<", "&", "![", "[](", "[a](", "*a ", "**a", "*_", "`a", "``a`"],
    *["- ", "-\n", "1. ", "#", "# a\n", "\\", "\t", "```\n", "a|", "|a", "a|b\n-|-\n", "|-", "<a href=", "<!--", "<b>"],
    *[
        "http://",
        "http://a)",
        "www.",
        "@",
        "a@",
        "a@b.",
        "a@b.c ",
        "(((http://a",
        "+9",
        "0 0 ",
        "00",
        "[x]: y\n",
        "[[]]",
    ],
    *[
        "\u202e",
        "\u2066",
        "\u200f",
        "\u200f*",
        "\u200f>",
        "\u0301",
        "١",
        "ا ",
        "😀",
        "*a **b ",
        "> - ",
        "> > 1. ",
        "'",
        '"',
    ],
]


@pytest.mark.parametrize("bomb", BOMBS)
def test_bombs_are_bounded(bomb):
    bounded((bomb * MAX_WORDS)[:MAX_WORDS])


@pytest.mark.parametrize(
    "words",
    [
        "a|" * 3000 + "\n" + "-|" * 3000 + "\n" + "|\n" * 4000,
        "|" + "a|" * 50 + "\n|" + "-|" * 50 + "\n" + "|" * 19_000,
        "*" * 10_000 + "a" + "*" * 9_999,
        "**" * 5000 + "a" + "**" * 4999,
        "[" * 10_000 + "]" * 10_000,
        "[" * 6000 + "a" + "](b)" * 3500,
        "".join("`" * length + "a" for length in range(1, 198)),
        "".join("  " * depth + "- a\n" for depth in range(130)),
    ],
)
def test_shaped_bombs_are_bounded(words):
    bounded(words[:MAX_WORDS])


def bounded(words):
    """CPU time, so that a busy machine does not matter; 2 s is the promise."""
    start = time.process_time()
    found = render(words).html
    assert time.process_time() - start < 2
    assert len(found) < 40 * MAX_WORDS


def test_emphasis_is_not_nested_without_end():
    assert html("**" * 200 + "a" + "**" * 200).count("<strong>") <= 12


@settings(deadline=None)
@given(st.text(max_size=400))
def test_anything_can_be_rendered(words):
    found = render(words)
    assert plain(found.html) is not None and len(excerpt(found.html, 40)) <= 40


def test_bidi_controls_typed_as_references_are_balanced_too():
    found = render("&#x202E;abc\n\nafter").html
    first = found.split("</p>")[0]
    assert first.count("\u202e") == first.count("\u202c")


def test_a_quote_gets_another_name_in_front_and_nothing_else_does():
    head, other = "> [Zaytouna Qamar #2](/posts/12)\n> Words", "[Zaytouna Qamar #2](https://example.org/posts/12)"
    assert renamed(head, "Former member", ids={12}) == "> [Former member #2](/posts/12)\n> Words"
    assert renamed(head, "Former member", called="Zaytouna Qamar") == "> [Former member #2](/posts/12)\n> Words"
    assert renamed(head, "Former member", ids={13}, called="Zaytouna") == head
    assert renamed(other, "Former member", ids={12}, called="Zaytouna Qamar") == other
