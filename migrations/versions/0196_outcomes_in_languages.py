"""What became of an objective is said in up to four languages.

Revision ID: 0196
Revises: 0195
"""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0196"
down_revision = "0195"
branch_labels = None
depends_on = None

DRAFTS = sa.table("closings", sa.column("workshop_id", sa.Integer), sa.column("draft", sa.JSON))
EDITIONS = sa.table("closing_editions", sa.column("id", sa.Integer), sa.column("content", sa.JSON))
LANGUAGES = ("en", "ar", "fr", "tr")
Said = dict[str, Any]


def upgrade() -> None:
    """Each text is kept, in the language that its letters and the summary say."""
    _each(lambda words, said: {_language(words, said): words} if words else {})


def downgrade() -> None:
    """One text again, which holds those of all languages."""
    _each(lambda words, said: "\n\n".join(words[one] for one in LANGUAGES if words.get(one)))


def _each(other: Callable[[Any, Said], Any]) -> None:
    connection = op.get_bind()
    for table in (DRAFTS, EDITIONS):
        id, said = table.c
        for key, held in connection.execute(sa.select(id, said)).all():
            outcomes = held.get("objectives") if isinstance(held, dict) else None
            for one in (outcomes or {}).values():
                one["words"] = other(one["words"], held)
            connection.execute(table.update().where(id == key).values({said.name: held}))


def _language(words: str, said: Said) -> str:
    letters = [one for one in words if one.isalpha()]
    if sum("\u0600" <= one <= "\u06ff" for one in letters) * 5 >= len(letters) * 2:
        return "ar"
    others = [one for one in said.get("summary") or {} if one != "ar"]
    return others[0] if len(others) == 1 else "en"
