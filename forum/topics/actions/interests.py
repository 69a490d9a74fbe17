"""The themes that interest a member."""

from collections.abc import Sequence

from sqlalchemy import delete, select

from forum.core.db import db, insert
from forum.core.errors import Invalid
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.topics.actions.counting import member_id_of
from forum.topics.actions.labelling import check_offered
from forum.topics.models import MOST_INTERESTS, ThemeInterest


def choose_interests(themes: Sequence[int], *, by: Reader) -> None:
    """These themes and no others interest the member. A retired one may stay, and cannot come anew."""
    member_id, ids = member_id_of(by), sorted(set(themes))
    mine = ThemeInterest.member_id == member_id
    if len(ids) > MOST_INTERESTS:
        raise Invalid(fields={"themes": _("Choose at most %(num)s themes.", num=MOST_INTERESTS)})
    check_offered(ids, kept=list(db.session.scalars(select(ThemeInterest.theme_id).where(mine))))
    db.session.execute(delete(ThemeInterest).where(mine))
    if ids:
        db.session.execute(insert(ThemeInterest), [{"member_id": member_id, "theme_id": one} for one in ids])
