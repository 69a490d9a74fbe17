"""The topic page. It is drawn once per state of the topic and kind of reader, with holes for what is the viewer's own;
guests get theirs from the memory in front."""

from flask import Response, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse

from forum.core import front
from forum.core.db import transaction
from forum.core.errors import Forbidden, NotFound, Refused
from forum.core.forgery import current_forgery
from forum.core.frame import alternates_of, viewer_part
from forum.core.languages import current_speech, format_number, to_latin_digits
from forum.core.reader import Reader
from forum.core.text import excerpt
from forum.core.web import current_reader, saves_data, signed_in_reader
from forum.holding.queries import held_in
from forum.topics import actions, queries, rules
from forum.topics.forms import ReplyForm, TopicHeadForm
from forum.topics.fragments import fragments
from forum.topics.models import TopicKind
from forum.topics.queries import TopicSeen
from forum.topics.views import memory, sharing
from forum.topics.views.blueprint import pages
from forum.workshops.queries import Around, around


@pages.get("/topics/<id:topic_id>")
@pages.get("/topics/<id:topic_id>-<slug>")
def show(topic_id: int, slug: str | None = None) -> Response | BaseResponse:
    """One page of a topic, by `?page=`."""
    reader = current_reader()
    topic = queries.get_topic(topic_id, reader=reader)
    page = asked_page()
    if page > topic.pages:
        raise NotFound
    if slug is not None and slug != topic.slug:
        query = {"page": page} if page > 1 else {}
        return redirect(url_for("topics.show", topic_id=topic.id, slug=topic.slug or None, **query))
    if reader.is_anonymous:
        front.keep_for_guests()
    return Response(_fill(_drawn(topic, page, reader), topic, reader), mimetype="text/html")


def asked_page(name: str = "page") -> int:
    """`?page=`, from 1; NotFound for what is not a page's number."""
    text = to_latin_digits(request.args.get(name, "1"))
    if not (text.isascii() and text.isdigit()) or not 1 <= len(text) <= 9 or int(text) < 1:
        raise NotFound
    return int(text)


def _drawn(topic: TopicSeen, page: int, reader: Reader) -> bytes:
    """The page for this kind of reader, from memory if nothing changed."""
    key = memory.key_of(topic, page, reader, current_speech())
    return memory.pages.get(key) or memory.pages.put(key, _draw(topic, page, reader))


def _draw(topic: TopicSeen, page: int, reader: Reader) -> bytes:
    speech = current_speech()
    posts, answer = queries.posts_and_answer(topic, page, speech.locale)
    address = {"topic_id": topic.id, "slug": topic.slug or None, "page": page if page > 1 else None}
    beside = around([topic.id], speech.locale).get(topic.id) or Around()
    return render_template(
        "topics/topic.html",
        topic=topic,
        page=page,
        page_links=_page_links,
        last_on_page=posts[-1].number if posts else topic.last_number,
        stamp=beside.stamp,
        labels=beside.labels,
        polls=beside.polls,
        answer=answer,
        answer_words=excerpt(answer.html, 300) if answer else "",
        posts=Markup(fragments(posts, language=speech.language, digits=speech.digits)),
        form=ReplyForm(data={"key": "", "words": memory.HOLES["draft"]}),
        may=memory.may(reader, topic),
        level=topic.level,
        is_member=reader.is_authenticated,
        holes=memory.HOLES,
        canonical=url_for("topics.show", **address),
        shared=sharing.of_topic(topic, posts, beside.stamp.title if beside.stamp else ""),
        unlisted=topic.space_kind != "public",
        alternates=alternates_of("topics.show", address),
    ).encode()


def _page_links(topic: TopicSeen, here: int) -> list[tuple[str, str | None, bool]]:
    """(words, address or None for a gap, is it this page) of the first, the last and those around."""
    near = sorted({1, topic.pages, *range(max(1, here - 1), min(topic.pages, here + 1) + 1)})
    links: list[tuple[str, str | None, bool]] = []
    for before, page in zip([0, *near], near, strict=False):
        if page > before + 1:
            links.append(("…", None, False))
        query = {"page": page} if page > 1 else {}
        address = url_for("topics.show", topic_id=topic.id, slug=topic.slug or None, **query)
        links.append((format_number(page), address, page == here))
    return links


def _fill(drawn: bytes, topic: TopicSeen, reader: Reader) -> bytes:
    token = current_forgery().token(reader) if reader.is_authenticated else ""
    held, saves = b"", saves_data(reader, request.headers)
    if topic.held:
        waiting = held_in(topic.id, author_id=reader.member_id)
        held = render_template("topics/_held.html", waiting=waiting).encode()
    viewer = viewer_part(reader).encode()
    return memory.fill(drawn, topic, reader, viewer=viewer, token=token, saves=saves, held=held)


@pages.get("/topics/<id:topic_id>/edit")
def edit_title_page(topic_id: int) -> str:
    """The form for another title, other themes and tags."""
    reader, topic = _get_own(topic_id)
    if not rules.may_edit_topic(reader, topic):
        raise Forbidden
    labels = queries.labels_for([topic.id], current_speech().locale)[topic.id]
    shown = {
        "title": topic.title,
        "themes": [theme.id for theme in labels.themes],
        "tags": [tag.name for tag in labels.tags],
        "kind": TopicKind.QUESTION if topic.question else "",
    }
    return _edit_page(topic, TopicHeadForm(data=shown))


def _edit_page(topic: TopicSeen, form: TopicHeadForm) -> str:
    themes = queries.theme_tree(current_speech().locale)
    return render_template("topics/edit_topic.html", topic=topic, form=form, themes=themes)


@pages.put("/topics/<id:topic_id>")
def edit_title(topic_id: int) -> BaseResponse | tuple[str, int]:
    """Give the topic another title, other themes and tags."""
    reader, topic = _get_own(topic_id)
    form = TopicHeadForm.sent()
    try:
        form.check()
        with transaction():
            actions.edit_topic(
                topic,
                by=reader,
                title=form.title.data or "",
                themes=form.given(form.themes),
                tags=form.given(form.tags),
                kind=form.kind_given(),
            )
    except Refused as refused:
        form.take(refused)
        return _edit_page(topic, form), refused.status
    return redirect(url_for("topics.show", topic_id=topic.id), 303)


@pages.put("/topics/<id:topic_id>/closing")
def close(topic_id: int) -> BaseResponse:
    """No replies any more."""
    reader, topic = _get_own(topic_id)
    with transaction():
        actions.close_topic(topic, by=reader)
    return redirect(url_for("topics.show", topic_id=topic.id), 303)


@pages.delete("/topics/<id:topic_id>/closing")
def open_again(topic_id: int) -> BaseResponse:
    """Replies again."""
    reader, topic = _get_own(topic_id)
    with transaction():
        actions.open_topic(topic, by=reader)
    return redirect(url_for("topics.show", topic_id=topic.id), 303)


def _get_own(topic_id: int) -> tuple[Reader, TopicSeen]:
    """A topic whose head the reader may change; the action refuses if not."""
    reader = signed_in_reader()
    return reader, queries.get_topic(topic_id, reader=reader)
