"""Before a survey closes those who have not answered are reminded, through a real mail server, once."""

from datetime import timedelta

import pytest

from forum.core import clock
from forum.core.db import db, transaction
from forum.core.mail import post_letters
from forum.inquiries.actions import invite, remind_unanswered
from forum.inquiries.models import Survey
from forum.questionnaires.actions import QuestionPlan

WHY = QuestionPlan("text", {"en": "Why?"})
DAY = timedelta(days=1)


@pytest.fixture
def sending(make_app, post_office):
    """An application that sends."""
    return make_app(smtp_url=post_office.url)


@pytest.fixture
def at(sending, post_office):
    """`at(moment)`: what the clock brings about at that moment; [(to whom, subject)]."""

    def go(moment):
        already = len(post_office.letters)
        with clock.at(moment):
            for work in (invite, remind_unanswered):
                with sending.app_context(), transaction():
                    work()
            with sending.app_context():
                post_letters()
        return sorted((letter.to, letter.subject) for letter in post_office.letters[already:])

    return go


def people(letters):
    """To whom they went."""
    return [to for to, _subject in letters if to.endswith("@example.org") and not to.startswith("member")]


def answer(make, client, survey, do="send", words="Because."):
    """Fill it in."""
    (question,) = make.asked(survey.questionnaire_id)
    edition = make.edition(survey.questionnaire_id)
    sent = {question.name: words, "version": 0, "edition": edition, "do": do}
    assert client.form(f"/en/surveys/{survey.id}/answers", sent, method="PUT").status_code == 303


@pytest.mark.parametrize(
    ("language", "subject", "says"),
    [
        ("ar", "يُغلق قريبًا", "هذا هو التذكير الوحيد"),
        ("en", "Closing soon: What do you lack?", "This is the only reminder."),
    ],
)
def test_two_days_before_it_closes_once_in_their_language(make, at, post_office, language, subject, says):
    make.member(email="who@example.org", language=language)
    survey, now = make.survey(WHY), clock.now()
    closes = now + 7 * DAY
    assert "who@example.org" in people(at(now)), "the invitation"
    assert at(closes - 2 * DAY - timedelta(minutes=2)) == []
    told = dict(at(closes - 2 * DAY + timedelta(minutes=1)))
    letter = post_office.to("who@example.org")
    assert subject in told["who@example.org"] and says in letter.text and "What do you lack?" in letter.text
    assert f"/surveys/{survey.id}" in letter.text and f"/surveys/{survey.id}" in letter.html
    for later in (closes - 2 * DAY + timedelta(minutes=1), closes - DAY, closes - timedelta(minutes=1), closes + DAY):
        assert at(later) == []


def test_who_has_answered_or_does_not_see_it_any_more_hears_nothing(make, sign_in, at):
    done, drafts, gone, out = (
        make.member(email=f"{name}@example.org") for name in ("done", "drafts", "suspended", "left")
    )
    space = make.space("private", members=[done, drafts, gone, out, make.manager()])
    survey, now = make.survey(WHY, space=space), clock.now()
    assert len(people(at(now))) == 4
    answer(make, sign_in(done), survey)
    answer(make, sign_in(drafts), survey, do="draft")
    make.suspend(gone)
    make.remove_from_space(space, out)
    assert people(at(now + 5 * DAY + timedelta(minutes=1))) == ["drafts@example.org"]


def test_officers_hear_while_no_answer_of_their_municipality_counts(make, sign_in, at):
    towns = {name: make.municipality(name) for name in ("Mafraq", "Zarqa", "Irbid")}
    officers = {
        f"{town.lower()}-{n}": make.member(email=f"{town.lower()}-{n}@example.org", municipality=towns[town])
        for town in towns
        for n in (1, 2)
    }
    make.focal_point(officers["mafraq-1"], towns["Mafraq"])
    survey, now = make.survey(WHY, voice="municipality"), clock.now()
    assert len(people(at(now))) == 6
    answer(make, sign_in(officers["mafraq-1"]), survey)  # the focal point's counts at once
    answer(make, sign_in(officers["zarqa-1"]), survey)  # waits for approval, so that it does not count
    told = at(now + 5 * DAY + timedelta(minutes=1))
    assert people(told) == [f"{town}-{n}@example.org" for town in ("irbid", "zarqa") for n in (1, 2)]


def test_a_survey_that_is_open_for_less_than_three_days_reminds_nobody(make, at):
    make.member(email="who@example.org")
    now = clock.now()
    make.survey(WHY, opens_at=now - timedelta(minutes=1), closes_at=now + 3 * DAY - timedelta(minutes=2))
    at(now)
    assert at(now + DAY + timedelta(minutes=1)) == [] and at(now + 2 * DAY) == []


def test_who_was_invited_late_and_who_had_the_letter_before_it_was_extended_hear_no_more(make, at):
    make.member(email="who@example.org")
    survey, now = make.survey(WHY), clock.now()
    late = make.survey(WHY, title="Late", opens_at=now - timedelta(hours=1), closes_at=now + 6 * DAY)
    with make.writing():
        db.session.get_one(Survey, late.id).invited_at = now  # nothing was asked yet
    at(now)
    assert [subject.split(":")[0] for to, subject in at(now + 5 * DAY + timedelta(minutes=1)) if to[:3] == "who"] == [
        "Closing soon"
    ]
    with make.writing():
        db.session.get_one(Survey, survey.id).closes_at = now + 20 * DAY
        db.session.get_one(Survey, late.id).invited_at = None
    assert [subject.split(":")[0] for to, subject in at(now + 5 * DAY + timedelta(hours=2)) if to[:3] == "who"] == [
        "A survey for you"
    ], "invited so late, nobody is reminded in the same hour"
    assert at(now + 18 * DAY + timedelta(hours=1)) == []
