"""Polls: who has a voice, what it says, when it counts and who sees how it stands."""

from datetime import timedelta

import pytest

from forum.core import clock
from tests.counting import statements


def vote(client, poll, *places: int):
    """For the options at these places, through the API."""
    return client.json("PUT", f"/api/v1/polls/{poll.id}/vote", {"options": [poll.options[place] for place in places]})


def counts(client, poll, what: str = "voices") -> list[int]:
    """Of the options."""
    return [option[what] for option in client.get(f"/api/v1/polls/{poll.id}").json["options"]]


def test_a_voice_is_counted_once_changed_and_taken_back(make, sign_in, client):
    poll = make.poll(make.topic())
    first, second = sign_in(make.member()), sign_in(make.member())
    for _ in range(2):
        assert vote(first, poll, 0).status_code == 200
    vote(second, poll, 0)
    assert counts(client, poll) == [2, 0]
    answer = vote(first, poll, 1)
    assert answer.json["mine"] == [poll.options[1]]
    assert counts(client, poll) == [1, 1]
    for _ in range(2):
        assert first.json("DELETE", f"/api/v1/polls/{poll.id}/vote").json["mine"] is None
    assert counts(client, poll) == [1, 0]
    assert client.get(f"/api/v1/polls/{poll.id}").json["ballots"] == 1


def test_multiple_and_ranked(make, sign_in, client):
    topic = make.topic()
    some = make.poll(topic, options=["A", "B", "C"], kind="multiple")
    order = make.poll(topic, options=["A", "B", "C"], kind="ranked")
    first, second = sign_in(make.member()), sign_in(make.member())
    vote(first, some, 0, 2)
    vote(second, some, 2)
    assert counts(client, some) == [1, 0, 2]
    vote(first, order, 2, 0)
    assert vote(second, order, 2, 1, 0).json["mine"] == [order.options[2], order.options[1], order.options[0]]
    assert counts(client, order, "points") == [3, 2, 6]
    assert counts(client, order, "firsts") == [0, 0, 2]


@pytest.mark.parametrize("options", [[], [0, 1], [0, 0], "other"])
def test_a_choice_that_the_poll_does_not_offer(make, sign_in, client, options):
    topic = make.topic()
    poll, other = make.poll(topic), make.poll(topic)
    ids = [other.options[0]] if options == "other" else [poll.options[place] for place in options]
    answer = sign_in(make.member()).json("PUT", f"/api/v1/polls/{poll.id}/vote", {"options": ids})
    assert answer.status_code == 422
    assert counts(client, poll) == [0, 0]


def test_one_voice_for_a_municipality(make, sign_in, client):
    town = make.municipality("Zarqa")
    poll = make.poll(make.topic(), voice="municipality")
    first, colleague = (sign_in(make.member(municipality=town)) for _ in range(2))
    vote(first, poll, 0)
    assert "A colleague has voted for your municipality" in colleague.get(f"/en/polls/{poll.id}").text
    assert vote(colleague, poll, 1).json["ballots"] == 1
    assert counts(client, poll) == [0, 1]
    homeless = sign_in(make.member())
    assert vote(homeless, poll, 0).status_code == 403
    assert "data-poll-form" not in homeless.get(f"/en/polls/{poll.id}").text


def test_results_after_closing_are_seen_by_nobody_before(make, sign_in, client):
    topic = make.topic()
    poll = make.poll(topic, results="after")
    vote(sign_in(make.member()), poll, 0)
    author = sign_in(topic.author)
    for reader in (client, author, sign_in(make.manager())):
        assert "voices" not in reader.get(f"/api/v1/polls/{poll.id}").json["options"][0]
        assert "<progress" not in reader.get(f"/en/polls/{poll.id}").text
        assert reader.get(f"/en/polls/{poll.id}/results.csv").status_code == 403
    assert author.form(f"/en/polls/{poll.id}/closing", method="PUT").status_code == 303
    assert counts(client, poll) == [1, 0]
    assert "Yes,1" in client.get(f"/en/polls/{poll.id}/results.csv").text


def test_a_poll_closes_by_the_clock_and_by_hand(make, sign_in, client):
    topic = make.topic()
    poll = make.poll(topic, closes_at=clock.now() + timedelta(hours=1))
    reader = sign_in(make.member())
    vote(reader, poll, 0)
    with clock.at(clock.now() + timedelta(hours=2)):
        assert reader.get(f"/api/v1/polls/{poll.id}").json["open"] is False
        assert vote(reader, poll, 1).status_code == 409
        assert reader.json("DELETE", f"/api/v1/polls/{poll.id}/vote").status_code == 409
    assert counts(client, poll) == [1, 0]
    other = make.poll(topic)
    assert reader.json("PUT", f"/api/v1/polls/{other.id}/closing").status_code == 403
    for _ in range(2):
        assert sign_in(make.manager()).json("PUT", f"/api/v1/polls/{other.id}/closing").json["open"] is False
    answer = reader.form(f"/en/polls/{other.id}/vote", {"options": [str(other.options[0])]}, method="PUT")
    assert answer.status_code == 409
    assert "This poll is closed." in answer.text


def test_without_a_script_one_asks_and_votes(make, sign_in, client):
    topic = make.topic()
    author = sign_in(topic.author)
    assert "Add a poll" in author.get(f"/en/topics/{topic.id}").text
    body = {"question": "Which day?", "lines": "Monday\n\n Tuesday \n", "kind": "ranked", "key": "k"}
    body |= {"voice": "member", "results": "at-once", "closes_at": ""}
    places = {author.form(f"/en/topics/{topic.id}/polls", body).headers["Location"] for _ in range(2)}
    assert len(places) == 1, "sent twice is one poll"
    place = places.pop()
    assert f'href="{place}" lang="en" dir="ltr">Which day?</a>' in client.get(f"/en/topics/{topic.id}").text
    first, second = (option["id"] for option in client.get(f"/api/v1{place[3:]}").json["options"])
    reader = sign_in(make.member())
    twice = reader.form(f"{place}/vote", {f"place-{first}": "1", f"place-{second}": "١"}, method="PUT")
    assert twice.status_code == 422
    assert "Give each place once only." in twice.text
    assert twice.text.count('value="1" selected') == 2, "what was chosen is still there"
    answer = reader.form(f"{place}/vote", {f"place-{first}": "2", f"place-{second}": "1"}, method="PUT")
    assert answer.status_code == 303
    assert reader.get(f"/api/v1{place[3:]}").json["mine"] == [second, first]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"question": " "}, "question"),
        ({"question": "x" * 201}, "question"),
        ({"options": ["One"]}, "options"),
        ({"options": ["One", "ONE"]}, "options"),
        ({"options": [str(n) for n in range(21)]}, "options"),
        ({"options": ["x" * 121, "y"]}, "options"),
        ({"kind": "secret"}, "kind"),
        ({"voice": "dog"}, "voice"),
        ({"results": "never"}, "results"),
        ({"closes_at": "yesterday"}, "closes_at"),
        ({"closes_at": "2001-01-01T00:00"}, "closes_at"),
        ({"closes_at": "9999-12-31T23:59:59+14:00"}, "closes_at"),
    ],
)
def test_a_poll_that_cannot_be(make, sign_in, change, field):
    topic = make.topic()
    body = {"question": "Which?", "options": ["One", "Two"]} | change
    answer = sign_in(topic.author).json("POST", f"/api/v1/topics/{topic.id}/polls", body)
    assert answer.status_code == 422
    assert field in answer.json["error"]["fields"]


def test_a_time_without_a_zone_is_the_readers(make, sign_in):
    topic = make.topic(author=make.member(zone="Europe/Paris"))
    day = (clock.now() + timedelta(days=30)).date()
    body = {"question": "Which?", "options": ["One", "Two"], "closes_at": f"{day}T12:00"}
    made = sign_in(topic.author).json("POST", f"/api/v1/topics/{topic.id}/polls", body).json
    assert made["closes_at"] in (f"{day}T11:00:00Z", f"{day}T10:00:00Z")


def test_only_who_started_the_topic_and_moderators_ask_and_not_in_a_closed_one(make, sign_in):
    topic = make.topic()
    path, body = f"/api/v1/topics/{topic.id}/polls", {"question": "Which?", "options": ["One", "Two"]}
    assert sign_in(make.member()).json("POST", path, body).status_code == 403
    assert sign_in(make.manager()).json("POST", path, body).status_code == 201
    make.close(topic)
    assert sign_in(topic.author).json("POST", path, body).status_code == 403


def test_no_cell_of_the_sheet_is_a_formula(make, client):
    topic = make.topic()
    poll = make.poll(topic, "=1+1", options=["+cmd|'/C calc'!A0", "-2", "@SUM(A1)", " =2", "＝3", 'a "b", c'])
    answer = client.get(f"/en/polls/{poll.id}/results.csv")
    assert answer.mimetype == "text/csv"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="poll-{poll.id}.csv"'
    lines = answer.text.removeprefix("\ufeff").splitlines()
    assert lines[0] == "'=1+1"
    assert [line[:2] for line in lines[2:7]] == ["'+", "'-", "'@", "'=", "'＝"]
    assert lines[7] == '"a ""b"", c",0'


def test_what_is_written_is_text_in_its_own_direction(make, client):
    poll = make.poll(make.topic(), "أي يوم؟ <script>", options=["<b>", "الاثنين"])
    page = client.get(f"/en/polls/{poll.id}").text
    assert 'dir="rtl">أي يوم؟ &lt;script&gt;</span>' in page
    assert '<bdi dir="rtl">الاثنين</bdi>' in page
    assert "<b>" not in page


def test_a_private_poll_is_not_there_for_others(make, sign_in, client):
    member = make.member()
    topic = make.topic(space=make.space("private", members=[member]), author=member)
    poll = make.poll(topic, "A secret question")
    for reader in (client, sign_in(make.member())):
        for path in (f"/en/polls/{poll.id}", f"/api/v1/polls/{poll.id}", f"/en/polls/{poll.id}/results.csv"):
            assert reader.get(path).status_code == 404
    assert vote(sign_in(make.member()), poll, 0).status_code == 404
    assert vote(client, poll, 0).status_code == 401


def test_a_new_poll_has_watchers_load_the_head_anew_and_costs_the_page_no_statement(app, make, client):
    topic = make.topic()
    before = client.get(f"/api/v1/topics/{topic.id}").json["change"]
    guest = app.test_client()
    with statements(app) as without:
        guest.get(f"/en/topics/{topic.id}")
    make.poll(topic)
    assert client.get(f"/api/v1/topics/{topic.id}/posts?since={before}").json["reload"] is True
    with statements(app) as with_poll:
        guest.get(f"/en/topics/{topic.id}?page=1")
    assert with_poll.number == without.number


def test_many_options_cost_what_two_cost(app, make, client):
    topic = make.topic()
    two, many = make.poll(topic), make.poll(topic, options=[str(n) for n in range(20)])
    found = []
    for poll in (two, many):
        with statements(app) as counted:
            client.get(f"/en/polls/{poll.id}")
        found.append(counted.number)
    assert found[0] == found[1]
