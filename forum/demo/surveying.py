"""What the demonstration network asks its members: every year, and after an event."""

from datetime import timedelta
from typing import Any

from forum.core import clock
from forum.core.languages import LANGUAGES
from forum.demo.asking import Audience
from forum.demo.discussing import read
from forum.inquiries import actions as inquiries
from forum.inquiries.actions import SurveyPlan
from forum.inquiries.models import SUBJECT
from forum.members.queries import get_member
from forum.questionnaires import actions as questionnaires
from forum.questionnaires.actions import QuestionPlan
from forum.questionnaires.models import Questionnaire
from forum.questionnaires.queries import Asked, asked_of, find_questionnaire


class Surveys(Audience):
    """The part of the network that is asked."""

    def make_surveys(self) -> None:
        """Each at its time, with the answers that it got; the latest yearly one asks what the one before asked."""
        for key, municipality in read("surveys.toml")["focal_points"].items():
            with clock.at(self.now - timedelta(days=410)):
                member = get_member(self.members[key])
                inquiries.name_focal_point(member, self.municipalities[municipality], by=None)
        previous: int | None = None
        for plan in read("surveys.toml")["survey"]:
            questionnaire, survey_id = self._make_survey(plan, previous)
            previous = survey_id if plan["occasion"] == "yearly" else previous
            for place, one in enumerate(plan.get("answers", ())):
                opened = self.now - timedelta(days=plan["opened_days_ago"])
                with clock.at(opened + timedelta(hours=9 * place + 3)):
                    self._answer(questionnaire, one)

    def _make_survey(self, plan: dict[str, Any], previous: int | None) -> tuple[Questionnaire, int]:
        opens_at = self.now - timedelta(days=plan["opened_days_ago"])
        yearly = plan["occasion"] == "yearly"
        with clock.at(opens_at - timedelta(days=3)):
            made = inquiries.add_survey(
                SurveyPlan(
                    occasion=plan["occasion"],
                    voice="member",
                    results_for=plan["results_for"],
                    title=plan["title"],
                    words=plan["words"],
                    opens_at=opens_at,
                    closes_at=opens_at + timedelta(days=plan["open_days"]),
                    workshop_id=None if yearly else self.workshops[plan["workshop"]].id,
                    space_id=self.spaces["network"].id if yearly else None,
                    previous_id=previous if yearly else None,
                ),
                by=self.readers["manager"],
            )
            questionnaire = find_questionnaire(SUBJECT, made.id)
            assert questionnaire is not None, "it was just made"
            for one in plan.get("question", ()):
                self._ask_in(questionnaire, one)
        return questionnaire, made.id

    def _ask_in(self, questionnaire: Questionnaire, one: dict[str, Any]) -> None:
        """`only_if` names the number of a question before, and that of its answer, both from 1."""
        shown_if = None
        if "only_if" in one:
            number, answer = one["only_if"]
            before = asked_of(questionnaire, "en")[number - 1]
            shown_if = before.lineage, before.options[answer - 1].lineage
        questionnaires.add_question(
            questionnaire,
            QuestionPlan(
                kind=one["kind"],
                words=one["words"],
                help=one.get("help", {}),
                low=one.get("low", {}),
                high=one.get("high", {}),
                options=_lines(one.get("options", {})),
                rows=_lines(one.get("rows", {})),
                is_required=one.get("required", False),
                at_least=one.get("at_least"),
                at_most=one.get("at_most"),
                shown_if=shown_if,
            ),
            by=None,
        )

    def _answer(self, questionnaire: Questionnaire, one: dict[str, Any]) -> None:
        """`says` has, question by question, numbers of answers from 1, a number, or words; "" is nothing."""
        reader = self.readers[one["member"]]
        asked, sent = asked_of(questionnaire, reader.language or "en"), {}
        for question, said in zip(asked, one["says"], strict=True):
            for row, choice in zip(question.rows, said if question.rows else (), strict=False):
                sent[question.row_name(row)] = [str(question.options[choice - 1].lineage)]
            sent[question.name] = [] if question.rows else _sent(question, said)
        answers, errors = questionnaires.read_answers(asked, sent)
        assert not errors, errors
        questionnaires.keep_sheet(questionnaire, answers, by=reader, language=reader.language or "en")


def _lines(texts: dict[str, list[str]]) -> list[dict[str, str]]:
    most = max(map(len, texts.values()), default=0)
    return [{one: texts[one][place] for one in LANGUAGES if one in texts} for place in range(most)]


def _sent(question: Asked, said: Any) -> list[str]:
    if question.options:
        return [str(question.options[one - 1].lineage) for one in (said if isinstance(said, list) else [said]) if one]
    return [str(said)] if said != "" else []
