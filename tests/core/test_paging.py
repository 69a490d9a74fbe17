"""Paging by keyset: each row once, in order, whatever is added meanwhile; foreign cursors lead nowhere."""

import base64
import json

import pytest
from sqlalchemy import select

from forum.core.db import db
from forum.core.errors import NotFound
from forum.core.paging import map_page, page_of
from forum.municipalities.models import MunicipalityName


def page(cursor=None, size=3, descending=False):
    """One page of the English names of municipalities."""
    query = select(MunicipalityName.name, MunicipalityName.sort_key, MunicipalityName.municipality_id)
    keys = [MunicipalityName.sort_key, MunicipalityName.municipality_id]
    return page_of(
        query.where(MunicipalityName.language == "en"), keys, cursor=cursor, size=size, descending=descending
    )


def forged(values: object) -> str:
    """A cursor that looks like one of ours."""
    return base64.urlsafe_b64encode(json.dumps(values).encode()).rstrip(b"=").decode()


@pytest.mark.parametrize("descending", [False, True])
def test_every_row_comes_once_and_in_order(app, make, descending):
    names = ["Amman", "Bizerte", "Bizerte", "Erbil", "Gaza", "Hatay", "Zarqa"]
    for name in reversed(names):
        make.municipality(name)
    with app.app_context():
        found, cursor, pages = [], None, 0
        while True:
            one = page(cursor, descending=descending)
            found, cursor, pages = found + [row.name for row in one.items], one.next, pages + 1
            if cursor is None:
                break
    assert found == (names[::-1] if descending else names)
    assert pages == 3


def test_the_last_page_has_no_next_even_when_it_is_full(app, make):
    for name in ("Amman", "Erbil", "Gaza"):
        make.municipality(name)
    with app.app_context():
        assert page(size=3).next is None
        assert page(size=2).next is not None


def test_rows_added_before_do_not_shift_the_next_page(app, make):
    for name in ("Erbil", "Gaza", "Hatay"):
        make.municipality(name)
    with app.app_context():
        first = page(size=2)
    make.municipality("Amman")
    with app.app_context():
        assert [row.name for row in page(first.next, size=2).items] == ["Hatay"]


def test_items_can_be_made_into_something_else(app, make):
    make.municipality("Amman")
    with app.app_context():
        assert map_page(page(), lambda row: row.name.upper()).items == ["AMMAN"]


FOREIGN = [
    "x",
    "====",
    "é",
    "٣",
    forged([]),
    forged(["a"]),
    forged(["a", 1, 2]),
    forged({"a": 1}),
    forged([1, 1]),
    forged(["a", "1"]),
    forged(["a", True]),
    forged(["a", 1.5]),
    forged(["a", 2**70]),
    forged(["a", None]),
    forged(["a\x00", 1]),
    forged(["\ud800", 1]),
    forged([["a"], 1]),
    base64.urlsafe_b64encode(b"[" * 300).decode(),
    base64.urlsafe_b64encode(b"\xff\xfe").decode(),
    forged(["a" * 600, 1]),
]


@pytest.mark.parametrize("cursor", FOREIGN)
def test_a_foreign_cursor_leads_nowhere(app, make, cursor):
    make.municipality("Amman")
    with app.app_context(), pytest.raises(NotFound):
        page(cursor)


OF_TOPICS = [
    forged([1e300, 1]),
    forged(["x", 1]),
    forged([None, 1]),
    forged([float("nan"), 1]),
    forged([float("inf"), 1]),
    forged([[1], 1]),
    forged([1, "x"]),
    forged([1, 1e3]),
    *FOREIGN[:4],
]


@pytest.mark.parametrize("cursor", OF_TOPICS)
def test_a_foreign_cursor_of_a_list_answers_404(client, make, cursor):
    make.topic()
    answer = client.get("/api/v1/topics", query_string={"cursor": cursor})
    assert answer.status_code == 404
    assert answer.json["error"]["code"] == "not_found"


def test_a_list_of_topics_is_paged_to_its_end(client, make):
    for number in range(35):
        make.topic(f"Topic {number}")
    first = client.get("/api/v1/topics").json
    second = client.get("/api/v1/topics", query_string={"cursor": first["next"]}).json
    titles = [item["title"] for item in (*first["items"], *second["items"])]
    assert titles == [f"Topic {number}" for number in reversed(range(35))]
    assert second["next"] is None


def test_the_session_is_not_left_broken_by_a_foreign_cursor(app):
    with app.app_context():
        with pytest.raises(NotFound):
            page("x")
        assert db.session.scalar(select(1)) == 1
