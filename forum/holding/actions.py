"""Every write to held posts but the moderators' answers."""

from typing import Any

from forum.core import clock
from forum.core.db import db
from forum.core.errors import Conflict
from forum.core.events import record
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.holding.events import PostHeld
from forum.holding.models import MOST_HELD, HeldPost
from forum.holding.queries import count_waiting


def hold(author: Reader, **said: Any) -> int:
    """Keep what was written until a moderator has looked at it; its id. `said` are the columns of HeldPost."""
    if count_waiting(author.member_id) >= MOST_HELD:
        raise Conflict(_("%(num)s of your posts wait for a moderator already. Please be patient.", num=MOST_HELD))
    held = HeldPost(author_id=author.member_id, created_at=clock.now(), **said)
    db.session.add(held)
    db.session.flush()
    record(PostHeld(held.id))
    return held.id
