"""What two texts have in common and what not, word by word."""

import re
from difflib import SequenceMatcher
from itertools import takewhile

from forum.core.loop import off_the_loop

MOST_WORDS = 2_000  # on one side, that are compared one by one; longer changes are shown whole

Parts = list[tuple[bool, str]]
"""[(is it on this side only, text)]"""

_WORD = re.compile(r"\s+|\w+|[^\w\s]")


def differences(old: str, new: str) -> tuple[Parts, Parts]:
    """Both texts in parts, each with whether the other text lacks it."""
    return off_the_loop(_differences, _WORD.findall(old), _WORD.findall(new))


def _differences(old: list[str], new: list[str]) -> tuple[Parts, Parts]:
    start = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    pairs = zip(reversed(old[start:]), reversed(new[start:]), strict=False)
    end = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    before, common, after = (
        old[:start],
        (old[start : len(old) - end], new[start : len(new) - end]),
        old[len(old) - end :],
    )
    sides: tuple[Parts, Parts] = ([], [])
    for side, middle in zip(sides, _compared(*common), strict=True):
        parts = [(False, "".join(before)), *middle, (False, "".join(after))]
        side.extend(part for part in parts if part[1])
    return sides


def _compared(old: list[str], new: list[str]) -> tuple[Parts, Parts]:
    if max(len(old), len(new)) > MOST_WORDS:
        return [(True, "".join(old))], [(True, "".join(new))]
    left: Parts = []
    right: Parts = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        left.append((kind != "equal", "".join(old[a:b])))
        right.append((kind != "equal", "".join(new[c:d])))
    return left, right
