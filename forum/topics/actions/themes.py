"""The tree of themes: add, rename, move, retire."""

from collections.abc import Mapping

from sqlalchemy import delete, select

from forum.core import audit, clock, stamps
from forum.core.db import db
from forum.core.errors import Forbidden, Invalid
from forum.core.events import record
from forum.core.languages import LANGUAGES, clean_title
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.topics import rules
from forum.topics.events import ThemeAdded, ThemeChanged
from forum.topics.models import LONGEST_THEME, Theme, ThemeName

DEEPEST = 3  # levels of the tree; more are not found again
LAST_POSITION = 999


def add_theme(*, names: Mapping[str, str], parent_id: int | None = None, position: int = 0, by: Reader | None) -> Theme:
    """Put a theme into the tree; `names` are {language: name} in all four. `by` None is the operator."""
    _check(by)
    names = _checked(names)
    _check_place(None, parent_id)
    theme = Theme(parent_id=parent_id, position=_position(position), created_at=clock.now())
    db.session.add(theme)
    db.session.flush()
    _write_names(theme, names)
    record(ThemeAdded(theme.id))
    audit.note("theme added", actor_id=by and by.id, subject=("theme", theme.id))
    return theme


def change_theme(
    theme: Theme, *, names: Mapping[str, str], parent_id: int | None, position: int, by: Reader | None
) -> None:
    """Give a theme other names or another place; pages that show it follow."""
    _check(by)
    names = _checked(names)
    _check_place(theme, parent_id)
    theme.parent_id, theme.position = parent_id, _position(position)
    db.session.execute(delete(ThemeName).where(ThemeName.theme_id == theme.id))
    _write_names(theme, names)
    _changed(theme, "theme changed", by)


def retire_theme(theme: Theme, *, by: Reader) -> None:
    """Offer it no more; topics that carry it keep it."""
    _retire(theme, True, by)


def bring_theme_back(theme: Theme, *, by: Reader) -> None:
    """Offer it again."""
    _retire(theme, False, by)


def _retire(theme: Theme, is_retired: bool, by: Reader) -> None:
    _check(by)
    if theme.is_retired != is_retired:
        theme.is_retired = is_retired
        _changed(theme, "theme retired" if is_retired else "theme brought back", by)


def _changed(theme: Theme, what: str, by: Reader | None) -> None:
    db.session.flush()
    stamps.bump(stamps.NAMES)
    record(ThemeChanged(theme.id))
    audit.note(what, actor_id=by and by.id, subject=("theme", theme.id))


def _check(by: Reader | None) -> None:
    if by is not None and not rules.may_manage_themes(by):
        raise Forbidden


def _checked(names: Mapping[str, str]) -> dict[str, str]:
    cleaned = {language: clean_title(names.get(language, "")) for language in LANGUAGES}
    wrong = {
        f"name_{language}": _("Give the theme a name in this language.")
        if not name
        else _("A name has at most %(num)s characters.", num=LONGEST_THEME)
        for language, name in cleaned.items()
        if not 1 <= len(name) <= LONGEST_THEME
    }
    if wrong:
        raise Invalid(fields=wrong)
    return cleaned


def _position(position: int) -> int:
    if not 0 <= position <= LAST_POSITION:
        raise Invalid(fields={"position": _("Choose a number from 0 to %(num)s.", num=LAST_POSITION)})
    return position


def _check_place(theme: Theme | None, parent_id: int | None) -> None:
    """A theme stands neither below itself nor too deep."""
    parents = {row.id: row.parent_id for row in db.session.execute(select(Theme.id, Theme.parent_id))}
    if parent_id is not None and parent_id not in parents:
        raise Invalid(fields={"parent": _("Choose among the themes that are offered.")})
    above, here = [], parent_id
    while here is not None:
        above.append(here)
        here = parents[here]
    if theme is not None and theme.id in above:
        raise Invalid(fields={"parent": _("A theme cannot stand below itself.")})
    if len(above) + _height(theme, parents) > DEEPEST:
        raise Invalid(fields={"parent": _("The tree has at most %(num)s levels.", num=DEEPEST)})


def _height(theme: Theme | None, parents: Mapping[int, int | None]) -> int:
    """How many levels a theme brings along, itself included."""
    level = {theme.id} if theme is not None else set()
    height = 1
    while level := {id for id, parent in parents.items() if parent in level}:
        height += 1
    return height


def _write_names(theme: Theme, names: Mapping[str, str]) -> None:
    for language in LANGUAGES:
        db.session.add(ThemeName(theme_id=theme.id, language=language, name=names[language]))
    db.session.flush()
