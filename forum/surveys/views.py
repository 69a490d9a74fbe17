"""Polls: opening one, its card with the voices, voting, closing, the results as a sheet."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from forum.core.db import transaction
from forum.core.errors import Conflict, Forbidden, Invalid, Refused
from forum.core.languages import current_speech, to_latin_digits, zone_name
from forum.core.languages import gettext as _
from forum.core.web import current_reader, signed_in_reader
from forum.surveys import actions, queries, rules
from forum.surveys.forms import PollForm, VoteForm
from forum.surveys.models import Poll, PollKind
from forum.surveys.shapes import poll_sheet
from forum.topics.queries import TopicSeen, get_topic

pages = Blueprint("surveys", __name__, url_prefix="/<language:language>")


@pages.get("/topics/<id:topic_id>/polls/new")
def new_poll(topic_id: int) -> str:
    """The form for a new poll."""
    reader = signed_in_reader()
    topic = get_topic(topic_id, reader=reader)
    if not rules.may_open_poll(reader, topic):
        raise Forbidden
    return _new_page(topic, PollForm())


def _new_page(topic: TopicSeen, form: PollForm, refused: Refused | None = None) -> str:
    speech = current_speech()
    zone = zone_name(speech.zone)
    return render_template("surveys/new_poll.html", topic=topic, form=form, refused=refused, zone=zone)


@pages.post("/topics/<id:topic_id>/polls")
def open_poll(topic_id: int) -> BaseResponse | tuple[str, int]:
    """Ask something in the topic."""
    reader = signed_in_reader()
    topic, form = get_topic(topic_id, reader=reader), PollForm.sent()
    try:
        poll_id = open_as_asked(topic, form)
    except Refused as refused:
        if "options" in refused.fields:
            refused.fields["lines"] = refused.fields.pop("options")
        form.take(refused)
        return _new_page(topic, form, refused), refused.status
    return redirect(url_for("surveys.show", poll_id=poll_id), 303)


def open_as_asked(topic: TopicSeen, form: PollForm) -> int:
    """The id of the poll that the form asks for."""
    reader = signed_in_reader()
    form.check()
    asked = {name: form[name].data or "" for name in ("question", "kind", "voice", "results")}
    with transaction():
        return actions.open_poll(
            topic, by=reader, options=form.names(), closes_at=form.closing(), key=form.key.data, **asked
        )


@pages.get("/polls/<id:poll_id>")
def show(poll_id: int) -> str:
    """The poll; a topic's page takes the card out of it."""
    return _page(queries.get_poll(poll_id, reader=current_reader()))


def _page(poll: Poll, refused: Refused | None = None, chosen: dict[int, int] | None = None) -> str:
    reader = current_reader()
    topic, seen = get_topic(poll.topic_id, reader=reader), queries.poll_seen(poll, reader)
    cast = seen.cast.options if seen.cast else ()
    return render_template(
        "surveys/poll.html",
        topic=topic,
        seen=seen,
        has_voice=rules.may_vote(reader, topic) and rules.voter_id_of(reader, poll) is not None,
        may_close=rules.may_close_poll(reader, topic),
        refused=refused,
        chosen={id: place for place, id in enumerate(cast, start=1)} if chosen is None else chosen,
    )


@pages.put("/polls/<id:poll_id>/vote")
def vote(poll_id: int) -> BaseResponse | tuple[str, int]:
    """Cast the voice."""
    reader = signed_in_reader()
    poll = queries.get_poll(poll_id, reader=reader)
    chosen = _chosen(poll)
    try:
        cast(poll, _in_order(poll, chosen))
    except (Invalid, Conflict) as refused:
        return _page(queries.get_poll(poll_id, reader=reader), refused, chosen), refused.status
    return redirect(url_for("surveys.show", poll_id=poll_id), 303)


def cast(poll: Poll, chosen: list[int]) -> None:
    """The reader's voice, for page and API."""
    reader = signed_in_reader()
    topic = get_topic(poll.topic_id, reader=reader)
    with transaction():
        actions.vote(topic, poll, by=reader, options=chosen)


def _chosen(poll: Poll) -> dict[int, int]:
    """{option id: its place} that the form says; all are first where options are not ranked."""
    if poll.kind != PollKind.RANKED:
        form = VoteForm.sent()
        form.check()
        return dict.fromkeys(form.options.data or [], 1)
    given = {
        option.id: to_latin_digits(request.form.get(f"place-{option.id}", "")) for option in queries.options_of(poll)
    }
    return {id: int(words) for id, words in given.items() if words.isascii() and words.isdigit() and len(words) < 4}


def _in_order(poll: Poll, chosen: dict[int, int]) -> list[int]:
    if poll.kind == PollKind.RANKED and len(set(chosen.values())) < len(chosen):
        raise Invalid(fields={"options": _("Give each place once only.")})
    return sorted(chosen, key=lambda option_id: chosen[option_id])


@pages.delete("/polls/<id:poll_id>/vote")
def withdraw(poll_id: int) -> BaseResponse:
    """Say nothing after all."""
    take_back(queries.get_poll(poll_id, reader=signed_in_reader()))
    return redirect(url_for("surveys.show", poll_id=poll_id), 303)


def take_back(poll: Poll) -> None:
    """The reader's voice, for page and API."""
    reader = signed_in_reader()
    topic = get_topic(poll.topic_id, reader=reader)
    with transaction():
        actions.withdraw_vote(topic, poll, by=reader)


@pages.put("/polls/<id:poll_id>/closing")
def close(poll_id: int) -> BaseResponse:
    """No votes any more."""
    end(queries.get_poll(poll_id, reader=signed_in_reader()))
    return redirect(url_for("surveys.show", poll_id=poll_id), 303)


def end(poll: Poll) -> None:
    """Close the poll, for page and API."""
    reader = signed_in_reader()
    topic = get_topic(poll.topic_id, reader=reader)
    with transaction():
        actions.close_poll(topic, poll, by=reader)


@pages.get("/polls/<id:poll_id>/results.csv")
def sheet(poll_id: int) -> Response:
    """The results for a spreadsheet, once they may be seen."""
    reader = current_reader()
    seen = queries.poll_seen(queries.get_poll(poll_id, reader=reader), reader)
    if not seen.shows_results:
        raise Forbidden(_("The results are shown once the poll is closed."))
    response = Response(poll_sheet(seen), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="poll-{poll_id}.csv"'
    return response
