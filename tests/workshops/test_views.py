"""The pages of workshops: what is shown to whom, in whose time, and how a topic is started."""

import re
from datetime import datetime, timedelta

import pytest

from forum.core import clock
from forum.core.languages import LANGUAGES
from forum.workshops.actions import SpeakerPlan, TalkPlan
from tests.counting import statements
from tests.making import moment

MIXED = (
    ("Collaboration4Development (C4D)", "en", "ltr"),
    ("منصة C4D التعاونية", "ar", "rtl"),
    ("19-23 مارس 2018", "ar", "rtl"),
    ("92٪", "ar", "rtl"),
    ("(الإنجليزية - العربية)", "ar", "rtl"),
)
ATTACK = "<img src=x onerror=alert(1)>\"'&"


def main_of(answer):
    """The content of a page, without the frame."""
    return re.search(r"<main.*</main>", answer.text, re.DOTALL).group()


def words_of(answer):
    """What is to be read in the content."""
    return " ".join(re.sub(r"<[^>]+>", " ", main_of(answer)).split())


# Who sees what


def test_the_list_shows_what_comes_and_then_what_is_over(make, client):
    make.workshop("Far", starts=datetime(2050, 5, 1, 10))
    make.workshop("Next", starts=datetime(2049, 5, 1, 10))
    make.workshop("Old", starts=datetime(2017, 5, 1, 10))
    make.workshop("Older", starts=datetime(2016, 5, 1, 10))
    words = words_of(client.get("/en/workshops"))
    places = [words.index(one) for one in ("Coming", "Next", "Far", "Past", "Old ", "Older")]
    assert places == sorted(places)


def test_a_long_past_is_paged_and_none_is_lost(make, client):
    made = {make.workshop(f"Past {n:02}", starts=datetime(2015, 1, 1, 10) + timedelta(days=n)).title for n in range(45)}
    seen, path = [], "/en/workshops"
    while path:
        answer = client.get(path)
        seen += re.findall(r">(Past \d\d)</a>", answer.text)
        link = re.search(r'rel="next" href="([^"]+)"', answer.text)
        path = link and link.group(1).replace("&amp;", "&")
    assert seen == sorted(made, reverse=True)


def test_a_cursor_of_somebody_else_is_an_address_without_a_page(client):
    assert client.get("/en/workshops?cursor=nonsense").status_code == 404


def test_an_empty_list_says_what_will_be_here(client):
    assert "Nothing is announced yet" in words_of(client.get("/en/workshops"))


@pytest.mark.parametrize("path", ["", "/topics/new"])
def test_a_private_workshop_is_absent_for_who_may_not_see_it(make, client, sign_in, path):
    inside, outside = make.member(), make.member()
    space = make.space("private", members=[inside])
    secret = make.workshop("Not for everybody", space=space)
    topic = make.topic("Not for them either", workshop=secret, author=inside)
    outsider = sign_in(outside)
    for visitor in (outsider,) if path else (client, outsider):
        there = visitor.get(f"/en/workshops/{secret.id}{path}")
        absent = visitor.get(f"/en/workshops/{secret.id + 1000}{path}")
        assert there.status_code == absent.status_code == 404
        assert _without_ids(there.text) == _without_ids(absent.text)
        for page in ("/en/workshops", "/en/", "/en/topics"):
            text = visitor.get(page).text
            assert secret.title not in text and topic.title not in text
    belongs = sign_in(inside)
    assert secret.title in belongs.get(f"/en/workshops/{secret.id}{path}").text
    assert "Only for its members" in words_of(belongs.get("/en/workshops"))


def _without_ids(text):
    """A page without what names the request, the reader's tokens and the address that was asked."""
    text = re.sub(r'[0-9a-f]{12}|(name="csrf_token" value|data-csrf)="[^"]+"', "", text)
    return re.sub(r"/workshops/\d+", "/workshops/0", text)


def test_a_link_to_a_workshop_that_one_may_not_see_is_not_there(make, client):
    shown, hidden = make.workshop("Shown"), make.workshop("Hidden", space=make.space("private"))
    make.link(hidden, prepares=shown)
    make.link(shown, prepares=hidden)
    assert "Hidden" not in client.get(f"/en/workshops/{shown.id}").text


def test_workshops_that_prepare_and_follow_up_lead_to_each_other(make, client):
    first, second = make.workshop("The webinar before"), make.workshop("The workshop after")
    make.link(first, prepares=second)
    before, after = (client.get(f"/en/workshops/{one.id}").text for one in (first, second))
    assert "In preparation for" in before and f'href="/en/workshops/{second.id}"' in before
    assert "Follow-up to" in after and f'href="/en/workshops/{first.id}"' in after


# When


def test_each_reads_the_time_of_their_own_clock_and_the_organisers_beside(make, client, sign_in):
    webinar = make.workshop(
        zone="Europe/Paris", starts=datetime(2018, 7, 11, 11, 0), ends=datetime(2018, 7, 11, 12, 30)
    )
    path = f"/en/workshops/{webinar.id}"
    at_home = words_of(client.get(path))
    assert "Wednesday 11 July 2018 12:00–13:30, Amman time" in at_home
    assert "For the organisers: 11:00–12:30, Paris time" in at_home
    in_paris = words_of(sign_in(make.member(zone="Europe/Paris")).get(path))
    assert "Wednesday 11 July 2018 11:00–12:30, Paris time" in in_paris
    assert "For the organisers" not in in_paris
    in_auckland = words_of(sign_in(make.member(zone="Pacific/Auckland")).get(path))
    assert "Wednesday 11 July 2018 21:00–22:30, Auckland time" in in_auckland


def test_a_webinar_that_is_tomorrow_elsewhere_names_both_days(make, sign_in):
    webinar = make.workshop(zone="Asia/Amman", starts=datetime(2018, 7, 11, 22, 0), ends=datetime(2018, 7, 11, 23, 0))
    words = words_of(sign_in(make.member(zone="Pacific/Auckland")).get(f"/en/workshops/{webinar.id}"))
    assert "Thursday 12 July 2018 07:00–08:00, Auckland time" in words
    assert "For the organisers: 11 July 2018, 22:00–23:00 (Amman)" in words


@pytest.mark.parametrize(
    ("day", "in_beirut"),
    [((2026, 3, 26), "10:00–12:00"), ((2026, 4, 2), "11:00–13:00"), ((2026, 10, 29), "10:00–12:00")],
)
def test_the_same_hour_in_amman_moves_in_beirut(make, sign_in, day, in_beirut):
    weekly = make.workshop(zone="Asia/Amman", starts=datetime(*day, 11, 0))
    reader = sign_in(make.member(zone="Asia/Beirut"))
    assert f"{in_beirut}, Beirut time" in words_of(reader.get(f"/en/workshops/{weekly.id}"))


@pytest.mark.parametrize(
    ("day", "in_casablanca"),
    [((2026, 2, 12), "09:00–11:00"), ((2026, 3, 5), "08:00–10:00"), ((2026, 4, 2), "09:00–11:00")],
)
def test_casablanca_moves_for_ramadan(make, sign_in, day, in_casablanca):
    weekly = make.workshop(zone="Asia/Amman", starts=datetime(*day, 11, 0))
    reader = sign_in(make.member(zone="Africa/Casablanca"))
    assert f"{in_casablanca}, Casablanca time" in words_of(reader.get(f"/en/workshops/{weekly.id}"))


def test_days_in_a_place_are_the_days_of_the_place(make, sign_in):
    plan = {
        "starts": datetime(2018, 3, 19, 9),
        "ends": datetime(2018, 3, 23, 16),
        "is_online": False,
        "kind": "workshop",
    }
    place = {"ar": "عمّان، الأردن", "en": "Amman, Jordan", "fr": "Amman, Jordanie", "tr": "Amman, Ürdün"}
    workshop = make.workshop(place=place, **plan)
    words = words_of(sign_in(make.member(zone="Pacific/Honolulu")).get(f"/en/workshops/{workshop.id}"))
    assert "19–23 March 2018" in words and "Amman, Jordan" in words
    assert "18 March 2018, 21:00 – 23 March 2018, 04:00 (Honolulu)" in words
    assert "In the place itself: From 09:00 on the first day to 16:00 on the last, Amman time" in words
    arabic = words_of(sign_in(make.member(language="ar")).get(f"/ar/workshops/{workshop.id}"))
    assert "19–23 آذار 2018" in arabic and "عمّان، الأردن" in arabic


def test_digits_and_months_follow_the_reader(make, sign_in):
    webinar = make.workshop(starts=datetime(2018, 7, 11, 11), ends=datetime(2018, 7, 11, 13))
    morocco = make.member(municipality=make.municipality(country="MA"), digits="arab", language="ar")
    text = main_of(sign_in(morocco).get(f"/ar/workshops/{webinar.id}"))
    assert "١١ يوليوز ٢٠١٨" in text and "١١:٠٠–١٣:٠٠" in text and "2018" not in re.sub(r'="[^"]*"', "", text)


def test_a_date_that_is_not_known_for_sure_says_so(make, client):
    webinar = make.workshop(is_date_approximate=True, starts=datetime(2018, 3, 8, 11))
    assert "The exact date is no longer known" in words_of(client.get(f"/en/workshops/{webinar.id}"))
    assert "Approximate date" in words_of(client.get("/en/workshops"))


def test_what_is_going_on_says_so(app, make, client):
    make.workshop("Now", starts=datetime(2030, 1, 7, 11))
    with clock.at(moment(2030, 1, 7, 9)):
        assert "Happening now" in words_of(client.get("/en/workshops"))
    with clock.at(moment(2030, 1, 5, 8)):
        assert "in 2 days" in words_of(client.get("/en/workshops"))
    with clock.at(moment(2030, 1, 7, 12)):
        assert "Past" in words_of(client.get("/en/workshops"))


# The programme


def test_the_page_tells_languages_objectives_talks_and_speakers(make, client):
    speaker = make.member("ليث العمري", name_language="ar")
    talk = TalkPlan(
        title=dict.fromkeys(LANGUAGES, "The city that learns"),
        languages=("ar",),
        speakers=(
            SpeakerPlan(role=dict.fromkeys(LANGUAGES, "Engineer"), organisation={}, member_id=speaker.id),
            SpeakerPlan(
                role={}, organisation=dict.fromkeys(LANGUAGES, "The city"), name=dict.fromkeys(LANGUAGES, "Nisreen")
            ),
        ),
    )
    workshop = make.workshop(objectives=[dict.fromkeys(LANGUAGES, "Learn from failures")], talks=[talk])
    answer = client.get(f"/en/workshops/{workshop.id}")
    words = words_of(answer)
    assert "Interpretation into Français" in words and "Learn from failures" in words
    assert "The city that learns ليث العمري Engineer Nisreen The city العربية" in words
    assert f'<a href="/en/members/{speaker.id}"><span lang="ar" dir="rtl">ليث العمري</span></a>' in answer.text
    assert '<span lang="ar" dir="rtl">العربية</span>' in answer.text


# Its topics


def test_topics_stand_before_during_and_after(make, client):
    workshop = make.workshop(starts=datetime(2030, 1, 7, 11))
    for when, title in ((1, "Asked before"), (7, "Asked during"), (9, "Asked after")):
        with clock.at(moment(2030, 1, when, 9)):
            make.topic(title, workshop=workshop)
    with clock.at(moment(2030, 1, 10)):
        words = words_of(client.get(f"/en/workshops/{workshop.id}"))
    places = [words.index(f"{phase} {title}") for phase, title in (
        ("Before", "Asked before"), ("During", "Asked during"), ("After", "Asked after"))]  # fmt: skip
    assert places == sorted(places)


def test_many_topics_are_paged(make, client):
    workshop = make.workshop()
    made = {make.topic(f"Topic {n:02}", workshop=workshop).title for n in range(25)}
    first = client.get(f"/en/workshops/{workshop.id}")
    link = re.search(r'rel="next" href="([^"#]+)', first.text).group(1).replace("&amp;", "&")
    second = client.get(link)
    seen = [set(re.findall(r">(Topic \d\d)</a>", one.text)) for one in (first, second)]
    assert seen[0] | seen[1] == made and not seen[0] & seen[1]


def test_a_member_continues_at_the_first_new_post(make, client, sign_in):
    workshop = make.workshop()
    topic = make.topic("Water", workshop=workshop)
    reader = make.member()
    make.read(topic, reader, 1)
    make.replies(topic, 3)
    text = sign_in(reader).get(f"/en/workshops/{workshop.id}").text
    assert "3 new" in text and f'href="/en/topics/{topic.id}/posts/2"' in text
    make.follow(topic, reader, "muted")
    assert "3 new" not in sign_in(reader).get(f"/en/workshops/{workshop.id}").text
    assert "3 new" not in client.get(f"/en/workshops/{workshop.id}").text


@pytest.mark.parametrize(("title", "language", "direction"), MIXED)
def test_titles_stand_in_their_own_language_and_direction(make, client, title, language, direction):
    workshop = make.workshop(title)
    topic = make.topic(title, workshop=workshop, language=language)
    for interface, own in (("ar", "rtl"), ("en", "ltr")):
        text = client.get(f"/{interface}/workshops/{workshop.id}").text
        assert f'<h1 lang="{interface}" dir="{own}">{title}</h1>' in text
        link = (
            rf'<a href="/{interface}/topics/{topic.id}[^"]*" lang="{language}" dir="(rtl|ltr)">{re.escape(title)}</a>'
        )
        assert re.search(link, text).group(1) == direction
        assert f'dir="{own}">{title}</a>' in client.get(f"/{interface}/workshops").text


def test_what_people_wrote_is_escaped_everywhere(make, client, sign_in):
    place = dict.fromkeys(("ar", "en", "fr", "tr"), ATTACK)
    author = make.member(f"{ATTACK}", municipality=make.municipality(ATTACK))
    workshop = make.workshop(ATTACK, is_online=False, place=place, summary=place, words=place, objectives=[place])
    topic = make.topic(ATTACK, workshop=workshop, author=author)
    make.link(workshop, prepares=make.workshop(ATTACK))
    paths = ("", "/topics/new")
    pages = [sign_in(author).get(f"/en/workshops/{workshop.id}{path}").text for path in paths]
    pages += [client.get(path).text for path in ("/en/workshops", "/en/", "/en/topics")]
    assert topic.id
    for text in pages:
        assert "&lt;img src=x" in text and "<img" not in text


# Starting a topic


def start(client, workshop, path="topics", **sent):
    """Send the form."""
    given = {"title": "Water", "words": "Where does the water go?", "language": "en", "key": "one"} | sent
    return client.form(f"/en/workshops/{workshop.id}/{path}", given)


def test_a_member_starts_a_topic_and_is_led_to_it(make, sign_in):
    workshop, member = make.workshop(), make.member("Samer")
    client = sign_in(member)
    page = client.get(f"/en/workshops/{workshop.id}/topics/new")
    assert 'name="key" value="' in page.text and 'name="title"' in page.text
    answer = start(client, workshop)
    assert answer.status_code == 303
    assert "Where does the water go?" in client.get(answer.location, follow_redirects=True).text
    assert "Before Water" in words_of(client.get(f"/en/workshops/{workshop.id}"))


def test_the_form_sent_twice_is_one_topic(make, sign_in):
    workshop, client = make.workshop(), sign_in(make.member())
    first, second = start(client, workshop), start(client, workshop)
    assert first.location == second.location
    assert client.get(f"/en/workshops/{workshop.id}").text.count("topic-row") == 1
    other = start(client, workshop, words="Other words")
    assert other.status_code == 409 and "Other words" in other.text


def test_the_preview_shows_and_keeps_nothing(make, sign_in):
    workshop, client = make.workshop(), sign_in(make.member())
    answer = start(client, workshop, preview="1", title="Kept title", words="**Strong** words", key="kept")
    assert answer.status_code == 200
    assert "<strong>Strong</strong>" in answer.text and "**Strong** words</textarea>" in answer.text
    assert 'value="Kept title"' in answer.text and 'value="kept"' in answer.text
    assert "topic-row" not in client.get(f"/en/workshops/{workshop.id}").text
    attack = start(client, workshop, preview="1", words="<script>alert(1)</script>")
    assert "<script>alert" not in attack.text


BAD = [
    ({"title": ""}, "title", "Give the topic a title."),
    ({"title": "x" * 201}, "title", "A title has at most 200 characters."),
    ({"words": " \n "}, "words", "Write something first."),
    ({"words": "x" * 20_001}, "words", "A post has at most"),
    ({"language": "de"}, "language", "Choose one of the four languages."),
    ({"key": "k" * 65}, "key", "A key has at most 64 characters."),
    ({"title": "a\x00b"}, "title", "This holds signs that are not text."),
    ({"words": "a\x00b"}, "words", "This holds signs that are not text."),
]


@pytest.mark.parametrize(("sent", "field", "reason"), BAD)
def test_a_refused_form_comes_back_filled_in_with_the_reason(make, sign_in, sent, field, reason):
    workshop, client = make.workshop(), sign_in(make.member())
    answer = start(client, workshop, **sent)
    assert answer.status_code == 422
    assert reason in words_of(answer)
    assert ("Where does the water go?" in answer.text) or "words" in sent
    assert 'value="Water"' in answer.text or "title" in sent
    assert "topic-row" not in client.get(f"/en/workshops/{workshop.id}").text


def test_a_refusal_is_said_in_the_readers_language(make, sign_in):
    workshop, client = make.workshop(), sign_in(make.member(language="ar"))
    english = start(client, workshop, title="").text
    arabic = client.form(f"/ar/workshops/{workshop.id}/topics", {"title": "", "words": "نص"})
    assert arabic.status_code == 422 and 'lang="ar" dir="rtl"' in arabic.text
    assert "Give the topic a title." in english


def test_a_guest_and_an_outsider_start_nothing(make, client, sign_in):
    open_to_all, inside = make.workshop(), make.member()
    secret = make.workshop(space=make.space("private", members=[inside]))
    assert start(client, open_to_all).status_code == 401
    assert client.get(f"/en/workshops/{open_to_all.id}/topics/new").status_code == 401
    outsider = sign_in(make.member())
    assert start(outsider, secret).status_code == 404
    assert start(outsider, make.workshop(), path="topics").status_code == 303
    assert start(sign_in(inside), secret).status_code == 303
    assert "Sign in to start a topic" in words_of(client.get(f"/en/workshops/{open_to_all.id}"))


def test_an_address_in_arabic_digits_is_no_second_address(make, client):
    workshop = make.workshop()
    assert client.get(f"/en/workshops/{workshop.id}").status_code == 200
    for odd in ("١", "01", "-1", "1e3", "9" * 30):
        assert client.get(f"/en/workshops/{odd}").status_code == 404


def test_without_a_language_the_address_leads_to_the_readers(make, client):
    workshop = make.workshop()
    answer = client.get(f"/workshops/{workshop.id}", headers={"Accept-Language": "tr"})
    assert answer.status_code == 302 and answer.location == f"/tr/workshops/{workshop.id}"


# What it costs


def test_the_list_costs_the_same_with_1_and_30(app, make, client, sign_in):
    member = sign_in(make.member())
    make.workshop(starts=datetime(2017, 1, 1, 10))
    make.workshop()
    costs = []
    for more in (0, 29):
        for n in range(more):
            make.workshop(starts=datetime(2017, 2, 1 + n % 28, 10))
            make.workshop()
        with statements(app) as counted:
            client.get("/en/workshops")
        with statements(app) as signed_in:
            member.get("/en/workshops")
        costs.append((counted.number, signed_in.number))
    assert costs == [(3, 4), (3, 4)]


def test_the_page_costs_the_same_with_1_and_30(app, make, client, sign_in):
    said = dict.fromkeys(LANGUAGES, "Said")
    costs = []
    for many in (1, 30):
        talk = TalkPlan(said, ("ar",), tuple(SpeakerPlan(said, said, member_id=make.member().id) for _ in range(many)))
        workshop = make.workshop(objectives=[said] * many, talks=[talk] * many)
        for _ in range(many):
            make.topic(workshop=workshop)
            make.link(workshop, prepares=make.workshop())
        member = sign_in(make.member())
        with statements(app) as counted:
            client.get(f"/en/workshops/{workshop.id}")
        with statements(app) as signed_in:
            member.get(f"/en/workshops/{workshop.id}")
        costs.append((counted.number, signed_in.number))
    assert costs == [(15, 17), (15, 17)]
