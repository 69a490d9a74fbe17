"""The programme of a workshop as managers keep it: sessions and talks."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from forum.core.db import transaction
from forum.core.errors import NotFound, Refused
from forum.core.languages import current_speech
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.core.web import signed_in_reader
from forum.members.queries.names import display_names
from forum.workshops import actions, queries
from forum.workshops.forms import SessionForm, TalkForm
from forum.workshops.models import Workshop
from forum.workshops.views.blueprint import pages
from forum.workshops.views.keeping import managed
from forum.workshops.views.once import once


@pages.get("/workshops/<id:workshop_id>/programme")
def programme(workshop_id: int) -> str:
    """What is on it, and the two forms that add to it."""
    return _page(managed(workshop_id))


@pages.post("/workshops/<id:workshop_id>/sessions")
def add_session(workshop_id: int) -> BaseResponse | tuple[str, int]:
    """A session more."""
    workshop, form = managed(workshop_id), SessionForm.sent()
    try:
        form.check()
        with transaction():
            add_session_once(queries.get_row(workshop.id), form, by=signed_in_reader())
    except Refused as refused:
        _take(form, refused)
        return _page(workshop, session=form), refused.status
    flash(_("The session is on the programme."))
    return _back(workshop_id)


def add_session_once(workshop: Workshop, form: SessionForm, *, by: Reader) -> None:
    """For page and API, inside the transaction."""
    once(form, f"session of {workshop.id}", by=by, make=lambda: actions.add_session(workshop, form.plan(), by=by))


@pages.get("/workshops/<id:workshop_id>/sessions/<id:session_id>/edit")
def session_page(workshop_id: int, session_id: int) -> str:
    """The form of one session."""
    workshop, session = managed(workshop_id), queries.find_session(workshop_id, session_id)
    if session is None:
        raise NotFound
    form = SessionForm(data=SessionForm.shown(session, queries.session_titles_of(session.id)))
    return _session_page(workshop, session_id, form)


@pages.put("/workshops/<id:workshop_id>/sessions/<id:session_id>")
def edit_session(workshop_id: int, session_id: int) -> BaseResponse | tuple[str, int]:
    """Move it or call it otherwise."""
    workshop, form = managed(workshop_id), SessionForm.sent()
    try:
        form.check()
        with transaction():
            actions.change_session(queries.get_row(workshop.id), session_id, form.plan(), by=signed_in_reader())
    except NotFound:
        raise
    except Refused as refused:
        form.take(refused)
        return _session_page(workshop, session_id, form), refused.status
    flash(_("The session is changed."))
    return _back(workshop_id)


@pages.delete("/workshops/<id:workshop_id>/sessions/<id:session_id>")
def remove_session(workshop_id: int, session_id: int) -> BaseResponse:
    """Take it off the programme."""
    workshop = managed(workshop_id)
    with transaction():
        actions.remove_session(queries.get_row(workshop.id), session_id, by=signed_in_reader())
    flash(_("The session is off the programme."))
    return _back(workshop_id)


@pages.post("/workshops/<id:workshop_id>/talks")
def add_talk(workshop_id: int) -> BaseResponse | tuple[str, int]:
    """A talk more."""
    workshop, form = managed(workshop_id), TalkForm.sent()
    try:
        form.check()
        with transaction():
            add_talk_once(queries.get_row(workshop.id), form, by=signed_in_reader())
    except Refused as refused:
        _take(form, refused)
        return _page(workshop, talk=form), refused.status
    flash(_("The talk is on the programme."))
    return _back(workshop_id)


def add_talk_once(workshop: Workshop, form: TalkForm, *, by: Reader) -> None:
    """For page and API, inside the transaction."""
    once(form, f"talk of {workshop.id}", by=by, make=lambda: actions.add_talk(workshop, form.plan(), by=by))


@pages.get("/workshops/<id:workshop_id>/talks/<id:talk_id>/edit")
def talk_page(workshop_id: int, talk_id: int) -> str:
    """The form of one talk."""
    workshop, talk = managed(workshop_id), queries.find_talk(workshop_id, talk_id)
    if talk is None:
        raise NotFound
    speakers = queries.speakers_of(talk.id)
    names = display_names([one["member_id"] for one in speakers if one["member_id"]])
    held = TalkForm.shown(queries.talk_titles_of(talk.id), queries.talk_languages_of(talk.id), speakers, names)
    return _talk_page(workshop, talk_id, TalkForm(data=held))


@pages.put("/workshops/<id:workshop_id>/talks/<id:talk_id>")
def edit_talk(workshop_id: int, talk_id: int) -> BaseResponse | tuple[str, int]:
    """Another title, other languages, other speakers."""
    workshop, form = managed(workshop_id), TalkForm.sent()
    try:
        form.check()
        with transaction():
            plan = form.plan(queries.speakers_of(talk_id))
            actions.change_talk(queries.get_row(workshop.id), talk_id, plan, by=signed_in_reader())
    except NotFound:
        raise
    except Refused as refused:
        form.take(refused)
        return _talk_page(workshop, talk_id, form), refused.status
    flash(_("The talk is changed."))
    return _back(workshop_id)


@pages.delete("/workshops/<id:workshop_id>/talks/<id:talk_id>")
def remove_talk(workshop_id: int, talk_id: int) -> BaseResponse:
    """Take it off the programme."""
    workshop = managed(workshop_id)
    with transaction():
        actions.remove_talk(queries.get_row(workshop.id), talk_id, by=signed_in_reader())
    flash(_("The talk is off the programme."))
    return _back(workshop_id)


def _take(form: SessionForm | TalkForm, refused: Refused) -> None:
    form.take(refused)
    if (
        not refused.fields
    ):  # the form is one of two on its page: what concerns the whole of it stands at its first field
        form["title_ar"].errors = [refused.message]


def _back(workshop_id: int) -> BaseResponse:
    return redirect(url_for("workshops.programme", workshop_id=workshop_id), 303)


def _session_page(workshop: Workshop, session_id: int, form: SessionForm) -> str:
    at = {"workshop_id": workshop.id, "session_id": session_id}
    return render_template(
        "workshops/part.html",
        workshop=workshop,
        heading=_("Change the session"),
        fields="workshops/_session_fields.html",
        form=form,
        save=url_for("workshops.edit_session", **at),
        remove=url_for("workshops.remove_session", **at),
    )


def _talk_page(workshop: Workshop, talk_id: int, form: TalkForm) -> str:
    at = {"workshop_id": workshop.id, "talk_id": talk_id}
    return render_template(
        "workshops/part.html",
        workshop=workshop,
        heading=_("Change the talk"),
        fields="workshops/_talk_fields.html",
        form=form,
        save=url_for("workshops.edit_talk", **at),
        remove=url_for("workshops.remove_talk", **at),
    )


def _page(workshop: Workshop, **forms: Any) -> str:
    language = current_speech().locale
    return render_template(
        "workshops/programme.html",
        workshop=workshop,
        sessions=queries.sessions_of(workshop.id, language),
        talks=queries.talks_of(workshop.id, language),
        session=forms.get("session") or SessionForm(data={"starts": workshop.starts_wall}),
        talk=forms.get("talk") or TalkForm(),
    )
