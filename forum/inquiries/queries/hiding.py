"""Which groups of answers may be shown: none under five, and none that shown ones give away by subtraction."""

from collections.abc import Mapping, Set

from forum.inquiries.models import FEW

Key = tuple[str, str]  # ("country", "JO"), ("theme", "12")
Sheets = Set[int]


def shown(everybody: Sheets, groups: Mapping[Key, Sheets]) -> set[Key]:
    """The groups that may be shown beside the whole. `groups` are sets of sheets: countries lie beside one another,
    themes may overlap.

    What would be left when shown groups are taken from one that holds them must be nobody or five at least: of the
    whole and of each theme without the countries in it, of the whole without a theme, of a group without another.
    """
    if len(everybody) < FEW:
        return set()
    kept: dict[Key, Sheets] = {}
    for key in sorted(groups, key=lambda one: (one[0], -len(groups[one]), one)):
        group = groups[key]
        if len(group) < FEW or _tells(everybody - group):
            continue
        if not any(_gives_away(group, other) for other in kept.values()):
            kept[key] = group
    return set(_without_rests(everybody, kept))


def _tells(rest: Sheets) -> bool:
    return 0 < len(rest) < FEW


def _gives_away(one: Sheets, other: Sheets) -> bool:
    """Does one lie in the other but for a few?"""
    return (one < other and _tells(other - one)) or (other < one and _tells(one - other))


def _without_rests(everybody: Sheets, kept: dict[Key, Sheets]) -> dict[Key, Sheets]:
    """Hide the smallest country as long as the shown ones together leave a few, of the whole or of a theme; a theme
    that the countries in it would give away goes itself."""
    countries = {key: group for key, group in kept.items() if key[0] == "country"}
    while countries and _tells(everybody - set().union(*countries.values())):
        smallest = min(countries, key=lambda key: (len(countries[key]), key))
        del countries[smallest]
    themes = {}
    for key, group in kept.items():
        inside = [other for other in countries.values() if other <= group]
        if key[0] != "country" and not (inside and _tells(group - set().union(*inside))):
            themes[key] = group
    return countries | themes
