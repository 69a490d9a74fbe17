"""Who is spoken to: an @ and the whole name of a member, in either of its spellings."""

import re

from forum.core.languages import fold
from forum.members.queries import called

MOST_MENTIONS = 10  # in one post; more would be shouting
LONGEST_IN_WORDS = 5

_at = re.compile(r"(?<![\w@.])@(?=\w)")
_words = re.compile(r"[\w'’.-]+")
_code = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`", re.DOTALL)


def mentioned(words: str) -> set[int]:
    """The ids of the members whose names follow an @ outside code; the longest name wins."""
    spoken = _code.sub(" ", words)
    calls = [_prefixes(spoken, at.end()) for at in _at.finditer(spoken)][: 3 * MOST_MENTIONS]
    known = called(sorted({name for names in calls for name in names}))
    found: list[int] = []
    for names in calls:
        longest = next((known[name] for name in names if name in known), None)
        if longest is not None and longest not in found:
            found.append(longest)
    return set(found[:MOST_MENTIONS])


def _prefixes(words: str, start: int) -> list[str]:
    """The folded one to five words behind an @, the longest first."""
    parts = []
    for match in _words.finditer(words[start : start + 120]):
        parts.append(match.group().rstrip(".'’-"))
        if len(parts) == LONGEST_IN_WORDS:
            break
    return [fold(" ".join(parts[:n])) for n in range(len(parts), 0, -1)]
