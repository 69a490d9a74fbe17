"""Following: every reply, mentions only, nothing; by page and by API; automatic for authors."""

import pytest
from sqlalchemy import select

from forum.core.db import db
from forum.following.models import Follow


def levels(app) -> dict[int, str]:
    """Who hears how much."""
    with app.app_context():
        return {row.member_id: str(row.level) for row in db.session.scalars(select(Follow))}


@pytest.mark.parametrize("level", ["all", "mentions", "muted"])
def test_a_level_by_page_and_by_api(app, make, sign_in, level):
    topic, one, other = make.topic(), make.member(), make.member()
    answer = sign_in(one).form(f"/en/topics/{topic.id}/follow", {"level": level}, method="PUT")
    assert answer.status_code == 303
    data = sign_in(other).json("PUT", f"/api/v1/topics/{topic.id}/follow", {"level": level})
    assert data.json == {"level": level}
    assert levels(app) == {topic.author.id: "all", one.id: level, other.id: level}
    assert sign_in(other).get(f"/api/v1/topics/{topic.id}").json["follow"] == level


def test_unfollowing_by_page_and_by_api_and_twice(app, make, sign_in):
    topic, reader = make.topic(), make.member()
    client = sign_in(reader)
    for _ in range(2):
        make.follow(topic, reader)
        assert client.form(f"/en/topics/{topic.id}/follow", method="DELETE").status_code == 303
        assert levels(app) == {topic.author.id: "all"}
        assert client.json("DELETE", f"/api/v1/topics/{topic.id}/follow").status_code == 204


@pytest.mark.parametrize("level", ["", "everything", "ALL", "a\x00"])
def test_an_unknown_level_is_refused(app, make, sign_in, level):
    topic, reader = make.topic(), make.member()
    client = sign_in(reader)
    assert client.form(f"/en/topics/{topic.id}/follow", {"level": level}, method="PUT").status_code == 422
    answer = client.json("PUT", f"/api/v1/topics/{topic.id}/follow", {"level": level})
    assert (answer.status_code, list(answer.json["error"]["fields"])) == (422, ["level"])
    assert levels(app) == {topic.author.id: "all"}


@pytest.mark.parametrize("level", [1, True, [], {"all": 1}])
def test_a_level_that_is_no_text_is_refused(app, make, sign_in, level):
    topic, reader = make.topic(), make.member()
    answer = sign_in(reader).json("PUT", f"/api/v1/topics/{topic.id}/follow", {"level": level})
    assert answer.status_code == 422
    assert reader.id not in levels(app)


def test_the_page_shows_the_level_that_holds(make, sign_in):
    topic, reader = make.topic(), make.member()
    client = sign_in(reader)
    before = client.get(f"/en/topics/{topic.id}").text
    client.form(f"/en/topics/{topic.id}/follow", {"level": "muted"}, method="PUT")
    after = client.get(f"/en/topics/{topic.id}").text
    assert before != after
    assert 'value="muted"' in after


def test_starting_a_topic_follows_it(app, make, sign_in):
    workshop, author = make.workshop(), make.member()
    body = {"title": "New", "words": "Here", "key": "k"}
    answer = sign_in(author).json("POST", f"/api/v1/workshops/{workshop.id}/topics", body)
    assert answer.status_code == 201
    assert levels(app) == {author.id: "all"}
