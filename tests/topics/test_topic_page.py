"""The topic page: paged by number, a working link to every post, the same number of statements however long."""

import re

import pytest

from tests.counting import statements

NUMBERS = re.compile(r'id="post-(\d+)"')


def numbers(answer) -> list[int]:
    """The posts on a page."""
    return [int(found) for found in NUMBERS.findall(answer.text)]


def test_pages_hold_twenty_posts_by_position(client, make):
    topic = make.topic(replies=44)
    assert numbers(client.get(f"/en/topics/{topic.id}")) == list(range(1, 21))
    assert numbers(client.get(f"/en/topics/{topic.id}?page=2")) == list(range(21, 41))
    assert numbers(client.get(f"/en/topics/{topic.id}?page=3")) == list(range(41, 46))


@pytest.mark.parametrize("page", ["4", "0", "-1", "x", "", "1.0", "9" * 12, "1e3", "%00"])
def test_a_page_that_is_not_there_is_not_there(client, make, page):
    topic = make.topic(replies=44)
    for path in (f"/en/topics/{topic.id}?page={page}", f"/api/v1/topics/{topic.id}/posts?page={page}"):
        assert client.get(path).status_code == 404


def test_arabic_digits_in_a_page_number_are_understood(client, make):
    topic = make.topic(replies=24)
    assert numbers(client.get(f"/ar/topics/{topic.id}?page=٢")) == list(range(21, 26))


def test_every_posts_link_works(client, make):
    topic = make.topic(replies=44)
    for number in range(1, 46):
        answer = client.get(f"/en/topics/{topic.id}/posts/{number}")
        target, _sharp, place = answer.headers["Location"].partition("#")
        assert place == f"post-{number}"
        assert number in numbers(client.get(target))


def test_permanent_links_lead_to_the_place(client, make):
    topic = make.topic()
    posts = make.replies(topic, 25)
    for post in (topic.post, posts[0], posts[-1]):
        location = client.get(f"/en/posts/{post.id}").headers["Location"]
        assert location.endswith(f"#post-{post.number}")
        assert post.number in numbers(client.get(location.partition("#")[0]))


def test_a_number_behind_the_last_leads_to_the_last(client, make):
    topic = make.topic(replies=2)
    assert client.get(f"/en/topics/{topic.id}/posts/99").headers["Location"].endswith("#post-3")


def test_a_post_carries_author_municipality_time_language_and_direction(client, make):
    author = make.member("ليلى منصور", name_language="ar", municipality=make.municipality("Zarqa"))
    topic = make.topic("الماء في الوادي", words="أين يذهب الماء؟", author=author, language="ar")
    page = client.get(f"/en/topics/{topic.id}").text
    post = page[page.index('id="post-1"') :]
    assert "ليلى منصور" in post
    assert "Zarqa" in post
    assert re.search(r"<time[^>]+datetime=", post)
    assert re.search(r'lang="ar"[^>]*dir="rtl"', post)


def test_a_rename_of_author_or_municipality_shows_for_members_at_once(make, sign_in):
    town = make.municipality("Old Town")
    author = make.member("Old Name", municipality=town)
    topic = make.topic(author=author)
    client = sign_in(make.member())
    for _ in range(2):
        assert "Old Name" in client.get(f"/en/topics/{topic.id}").text
    make.rename(author, "New Name")
    page = client.get(f"/en/topics/{topic.id}").text
    assert "New Name" in page
    assert "Old Name" not in page
    make.rename_municipality(town, "New Town")
    page = client.get(f"/en/topics/{topic.id}").text
    assert "New Town" in page
    assert "Old Town" not in page


def test_an_edit_and_a_hiding_show_for_members_at_once(make, sign_in):
    topic = make.topic(words="before")
    post = make.reply(topic, "to be hidden")
    client = sign_in(make.member())
    for _ in range(3):
        assert "to be hidden" in client.get(f"/en/topics/{topic.id}").text
    make.edit(topic.post, "afterwards")
    make.hide(post)
    page = client.get(f"/en/topics/{topic.id}").text
    assert "afterwards" in page
    assert "to be hidden" not in page
    make.show(post)
    assert "to be hidden" in client.get(f"/en/topics/{topic.id}").text


def test_what_the_page_offers_follows_the_reader(make, sign_in, client):
    topic = make.topic()
    path = f"/en/topics/{topic.id}"
    author, other = sign_in(topic.author), sign_in(make.member())
    for _ in range(2):
        assert f'action="{path}/posts"' in author.get(path).text
        assert f'action="{path}/posts"' in other.get(path).text
        assert f"{path}/edit" in author.get(path).text
        assert f"{path}/edit" not in other.get(path).text
        assert f'action="{path}/posts"' not in client.get(path).text
    make.close(topic)
    for reader in (author, other):
        assert f'action="{path}/posts"' not in reader.get(path).text


def test_the_form_brings_a_fresh_key_each_time(make, sign_in):
    topic = make.topic()
    client = sign_in(topic.author)
    keys = {
        re.search(r'name="key"[^>]*value="([^"]+)"', client.get(f"/en/topics/{topic.id}").text)[1] for _ in range(4)
    }
    assert len(keys) == 4


@pytest.mark.parametrize("replies", [0, 19, 44])
def test_a_guest_costs_one_statement_at_most_when_warm(app, client, make, replies):
    topic = make.topic(replies=replies)
    client.get(f"/en/topics/{topic.id}")
    app.wsgi_app.kept.clear()
    with statements(app) as counted:
        client.get(f"/en/topics/{topic.id}")
    assert counted.number == 1, counted.said
    with statements(app) as counted:
        client.get(f"/en/topics/{topic.id}")
    assert counted.number == 0


@pytest.mark.parametrize("workshop", [True, False])
@pytest.mark.parametrize("replies", [0, 19, 44])
def test_a_member_costs_four_statements_cold_and_one_warm(app, make, sign_in, replies, workshop):
    topic = make.topic(replies=replies, workshop=make.workshop() if workshop else None)
    client = sign_in(make.member())
    with statements(app) as counted:
        assert client.get(f"/en/topics/{topic.id}").status_code == 200
    assert counted.number <= 4, counted.said
    client.get(f"/en/topics/{topic.id}")
    with statements(app) as counted:
        assert client.get(f"/en/topics/{topic.id}").status_code == 200
    assert counted.number == 1, counted.said


def test_the_last_page_costs_what_the_first_does(app, make, sign_in):
    topic = make.topic(replies=199)
    client = sign_in(make.member())
    client.get("/en/topics")
    costs = []
    for page in (1, 5, 10):
        with statements(app) as counted:
            client.get(f"/en/topics/{topic.id}?page={page}")
        costs.append(counted.number)
    assert len(set(costs)) == 1


def test_the_gap_brings_what_changed_and_nothing_else(client, make):
    topic = make.topic(replies=3)
    since = client.get(f"/api/v1/topics/{topic.id}").json["change"]
    assert client.get(f"/en/topics/{topic.id}/posts?since={since}").text.strip() == ""
    added = make.reply(topic, "an addition")
    make.edit(topic.post, "an edit")
    hidden = make.replies(topic, 1)[0]
    make.hide(hidden)
    answer = client.get(f"/en/topics/{topic.id}/posts?since={since}")
    assert numbers(answer) == [1, added.number, hidden.number]
    assert "an addition" in answer.text
    assert "an edit" in answer.text
    assert answer.headers["Topic-Change"] == str(since + 4)
    page = client.get(f"/en/topics/{topic.id}").text
    for fragment in re.findall(r'<article.*?id="post-\d+".*?</article>', answer.text, re.DOTALL):
        assert fragment in page


def test_a_gap_across_a_new_title_is_a_reload(client, make):
    topic = make.topic()
    make.rename_topic(topic, "Another")
    answer = client.get(f"/en/topics/{topic.id}/posts?since=1")
    assert (answer.headers["Topic-Reload"], answer.text) == ("1", "")
    data = client.get(f"/api/v1/topics/{topic.id}/posts?since=1").json
    assert (data["reload"], data["items"]) == (True, [])


def test_a_gap_of_more_than_a_hundred_changes_is_a_reload(client, make):
    topic = make.topic(replies=101)
    assert client.get(f"/en/topics/{topic.id}/posts?since=1").headers["Topic-Reload"] == "1"
    assert "Topic-Reload" not in client.get(f"/en/topics/{topic.id}/posts?since=2").headers


@pytest.mark.parametrize(
    "cookie", ["session=\xff\xfe", "session=\u0645".encode().decode("latin-1"), "=; =;;a", "flash"]
)
def test_cookies_that_no_browser_sends_are_no_accident(make, app, caplog, cookie):
    topic = make.topic()
    client = app.test_client(use_cookies=False)
    answer = client.get(f"/en/topics/{topic.id}", environ_overrides={"HTTP_COOKIE": cookie})
    assert answer.status_code == 200
    assert not caplog.records


def test_who_has_nothing_gets_every_post(client, make):
    topic = make.topic(replies=2)
    make.rename_topic(topic, "Another")
    answer = client.get(f"/en/topics/{topic.id}/posts?since=0")
    assert numbers(answer) == [1, 2, 3]
    assert "Topic-Reload" not in answer.headers
    data = client.get(f"/api/v1/topics/{topic.id}/posts?since=0").json
    assert ([post["number"] for post in data["items"]], data["change"]) == ([1, 2, 3], 4)


@pytest.mark.parametrize("since", ["", "x", "-1", "1.5", "9" * 16, "%00"])
def test_an_odd_since_is_refused(client, make, since):
    topic = make.topic()
    for path in (f"/en/topics/{topic.id}/posts?since={since}", f"/api/v1/topics/{topic.id}/posts?since={since}"):
        answer = client.get(path)
        assert answer.status_code == 422


def test_a_since_of_the_future_is_a_reload(client, make):
    topic = make.topic()
    assert client.get(f"/en/topics/{topic.id}/posts?since=99").headers["Topic-Reload"] == "1"


def test_the_api_pages_posts(client, make):
    topic = make.topic(replies=24)
    first = client.get(f"/api/v1/topics/{topic.id}/posts").json
    assert [post["number"] for post in first["items"]] == list(range(1, 21))
    second = client.get(f"/api/v1/topics/{topic.id}/posts", query_string={"page": first["next"]}).json
    assert [post["number"] for post in second["items"]] == list(range(21, 26))
    assert second["next"] is None


def test_a_list_of_posts_is_read_to_its_end_by_its_next(client, make):
    topic = make.topic(replies=24)
    first = client.get(f"/api/v1/topics/{topic.id}/posts").json
    second = client.get(f"/api/v1/topics/{topic.id}/posts?cursor={first['next']}").json
    assert [one["number"] for one in first["items"] + second["items"]] == list(range(1, 26))
    assert second["next"] is None


def test_a_kept_page_does_not_remember_how_its_first_reader_came(client, make):
    topic = make.topic()
    assert "secret" not in client.get(f"/en/topics/{topic.id}?from=secret", follow_redirects=True).text
    page = client.get(f"/en/topics/{topic.id}", follow_redirects=True).text
    assert "secret" not in page
    assert f"/ar/topics/{topic.id}" in page
