"""Writing a letter: to whom, and what it says once their language is spoken."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from forum.core.languages import current_speech, speaking
from forum.core.languages import gettext as _
from forum.core.languages.speech import DEFAULT_ZONE
from forum.core.mail.letters import Words, defanged, isolated, queue
from forum.core.mail.models import Letter
from forum.core.site import current_site


@dataclass(frozen=True)
class Addressee:
    """Whom a letter is for, and how they are spoken to. `name` stands in the first line: without one it only says
    hello, and with None it does not."""

    address: str
    name: str | None
    language: str
    member_id: int | None = None
    digits: str = "latn"
    zone: str = DEFAULT_ZONE


def write(kind: str, to: Addressee, say: Callable[[str], Words], **more: Any) -> Letter:
    """Queue a letter: `say(name of the site)` is asked in the recipient's language, the greeting is put before it.
    `more` is what `queue` takes."""
    with speaking(to.language, to.digits, to.zone):
        words = say(current_site().name(current_speech().language))
        words = replace(words, before=[*_greeting(to.name), *words.before])
        return queue(kind, to.address, words, member_id=to.member_id, **more)


def _greeting(name: str | None) -> list[str]:
    if name is None:
        return []
    return [_("Dear %(name)s,", name=called(name)) if name else _("Hello,")]


def called(name: str) -> str:
    """Somebody's name inside a sentence of a letter."""
    return isolated(defanged(name))
