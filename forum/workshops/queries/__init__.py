"""Every read of workshops."""

from forum.workshops.queries.around import (
    Around,
    Stamp,
    around,
    card_lines,
    place_of,
    topic_ids_in,
    topics_of,
)
from forum.workshops.queries.programme import (
    languages_of,
    objectives_of,
    talks_of,
)
from forum.workshops.queries.rows import (
    MOST_COMING,
    MOST_ON_A_PAGE,
    PAGE,
    between,
    coming,
    get_row,
    get_workshop,
    leading_to,
    past,
    phase_at,
    prepared_by,
    titles_of,
    topic_ids_of,
    workshop_rows,
)

__all__ = [
    "Around",
    "MOST_COMING",
    "MOST_ON_A_PAGE",
    "PAGE",
    "Stamp",
    "around",
    "between",
    "card_lines",
    "coming",
    "get_row",
    "get_workshop",
    "languages_of",
    "leading_to",
    "objectives_of",
    "past",
    "phase_at",
    "place_of",
    "prepared_by",
    "talks_of",
    "titles_of",
    "topic_ids_in",
    "topic_ids_of",
    "topics_of",
    "workshop_rows",
]
