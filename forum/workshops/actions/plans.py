"""Workshops, sessions and talks to be. Texts are by language: at least one, the others are taken from it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from forum.core.languages import LANGUAGES
from forum.workshops.models import WorkshopKind

ByLanguage = Mapping[str, str]

LIKELIEST = ("en", "ar", "fr", "tr")  # whose text stands in where there is none, the one that most can read first


@dataclass(frozen=True)
class SpeakerPlan:
    """Who speaks: a member, or a name in each language."""

    role: ByLanguage
    organisation: ByLanguage
    name: ByLanguage = field(default_factory=dict)
    member_id: int | None = None


@dataclass(frozen=True)
class TalkPlan:
    """One talk to be: titles by language, the languages it is held in, its speakers."""

    title: ByLanguage
    languages: Sequence[str]
    speakers: Sequence[SpeakerPlan]


@dataclass(frozen=True)
class SessionPlan:
    """One session to be, in wall times of the workshop's zone."""

    title: ByLanguage
    starts: datetime
    ends: datetime


@dataclass(frozen=True)
class WorkshopPlan:
    """A workshop to be. Times are wall times in `zone`."""

    kind: WorkshopKind
    zone: str
    starts: datetime
    ends: datetime
    is_online: bool
    colour: str
    title: ByLanguage
    summary: ByLanguage
    words: ByLanguage
    place: ByLanguage = field(default_factory=dict)
    country: str | None = None
    is_date_approximate: bool = False
    spoken: Sequence[str] = ()
    interpretation: Sequence[str] = ()
    objectives: Sequence[ByLanguage] = ()
    sessions: Sequence[SessionPlan] = ()
    talks: Sequence[TalkPlan] = ()


def stand_in(texts: ByLanguage) -> str:
    """The language whose text stands in for those that are missing; raises LookupError where there is none at all."""
    return next(language for language in LIKELIEST if texts.get(language))


def in_all(texts: ByLanguage) -> Iterator[tuple[str, str, str | None]]:
    """(language, text, the language that the text really is in where that is another one) for all four."""
    if not any(texts.values()):
        return
    other = stand_in(texts)
    for language in LANGUAGES:
        own = texts.get(language)
        yield (language, own, None) if own else (language, texts[other], other)
