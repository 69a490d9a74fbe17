"""Which groups of answers may be shown: none under five, and none that shown ones give away by subtraction."""

from collections.abc import Mapping, Sequence, Set

from forum.inquiries.models import FEW

Key = tuple[str, str]  # ("country", "JO"), ("theme", "12")
Sheets = Set[int]


def shown(everybody: Sheets, groups: Mapping[Key, Sheets]) -> set[Key]:
    """The groups that may be shown beside the whole. `groups` are sets of sheets: countries lie beside one another,
    themes may overlap. Countries go before themes, large ones before small ones.

    What is left when shown groups that lie beside one another are taken from the whole, or from a shown group that
    holds them, must be nobody or five at least: who knows the members knows which groups lie beside one another.
    """
    kept: dict[Key, Sheets] = {}
    if len(everybody) < FEW:
        return set()
    for key in sorted(groups, key=lambda one: (one[0], -len(groups[one]), one)):
        group = groups[key]
        others = list(kept.values())
        if len(group) >= FEW and not _leaves_few(group, others):
            holding = [one for one in (everybody, *others) if group < one]
            if not any(_leaves_few(one, [*others, group]) for one in holding):
                kept[key] = group
    return set(kept)


def _leaves_few(whole: Sheets, groups: Sequence[Sheets], left: int = 0) -> bool:
    """Can groups that lie beside one another be taken from the whole so that one to four are left? `left` are left
    already."""
    if not whole:
        return left > 0
    inside = [one for one in groups if one <= whole]
    alone = whole.difference(*inside)
    left += len(alone)
    if left >= FEW:
        return False
    whole = whole - alone
    if not whole:
        return True
    one = min(whole)
    if any(one in group and _leaves_few(whole - group, inside, left) for group in inside):
        return True
    return left + 1 < FEW and _leaves_few(whole - {one}, inside, left + 1)
