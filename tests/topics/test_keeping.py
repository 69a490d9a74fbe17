"""What keeps order through the API: closing, hiding, read marks, themes; what a space holds."""

import pytest


def test_a_topic_is_closed_and_opened_again(make, sign_in):
    topic = make.topic()
    client, path = sign_in(topic.author), f"/api/v1/topics/{topic.id}"
    assert client.json("PUT", f"{path}/closing").json["closed"] is True
    assert client.json("PUT", f"{path}/closing").json["closed"] is True
    assert client.json("POST", f"{path}/posts", {"words": "Too late."}).status_code == 409
    assert client.json("DELETE", f"{path}/closing").json["closed"] is False
    assert sign_in(make.member()).json("PUT", f"{path}/closing").status_code == 403


def test_a_moderator_hides_a_post_with_a_reason_and_brings_it_back(make, sign_in, client):
    topic = make.topic()
    post = make.reply(topic, "Not nice.")
    moderator, path = sign_in(make.member(roles=["moderator"])), f"/api/v1/posts/{post.id}"
    assert moderator.json("PUT", f"{path}/hiding").json["error"]["fields"].keys() == {"why"}
    assert moderator.json("PUT", f"{path}/hiding", {"why": "not nice"}).status_code == 204
    said = client.get(path).json
    assert (said["hidden"], said["html"], said["words"]) == (True, "", "")
    assert moderator.json("DELETE", f"{path}/hiding").status_code == 204
    assert client.get(path).json["words"] == "Not nice."


def test_a_post_is_found_by_its_number(make, client):
    topic = make.topic()
    post = make.reply(topic, "The second")
    said = client.get(f"/api/v1/topics/{topic.id}/posts/2").json
    assert (said["id"], said["words"]) == (post.id, "The second")
    assert client.get(f"/api/v1/topics/{topic.id}/posts/3").status_code == 404


@pytest.mark.parametrize(("said", "kept"), [(1, 1), (2, 2), (99, 2), (-5, 0)])
def test_how_far_one_has_read_is_kept(make, sign_in, said, kept):
    topic, reader = make.topic(), make.member()
    make.reply(topic, "The second")
    client = sign_in(reader)
    assert client.json("PUT", f"/api/v1/topics/{topic.id}/read", {"number": said}).json == {"number": kept, "unread": 0}
    assert client.get(f"/api/v1/topics/{topic.id}").json["read_number"] == kept


def test_the_topics_of_a_space(make, sign_in, client):
    member = make.member()
    space = make.space("private", members=[member])
    topic = make.topic("Inside", author=member, space=space)
    path = f"/api/v1/spaces/{space.id}/topics"
    assert [one["id"] for one in sign_in(member).get(path).json["items"]] == [topic.id]
    assert client.get(path).status_code == 404


def test_themes_are_kept_through_the_api(make, sign_in, client):
    keeper = sign_in(make.member(roles=["moderator"]))
    names = {"ar": "ماء", "en": "Water", "fr": "Eau", "tr": "Su"}
    above = keeper.json("POST", "/api/v1/themes", {"names": names, "position": 1}).json
    assert above == {"id": above["id"], "name": "Water", "parent": None, "retired": False}
    below = keeper.json("POST", "/api/v1/themes", {"names": names | {"en": "Wells"}, "parent": above["id"]}).json
    assert below["parent"] == above["id"]
    path = f"/api/v1/themes/{below['id']}"
    assert keeper.json("PATCH", path, {"names": {"en": "Springs"}}).json["name"] == "Springs"
    assert keeper.get("/api/v1/themes?language=fr").json["items"][1]["name"] == "Eau"
    assert keeper.json("PATCH", path, {"parent": None}).json["parent"] is None
    assert keeper.json("PUT", f"{path}/retirement").json["retired"] is True
    assert keeper.json("DELETE", f"{path}/retirement").json["retired"] is False
    assert keeper.json("POST", "/api/v1/themes", {"names": {"en": "Alone"}}).status_code == 422
    assert keeper.json("POST", "/api/v1/themes", {"names": "Water"}).json["error"]["fields"].keys() == {"names"}
