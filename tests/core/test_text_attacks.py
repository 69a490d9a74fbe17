"""Stored markup never runs: whatever is tried, only the allow-list comes out."""

from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.core.text import clean, render

TAGS = {"p", "br", "hr", "h3", "h4", "h5", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a"}
TAGS |= {"table", "thead", "tbody", "tr", "th", "td", "div", "bdi"}
ATTRIBUTES = {"a": {"href", "title", "rel"}, "ol": {"start"}, "div": {"class", "tabindex"}, "pre": {"tabindex"}}
BLOCKS = {"p", "h3", "h4", "h5", "blockquote", "ul", "ol", "li", "table", "th", "td", "pre", "code"}


class Inspector(HTMLParser):
    """Fails on everything that is not allowed, as a browser would read it."""

    def __init__(self, directed):
        super().__init__()
        self.directed = directed

    def handle_starttag(self, tag, attrs):
        assert tag in TAGS, tag
        names = dict(attrs)
        assert len(names) == len(attrs)
        assert not set(names) - ATTRIBUTES.get(tag, set()) - {"dir"}, (tag, names)
        assert names.get("dir", "ltr") in ("ltr", "rtl")
        if self.directed and tag in BLOCKS:
            assert "dir" in names
        if tag == "div":
            assert names == {"class": "scroll", "tabindex": "0"}
        if "href" in names:
            assert names["rel"] == "nofollow ugc noopener"
            # As a browser reads it: white space and controls before and inside do not count.
            address = "".join(character for character in names["href"] if character > " ").lower()
            assert address.startswith(("http://", "https://", "mailto:", "/", "#")), address
            assert not address.startswith(("//", "/\\")), address

    handle_startendtag = handle_starttag

    def handle_comment(self, data):
        raise AssertionError(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def inspect(html, directed=False):
    """Parse with another parser than the sanitisers' own."""
    inspector = Inspector(directed)
    inspector.feed(html)
    inspector.close()


PAYLOADS = Path(__file__).with_suffix(".txt").read_text("utf-8").splitlines()


def test_the_corpus_is_large_enough():
    assert len(set(PAYLOADS)) >= 100


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_never_runs(payload):
    for html in (clean(payload), clean(f"<p>{payload}</p>"), clean(f'<a title="{payload}">x</a>')):
        inspect(html)
        inspect(clean(html))
    for words in (payload, f"> {payload}", f"- {payload}", f"```{payload}\n{payload}\n```", f"[{payload}]({payload})"):
        inspect(render(words).html, directed=True)
        inspect(render(words, language="ar").html, directed=True)


def test_all_payloads_at_once():
    inspect(clean("".join(PAYLOADS)))
    inspect(render("\n\n".join(PAYLOADS)).html, directed=True)


def test_what_is_allowed_survives():
    good = '<p>a <a href="https://example.org" title="t">b</a> <strong>c</strong></p><ol start="2"><li>d</li></ol>'
    rel = ' rel="nofollow ugc noopener">'
    assert clean(good) == good.replace('title="t">', 'title="t"' + rel)
    assert clean("<b>x</b><script>alert(1)</script>") == "xalert(1)"


def test_cleaning_twice_changes_nothing():
    for payload in PAYLOADS:
        once = clean(payload)
        assert clean(once) == once


_PIECES = """
    < > </ /> " ' ` = & ; &# x6a script svg math style a p img href src onerror javascript: data: <!-- --> <![CDATA[ ]]>
    [ ] ( ) ! * ** _ ~~ | - > # ``` https:// www.a.b x@y.z \u202e \u200f مرحبا table td select template noscript xmp
    title textarea mglyph foreignObject
"""
PIECES = st.sampled_from([*_PIECES.split(), "\n", " ", "\t", "\0", "- ", "> ", "# "])


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_no_combination_gets_through(words):
    inspect(clean(words))
    inspect(render(words).html, directed=True)
