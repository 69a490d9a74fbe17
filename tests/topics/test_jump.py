"""Jumping along a topic: to a number, to a day in the reader's own time; what comes nearest will do."""

from datetime import UTC, datetime

import pytest

from forum.core import clock


def target(client, topic, **query: str) -> str:
    """The place that a jump ends at."""
    answer = client.get(f"/en/topics/{topic.id}/jump", query_string=query, follow_redirects=False)
    assert answer.status_code == 302
    return client.get(answer.headers["Location"]).headers["Location"]


@pytest.mark.parametrize(
    ("number", "place"), [("1", "1"), ("30", "30"), ("٣٠", "30"), ("0", "1"), ("999", "45"), ("x", "1"), ("", "1")]
)
def test_to_a_number(make, client, number, place):
    topic = make.topic(replies=44)
    assert target(client, topic, number=number).endswith(f"#post-{place}")


def test_to_the_page_on_which_it_stands(make, client):
    topic = make.topic(replies=44)
    assert "?page=2#post-30" in target(client, topic, number="30")


@pytest.fixture
def dated(make):
    """Posts around a midnight that is not the same in Amman and in UTC."""
    moments = [(2018, 3, 1, 9), (2018, 3, 13, 21, 30), (2018, 3, 13, 22, 30), (2018, 3, 20, 9)]
    with clock.at(datetime(*moments[0], tzinfo=UTC)):
        topic = make.topic()
    for moment in moments[1:]:
        with clock.at(datetime(*moment, tzinfo=UTC)):
            make.reply(topic)
    return topic


@pytest.mark.parametrize(
    ("date", "place"),
    [
        ("2018-02-01", "1"),
        ("2018-03-13", "2"),
        ("2018-03-14", "3"),  # 00:00 in Amman is 22:00 in UTC
        ("٢٠١٨-٠٣-٢٠", "4"),
        ("2030-01-01", "4"),
        ("yesterday", "1"),
        ("0001-01-01", "1"),
        ("9999-12-31", "4"),
    ],
)
def test_to_a_day(dated, client, date, place):
    assert target(client, dated, date=date).endswith(f"#post-{place}")


def test_to_a_day_that_begins_at_one(make, sign_in):
    reader = sign_in(make.member(zone="Asia/Beirut"))
    with clock.at(datetime(2026, 3, 1, tzinfo=UTC)):
        topic = make.topic()
    with clock.at(datetime(2026, 3, 29, 12, tzinfo=UTC)):
        make.reply(topic)
    assert target(reader, topic, date="2026-03-29").endswith("#post-2")


def test_the_way_is_offered_where_there_is_more_than_a_page(make, client):
    assert "/jump" not in client.get(f"/en/topics/{make.topic(replies=3).id}").text
    assert "/jump" in client.get(f"/en/topics/{make.topic(replies=24).id}").text


def test_a_private_topic_leads_nowhere(make, client):
    member = make.member()
    topic = make.topic(space=make.space("private", members=[member]), author=member)
    assert client.get(f"/en/topics/{topic.id}/jump?number=1").status_code == 404
