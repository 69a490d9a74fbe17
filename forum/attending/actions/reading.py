"""The list of what to read: links, topics and posts, in the order that staff gives them."""

import re

from sqlalchemy import select

from forum.attending import queries, rules
from forum.attending.actions.deciding import find_linked_post, own_path
from forum.attending.models import LONGEST_LINK, LONGEST_TITLE, ReadingEntry, ReadingText
from forum.core import audit
from forum.core.db import db
from forum.core.errors import Forbidden, Invalid, NotFound
from forum.core.languages import clean_title, current_speech, has_visible
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.topics.models import Topic
from forum.topics.queries import visible_topics
from forum.workshops.actions.links import is_link
from forum.workshops.actions.plans import ByLanguage, in_all
from forum.workshops.models import Workshop

MOST_ENTRIES = 50  # of one event; its page shows them all

_TOPIC = re.compile(r"/topics/(\d{1,15})(?:-[^/?#]*)?/?(?:\?[^#]*)?")


def add_reading(workshop: Workshop, *, link: str, titles: ByLanguage, by: Reader) -> ReadingEntry:
    """Put one more at the end. A topic or post of ours needs no title; what is elsewhere does."""
    _check(by)
    titles = {language: clean_title(title) for language, title in titles.items() if has_visible(title or "")}
    wrong = {f"title_{one}": _too_long() for one, title in titles.items() if len(title) > LONGEST_TITLE}
    topic_id, post_id = _ours(link, by)
    is_ours = topic_id is not None or post_id is not None
    if not is_ours and not is_link(link.strip(), longest=LONGEST_LINK):
        wrong["link"] = _("Give the whole address of what there is to read, as the browser shows it.")
    elif not is_ours and not titles:
        wrong[f"title_{current_speech().locale}"] = _("Say in at least one language what it is.")
    there = queries.entries_of(workshop.id)
    given = ("" if is_ours else link.strip(), topic_id, post_id)
    if not wrong and any((one.link, one.topic_id, one.post_id) == given for one in there):
        wrong["link"] = _("It stands on the list already.")
    if wrong:
        raise Invalid(fields=wrong)
    if len(there) >= MOST_ENTRIES:
        raise Invalid(fields={"link": _("At most %(num)s entries.", num=MOST_ENTRIES)})
    entry = ReadingEntry(
        workshop_id=workshop.id,
        position=there[-1].position + 1 if there else 1,
        link=given[0],
        topic_id=topic_id,
        post_id=post_id,
    )
    db.session.add(entry)
    db.session.flush()
    for language, title, other in in_all(titles):
        db.session.add(ReadingText(entry_id=entry.id, language=language, title=title, written_in=other))
    audit.note("reading added", actor_id=by.id, subject=("workshop", workshop.id))
    return entry


def _too_long() -> str:
    return _("At most %(num)s characters.", num=LONGEST_TITLE)


def _ours(link: str, by: Reader) -> tuple[int | None, int | None]:
    """(topic id, post id) of an address of ours that the reader may read; one of the two at most."""
    post_id = find_linked_post(link, by=by)
    if post_id is not None:
        return None, post_id
    found = _TOPIC.fullmatch(own_path(link))
    if found is None:
        return None, None
    return db.session.scalar(select(Topic.id).where(Topic.id == int(found[1]), visible_topics(by))), None


def remove_reading(workshop: Workshop, entry_id: int, *, by: Reader) -> None:
    """Take it away."""
    _check(by)
    db.session.delete(_entry(workshop, entry_id))
    audit.note("reading removed", actor_id=by.id, subject=("workshop", workshop.id))


def place_reading(workshop: Workshop, entry_id: int, *, place: int, by: Reader) -> None:
    """Let it be the first, the second, …; beyond the last it is the last."""
    _check(by)
    entry = _entry(workshop, entry_id)
    others = [one for one in queries.entries_of(workshop.id) if one.id != entry.id]
    others.insert(max(1, place) - 1, entry)
    for position, one in enumerate(others, start=1):
        one.position = position


def _entry(workshop: Workshop, entry_id: int) -> ReadingEntry:
    entry = queries.find_entry(workshop.id, entry_id)
    if entry is None:
        raise NotFound
    return entry


def _check(by: Reader) -> None:
    if not rules.may_moderate(by):
        raise Forbidden
