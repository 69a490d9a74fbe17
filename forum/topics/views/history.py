"""What a post said before: any two of its texts side by side."""

from flask import render_template, request

from forum.core.languages import direction, format_moment, to_latin_digits
from forum.core.text import differences
from forum.core.web import signed_in_reader
from forum.topics import queries
from forum.topics.queries import Version
from forum.topics.views.blueprint import pages
from forum.topics.views.reacting import get_shown


@pages.get("/posts/<id:post_id>/history")
def history(post_id: int) -> str:
    """`?old=` and `?new=` say which two; else the last two."""
    topic, post = get_shown(post_id, signed_in_reader())
    versions = queries.history_of(post)
    old = _chosen(versions, "old", default=versions[-2:][0])
    new = _chosen(versions, "new", default=versions[-1])
    return render_template(
        "topics/history.html",
        topic=topic,
        post=post,
        versions=versions,
        sides=list(zip((old, new), differences(old.words, new.words), strict=True)),
        direction=direction,
        format_moment=format_moment,
    )


def _chosen(versions: list[Version], name: str, *, default: Version) -> Version:
    asked = to_latin_digits(request.args.get(name, ""))
    return next((version for version in versions if str(version.number) == asked), default)
