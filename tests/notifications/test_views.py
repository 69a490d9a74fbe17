"""What waits behind the bell: page and JSON."""

import re

import pytest

from tests.counting import statements


@pytest.fixture
def followed(make, work):
    """`followed(member, …)`: a topic that the member follows and in which somebody replied."""

    def followed(member, title=None, *, replies=1, **more):
        topic = make.topic(title, **more)
        work()  # who follows later is not told of the first post
        make.follow(topic, member)
        make.replies(topic, replies, author=topic.author)
        work()
        return topic

    return followed


def words_of(answer):
    """What is to be read in the content."""
    main = re.search(r"<main.*</main>", answer.text, re.DOTALL).group()
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_a_line_says_who_what_how_many_and_leads_to_the_first_new_post(make, sign_in, followed):
    member = make.member()
    topic = followed(member, "Water", replies=3, author=make.member("Samer"))
    answer = sign_in(member).get("/en/notices")
    assert "Water 3 new replies, the last by Samer" in words_of(answer)
    assert f'href="/en/topics/{topic.id}/posts/2"' in answer.text
    assert re.search(r"<time [^>]*datetime=", answer.text)


def test_being_spoken_to_says_so(make, sign_in, work):
    member = make.member("Layla Mansour")
    make.topic("Water", words="@Layla Mansour?", author=make.member("Samer"))
    work()
    assert "Samer speaks to you" in words_of(sign_in(member).get("/en/notices"))


def test_an_empty_page_teaches(make, sign_in):
    assert "Nothing waits for you" in words_of(sign_in(make.member()).get("/en/notices"))


@pytest.mark.parametrize(
    ("title", "language", "direction"),
    [
        ("Collaboration4Development (C4D)", "en", "ltr"),
        ("منصة C4D التعاونية", "ar", "rtl"),
        ("19-23 مارس 2018", "ar", "rtl"),
        ("92٪", "ar", "rtl"),
        ("(الإنجليزية - العربية)", "ar", "rtl"),
    ],
)
def test_titles_and_names_stand_in_their_own_direction(make, sign_in, followed, title, language, direction):
    member = make.member()
    followed(member, title, language=language, author=make.member("سامر بقاعين", name_language="ar"))
    client = sign_in(member)
    for interface in ("ar", "en"):
        text = client.get(f"/{interface}/notices").text
        assert f'lang="{language}" dir="{direction}">{title}</a>' in text
        assert '<span lang="ar" dir="rtl">سامر بقاعين</span>' in text


def test_titles_and_names_are_escaped(make, sign_in, followed):
    member = make.member()
    followed(member, "<script>alert(1)</script>", author=make.member("<b>Bold</b>"))
    text = sign_in(member).get("/en/notices").text
    assert "<script>alert" not in text and "&lt;script&gt;alert(1)" in text and "<b>Bold" not in text


def test_one_is_marked_and_then_all(make, sign_in, followed):
    member = make.member()
    for title in ("One", "Two", "Three"):
        followed(member, title)
    client = sign_in(member)
    first = re.search(r"/en/notices/(\d+)/read", client.get("/en/notices").text).group(1)
    answer = client.form(f"/en/notices/{first}/read", method="PUT")
    assert answer.status_code == 303 and answer.location == "/en/notices"
    page = client.get("/en/notices").text
    assert page.count("is-new") == 2 and f"/en/notices/{first}/read" not in page
    assert client.form("/en/notices/read", method="PUT").status_code == 303
    page = client.get("/en/notices").text
    assert "is-new" not in page and '/read"' not in page and page.count('<li class="notice">') == 3


def test_reading_by_get_is_not_possible(make, sign_in, followed):
    member = make.member()
    followed(member)
    client = sign_in(member)
    assert client.get("/en/notices/read").status_code == 405
    assert client.put("/en/notices/read").status_code == 403
    assert "is-new" in client.get("/en/notices").text


def test_nobody_marks_or_sees_the_notices_of_another(make, client, sign_in, followed):
    member, other = make.member(), make.member()
    followed(member, "For one only")
    stranger = sign_in(other)
    id = sign_in(member).get("/api/v1/notices").json["items"][0]["id"]
    assert "For one only" not in stranger.get("/en/notices").text
    for address in (id, id + 1000):
        assert stranger.form(f"/en/notices/{address}/read", method="PUT").status_code == 404
        assert stranger.json("PUT", f"/api/v1/notices/{address}/read").status_code == 404
    assert stranger.json("PUT", "/api/v1/notices/read").json == {"unread": 0}
    assert client.get("/en/notices").status_code == 401
    assert client.get("/api/v1/notices").status_code == 401
    assert client.json("PUT", "/api/v1/notices/read").status_code == 401
    assert sign_in(member).get("/api/v1/notices").json["items"][0]["read_at"] is None


def test_after_leaving_the_space_nothing_of_it_is_left(make, sign_in, followed):
    member = make.member()
    space = make.space("private", members=[member, make.author()])
    followed(member, "Behind the door", space=space)
    client = sign_in(member)
    assert "Behind the door" in client.get("/en/notices").text
    make.remove_from_space(space, member)
    page = client.get("/en/notices").text
    assert "Behind the door" not in page and "Nothing waits for you" in page
    assert client.get("/api/v1/notices").json == {"items": [], "next": None}


def test_the_list_as_json(make, sign_in, followed):
    member = make.member()
    topic = followed(member, "Water", replies=2, author=make.member("Samer"))
    client = sign_in(member)
    answer = client.get("/api/v1/notices").json
    notice = answer["items"][0]
    assert notice["topic"] == {"id": topic.id, "title": "Water", "language": "en"}
    assert (notice["kind"], notice["count"], notice["first_number"]) == ("reply", 2, 2)
    assert notice["post"]["number"] == 3 and notice["author"] == "Samer" and notice["read_at"] is None
    assert client.json("PUT", f"/api/v1/notices/{notice['id']}/read").json == {"unread": 0}
    assert client.get("/api/v1/notices").json["items"][0]["read_at"].endswith("Z")


def test_forgery_is_refused(make, sign_in, followed):
    member = make.member()
    followed(member)
    client = sign_in(member)
    for origin in (None, "https://elsewhere.example"):
        assert client.json("PUT", "/api/v1/notices/read", headers={"Origin": origin}).status_code == 403
    assert client.get("/api/v1/notices").json["items"][0]["read_at"] is None


def test_many_notices_are_paged_and_cost_the_same(app, make, sign_in, followed):
    member = make.member()
    client = sign_in(member)
    followed(member, "Topic 0")
    costs = []
    for more in (0, 34):
        for number in range(more):
            followed(member, f"Topic {number + 1}")
        with statements(app) as counted:
            page = client.get("/en/notices")
        with statements(app) as as_json:
            client.get("/api/v1/notices")
        costs.append((counted.number, as_json.number))
    assert costs == [(2, 2), (2, 2)]
    following = re.search(r'rel="next" href="([^"]+)"', page.text).group(1)
    both = page.text + client.get(following).text
    assert {f"Topic {number}" for number in range(35)} == set(re.findall(r">(Topic \d+)</a>", both))
