"""Watchers of a topic hear of votes in it, and nobody else does."""


def test_who_watches_hears_that_a_poll_stands_otherwise(make, person, watch):
    topic, other = make.topic(), make.topic()
    poll = make.poll(topic)
    watcher, stranger = watch(person()), watch(person())
    watcher.ask("topic:join", {"topic": topic.id})
    stranger.ask("topic:join", {"topic": other.id})
    voter = person(make.member())
    voter.form(f"/en/polls/{poll.id}/vote", "PUT", options=str(poll.options[0]))
    assert watcher.wait_for("poll:changed") == {"topic": topic.id, "poll": poll.id}
    assert stranger.hears_nothing()
