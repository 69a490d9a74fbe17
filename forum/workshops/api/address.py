"""The address of a member's own calendar."""

from flask import Response, jsonify

from forum.core.api import moment
from forum.core.db import transaction
from forum.core.openapi import gives
from forum.core.web import signed_in_reader
from forum.workshops import actions, queries
from forum.workshops.api.blueprint import pages
from forum.workshops.shapes import CalendarAddressShape
from forum.workshops.views.address import link_of


@pages.get("/account/calendar")
@gives(CalendarAddressShape, guests=False)
def address() -> Response:
    """The address of one's own calendar, with the events of private spaces: whoever knows it reads them."""
    return _answer(signed_in_reader().member_id)


@pages.put("/account/calendar")
@gives(CalendarAddressShape)
def make_address() -> Response:
    """Make an address, or another one: an earlier one leads nowhere any more."""
    reader = signed_in_reader()
    with transaction():
        actions.make_address(reader)
    return _answer(reader.member_id)


@pages.delete("/account/calendar")
@gives(CalendarAddressShape)
def end_address() -> Response:
    """Have the address lead nowhere any more."""
    reader = signed_in_reader()
    with transaction():
        actions.end_address(reader)
    return _answer(reader.member_id)


def _answer(member_id: int) -> Response:
    found = queries.find_address(member_id)
    return jsonify({"address": link_of(found), "created_at": moment(found.created_at) if found else None})
