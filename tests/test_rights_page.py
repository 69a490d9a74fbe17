"""The page that says who may do what is as new as the tables that it is made of."""

from tests.test_rights import EVENTS, RIGHTS
from tools import rights


def test_the_page_is_as_new_as_the_tables():
    assert rights.PAGE.read_text("utf-8") == rights.page(), "run `make rights`"


def test_the_page_has_a_line_for_every_address_and_every_event():
    lines = [line for line in rights.page().splitlines() if line.startswith("| ") and "`" in line]
    assert len(lines) == len(RIGHTS) + len(EVENTS)
