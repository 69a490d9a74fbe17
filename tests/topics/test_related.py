"""Related topics: those that share tags and themes, only what the reader may see, at one price."""

from tests.counting import statements


def related(client, topic) -> list[str]:
    """Their titles."""
    return [row["title"] for row in client.get(f"/api/v1/topics/{topic.id}/related").json["items"]]


def test_those_that_share_most_come_first(make, client):
    water, work = make.theme("Water"), make.theme("Work")
    topic = make.topic(themes=[water.id], tags=["pump", "well"])
    make.topic("Another theme", themes=[work.id], tags=["bread"])
    make.topic("The theme", themes=[water.id])
    make.topic("A tag", tags=["Pump"])
    make.topic("Two tags", tags=["pump", "well"])
    make.topic("A tag and the theme", themes=[water.id], tags=["well"])
    assert related(client, topic) == ["Two tags", "A tag and the theme", "A tag", "The theme"]


def test_only_what_the_reader_may_see(make, sign_in, client):
    member = make.member()
    topic = make.topic(tags=["pump"])
    make.topic("A secret pump", space=make.space("private", members=[member]), author=member, tags=["pump"])
    assert related(client, topic) == []
    assert related(sign_in(make.member()), topic) == []
    assert related(sign_in(member), topic) == ["A secret pump"]
    assert "secret" not in client.get(f"/en/topics/{topic.id}/related").text


def test_the_topic_page_leads_to_them_where_there_is_something_to_share(make, client):
    assert "/related" not in client.get(f"/en/topics/{make.topic().id}").text
    topic = make.topic(tags=["pump"])
    make.topic("Another pump", tags=["pump"])
    assert f'href="/en/topics/{topic.id}/related"' in client.get(f"/en/topics/{topic.id}").text
    page = client.get(f"/ar/topics/{topic.id}/related").text
    assert "Another pump" in page
    assert "مواضيع ذات صلة" in page


def test_many_cost_what_one_costs_and_five_are_shown(app, make, client):
    topic = make.topic(tags=["pump"])
    make.topic(tags=["pump"])
    path = f"/api/v1/topics/{topic.id}/related"
    with statements(app) as one:
        client.get(path)
    for _ in range(8):
        make.topic(tags=["pump"])
    with statements(app) as many:
        found = client.get(path).json["items"]
    assert many.number == one.number
    assert len(found) == 5
