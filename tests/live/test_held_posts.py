"""Who wrote what was held hears of the answer, and nobody else does."""

import time

import pytest


@pytest.fixture
def topic(make, person):
    """A topic of a site that holds first posts as long as the test runs. The server goes on, and hears of other
    settings within a second."""
    topic, manager = make.topic(), person(make.manager())

    def hold(posts):
        make.site(held_posts=posts)
        deadline = time.monotonic() + 10
        while manager.send("GET", "/api/v1/site")[1]["held_posts"] != posts:
            assert time.monotonic() < deadline
            time.sleep(0.05)

    hold(1)
    yield topic
    hold(0)


@pytest.mark.parametrize("answer", ["approval", "refusal", None])
def test_only_the_author_hears_that_a_held_post_was_answered(make, person, watch, topic, answer):
    new, moderator = person(make.member()), person(make.member(roles=["moderator"]))
    author, other = watch(new), watch(moderator)
    held = new.send("POST", f"/api/v1/topics/{topic.id}/posts", {"words": "Hello", "language": "en"})[1]["held"]
    if answer is None:
        assert new.send("DELETE", f"/api/v1/held/{held}")[0] == 204
    else:
        reason = {"reason": "Elsewhere, please"} if answer == "refusal" else None
        assert moderator.send("PUT", f"/api/v1/held/{held}/{answer}", reason)[0] in (200, 204)
    assert author.wait_for("held:decided") == {"held": held, "topic": topic.id}
    assert "held:decided" not in [name for name, _said in other.events]
