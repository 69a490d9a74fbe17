"""Keyboard shortcuts: the list is everybody's, the switch is the member's own."""

import re


def test_the_list_is_there_for_everybody_and_led_to_from_every_page(client):
    for language in ("ar", "en", "fr", "tr"):
        assert f'href="/{language}/keys"' in client.get(f"/{language}/").text
        page = client.get(f"/{language}/keys").text
        keys = re.findall(r"<kbd>(.*?)</kbd>", page)
        assert {"?", "j", "k", "s", "r", "q", "u", "f", "c", "m", "g", "Ctrl"} <= set(keys)


def test_a_member_switches_them_off_and_on_again(make, sign_in, client):
    client_of_member = sign_in(make.member())

    def are_off() -> bool:
        assert client_of_member.get("/api/v1/sessions/current").json["shortcuts"] is not (
            'data-keys="off"' in client_of_member.get("/en/").text
        )
        return 'data-keys="off"' in client_of_member.get("/en/").text

    assert not are_off()
    page = client_of_member.form("/en/keys", method="DELETE", follow_redirects=True)
    assert "Keyboard shortcuts are off." in page.text
    assert are_off()
    assert client_of_member.form("/en/keys", method="PUT").status_code == 303
    assert not are_off()
    assert client_of_member.json("DELETE", "/api/v1/account/shortcuts").status_code == 204
    assert are_off()
    assert client_of_member.json("PUT", "/api/v1/account/shortcuts").status_code == 204
    assert not are_off()
    assert 'data-keys="off"' not in client.get("/en/").text
    assert client.form("/en/keys", method="DELETE").status_code == 401


def test_a_kept_topic_page_follows_the_switch(make, sign_in):
    topic, client = make.topic(), sign_in(make.member())
    for _ in range(2):
        assert 'data-keys="off"' not in client.get(f"/en/topics/{topic.id}").text
    client.json("DELETE", "/api/v1/account/shortcuts")
    for _ in range(2):
        assert 'data-keys="off"' in client.get(f"/en/topics/{topic.id}").text
