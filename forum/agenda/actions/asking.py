"""Asking for something, and thinking better of it."""

from dataclasses import dataclass

from sqlalchemy import select

from forum.agenda import queries, rules
from forum.agenda.actions.voices import cast, count_voices
from forum.agenda.models import LONGEST_REQUEST_TITLE, AgendaRequest, RequestState
from forum.core import clock, submissions
from forum.core.db import db
from forum.core.errors import Conflict, Forbidden, Invalid
from forum.core.languages import LANGUAGES, clean_title, detect, direction, direction_of, has_visible
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.spaces.models import Space
from forum.spaces.queries import visible_to
from forum.topics.actions.holding import must_wait
from forum.topics.actions.texts import check_words
from forum.topics.models import LanguageSource


@dataclass(frozen=True)
class Said:
    """What a request says. Without a language it is detected."""

    title: str
    words: str = ""
    language: str | None = None


def ask(said: Said, *, space_id: int, by: Reader, key: str | None = None) -> int:
    """Ask for something in a space that is open to the network; the request's id. The asker's municipality stands
    behind it from the start. `key` makes a second sending harmless."""
    if not rules.may_ask(by):
        raise Forbidden
    body = submissions.body_hash("request", space_id, said.title, said.words, said.language)
    earlier = submissions.find_earlier(member_id=by.member_id, key=key, body=body)
    if earlier is not None:
        return earlier
    if must_wait(by):
        raise Conflict(_("A moderator looks at your first posts before others see them. Ask for this after that."))
    columns = _checked(said, by=by)
    open_to_all = select(Space.id).where(Space.id == space_id, Space.kind.in_(rules.OPEN_SPACES))
    if db.session.scalar(open_to_all.where(visible_to(by, Space.id))) is None:
        raise Invalid(fields={"space": _("Choose a space that is open to the whole network.")})
    request = AgendaRequest(
        space_id=space_id,
        asker_id=by.member_id,
        municipality_id=by.municipality_id,
        created_at=clock.now(),
        **columns,
    )
    db.session.add(request)
    db.session.flush()
    if by.municipality_id is not None:
        cast(request.id, town_id=by.municipality_id, member_id=by.member_id)
        count_voices(request)
    submissions.remember(member_id=by.member_id, key=key, body=body, subject_id=request.id)
    return request.id


def _checked(said: Said, *, by: Reader) -> dict[str, str]:
    """The columns that it fills; raises Invalid."""
    title = clean_title(said.title)
    if not has_visible(title):
        raise Invalid(fields={"title": _("Say in one line what you need.")})
    if len(title) > LONGEST_REQUEST_TITLE:
        raise Invalid(fields={"title": _("At most %(num)s characters.", num=LONGEST_REQUEST_TITLE)})
    if said.language and said.language not in LANGUAGES:
        raise Invalid(fields={"language": _("Choose one of the four languages.")})
    if said.words.strip():
        text = check_words(said.words, language=said.language, author=by, title=title)
        columns = {"words": text.words, "html": text.rendered.html}
        language, source = text.language, text.source
    else:
        columns = {"words": "", "html": ""}
        source = LanguageSource.DECLARED if said.language else LanguageSource.DETECTED
        language = said.language or detect(title, fallback=by.language or "en") or "en"
    columns |= {"title": title, "language": language, "language_source": str(source)}
    return columns | {"direction": direction(title, default=direction_of(language))}


def change(request: AgendaRequest, said: Said, *, by: Reader) -> None:
    """Say it in other words, while nobody else stands behind it."""
    _check_change(request, by)
    for name, value in _checked(said, by=by).items():
        setattr(request, name, value)


def withdraw(request: AgendaRequest, *, by: Reader) -> None:
    """Take it back, while nobody else stands behind it."""
    _check_change(request, by)
    request.state = RequestState.WITHDRAWN


def _check_change(request: AgendaRequest, by: Reader) -> None:
    if by.id != request.asker_id:
        raise Forbidden
    if not rules.may_change(by, request, others=queries.count_other_voices(request)):
        raise Conflict(_("Other municipalities stand behind it by now, or it is decided; it stays as it is."))
