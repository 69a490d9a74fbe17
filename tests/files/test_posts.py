"""Files in posts: how they look, what is demanded, edits and history."""

import pytest

from forum.core.text import plain
from tests import samples
from tests.counting import statements


def reply(client, topic, words: str, language: str = "en"):
    return client.json("POST", f"/api/v1/topics/{topic.id}/posts?language={language}", {"words": words})


def test_a_picture_keeps_its_place_and_comes_in_the_size_that_fits(app, client, make, upload):
    said = upload(client, samples.photo(6000, 3000, orientation=1), "a.jpg", description='The "new" <pump>').json
    topic = make.topic(words=f"Before\n\n{said['markdown']}\n\nAfter")
    page = app.test_client().get(f"/en/topics/{topic.id}").text
    assert (
        f'<a class="picture" href="{said["url"]}" data-kind="jpeg" data-size="{said["size"]}">'
        f'<img src="{said["url"]}/640" srcset="{said["url"]}/640 640w, {said["url"]}/1280 1280w"'
    ) in page
    assert 'width="4096" height="2048" alt="The &quot;new&quot; &lt;pump&gt;" loading="lazy"' in page
    assert "Show the picture (" in page


def test_a_document_says_its_name_kind_and_size_in_the_readers_language(app, client, make, upload):
    said = upload(client, samples.PDF.ljust(90_000, b"\n"), "plan.pdf").json
    topic = make.topic(words=f"{said['markdown']}\n\n[the plan for March]({said['url']})")
    for language, size in (("en", "90 kB"), ("fr", "90\xa0ko"), ("tr", "90 kB"), ("ar", "90 ك.ب")):
        page = app.test_client().get(f"/{language}/topics/{topic.id}").text
        assert "<bdi>plan.pdf</bdi>" in page
        assert "the plan for March (<bdi>plan.pdf</bdi>)" in page
        assert f"\u2068PDF\u2069{'،' if language == 'ar' else ','} \u2068{size}\u2069</span>" in page


def test_a_picture_without_a_description_is_not_sent(client, make, upload):
    said = upload(client, samples.picture(), "a.png").json
    topic = make.topic()
    for words in (said["markdown"], f"Look: ![  ]({said['url']})", f"![](/files/{said['id']})\n\n![x]({said['url']})"):
        answer = reply(client, topic, words, "ar")
        assert answer.status_code == 422
        assert "![](/files/" in answer.json["error"]["fields"]["words"]
    assert reply(client, topic, f"![A pump]({said['url']})").status_code == 201


def test_the_html_of_the_api_is_whole(client, make, upload):
    said = upload(client, samples.picture(), "a.png", description="A pump").json
    html = reply(client, make.topic(), said["markdown"]).json["html"]
    assert f'<img src="{said["url"]}" width="40" height="30" alt="A pump"' in html
    assert plain(html) == "A pump"


def test_a_post_may_be_a_picture_alone_and_holds_only_so_many(client, make, upload):
    said = upload(client, b"words", "a.txt").json
    topic = make.topic()
    assert reply(client, topic, said["markdown"]).status_code == 201
    many = " ".join(f"[x](/files/{number})" for number in range(1, 40))
    assert "30" in reply(client, topic, many).json["error"]["fields"]["words"]


def test_a_preview_shows_ones_own(client, upload):
    said = upload(client, samples.picture(), "a.png", description="A pump").json
    shown = client.json("POST", "/api/v1/preview", {"words": said["markdown"]}).json["html"]
    assert f'<img src="{said["url"]}"' in shown


def test_an_edit_keeps_the_files_and_the_history_their_lines(app, client, make, upload):
    said = upload(client, samples.picture(), "a.png", description="A pump").json
    topic = make.topic(words=said["markdown"])
    edited = client.json(
        "PATCH", f"/api/v1/posts/{topic.post.id}", {"words": f"Better: {said['markdown']}"}, headers={"If-Match": "1"}
    )
    assert edited.status_code == 200
    assert f'src="{said["url"]}"' in edited.json["html"]
    assert app.test_client().get(said["url"]).status_code == 200
    history = client.get(f"/en/posts/{topic.post.id}/history?old=1&new=2").text
    assert said["url"] in history


def test_in_lists_and_notices_a_picture_is_its_description(client, make, upload, sign_in, work):
    said = upload(client, samples.picture(), "a.png", description="A pump in the valley").json
    topic = make.topic(words=f"> quoted\n\n{said['markdown']}")
    answer = sign_in(make.member()).json("PUT", f"/api/v1/posts/{topic.post.id}/bookmark", {"note": "x"})
    assert answer.status_code == 200
    assert "A pump in the valley" in plain(client.get(f"/api/v1/posts/{topic.post.id}").json["html"])


@pytest.mark.parametrize(
    "words",
    [
        "![x](/files/{id}?a=b)",
        "![x](/files/{id}#a)",
        "![x](https://127.0.0.1:5000/files/{id})",
        "`![x](/files/{id})`",
        "![x](//files/{id})",
        "![x](/files/{id}/640)",
    ],
)
def test_what_only_looks_like_a_file_is_none(client, make, upload, words):
    said = upload(client, samples.picture(), "a.png").json
    html = reply(client, make.topic(), words.format(id=said["id"])).json["html"]
    assert "<img" not in html


def test_a_page_costs_the_same_with_and_without_files(app, client, make, upload):
    topic = make.topic()
    path = f"/en/topics/{topic.id}"
    for _ in range(2):
        with statements(app) as plainly:
            client.get(path)
    for number in range(5):
        said = upload(client, samples.picture(), f"{number}.png", description="A pump").json
        assert reply(client, topic, said["markdown"]).status_code == 201
    client.get(path)
    with statements(app) as with_files:
        client.get(path)
    assert with_files.number <= plainly.number
