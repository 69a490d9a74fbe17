"""Themes and tags: the tree and who keeps it, what topics carry, pages and lists by them, nothing of private ones."""

import pytest

from forum.topics.actions.labelling import check_tags
from tests.counting import statements

NAMES = {"name_ar": "بنية تحتية", "name_en": "Infrastructure", "name_fr": "Infrastructures", "name_tr": "Altyapı"}


def start(client, workshop, **more):
    """Start a topic through the API."""
    body = {"title": "Pipes", "words": "Old pipes.", "language": "en", "key": f"key-{sorted(more.items())}", **more}
    return client.json("POST", f"/api/v1/workshops/{workshop.id}/topics", body)


def titles(client, query: str) -> set[str]:
    """What a list shows."""
    return {item["title"] for item in client.get(f"/api/v1/topics?{query}").json["items"]}


def test_a_topic_carries_themes_and_tags(make, sign_in):
    theme = make.theme("Infrastructure")
    client, workshop = sign_in(make.member()), make.workshop()
    made = start(client, workshop, themes=[theme.id], tags=["Water", "#مياه", "water"]).json["topic"]
    assert made["themes"] == [{"id": theme.id, "name": "Infrastructure"}]
    assert sorted(made["tags"]) == ["Water", "مياه"]
    page = client.get(f"/en/topics/{made['id']}", follow_redirects=True).text
    assert f'href="/en/topics?theme={theme.id}">Infrastructure</a>' in page
    assert '<bdi dir="rtl">مياه</bdi>' in page
    row = client.get("/en/topics").text
    assert '<bdi dir="ltr">Water</bdi>' in row


def test_a_form_brings_them_too_and_keeps_them_when_it_comes_back(make, sign_in):
    theme, other = make.theme("Infrastructure"), make.theme("Labour")
    client, workshop = sign_in(make.member()), make.workshop()
    path = f"/en/workshops/{workshop.id}/topics"
    body = {"title": "", "words": "Old pipes.", "themes": [str(theme.id)], "tags": "Water، Pipes; water", "labels": "1"}
    page = client.form(path, body)
    assert page.status_code == 422
    assert f'value="{theme.id}" checked' in page.text
    assert f'value="{other.id}">' in page.text
    assert "Water، Pipes; water" in page.text
    client.form(path, {**body, "title": "Pipes"})
    item = client.get("/api/v1/topics").json["items"][0]
    assert sorted(item["tags"]) == ["Pipes", "Water"]
    assert [one["id"] for one in item["themes"]] == [theme.id]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (["  Water   supply "], ["Water supply"]),
        (["مياه,مِياه، ميـاه"], ["مياه"]),
        (["Su\u202eTemiz\u2066"], ["SuTemiz"]),
        (["a\u200bb", "AB"], ["ab"]),
        (["İş", "iş", "IŞ"], ["İş"]),
        (["", " # ", ","], []),
    ],
)
def test_tags_that_look_alike_are_one(given, kept):
    assert list(check_tags(given).values()) == kept


@pytest.mark.parametrize("wrong", [["x" * 41], [f"tag{n}" for n in range(6)], ["!?"], ["ﷺ" * 10]])
def test_tags_have_bounds(make, sign_in, wrong):
    answer = start(sign_in(make.member()), make.workshop(), tags=wrong)
    assert answer.status_code == 422
    assert "tags" in answer.json["error"]["fields"]


@pytest.mark.parametrize("wrong", ["x", [True], [{}], [1.5], ["x"], [-1], [10**30]])
def test_odd_themes_are_refused(make, sign_in, wrong):
    answer = start(sign_in(make.member()), make.workshop(), themes=wrong)
    assert answer.status_code == 422
    assert "themes" in answer.json["error"]["fields"]


def test_unknown_retired_and_too_many_themes_are_refused(make, sign_in):
    staff = sign_in(make.manager())
    client, workshop = sign_in(make.member()), make.workshop()
    theme = make.theme()
    staff.form(f"/en/themes/{theme.id}/retirement", method="PUT")
    for wrong in ([theme.id], [999], [make.theme().id for _ in range(4)]):
        assert "themes" in start(client, workshop, themes=wrong).json["error"]["fields"]


def test_a_topic_keeps_a_retired_theme_through_an_edit(make, sign_in):
    theme, author = make.theme("Old"), make.member()
    topic = make.topic(author=author, themes=[theme.id], tags=["one"])
    sign_in(make.manager()).form(f"/en/themes/{theme.id}/retirement", method="PUT")
    client = sign_in(author)
    assert f'value="{theme.id}" checked' in client.get(f"/en/topics/{topic.id}/edit").text
    body = {"title": "New", "themes": [str(theme.id)], "tags": "two", "labels": "1"}
    assert client.form(f"/en/topics/{topic.id}", body, method="PUT").status_code == 303
    shape = client.get(f"/api/v1/topics/{topic.id}").json
    assert (shape["title"], shape["tags"], [one["id"] for one in shape["themes"]]) == ("New", ["two"], [theme.id])


def test_an_edit_changes_what_it_names_and_open_pages_hear_of_it(make, sign_in):
    author, theme = make.member(), make.theme("Infrastructure")
    topic = make.topic("Pipes", author=author, themes=[theme.id], tags=["one"])
    client = sign_in(author)
    before = client.get(f"/api/v1/topics/{topic.id}").json["change"]
    shape = client.json("PATCH", f"/api/v1/topics/{topic.id}", {"tags": ["two", "ثلاثة"]}).json
    assert shape["title"] == "Pipes"
    assert sorted(shape["tags"]) == ["two", "ثلاثة"]
    assert len(shape["themes"]) == 1
    assert shape["change"] > before
    assert client.get(f"/en/topics/{topic.id}/posts?since={before}").headers["Topic-Reload"] == "1"
    assert client.json("PATCH", f"/api/v1/topics/{topic.id}", {"themes": [], "tags": []}).json["themes"] == []


def test_lists_by_theme_hold_the_branch_and_by_tag_every_spelling(client, make):
    root = make.theme("Development")
    leaf = make.theme("Roads", below=root)
    make.topic("Above", themes=[root.id])
    make.topic("Inside", themes=[leaf.id], tags=["Büyük Şehir"])
    make.topic("Beside", themes=[make.theme().id], tags=["شهر"])
    assert titles(client, f"theme={root.id}") == {"Above", "Inside"}
    assert titles(client, f"theme={leaf.id}") == {"Inside"}
    assert titles(client, "tag=buyuk%20sehir") == {"Inside"}
    assert titles(client, "tag=%23شَهر") == {"Beside"}
    assert titles(client, f"theme={root.id}&tag=buyuk%20şehir") == {"Inside"}
    assert titles(client, "theme=999") == titles(client, "tag=nothing") == titles(client, "theme=x") == set()
    page = client.get(f"/en/topics?theme={root.id}").text
    assert "<h1>Development</h1>" in page
    assert f'href="/en/topics?theme={leaf.id}">Roads</a>' in page


def test_a_tag_of_a_private_topic_is_nowhere_for_others(client, make, sign_in):
    inside = make.member()
    space = make.space("private", members=[inside])
    make.topic("Ours", author=inside, space=space, tags=["Zaytouna"])
    make.topic("Everybody's", tags=["water"])
    for other in (client, sign_in(make.member()), sign_in(make.manager())):
        assert [tag["name"] for tag in other.get("/api/v1/tags").json["items"]] == ["water"]
        assert "Zaytouna" not in other.get("/en/themes").text
        assert titles(other, "tag=Zaytouna") == set()
    mine = sign_in(inside)
    assert {tag["name"]: tag["topics"] for tag in mine.get("/api/v1/tags").json["items"]} == {"Zaytouna": 1, "water": 1}
    assert titles(mine, "tag=zaytouna") == {"Ours"}


def test_staff_keep_the_tree(make, sign_in, client):
    staff = sign_in(make.member(roles=["moderator"]))
    assert staff.form("/en/themes", {**NAMES, "parent": "", "position": "2"}).status_code == 303
    tree = client.get("/api/v1/themes").json["items"]
    assert [(one["name"], one["parent"], one["retired"]) for one in tree] == [("Infrastructure", None, False)]
    assert "بنية تحتية" in client.get("/ar/themes").text
    theme = tree[0]["id"]
    topic = make.topic("Pipes", themes=[theme])
    assert "Infrastructure" in client.get(f"/en/topics/{topic.id}", follow_redirects=True).text
    renamed = {**NAMES, "name_en": "Pipes and roads", "parent": "", "position": "0"}
    assert staff.form(f"/en/themes/{theme}", renamed, method="PUT").status_code == 303
    client.application.wsgi_app.kept.clear()
    assert "Pipes and roads" in client.get(f"/en/topics/{topic.id}", follow_redirects=True).text
    assert "Pipes and roads" in staff.get(f"/en/themes/{theme}/edit").text


def test_the_tree_stays_a_tree(make, sign_in):
    staff = sign_in(make.manager())
    root = make.theme("Root")
    middle = make.theme("Middle", below=root)
    leaf = make.theme("Leaf", below=middle)
    body = {**NAMES, "position": "0"}
    below_itself = staff.form(f"/en/themes/{root.id}", {**body, "parent": str(leaf.id)}, method="PUT")
    assert below_itself.status_code == 422
    assert "A theme cannot stand below itself." in below_itself.text
    assert staff.form("/en/themes", {**body, "parent": str(leaf.id)}).status_code == 422  # too deep
    assert staff.form("/en/themes", {**body, "parent": "999"}).status_code == 422
    assert staff.form("/en/themes", {**body, "name_ar": " ", "parent": ""}).status_code == 422
    assert staff.form("/en/themes", {**body, "parent": "", "position": "1000"}).status_code == 422
    assert staff.form(f"/en/themes/{leaf.id}", {**body, "parent": ""}, method="PUT").status_code == 303


def test_a_name_is_text_wherever_it_stands(make, client):
    theme = make.theme("<b>Bold</b>")
    topic = make.topic(themes=[theme.id], tags=["<i>x"])
    for path in (
        f"/en/topics/{topic.id}",
        "/en/topics",
        "/en/themes",
        f"/en/topics?theme={theme.id}",
        "/en/topics?tag=<i>x",
    ):
        page = client.get(path, follow_redirects=True).text
        assert "<b>Bold" not in page
        assert "<i>x" not in page


def test_a_topic_page_with_labels_costs_no_more(app, make, sign_in):
    reader, themes = make.member(), [make.theme().id for _ in range(3)]
    topic = make.topic(workshop=make.workshop(), themes=themes, tags=["a", "b", "c", "d", "e"])
    client = sign_in(reader)
    client.get("/en/")
    with statements(app) as counted:
        client.get(f"/en/topics/{topic.id}", follow_redirects=True)
    assert counted.number <= 4, counted.said
    with statements(app) as counted:
        client.get(f"/en/topics/{topic.id}", follow_redirects=True)
    assert counted.number == 1, counted.said
