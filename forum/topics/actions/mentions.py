"""Who is spoken to: an @ and the whole name of a member in either of its spellings, of a municipality in any language
(all its members), or the moderators."""

import re

from sqlalchemy import delete

from forum.core.db import db
from forum.core.languages import fold
from forum.members.queries.names import called
from forum.members.queries.staff import members_of, moderators
from forum.municipalities.queries import named_exactly
from forum.topics.models import Mention
from forum.topics.queries import mentioned_in

MOST_MENTIONS = 10  # in one post; more would be shouting
MOST_TOLD = 60  # members, by all of them together
LONGEST_IN_WORDS = 5

MODERATORS = {"ar": "المشرفون", "en": "moderators", "fr": "modérateurs", "tr": "moderatörler"}
"""What the moderators are called after an @, in the four languages."""

_at = re.compile(r"(?<![\w@.])@(?=\w)")
_words = re.compile(r"[\w'’.-]+")
_MODERATORS = frozenset(fold(name) for name in MODERATORS.values())
_code = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`", re.DOTALL)


def mentioned(words: str) -> set[int]:
    """The ids of the members whose names follow an @ outside code; the longest name wins, a member's before others."""
    spoken = _code.sub(" ", words)
    calls = [_prefixes(spoken, at.end()) for at in _at.finditer(spoken)][: 3 * MOST_MENTIONS]
    names = sorted({name for call in calls for name in call})
    known: dict[str, tuple[str, int]] = {name: ("member", id) for name, id in called(names).items()}
    if not all(any(name in known for name in call) for call in calls):
        known = {name: ("municipality", id) for name, id in named_exactly(names).items()} | known
    for name in _MODERATORS.intersection(names):
        known.setdefault(name, ("moderators", 0))
    targets: list[tuple[str, int]] = []
    for call in calls:
        longest = next((known[name] for name in call if name in known), None)
        if longest is not None and longest not in targets:
            targets.append(longest)
    found = [id for target in targets[:MOST_MENTIONS] for id in _members(*target)]
    return set(list(dict.fromkeys(found))[:MOST_TOLD])


def keep_mentions(post_id: int, words: str) -> None:
    """Remember whom a post speaks to now."""
    before, now = set(mentioned_in(post_id)), mentioned(words) if "@" in words else set()
    if before - now:
        db.session.execute(delete(Mention).where(Mention.post_id == post_id, Mention.member_id.in_(before - now)))
    for member_id in sorted(now - before):
        db.session.add(Mention(post_id=post_id, member_id=member_id))


def _members(kind: str, id: int) -> list[int]:
    if kind == "member":
        return [id]
    return moderators() if kind == "moderators" else members_of(id, most=MOST_TOLD)


def _prefixes(words: str, start: int) -> list[str]:
    """The folded one to five words behind an @, the longest first."""
    parts = []
    for match in _words.finditer(words[start : start + 120]):
        parts.append(match.group().rstrip(".'’-"))
        if len(parts) == LONGEST_IN_WORDS:
            break
    return [fold(" ".join(parts[:n])) for n in range(len(parts), 0, -1)]
