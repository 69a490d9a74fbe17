"""Which themes and tags a topic carries."""

import re
from collections.abc import Sequence

from sqlalchemy import delete, select

from forum.core.db import db, insert
from forum.core.errors import Invalid
from forum.core.languages import clean_title, direction, fold
from forum.core.languages import gettext as _
from forum.topics.models import LONGEST_TAG, MOST_TAGS, MOST_THEMES, Tag, Theme, TopicTag, TopicTheme

_invisible = re.compile("[\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff]")
_between = re.compile(r"[,،;؛\n]")

Named = dict[str, str]  # {folded: as it was written}


def check_tags(tags: Sequence[str]) -> Named:
    """The tags as they are kept, those that fold alike once; raises Invalid."""
    found: Named = {}
    for words in tags:
        for part in _between.split(words):
            name = clean_title(_invisible.sub("", part)).lstrip("#").strip()
            folded = " ".join(fold(name).split())
            if not name:
                continue
            if not any(sign.isalnum() for sign in folded):
                raise Invalid(fields={"tags": _("A tag needs a letter or a digit.")})
            if max(len(name), len(folded)) > LONGEST_TAG:
                raise Invalid(fields={"tags": _("A tag has at most %(num)s characters.", num=LONGEST_TAG)})
            found.setdefault(folded, name)
    if len(found) > MOST_TAGS:
        raise Invalid(fields={"tags": _("A topic has at most %(num)s tags.", num=MOST_TAGS)})
    return found


def check_themes(themes: Sequence[int], *, kept: Sequence[int] = ()) -> list[int]:
    """The themes that a topic may carry; a retired one only if it does already (`kept`). Raises Invalid."""
    ids = sorted(set(themes))
    if len(ids) > MOST_THEMES:
        raise Invalid(fields={"themes": _("A topic has at most %(num)s themes.", num=MOST_THEMES)})
    check_offered(ids, kept=kept)
    return ids


def check_offered(ids: Sequence[int], *, kept: Sequence[int]) -> None:
    """Raise Invalid for a theme that is not there, or is retired and not among those `kept`."""
    new = set(ids) - set(kept)
    if new:
        offered = select(Theme.id).where(Theme.id.in_(new), Theme.is_retired.is_(False))
        if set(db.session.scalars(offered)) != new:
            raise Invalid(fields={"themes": _("Choose among the themes that are offered.")})


def themes_on(topic_id: int) -> list[int]:
    """The ids of the themes that a topic carries."""
    return list(db.session.scalars(select(TopicTheme.theme_id).where(TopicTheme.topic_id == topic_id)))


def put_themes(topic_id: int, themes: Sequence[int]) -> None:
    """These and no others; they are checked."""
    db.session.execute(delete(TopicTheme).where(TopicTheme.topic_id == topic_id))
    if themes:
        rows = [{"topic_id": topic_id, "theme_id": theme_id} for theme_id in themes]
        db.session.execute(insert(TopicTheme), rows)


def put_tags(topic_id: int, tags: Named) -> None:
    """These and no others; they are checked."""
    db.session.execute(delete(TopicTag).where(TopicTag.topic_id == topic_id))
    if not tags:
        return
    rows = [{"name": name, "folded": folded, "direction": direction(name)} for folded, name in sorted(tags.items())]
    db.session.execute(insert(Tag).on_conflict_do_nothing(), rows)
    ids = db.session.scalars(select(Tag.id).where(Tag.folded.in_(tags)))
    db.session.execute(insert(TopicTag), [{"topic_id": topic_id, "tag_id": tag_id} for tag_id in ids])
