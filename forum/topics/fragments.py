"""A post as HTML: the same bytes for the page, the live push, the gap after a lost connection, and the cache.

Nothing in it depends on who reads but the interface language and the digits; see docs/decisions/0004-fragments.md.
"""

from collections.abc import Iterable

from flask import current_app, render_template
from markupsafe import Markup
from sqlalchemy import Row

from forum.core.cache import ByteCache
from forum.core.languages import Speech, current_speech, direction_of, format_number, format_size, speaking
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.core.text import Rendered, linked_in, quoted_in, with_cards, with_heads, with_notes
from forum.members.queries.names import name_or_former
from forum.topics import actions, queries
from forum.topics.queries import Card, QuotedPost

_kept = ByteCache(limit=48 * 1024 * 1024)


def fragment(post: Row, *, language: str, digits: str = "latn") -> str:
    """One post for readers of this interface language. `post` is a row of `queries.post_rows(language)`."""
    key = (
        post.id,
        post.change,
        post.author_id,
        post.author,
        post.author_photo,
        post.municipality_id,
        post.byline,
        post.municipality,
        post.country,
        post.is_then,
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


def words_before_sending(rendered: Rendered, *, reader: Reader, space_id: int | None = None) -> Markup:
    """Rendered words as they will look in a post: with the names, cards and files that the reader may see."""
    html = actions.draw_files(rendered, reader=reader, space_id=space_id).html
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
    return Markup(with_notes(with_heads(html, heads) if heads else html, _note))


def _note(what: str, kind: str, size: int, description: str) -> str:
    """What a file is. Beside a picture it stands for those alone who have pictures only on demand."""
    if what == "file":
        about = _("%(kind)s, %(size)s", kind=_apart(kind.upper()), size=_apart(format_size(size)))
        return str(Markup(' <span class="file-about" dir="{}">{}</span>').format(current_speech().direction, about))
    language = current_speech().language
    note = Markup('<span class="picture-note"><span>{}</span> <span lang="{}" dir="{}">{}</span></span>')
    show = _("Show the picture (%(size)s)", size=_apart(format_size(size)))
    return str(note.format(description, language, direction_of(language), show))


def _apart(words: str) -> str:
    """Isolated: Latin letters and numbers side by side would run together in an Arabic line."""
    return f"\u2068{words}\u2069"


def _named(one: QuotedPost) -> tuple[str, str, str]:
    """Language, direction and words of a quoted author's name; of one who has left our own words."""
    tongue = one.tongue if one.name else current_speech().locale
    return tongue, direction_of(tongue), name_or_former(one.name)


def fragments(posts: Iterable[Row], *, language: str, digits: str = "latn") -> str:
    """Several posts, one after the other."""
    return "\n".join(fragment(post, language=language, digits=digits) for post in posts)
