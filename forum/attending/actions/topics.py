"""A topic for each talk, made in one go."""

import re

from sqlalchemy import Row, select

from forum.attending import rules
from forum.core.db import db
from forum.core.errors import Forbidden
from forum.core.languages import LANGUAGES, speaking
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.members.models import Member
from forum.topics.models import LONGEST_TITLE
from forum.workshops import queries as workshops
from forum.workshops.actions import start_topic
from forum.workshops.actions.plans import LIKELIEST
from forum.workshops.models import LanguageRole, Workshop, WorkshopTopic


def start_talk_topics(workshop: Row, *, by: Reader) -> list[int]:
    """Start a topic for each talk that has none, in the space of the event's topics; the ids of those that are new.
    Twice, or by two at a time, makes nothing twice. `workshop`: a row of workshops.queries."""
    if not rules.may_moderate(by):
        raise Forbidden
    db.session.execute(select(Workshop.id).where(Workshop.id == workshop.id).with_for_update())
    kept = select(WorkshopTopic.talk_id).where(WorkshopTopic.workshop_id == workshop.id)
    there = set(db.session.scalars(kept))
    spoken = workshops.languages_of([workshop.id])[workshop.id][LanguageRole.SPOKEN]
    event = workshops.titles_of(workshop.id)
    made = []
    for talk_id in workshops.talk_ids_of(workshop.id):
        if talk_id not in there:
            made.append(_start(workshop, talk_id, spoken, event, by))
    return made


def _start(workshop: Row, talk_id: int, spoken: list[str], event: dict[str, str], by: Reader) -> int:
    titles = workshops.talk_titles_of(talk_id)
    languages = [one for one in LANGUAGES if one in titles and one in spoken] or [
        next(one for one in LIKELIEST if one in titles)
    ]
    title = " / ".join(dict.fromkeys(titles[one] for one in languages))
    if len(title) > LONGEST_TITLE:
        title = titles[languages[0]][:LONGEST_TITLE]
    speakers = workshops.speakers_of(talk_id)
    words = "\n\n".join(_words(workshop.id, one, titles[one], event[one], speakers) for one in languages)
    done = start_topic(workshop, author=by, title=title, words=words, language=languages[0])
    db.session.flush()
    db.session.get_one(WorkshopTopic, done.id).talk_id = talk_id
    return done.id


def _words(workshop_id: int, language: str, title: str, event: str, speakers: list[dict]) -> str:
    """What the topic begins with in one language: the talk, who holds it, and where it belongs."""
    link = f"[{plain(event)}](/workshops/{workshop_id})"
    with speaking(language):
        sentence = _(
            "A talk of %(event)s. Ask about it here before the event, and go on with it here afterwards.",
            event=link,
        )
    lines = [f"**{plain(title)}**", *filter(None, (_speaker(one, language) for one in speakers)), sentence]
    return "\n\n".join(lines)


def _speaker(one: dict, language: str) -> str:
    name = _said(one["name"], language)
    if one["member_id"] is not None:
        name = db.session.scalar(select(Member.display_name).where(Member.id == one["member_id"])) or ""
    return " · ".join(
        plain(part) for part in (name, _said(one["role"], language), _said(one["organisation"], language)) if part
    )


def _said(texts: dict[str, str], language: str) -> str:
    return texts.get(language) or next((texts[one] for one in LIKELIEST if texts.get(one)), "")


def plain(words: str) -> str:
    """Words in which Markdown sees nothing."""
    return re.sub(r"([\\`*_\[\]<>#|~!])", r"\\\1", words)
