"""What managers set while the forum runs: names, words of welcome, languages on offer, who starts topics, limits.

Each process keeps the settings in memory. A server looks for others each second, in a greenlet beside the requests;
other processes look when they ask and a second has passed. Whoever changes them hears it at once.
"""

import logging
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from typing import Any

import gevent
from flask import Flask, current_app
from gevent.monkey import is_module_patched
from sqlalchemy import JSON, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Mapped, mapped_column

from forum.core import audit, clock, stamps
from forum.core.db import Id, Moment, db, insert
from forum.core.errors import Forbidden, Invalid
from forum.core.events import fact, record
from forum.core.languages import LANGUAGES, clean_body, clean_line, strip_bidi
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.core.settings import Settings

log = logging.getLogger(__name__)

EVERY = 1.0  # seconds between two looks
ONLY = 1  # the id of the one row
LONGEST_NAME = 60
LONGEST_WELCOME = 600
STARTERS = ("members", "staff")
BOUNDS = {
    "posts_per_minute": (1, 60),
    "topics_per_hour": (1, 100),
    "letters_per_day": (0, 200),
    "newcomer_days": (0, 30),
    "newcomer_posts": (1, 200),
    "newcomer_topics": (0, 50),
    "newcomer_letters": (0, 50),
    "newcomer_links": (0, 50),
    "newcomer_mentions": (0, 10),
    "files_per_hour": (1, 200),
    "newcomer_files": (0, 100),
    "member_files_mb": (10, 10_000),
    "site_files_mb": (100, 1_000_000),
    "held_posts": (0, 20),
}
"""{limit: the least and the most that it may be}."""


@fact
class SiteChanged:
    """The settings of the site are others now."""

    row: int


class SiteRow(db.Model):
    """The settings that differ, or once differed, from the defaults below."""

    __tablename__ = "site_settings"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    said: Mapped[dict[str, Any]] = mapped_column(JSON)
    changed_at: Mapped[datetime] = mapped_column(Moment)


@dataclass(frozen=True)
class Site:
    """The settings. Names and words are {language: text}; where there is none, ours stand."""

    names: Mapping[str, str] = field(default_factory=dict)
    welcome: Mapping[str, str] = field(default_factory=dict)
    languages: tuple[str, ...] = LANGUAGES
    starters: str = "members"
    posts_per_minute: int = 15
    topics_per_hour: int = 10
    letters_per_day: int = 20  # from member to member
    newcomer_days: int = 1
    newcomer_posts: int = 20  # a day, and so on: what Discourse allows on the first day, and a little more
    newcomer_topics: int = 3
    newcomer_letters: int = 3
    newcomer_links: int = 2  # in one post
    newcomer_mentions: int = 3
    files_per_hour: int = 60
    newcomer_files: int = 20
    member_files_mb: int = 200
    site_files_mb: int = 20_000
    held_posts: int = 0  # the first ones of a member, which a moderator looks at before others see them

    def name(self, language: str) -> str:
        """What the site is called in this language."""
        return self.names.get(language) or _("Multaqa")


DEFAULT = Site()


@dataclass
class Kept:
    """What one process knows of the settings."""

    mode: str
    value: Site | None = None
    read_at: float = 0.0
    watch: gevent.Greenlet | None = None

    def is_old(self) -> bool:
        """Is it time to look again? Tests hear only what they change themselves."""
        return self.watch is None and self.mode != "test" and time.monotonic() - self.read_at > EVERY


def init_app(app: Flask, mode: str) -> None:
    """Begin to keep the settings."""
    app.extensions["site"] = Kept(mode)


def current_site() -> Site:
    """The settings that hold now; the defaults while the database is away."""
    kept: Kept = current_app.extensions["site"]
    if kept.value is None or kept.is_old():
        try:
            _read(kept)
        except (DBAPIError, TimeoutError):
            log.exception("the settings of the site cannot be read")
    if kept.watch is None and is_module_patched("threading"):
        kept.watch = gevent.spawn(_keep_looking, current_app._get_current_object(), kept)  # type: ignore[attr-defined]
    return kept.value or DEFAULT


def _read(kept: Kept) -> None:
    said = db.session.scalar(select(SiteRow.said).where(SiteRow.id == ONLY)) or {}
    known = {one.name for one in fields(Site)}
    told = {name: value for name, value in said.items() if name in known}
    if "languages" in told:
        told["languages"] = tuple(told["languages"])
    kept.value, kept.read_at = Site(**told), time.monotonic()


def _keep_looking(app: Flask, kept: Kept) -> None:
    while True:
        gevent.sleep(EVERY)
        try:
            with app.app_context():
                _read(kept)
        except Exception:
            log.exception("the settings of the site cannot be read; the next look is in a second")


def hear_change(_changed: SiteChanged) -> None:
    """At once, in the process that changed them."""
    _read(current_app.extensions["site"])


def own_origins() -> tuple[str, ...]:
    """Where this site is reached: links to it are our own, others lead away."""
    settings: Settings = current_app.config["SETTINGS"]
    return settings.origins


def may_manage_site(reader: Reader) -> bool:
    """Managers and admins."""
    return reader.has_role("manager", "admin")


def change_site(given: Mapping[str, Any], *, by: Reader) -> None:
    """Keep these settings, the others as they are; raises Forbidden and Invalid."""
    if not may_manage_site(by):
        raise Forbidden
    before = db.session.get(SiteRow, ONLY, with_for_update=True, populate_existing=True)
    said = asdict(DEFAULT) | (before.said if before else {})
    after = said | _checked({name: given[name] for name in said if name in given})
    row = insert(SiteRow).values(id=ONLY, said=after, changed_at=clock.now())
    db.session.execute(
        row.on_conflict_do_update(index_elements=["id"], set_={"said": row.excluded.said, "changed_at": clock.now()})
    )
    stamps.bump(stamps.NAMES)  # kept pages show name and languages
    record(SiteChanged(ONLY))
    changed = sorted(name for name in after if after[name] != said.get(name))
    audit.note("site changed", actor_id=by.id, subject=("site", None), changed=changed)


def _checked(given: dict[str, Any]) -> dict[str, Any]:
    wrong: dict[str, str] = {}
    for kind, longest, clean in (("names", LONGEST_NAME, _line), ("welcome", LONGEST_WELCOME, clean_body)):
        if kind in given:
            texts = {language: clean(given[kind].get(language) or "") for language in LANGUAGES}
            given[kind] = {language: text for language, text in texts.items() if text}
            for language, text in texts.items():
                if len(text) > longest:
                    field_name = f"{'name' if kind == 'names' else kind}_{language}"
                    wrong[field_name] = _("At most %(num)s characters.", num=longest)
    if "languages" in given:
        given["languages"] = [one for one in LANGUAGES if one in given["languages"]]
        if not given["languages"]:
            wrong["languages"] = _("Leave at least one language on offer.")
    if given.get("starters", "members") not in STARTERS:
        wrong["starters"] = _("Choose who may start topics.")
    for name, (least, most) in BOUNDS.items():
        number = given.get(name, least)
        if not isinstance(number, int) or not least <= number <= most:
            wrong[name] = _("Choose a number from %(least)s to %(most)s.", least=least, most=most)
    if wrong:
        raise Invalid(fields=wrong)
    return given


def _line(text: str) -> str:
    return clean_line(strip_bidi(text))
