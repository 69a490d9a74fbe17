"""Following along: the gap after a lost connection, the read mark, how much to hear."""

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from forum.core.db import transaction
from forum.core.errors import Invalid
from forum.core.languages import current_speech, to_latin_digits
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.core.web import current_reader, signed_in_reader
from forum.following import actions as following
from forum.notifications import actions as notifications
from forum.notifications.queries import count_unread
from forum.topics import actions, queries
from forum.topics.forms import FollowForm, ReadForm
from forum.topics.fragments import fragments
from forum.topics.views.blueprint import pages


@pages.get("/topics/<id:topic_id>/posts")
def changes(topic_id: int) -> BaseResponse:
    """Fragments of what changed after `?since=<change>`. `Topic-Change` says up to where; `Topic-Reload: 1` says that
    loading the page anew is the better answer, `Topic-Held` how many of the reader's own wait for a moderator.
    Without `since` somebody opened the address of a reply that was refused: the topic is what they look for."""
    topic = queries.get_topic(topic_id, reader=current_reader())
    if "since" not in request.args:
        return redirect(url_for("topics.show", topic_id=topic.id))
    speech = current_speech()
    posts = queries.changed_posts(topic, since=since(), language=speech.locale)
    body = "" if posts is None else fragments(posts, language=speech.language, digits=speech.digits)
    response = Response(body, mimetype="text/html")
    response.headers["Topic-Change"] = str(topic.change)
    if topic.held:
        response.headers["Topic-Held"] = str(topic.held)
    if posts is None:
        response.headers["Topic-Reload"] = "1"
    return response


def since() -> int:
    """`?since=`, the last change that the reader has."""
    text = to_latin_digits(request.args.get("since", ""))
    if not (text.isascii() and text.isdigit()) or len(text) > 15:
        raise Invalid(fields={"since": _("This must be a whole number.")})
    return int(text)


@pages.put("/topics/<id:topic_id>/read")
def read(topic_id: int) -> BaseResponse:
    """The member has read up to a number; the page's script says so, without it the "read to here" button."""
    reader = signed_in_reader()
    topic = queries.get_topic(topic_id, reader=reader)
    number = keep_mark(topic, ReadForm.sent(), reader)
    if request.headers.get("X-CSRF-Token"):
        waiting = count_unread(reader.member_id)  # reading may have answered a notice: the page's bell follows
        return Response(status=204, headers={"Notices-Unread": str(waiting)})
    return redirect(url_for("topics.numbered", topic_id=topic.id, number=max(1, number)), 303)


def keep_mark(topic: queries.TopicSeen, form: ReadForm, reader: Reader) -> int:
    """Keep how far the reader has read, for page and API alike; says how far that is."""
    form.check()
    number = max(0, min(form.number.data or 0, topic.last_number))
    with transaction():
        actions.mark_read(topic, reader=reader, number=number)
        notifications.mark_topic_read(reader, topic.id, number=number)
    return number


@pages.put("/topics/<id:topic_id>/follow")
def follow(topic_id: int) -> BaseResponse:
    """Choose how much to hear: every reply, mentions only, nothing."""
    reader = signed_in_reader()
    topic = queries.get_topic(topic_id, reader=reader)
    level = FollowForm.sent().asked()
    with transaction():
        following.follow(reader.member_id, "topic", topic.id, level=level)
    return redirect(url_for("topics.show", topic_id=topic.id), 303)


@pages.delete("/topics/<id:topic_id>/follow")
def unfollow(topic_id: int) -> BaseResponse:
    """Hear no more of it."""
    reader = signed_in_reader()
    topic = queries.get_topic(topic_id, reader=reader)
    with transaction():
        following.unfollow(reader.member_id, "topic", topic.id)
    return redirect(url_for("topics.show", topic_id=topic.id), 303)
