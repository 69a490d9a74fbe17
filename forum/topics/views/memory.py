"""Drawn topic pages, kept per state of the topic and kind of reader, with holes for what is the viewer's own."""

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from forum.core.cache import ByteCache
from forum.core.frame import saves_mark
from forum.core.languages import Speech
from forum.core.reader import Reader
from forum.core.submissions import fresh_key
from forum.topics import rules
from forum.topics.queries import TopicSeen

HOLE = "\x00"  # never in a page: NUL is refused in every form
HOLES = {
    name: Markup(f"{HOLE}{name}{HOLE}")
    for name in ("viewer", "csrf", "key", "read", "reader", "mine", "draft", "draft_to", "saves", "held")
}

pages = ByteCache(limit=64 * 1024 * 1024)


@dataclass(frozen=True, slots=True)
class May:
    """What this reader may do in the topic; the page shows no more than that."""

    reply: bool
    edit: bool
    accept: bool


def may(reader: Reader, topic: TopicSeen) -> May:
    """Ask the rules."""
    reply, edit = rules.may_reply(reader, topic), rules.may_edit_topic(reader, topic)
    return May(reply=reply, edit=edit, accept=rules.may_accept(reader, topic))


def key_of(topic: TopicSeen, page: int, reader: Reader, speech: Speech) -> tuple[Any, ...]:
    """Everything that a drawn page depends on."""
    return (
        topic.id,
        page,
        topic.change,
        topic.names,
        topic.level,
        reader.is_authenticated,
        may(reader, topic),
        topic.draft is None,
        speech.language,
        speech.digits,
    )


def fill(
    drawn: bytes, topic: TopicSeen, reader: Reader, *, viewer: bytes, token: str, saves: bool, held: bytes = b""
) -> bytes:
    """Put what is this viewer's own into the holes."""
    own = {b"viewer": viewer, b"saves": saves_mark(saves).encode()}
    if reader.is_authenticated:
        own |= {
            b"csrf": token.encode(),
            b"key": fresh_key().encode(),
            b"read": str(topic.read_number).encode(),
            b"reader": str(reader.id).encode(),
            b"mine": (topic.mine or "").encode(),
            b"draft": escape(topic.draft or "").encode(),
            b"held": held,
            b"draft_to": str(topic.draft_to or "").encode(),
        }
    parts = drawn.split(b"\x00")
    parts[1::2] = [own[name] for name in parts[1::2]]
    return b"".join(parts)
