"""What members say of themselves."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import delete

from forum.core import stamps
from forum.core.db import db
from forum.core.errors import Invalid
from forum.core.events import record
from forum.core.languages import (
    LANGUAGES,
    clean_body,
    clean_title,
    detect,
    direction,
    fold,
    has_hidden,
    has_visible,
    skeleton,
    to_latin_digits,
)
from forum.core.languages import gettext as _
from forum.core.mail import clean_address
from forum.members.events import ProfileChanged
from forum.members.models import (
    LONGEST_ABOUT,
    LONGEST_CONTACT,
    LONGEST_LINE,
    LONGEST_POST_HELD,
    MOST_LINES,
    Contact,
    ContactKind,
    LineKind,
    Member,
    ProfileLine,
    ShownTo,
    name_language_of,
)

_phone = re.compile(r"\+?[0-9][0-9 ()./-]{3,30}")


@dataclass(frozen=True)
class Line:
    """Something that a member offers or needs; without a language it is detected."""

    words: str
    language: str | None = None


@dataclass(frozen=True)
class Way:
    """A contact and to whom it is shown. Without a value there is none."""

    value: str
    shown_to: str = ShownTo.NOBODY


def change_profile(
    member: Member,
    *,
    post_held: str | None = None,
    about: str | None = None,
    lines: Mapping[LineKind, Sequence[Line]] | None = None,
    contacts: Mapping[ContactKind, Way] | None = None,
    takes_letters: bool | None = None,
) -> None:
    """Keep what is given; None, and a kind that is not named, leave as it is. Raises Invalid with every reason."""
    wrong: dict[str, str] = {}
    held = member.post_held if post_held is None else _line(post_held, "post_held", LONGEST_POST_HELD, wrong)
    about = member.about if about is None else clean_body(about)
    if len(about) > LONGEST_ABOUT:
        wrong["about"] = _("At most %(num)s characters.", num=LONGEST_ABOUT)
    checked = {kind: _checked(member, kind, given, wrong) for kind, given in (lines or {}).items()}
    ways = {kind: _way(kind, way, wrong) for kind, way in (contacts or {}).items()}
    if wrong:
        raise Invalid(fields=wrong)
    if held != member.post_held:
        stamps.bump(stamps.NAMES)  # kept pages with a card of this member show it
    member.post_held, member.about = held, about
    if takes_letters is not None:
        member.takes_letters = takes_letters
    for kind, rows in checked.items():
        db.session.execute(delete(ProfileLine).where(ProfileLine.member_id == member.id, ProfileLine.kind == kind))
        db.session.add_all(rows)
    for kind, value in ways.items():
        db.session.execute(delete(Contact).where(Contact.member_id == member.id, Contact.kind == kind))
        if value:
            shown_to = ShownTo((contacts or {})[kind].shown_to)
            db.session.add(Contact(member_id=member.id, kind=kind, value=value, shown_to=shown_to))
    record(ProfileChanged(member.id))


def _line(text: str, name: str, longest: int, wrong: dict[str, str]) -> str:
    """One line of words that show; empty is allowed."""
    words = clean_title(text)
    if len(words) > longest:
        wrong[name] = _("At most %(num)s characters.", num=longest)
    elif words and (not has_visible(words) or has_hidden(words)):
        wrong[name] = _("This holds signs that do not show.")
    return words


def _checked(member: Member, kind: LineKind, given: Sequence[Line], wrong: dict[str, str]) -> list[ProfileLine]:
    """The lines as they are kept; empty ones are none. Fields are called offer_1, need_2 …, by their place."""
    rows: list[ProfileLine] = []
    for place, line in enumerate(given, start=1):
        name = f"{kind}_{place}"
        words = _line(line.words, name, LONGEST_LINE, wrong)
        if line.language and line.language not in LANGUAGES:
            wrong[name] = _("Choose one of the four languages.")
        if words and name not in wrong:
            rows.append(_row(member, kind, len(rows) + 1, words, line.language))
    if len(rows) > MOST_LINES:
        wrong[f"{kind}_1"] = _("At most %(num)s lines.", num=MOST_LINES)
    return rows


def _row(member: Member, kind: LineKind, position: int, words: str, declared: str | None) -> ProfileLine:
    language = declared or detect(words, fallback=None) or name_language_of(words, member.language)
    return ProfileLine(
        member_id=member.id,
        kind=kind,
        position=position,
        words=words,
        language=language,
        is_declared=bool(declared),
        direction=direction(words, declared or None),
        folded=fold(words)[: ProfileLine.folded.type.length],
        skeleton=f" {skeleton(words)} "[: ProfileLine.skeleton.type.length],
    )


def _way(kind: ContactKind, way: Way, wrong: dict[str, str]) -> str:
    """The contact as it is kept."""
    value = _line(way.value, kind, LONGEST_CONTACT, wrong)
    if way.shown_to not in list(ShownTo):
        wrong[f"{kind}_shown_to"] = _("Choose who sees it.")
    if not value or kind in wrong:
        return value
    if kind == ContactKind.EMAIL and (value := clean_address(value) or "") == "":
        wrong[kind] = _("This is not an e-mail address.")
    elif kind == ContactKind.PHONE and not _phone.fullmatch(value := to_latin_digits(value)):
        wrong[kind] = _("This is not a telephone number.")
    return value
