"""A post as HTML: the same bytes for the page, the live push, the gap after a lost connection, and the cache.

Nothing in it depends on who reads but the interface language and the digits; see docs/decisions/0004-fragments.md.
"""

from collections.abc import Iterable

from flask import current_app, render_template
from markupsafe import Markup
from sqlalchemy import Row

from forum.core.cache import ByteCache
from forum.core.languages import Speech, current_speech, direction_of, format_number, speaking
from forum.core.reader import Reader
from forum.core.text import linked_in, quoted_in, with_cards, with_heads
from forum.members.queries.names import name_or_former
from forum.topics import queries
from forum.topics.queries import Card, QuotedPost

_kept = ByteCache(limit=48 * 1024 * 1024)


def fragment(post: Row, *, language: str, digits: str = "latn") -> str:
    """One post for readers of this interface language. `post` is a row of `queries.post_rows(language)`."""
    key = (
        post.id,
        post.change,
        post.author_id,
        post.author,
        post.municipality_id,
        post.byline,
        post.municipality,
        post.country,
        post.answered_author,
        post.quoted,
        post.cards,
        post.question is None,
        language,
        digits,
    )
    found = _kept.get(key)
    if found is None:
        found = _kept.put(key, _rendered(post, language, digits))
    return found.decode()


def _rendered(post: Row, language: str, digits: str) -> bytes:
    with speaking(Speech(language, digits, current_app.config["SITE_ZONE"])):
        return render_template("topics/_post.html", post=post, language=language).encode()


def words_of(post: Row, language: str) -> Markup:
    """A post's words, with who is quoted in front of each quote, and cards for what is linked to."""
    return _dressed(post.html, queries.quoted_of(post), queries.cards_of(post), language)


def words_before_sending(html: str, *, reader: Reader, space_id: int | None = None) -> Markup:
    """Rendered HTML as it will look in a post: with the names and cards that the reader may see."""
    ids, speech = quoted_in(html), current_speech()
    named = queries.names_of_quoted(queries.quotable(ids, reader=reader, space_id=space_id)) if ids else ()
    targets = queries.targets_of(linked_in(html))
    cards = queries.cards_for(targets, reader=reader, language=speech.locale, space_id=space_id)
    return _dressed(html, named, cards, speech.language)


def _dressed(html: str, quoted: Iterable[QuotedPost], cards: Iterable[Card], language: str) -> Markup:
    drawn = {one.mark: render_template("topics/_card.html", card=one, language=language) for one in cards}
    return _quoting(with_cards(html, drawn) if drawn else html, quoted, language)


def _quoting(html: str, quoted: Iterable[QuotedPost], language: str) -> Markup:
    head = Markup(
        '<p class="quote-head"><a href="/{}/posts/{}"><span lang="{}" dir="{}">{}</span> <span>#{}</span></a></p>'
    )
    heads = {one.id: str(head.format(language, one.id, *_named(one), format_number(one.number))) for one in quoted}
    return Markup(with_heads(html, heads) if heads else html)


def _named(one: QuotedPost) -> tuple[str, str, str]:
    """Language, direction and words of a quoted author's name; of one who has left our own words."""
    tongue = one.tongue if one.name else current_speech().locale
    return tongue, direction_of(tongue), name_or_former(one.name)


def fragments(posts: Iterable[Row], *, language: str, digits: str = "latn") -> str:
    """Several posts, one after the other."""
    return "\n".join(fragment(post, language=language, digits=digits) for post in posts)
