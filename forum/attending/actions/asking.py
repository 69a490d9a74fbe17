"""Asking a question of an event, and thinking better of it."""

from dataclasses import dataclass
from typing import Any

from forum.attending import rules
from forum.attending.actions.telling import changed
from forum.attending.models import LONGEST_QUESTION, AskedState, AudienceQuestion
from forum.core import clock, submissions
from forum.core.db import db
from forum.core.errors import Conflict, Forbidden, Invalid
from forum.core.languages import LANGUAGES, clean_body, detect, direction, direction_of, has_visible
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.topics.actions.holding import must_wait
from forum.topics.models import LanguageSource
from forum.workshops.queries import find_talk


@dataclass(frozen=True)
class Said:
    """What a question says, in plain words. Without a language it is detected; `talk_id` says to whom it goes."""

    words: str
    language: str | None = None
    talk_id: int | None = None


def ask(workshop: Any, said: Said, *, by: Reader, key: str | None = None) -> int:
    """Ask; the question's id. Who is new to a network that looks at first posts waits for a moderator. `key` makes a
    second sending harmless. `workshop`: its row, or a row of a query, as everywhere here."""
    if not by.is_authenticated:
        raise Forbidden
    body = submissions.body_hash("audience question", workshop.id, said.words, said.language, said.talk_id)
    earlier = submissions.find_earlier(member_id=by.member_id, key=key, body=body)
    if earlier is not None:
        return earlier
    check_open(workshop)
    question = AudienceQuestion(
        workshop_id=workshop.id,
        asker_id=by.member_id,
        state=AskedState.WAITING if must_wait(by) else AskedState.SHOWN,
        created_at=clock.now(),
        talk_id=_checked_talk(workshop.id, said.talk_id),
        **text_columns(said.words, language=said.language, usual=by.language),
    )
    db.session.add(question)
    db.session.flush()
    submissions.remember(member_id=by.member_id, key=key, body=body, subject_id=question.id)
    changed(question)
    return question.id


def check_open(workshop: Any) -> None:
    """Raise Conflict unless the event still takes questions and voices."""
    if workshop.cancelled_at is not None:
        raise Conflict(_("This event is cancelled."))
    if rules.is_over(workshop):
        raise Conflict(_("This event is over."))


def _checked_talk(workshop_id: int, talk_id: int | None) -> int | None:
    if talk_id is not None and find_talk(workshop_id, talk_id) is None:
        raise Invalid(fields={"talk": _("Choose one of the talks.")})
    return talk_id


def text_columns(words: str, *, language: str | None, usual: str | None) -> dict[str, str]:
    """The columns that its words fill; raises Invalid."""
    words = clean_body(words)
    if not has_visible(words):
        raise Invalid(fields={"words": _("Write your question first.")})
    if len(words) > LONGEST_QUESTION:
        raise Invalid(fields={"words": _("At most %(num)s characters.", num=LONGEST_QUESTION)})
    if language and language not in LANGUAGES:
        raise Invalid(fields={"language": _("Choose one of the four languages.")})
    if language:
        runs, source = direction_of(language), LanguageSource.DECLARED
    else:
        language, source = detect(words, fallback=usual or "en") or "en", LanguageSource.DETECTED
        runs = direction(words, default=direction_of(language))
    return {"words": words, "language": language, "language_source": str(source), "direction": runs}


def change(workshop: Any, question: AudienceQuestion, said: Said, *, by: Reader) -> None:
    """Say it in other words, or to another speaker, until somebody seconds or answers it."""
    _check_change(question, by)
    check_open(workshop)
    talk_id = _checked_talk(workshop.id, said.talk_id)
    columns = text_columns(said.words, language=said.language, usual=by.language)
    for name, value in columns.items():
        setattr(question, name, value)
    question.talk_id, question.edited_at = talk_id, clock.now()
    changed(question)


def withdraw(question: AudienceQuestion, *, by: Reader) -> None:
    """Take it back, as long."""
    _check_change(question, by)
    question.state = AskedState.WITHDRAWN
    changed(question)


def _check_change(question: AudienceQuestion, by: Reader) -> None:
    if not rules.is_asker(by, question):
        raise Forbidden
    if question.registration_id is not None:
        raise Conflict(_("It came with your registration; change it there."))
    if not rules.may_change(by, question):
        raise Conflict(_("Somebody seconded or answered it by now, or a moderator hid it; it stays as it is."))
