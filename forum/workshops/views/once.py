"""A form that comes twice, by a second press or over a line that broke, is one thing done."""

from collections.abc import Callable
from typing import Any

from forum.core.forms import Shape
from forum.core.reader import Reader
from forum.core.submissions import body_hash, find_earlier, remember


def once(form: Shape, about: str, *, by: Reader, make: Callable[[], Any]) -> int:
    """The id of the row that `make` makes, or that it made when this form's key came before; inside the transaction.
    `about` says what it is and to what it belongs."""
    key = form["key"].data
    body = body_hash(about, *(str(one.data) for one in form if one.name not in ("key", "seen")))
    earlier = find_earlier(member_id=by.member_id, key=key, body=body)
    if earlier is not None:
        return earlier
    made = make()
    remember(member_id=by.member_id, key=key, body=body, subject_id=made.id)
    return made.id
