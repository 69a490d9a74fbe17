"""One post: its permanent address, what may be done with it, other words, out of sight and back."""

from collections.abc import Callable
from datetime import datetime, timedelta

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from forum.core.db import transaction
from forum.core.errors import Conflict, Forbidden, Invalid, NotFound, Refused
from forum.core.languages import NoSuchTime, current_speech, to_latin_digits, wall_to_utc
from forum.core.reader import Reader
from forum.core.web import current_reader, signed_in_reader
from forum.drafts.models import DraftKind
from forum.drafts.queries import begun
from forum.files.actions import attach
from forum.topics import actions, queries, rules
from forum.topics.forms import BookmarkForm, EditForm, WhyForm
from forum.topics.fragments import words_before_sending
from forum.topics.models import Post, PostState, kept_language
from forum.topics.queries import TopicSeen, page_of_position
from forum.topics.views import sharing
from forum.topics.views.blueprint import pages
from forum.topics.views.sending import keep_as_draft


@pages.get("/posts/<id:post_id>")
def place(post_id: int) -> BaseResponse:
    """Lead to where the post stands now."""
    reader = current_reader()
    post = queries.get_post(post_id, reader=reader)
    topic = queries.get_topic(post.topic_id, reader=reader)
    return sharing.post_for_messengers(topic, post.id) if sharing.is_messenger() else _lead(topic, post)


@pages.get("/topics/<id:topic_id>/posts/<id:number>")
def numbered(topic_id: int, number: int) -> BaseResponse:
    """Lead to the post with this number; behind the last one, to the last."""
    topic = queries.get_topic(topic_id, reader=current_reader())
    post = queries.find_post_numbered(topic, min(number, topic.last_number))
    if post is None:
        raise NotFound
    return _lead(topic, post)


@pages.get("/topics/<id:topic_id>/continue")
def go_on(topic_id: int) -> BaseResponse:
    """Lead the member to the first post that they have not read."""
    topic = queries.get_topic(topic_id, reader=signed_in_reader())
    number = queries.first_number_after(topic, topic.read_number)
    return redirect(url_for("topics.numbered", topic_id=topic.id, number=number))


@pages.get("/topics/<id:topic_id>/jump")
def jump(topic_id: int) -> BaseResponse:
    """Lead to `?number=`, or to the first post of the day `?date=` in the reader's own time; the nearest will do."""
    topic = queries.get_topic(topic_id, reader=current_reader())
    words = to_latin_digits(request.args.get("number", "")).strip()
    if words.isascii() and words.isdigit() and len(words) < 10:
        number = queries.first_number_after(topic, int(words) - 1)
    else:
        number = queries.first_number_since(topic, _start_of_day(request.args.get("date", ""), topic))
    return redirect(url_for("topics.numbered", topic_id=topic.id, number=number))


def _start_of_day(words: str, topic: TopicSeen) -> datetime:
    """The first moment of a day; for what is no day, that of the topic's beginning."""
    try:
        day = datetime.fromisoformat(to_latin_digits(words).strip()[:10])
        return wall_to_utc(day, current_speech().zone)
    except NoSuchTime:  # clocks that go forward at midnight begin the day at one
        return wall_to_utc(day + timedelta(hours=1), current_speech().zone)
    except (ValueError, OverflowError):
        return topic.created_at


def _lead(topic: TopicSeen, post: Post) -> BaseResponse:
    page = page_of_position(post.position)
    target = url_for("topics.show", topic_id=topic.id, slug=topic.slug or None, page=page if page > 1 else None)
    return redirect(f"{target}#post-{post.number}")


@pages.get("/posts/<id:post_id>/answers")
def answers(post_id: int) -> str:
    """A post with all that answers it, and what answers that."""
    topic, post = _get(post_id, current_reader())
    language = current_speech().locale
    return render_template(
        "topics/answers.html",
        topic=topic,
        post=queries.get_post_row(post.id, language),
        answers=queries.answers_to(post, language),
    )


@pages.get("/posts/<id:post_id>/menu")
def menu(post_id: int) -> str:
    """Everything that this reader may do with the post."""
    reader = current_reader()
    topic, post = _get(post_id, reader)
    return menu_page(reader, topic, post, WhyForm())


def menu_page(reader: Reader, topic: TopicSeen, post: Post, form: WhyForm, *, note: BookmarkForm | None = None) -> str:
    """What may be done with the post; a form that was refused comes back in it."""
    bookmark = queries.find_bookmark(reader, post.id)
    return render_template(
        "topics/menu.html",
        topic=topic,
        post=queries.get_post_row(post.id, current_speech().locale),
        may_reply=rules.may_reply(reader, topic),
        may_edit=rules.may_edit_post(reader, topic, post),
        may_delete=rules.may_delete_post(reader, topic, post),
        may_restore=rules.may_restore_post(reader, topic, post),
        may_hide=rules.may_hide_post(reader, topic) and post.number > 1 and post.state != PostState.DELETED,
        bookmark=bookmark,
        bookmark_form=note or BookmarkForm(data={"note": bookmark.note if bookmark else ""}),
        may_bookmark=rules.may_bookmark(reader, topic, post, is_kept=bookmark is not None),
        may_accept=rules.may_accept(reader, topic) and rules.can_answer(topic, post),
        form=form,
    )


@pages.get("/posts/<id:post_id>/edit")
def edit_page(post_id: int) -> str:
    """The composer with the post's words."""
    reader = signed_in_reader()
    topic, post = _get(post_id, reader)
    if not rules.may_edit_post(reader, topic, post):
        raise Forbidden
    given = {"words": post.words, "version": post.version, "language": kept_language(post)}
    draft = begun(reader.member_id, DraftKind.POST, post.id)
    return _page(topic, post, EditForm(data=given | draft), is_begun=bool(draft))


@pages.put("/posts/<id:post_id>")
def edit(post_id: int) -> BaseResponse | str | tuple[str, int]:
    """Put other words in the post; who was slower gets both texts back."""
    reader = signed_in_reader()
    topic, post = _get(post_id, reader)
    form = EditForm.sent()
    try:
        form.check()
        form.check_attached()
        if form.attach.data and rules.may_edit_post(reader, topic, post):
            with transaction():
                form.attach_file(attach, owner=reader)
            return _page(topic, post, form)
        if form.preview.data and rules.may_edit_post(reader, topic, post):
            return _page(topic, post, form, preview=form.words.data or "")
        if form.keep.data:
            return keep_as_draft(reader, DraftKind.POST, post.id, form)
        with transaction():
            actions.edit_post(
                topic,
                post,
                by=reader,
                words=form.words.data or "",
                version=form.version.data or 0,
                language=form.language.data or None,
                reason=form.reason.data or "",
            )
    except Conflict as conflict:
        form.version.raw_data, form.version.data = None, conflict.extra.get("version", post.version)
        return _page(topic, post, form, conflict=conflict), conflict.status
    except Refused as refused:
        form.take(refused)
        return _page(topic, post, form, refused=refused), refused.status
    return redirect(url_for("topics.place", post_id=post.id), 303)


@pages.put("/posts/<id:post_id>/hiding")
def hide(post_id: int) -> BaseResponse | tuple[str, int]:
    """Take the post out of sight, with a reason."""
    reader = signed_in_reader()
    topic, post = _get(post_id, reader)
    form = WhyForm.sent()
    try:
        form.check()
        with transaction():
            actions.hide_post(topic, post, by=reader, why=form.why.data or "")
    except Invalid as refused:
        form.take(refused)
        return menu_page(reader, topic, post, form), refused.status
    return redirect(url_for("topics.place", post_id=post.id), 303)


@pages.delete("/posts/<id:post_id>/hiding")
def show_again(post_id: int) -> BaseResponse:
    """Bring the post back."""
    return _change(post_id, actions.show_post)


@pages.put("/posts/<id:post_id>/deletion")
def delete(post_id: int) -> BaseResponse:
    """The author takes the post back."""
    return _change(post_id, actions.delete_post)


@pages.delete("/posts/<id:post_id>/deletion")
def restore(post_id: int) -> BaseResponse:
    """They, or a moderator, bring it back."""
    return _change(post_id, actions.restore_post)


def _change(post_id: int, act: Callable[..., None]) -> BaseResponse:
    reader = signed_in_reader()
    topic, post = _get(post_id, reader)
    with transaction():
        act(topic, post, by=reader)
    return redirect(url_for("topics.place", post_id=post.id), 303)


def _get(post_id: int, reader: Reader) -> tuple[TopicSeen, Post]:
    post = queries.get_post(post_id, reader=reader)
    return queries.get_topic(post.topic_id, reader=reader), post


def _page(
    topic: TopicSeen,
    post: Post,
    form: EditForm,
    *,
    preview: str | None = None,
    conflict: Conflict | None = None,
    refused: Refused | None = None,
    is_begun: bool = False,
) -> str:
    rendered = actions.preview(preview, language=form.language.data or None) if preview and preview.strip() else None
    return render_template(
        "topics/edit_post.html",
        topic=topic,
        post=post,
        form=form,
        preview=words_before_sending(rendered, reader=current_reader(), space_id=topic.space_id) if rendered else None,
        direction_of_preview=rendered.direction if rendered else None,
        conflict=conflict,
        refused=refused,
        begun=is_begun,
    )
