"""What came of a survey: numbers for five or more together, and for nobody before it is closed."""

import csv
import io
from datetime import timedelta
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.core import clock
from forum.inquiries.queries.hiding import shown
from forum.questionnaires.actions import QuestionPlan
from tests.counting import statements

YES_NO = ({"en": "Yes", "ar": "نعم"}, {"en": "=No", "ar": "لا"})
PLAN = QuestionPlan("choice", {"en": "A plan?", "ar": "هل من خطة؟"}, options=YES_NO)
SCALE = QuestionPlan("scale", {"en": "How well?"}, at_least=1, at_most=5, low={"en": "badly"})
WHY = QuestionPlan("text", {"en": "Why?"})
TABLE = QuestionPlan("matrix", {"en": "State?"}, rows=({"en": "Roads"}, {"en": "Pipes"}), options=YES_NO)


@pytest.fixture
def manager(make, sign_in):
    """Who sees results."""
    return sign_in(make.manager())


def answered(make, survey, countries, *values):
    """A member of each country answers, in turn with these values."""
    towns = {country: make.municipality(f"Town of {country}", country=country) for country in set(countries)}
    members = [make.member(municipality=towns[country]) for country in countries]
    for number, member in enumerate(members):
        make.answers(survey.questionnaire_id, member, *values[number % len(values)])
    return members


def groups(item, kind):
    """{key: answered} of one result."""
    return {one["key"]: one["answered"] for one in item["groups"] if one["kind"] == kind}


def test_nobody_sees_anything_before_it_is_closed(make, manager, sign_in):
    survey = make.survey(PLAN, results_for="answered")
    members = answered(make, survey, ["JO"] * 6, ["Yes"], ["=No"])
    for client in (manager, sign_in(members[0])):
        for path in (f"/en/surveys/{survey.id}/results", f"/api/v1/surveys/{survey.id}/results"):
            assert client.get(path).status_code == 403
    assert manager.get(f"/en/surveys/{survey.id}/results.csv").status_code == 403
    make.close_survey(survey)
    assert manager.get(f"/en/surveys/{survey.id}/results").status_code == 200
    assert sign_in(members[0]).get(f"/api/v1/surveys/{survey.id}/results").json["answered"] == 6
    stranger = sign_in(make.member("A member who did not answer"))
    assert stranger.get(f"/en/surveys/{survey.id}/results").status_code == 403
    assert sign_in(members[0]).get(f"/en/surveys/{survey.id}/results.csv").status_code == 403


def test_charts_stand_beside_tables_in_both_directions(make, manager):
    survey = make.survey(PLAN, SCALE, TABLE, WHY)
    table = {"Roads": "Yes", "Pipes": "=No"}
    answered(make, survey, ["JO"] * 5 + ["LB"] * 5, ["Yes", 2, table, "Old pipes"], ["=No", 5, table, "@evil"])
    make.close_survey(survey)
    english, arabic = (manager.get(f"/{one}/surveys/{survey.id}/results").text for one in ("en", "ar"))
    assert '<rect class="chart-bar" x="0%" width="50.0%"' in english.replace("0.0%", "0%").replace("50%", "50.0%")
    assert 'x="50.0%" width="50.0%"' in arabic and 'direction="' not in arabic
    assert "هل من خطة؟" in arabic and "<td>5</td>" in english and "By country" in english
    assert "Average: 3.5" in english and "Old pipes" in english
    found = manager.get(f"/api/v1/surveys/{survey.id}/results").json["items"]
    assert [one["row_words"] for one in found] == [None, None, "Roads", "Pipes", None]
    assert groups(found[0], "country") == {"JO": 5, "LB": 5}


def test_fewer_than_five_are_never_shown_nor_found_by_subtraction(make, manager):
    survey = make.survey(PLAN)
    answered(make, survey, ["JO"] * 6 + ["LB"] * 5 + ["TN"] * 2, ["Yes"], ["=No"])
    make.close_survey(survey)
    (item,) = manager.get(f"/api/v1/surveys/{survey.id}/results").json["items"]
    assert groups(item, "country") == {"JO": 6}  # with Lebanon, two of Tunisia would be left
    assert item["hidden"] == 2
    page = manager.get(f"/en/surveys/{survey.id}/results").text
    assert "Lebanon" not in page and "Tunisia" not in page and "2 smaller groups are not shown" in page
    sheet = manager.get(f"/en/surveys/{survey.id}/results.csv").text
    assert "Lebanon" not in sheet and "Jordan" in sheet


def test_four_answers_show_nothing_at_all(make, manager):
    survey = make.survey(PLAN, WHY)
    answered(make, survey, ["JO"] * 4, ["Yes", "A secret"])
    make.close_survey(survey)
    assert manager.get(f"/api/v1/surveys/{survey.id}/results").json == {"answered": 4, "items": []}
    page, sheet = (manager.get(f"/en/surveys/{survey.id}/results{end}").text for end in ("", ".csv"))
    assert "A secret" not in page + sheet and "Too few have answered" in page


def test_a_question_that_few_answered_is_hidden_though_many_answered_others(make, manager):
    survey = make.survey(PLAN, WHY)
    answered(make, survey, ["JO"] * 7, ["Yes", None], ["=No", None])
    make.answers(survey.questionnaire_id, make.member(), "Yes", "A secret")
    make.close_survey(survey)
    plan, why = manager.get(f"/api/v1/surveys/{survey.id}/results").json["items"]
    assert plan["everybody"]["answered"] == 8 and why["everybody"] is None and why["texts"] == []


@settings(deadline=None, max_examples=200)
@given(
    st.integers(0, 40).flatmap(
        lambda number: st.tuples(
            st.lists(st.sampled_from(["JO", "LB", "TN", "TR", ""]), min_size=number, max_size=number),
            st.lists(st.sets(st.sampled_from("123")), min_size=number, max_size=number),
        )
    )
)
def test_no_shown_groups_leave_a_few(made):
    countries, themes = made
    everybody, groups = set(range(len(countries))), {}
    for number, (country, its_themes) in enumerate(zip(countries, themes, strict=True)):
        for key in [("country", country)] * bool(country) + [("theme", one) for one in its_themes]:
            groups.setdefault(key, set()).add(number)
    kept = shown(everybody, groups)
    sets = [everybody, *(groups[key] for key in kept)] if kept else []
    for one in sets:
        assert len(one) >= 5
        for other in sets:
            assert not (other < one and len(one - other) < 5)
        inside = [groups[key] for key in kept if groups[key] <= one]
        for number in range(1, len(inside) + 1):
            for beside in combinations(inside, number):
                taken = set().union(*beside)
                if len(taken) == sum(map(len, beside)):  # none overlaps another
                    assert not 0 < len(one - taken) < 5


def test_two_themes_that_lie_beside_one_another_do_not_give_away_the_rest():
    themes = {("theme", "1"): set(range(6)), ("theme", "2"): set(range(6, 11))}
    assert shown(set(range(13)), themes) == {("theme", "1")}
    assert len(shown(set(range(16)), themes)) == 2 and len(shown(set(range(11)), themes)) == 2
    both = {("country", "JO"): set(range(6)), ("theme", "2"): set(range(6, 11))}
    assert shown(set(range(13)), both) == {("country", "JO")}


def test_what_a_member_changes_later_moves_no_answer_to_another_group(make, manager, sign_in):
    survey, theme = make.survey(PLAN), make.theme("Water")
    towns = {country: make.municipality(country=country) for country in ("JO", "LB")}
    members = [make.member(municipality=towns["JO"]) for _ in range(6)] + [make.member(municipality=towns["LB"])]
    for member in members:
        assert sign_in(member).json("PATCH", "/api/v1/account/profile", {"themes": [theme.id]}).status_code == 200
        make.answers(survey.questionnaire_id, member, "Yes")
    make.close_survey(survey)
    path = f"/api/v1/surveys/{survey.id}/results"
    before = manager.get(path).json
    assert groups(before["items"][0], "theme") == {str(theme.id): 7}
    assert sign_in(members[0]).json("PATCH", "/api/v1/account/profile", {"themes": []}).status_code == 200
    make.move(members[1], towns["LB"])
    assert manager.get(path).json == before, "two looks tell nobody apart"


def test_a_sheet_carries_no_formulas(make, manager):
    survey = make.survey(PLAN, WHY)
    answered(make, survey, ["JO"] * 5, ["=No", '=HYPERLINK("x")'])
    make.close_survey(survey)
    answer = manager.get(f"/en/surveys/{survey.id}/results.csv")
    assert "attachment" in answer.headers["Content-Disposition"]
    cells = [cell for row in csv.reader(io.StringIO(answer.text.lstrip("\ufeff"))) for cell in row]
    assert "'=No" in cells and not any(cell.startswith(("=", "+", "@")) for cell in cells)


def test_next_year_begins_with_last_years_answers_and_shows_the_change(app, make, manager, sign_in):
    with clock.at(clock.now() - timedelta(days=365)):
        first = make.survey(PLAN, SCALE)
        members = answered(make, first, ["JO"] * 6, ["Yes", 2])
        make.close_survey(first)
    second = make.survey(previous_id=first.id)
    client = sign_in(members[0])
    page = client.get(f"/en/surveys/{second.id}/answers").text
    assert "begins with what was answered last time" in page and page.count("checked") == 2
    assert client.get(f"/api/v1/surveys/{second.id}/answers").json["answers"][1]["number"] == 2
    for member in members:
        make.answers(second.questionnaire_id, member, "=No", 4)
    make.close_survey(second)
    plan, scale = manager.get(f"/api/v1/surveys/{second.id}/results").json["items"]
    assert [one["before"] for one in plan["everybody"]["cells"]] == [100, 0]
    assert (scale["before_mean"], scale["everybody"]["mean"], scale["before_answered"]) == (2, 4, 6)
    page = manager.get(f"/en/surveys/{second.id}/results").text
    assert '<span class="ltr">−100</span>' in page and "last time: 2.0" in page and "chart-before" in page


def test_a_chart_has_its_topic_and_a_second_press_finds_it(make, manager, sign_in):
    survey = make.survey(PLAN, title="Gaps [of] the year")
    answered(make, survey, ["JO"] * 6, ["Yes"], ["=No"])
    make.close_survey(survey)
    (question,) = make.question_ids(survey.questionnaire_id)
    path = f"/en/surveys/{survey.id}/questions/{question}/topic"
    first, again = (manager.form(path) for _press in range(2))
    assert first.status_code == 303 and first.location == again.location
    page = manager.get(first.location, follow_redirects=True).text
    assert "A plan?" in page and "Yes: 3 (50 %)" in page and "Gaps [of] the year" in page
    assert f"/surveys/{survey.id}/results#question-{question}" in page
    assert "Go to the discussion" in manager.get(f"/en/surveys/{survey.id}/results").text
    assert sign_in(make.member()).form(path).status_code == 403
    assert manager.form(f"/en/surveys/{survey.id}/questions/999999/topic").status_code == 404


def test_the_topic_of_an_events_survey_is_the_events(make, manager):
    workshop = make.workshop("Plans for towns")
    survey = make.survey(PLAN, workshop=workshop)
    for _n in range(5):
        make.answers(survey.questionnaire_id, make.member(), "Yes")
    make.close_survey(survey)
    (question,) = make.question_ids(survey.questionnaire_id)
    made = manager.json("POST", f"/api/v1/surveys/{survey.id}/questions/{question}/topic").json
    assert f"/topics/{made['topic']}" in manager.get(f"/en/workshops/{workshop.id}").text


def test_results_cost_the_same_for_few_and_for_many(app, make, manager):
    costs = []
    for number in (5, 20):
        survey = make.survey(*[PLAN] * number)
        answered(make, survey, ["JO"] * number, ["Yes"] * number)
        make.close_survey(survey)
        with statements(app) as counted:
            assert manager.get(f"/en/surveys/{survey.id}/results").status_code == 200
        costs.append(counted.number)
    assert costs[0] == costs[1] <= 12
