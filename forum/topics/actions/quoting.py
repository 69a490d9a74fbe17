"""Quotes: whose words a post takes along. Only from posts that its author may read, and that all its readers may."""

from collections.abc import Iterable

from sqlalchemy import delete

from forum.core.db import db
from forum.core.errors import Invalid
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.core.text import quoted_in
from forum.topics import queries
from forum.topics.models import Quote

MOST_QUOTES = 20  # in one post


def check_quotes(html: str, *, author: Reader, space_id: int, known: Iterable[int] = ()) -> set[int]:
    """The ids of the posts that rendered words may name as their source; raises Invalid for too many. What is not
    there, or not for everybody who reads here, stays a quote without a source: saying so would tell of it. `known`
    stood there before and stays."""
    ids = quoted_in(html)
    if len(ids) > MOST_QUOTES:
        raise Invalid(fields={"words": _("A post quotes at most %(num)s others.", num=MOST_QUOTES)})
    old = ids & set(known)
    return old | (queries.quotable(ids - old, reader=author, space_id=space_id) if ids - old else set())


def keep_quotes(post_id: int, ids: set[int], *, before: Iterable[int] = ()) -> None:
    """Remember what a post quotes now."""
    before = set(before)
    if before - ids:
        db.session.execute(delete(Quote).where(Quote.post_id == post_id, Quote.quoted_id.in_(before - ids)))
    for id in sorted(ids - before):
        db.session.add(Quote(post_id=post_id, quoted_id=id))
