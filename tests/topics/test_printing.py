"""A whole topic for paper: every post, for those who may read it."""

import pytest

from forum.topics.views import printing
from tests.counting import statements


def test_all_posts_stand_on_one_sheet_in_their_order(make, client):
    topic = make.topic("Water", workshop=make.workshop())
    for number in range(2, 24):
        make.reply(topic, f"Words {number}.")
    page = client.get(f"/ar/topics/{topic.id}/print").text
    assert page.count('<article class="post"') == 23
    assert page.index("Words 2.") < page.index("Words 21.") < page.index("Words 23.")
    assert f'href="/ar/topics/{topic.id}/print"' in client.get(f"/ar/topics/{topic.id}").text
    assert 'content="noindex' in page and f'/ar/topics/{topic.id}-water"' in page


def test_what_is_out_of_sight_stays_so_on_paper(make, client, sign_in):
    topic = make.topic()
    make.hide(make.reply(topic, "Words that went away"))
    assert "Words that went away" not in client.get(f"/en/topics/{topic.id}/print").text
    inside = make.member()
    private = make.topic("Secret", author=inside, space=make.space("private", members=[inside]))
    for reader in (client, sign_in(make.member())):
        answer = reader.get(f"/en/topics/{private.id}/print")
        assert answer.status_code == 404 and "Secret" not in answer.text


def test_a_long_topic_has_several_sheets(make, client, monkeypatch):
    monkeypatch.setattr(printing, "POSTS_PER_SHEET", 2)
    topic = make.topic(replies=2)
    first, second = (client.get(f"/en/topics/{topic.id}/print{query}").text for query in ("", "?page=2"))
    assert 'id="post-2"' in first and 'id="post-3"' not in first and "Sheet 1 of 2" in first
    assert 'id="post-3"' in second and 'id="post-2"' not in second
    assert f'href="/en/topics/{topic.id}/print?page=2"' in first


@pytest.mark.parametrize("page", ["0", "2", "x", "-1", "9999999999"])
def test_a_sheet_that_is_not_there_is_not_there(make, client, page):
    assert client.get(f"/en/topics/{make.topic().id}/print?page={page}").status_code == 404


def test_many_posts_cost_what_one_costs(app, make, client):
    short, long = make.topic(), make.topic(replies=30)
    for topic in (short, long):
        client.get(f"/en/topics/{topic.id}/print")
        with statements(app) as counted:
            client.get(f"/en/topics/{topic.id}/print")
        assert counted.number == 3
