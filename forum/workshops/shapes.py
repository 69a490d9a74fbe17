"""Workshops and their topics as JSON."""

from typing import Any

from sqlalchemy import Row

from forum.core.api import moment
from forum.topics.queries import Labels, TopicSeen
from forum.workshops.models import LanguageRole

Languages = dict[LanguageRole, list[str]]


def workshop_shape(workshop: Row, languages: Languages) -> dict[str, Any]:
    """A workshop of a list. Moments are in UTC; `zone` and the wall times are the organiser's."""
    return {
        "id": workshop.id,
        "kind": workshop.kind,
        "title": workshop.title,
        "summary": workshop.summary,
        "space": workshop.space_id,
        "public": workshop.space_kind == "public",
        "starts_at": moment(workshop.starts_at),
        "ends_at": moment(workshop.ends_at),
        "zone": workshop.zone,
        "starts_wall": workshop.starts_wall,
        "ends_wall": workshop.ends_wall,
        "approximate": workshop.is_date_approximate,
        "online": workshop.is_online,
        "place": workshop.place or None,
        "country": workshop.country,
        "languages": languages[LanguageRole.SPOKEN],
        "interpretation": languages[LanguageRole.INTERPRETATION],
    }


def programme_shape(
    workshop: Row,
    languages: Languages,
    *,
    objectives: list[str],
    talks: list[dict[str, Any]],
    prepares: list[Row],
    follows: list[Row],
) -> dict[str, Any]:
    """A workshop alone, with all that its page says."""
    return workshop_shape(workshop, languages) | {
        "html": workshop.html,
        "objectives": objectives,
        "talks": [talk_shape(talk) for talk in talks],
        "prepares": [link_shape(other) for other in prepares],
        "follows": [link_shape(other) for other in follows],
    }


def talk_shape(talk: dict[str, Any]) -> dict[str, Any]:
    """One contribution to the programme."""
    speakers = [
        {
            "member": one.member_id,
            "name": one.member_name or one.name or None,
            "role": one.role or None,
            "organisation": one.organisation or None,
        }
        for one in talk["speakers"]
    ]
    return {"id": talk["id"], "title": talk["title"], "languages": talk["languages"], "speakers": speakers}


def link_shape(workshop: Row) -> dict[str, Any]:
    """A workshop that another one prepares or follows up."""
    return {"id": workshop.id, "kind": workshop.kind, "title": workshop.title}


def topic_shape(topic: Row | TopicSeen, phase: str, labels: Labels) -> dict[str, Any]:
    """A topic of a workshop; `phase` says whether it was opened before, during or after."""
    return {
        "id": topic.id,
        "title": topic.title,
        "language": topic.language,
        "slug": topic.slug,
        "space": topic.space_id,
        "public": topic.space_kind == "public",
        "closed": topic.state == "closed",
        "phase": phase,
        "themes": [{"id": theme.id, "name": theme.name} for theme in labels.themes],
        "tags": [tag.name for tag in labels.tags],
        "posts": topic.post_count,
        "last_number": topic.last_number,
        "read_number": topic.read_number,
        "change": topic.change,
        "created_at": moment(topic.created_at),
        "last_post_at": moment(topic.last_post_at),
    }
