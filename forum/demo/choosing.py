"""Calls for applications of the demonstration: opened, answered, and where they are over reviewed, decided, told."""

from datetime import datetime, timedelta
from typing import Any

from forum.applying import actions as applying
from forum.applying import queries
from forum.core import clock
from forum.core.languages import utc_to_wall, wall_to_utc
from forum.demo.discussing import read
from forum.demo.ending import Endings
from forum.questionnaires.actions import QuestionPlan, add_question, begin_questionnaire, read_answers
from forum.registering.actions import withdraw


class Calls(Endings):
    """The part of the network that applies for places."""

    themes: dict[str, int]

    def make_calls(self) -> None:
        """All of them, each at its moments."""
        for plan in read("calls.toml")["call"]:
            closes = self._open_call(plan)
            made = {one["member"]: self._apply_to(plan, one, closes) for one in plan["candidacy"]}
            if "told" in plan:
                self._decide_call(plan, made, closes)

    def _open_call(self, plan: dict[str, Any]) -> datetime:
        """When it closes."""
        zone, manager = plan["zone"], self.readers["manager"]
        if "closes" in plan:
            closes = datetime.fromisoformat(plan["closes"])
            opened = wall_to_utc(datetime.fromisoformat(plan["opened"]), zone)
        else:
            day = utc_to_wall(self.now, zone) + timedelta(days=plan["closes_in_days"])
            closes = day.replace(hour=18, minute=0, second=0, microsecond=0)
            opened = self.now - timedelta(days=plan["opened_days_ago"])
        with clock.at(opened):
            criteria = zip(plan["criteria"], plan["most"], strict=True)
            call = applying.CallPlan(
                closes=closes,
                zone=zone,
                seats=plan["seats"],
                words=plan["words"],
                criteria=[applying.CriterionPlan(words, most) for words, most in criteria],
                reviewer_ids=[self.members[key] for key in plan["reviewers"]],
            )
            applying.set_call(self.workshops[plan["workshop"]], call, by=manager)
            asked = begin_questionnaire(queries.SUBJECT, self.workshops[plan["workshop"]].id)
            for one in plan.get("questions", ()):
                said = {"options": one.get("options", ()), "is_required": one.get("required", False)}
                add_question(asked, QuestionPlan(one["kind"], one["words"], **said), by=manager)
        return wall_to_utc(closes, zone)

    def _apply_to(self, plan: dict[str, Any], one: dict[str, Any], closes: datetime) -> Any:
        workshop, reader = self.workshops[plan["workshop"]], self.readers[one["member"]]
        form = queries.form_of(workshop.id, reader.language or "en")
        sent = {}
        for question, given in zip(form.asked, one.get("answers", ()), strict=False):
            chosen = str(question.options[given - 1].lineage) if question.options else str(given)
            sent[question.name] = [chosen]
        at = closes - timedelta(days=one["days"]) if "days" in one else self.now - timedelta(days=one["days_ago"])
        with clock.at(at):
            theme_id = self.themes[one["theme"]] if "theme" in one else None
            answers = read_answers(form.asked, sent).answers
            said = applying.Presented(one["words"], one.get("gender", ""), theme_id, answers)
            return applying.apply(workshop, said, by=reader)

    def _decide_call(self, plan: dict[str, Any], made: dict[str, Any], closes: datetime) -> None:
        workshop, manager = self.workshops[plan["workshop"]], self.readers["manager"]
        with clock.at(closes):
            applying.close_calls()
        told = wall_to_utc(datetime.fromisoformat(plan["told"]), plan["zone"])
        for one in plan["candidacy"]:
            self._review(plan, one, made[one["member"]], closes)
            with clock.at(told - timedelta(days=1)):
                applying.decide(made[one["member"]], one["decision"], rank=one.get("rank"), by=manager)
        with clock.at(told):
            applying.tell_everybody(workshop, by=manager)
        for one in plan["candidacy"]:
            if "gives_back" in one:
                with clock.at(workshop.starts_at - timedelta(days=one["gives_back"])):
                    withdraw(workshop.id, by=self.readers[one["member"]])

    def _review(self, plan: dict[str, Any], one: dict[str, Any], candidacy: Any, closes: datetime) -> None:
        ids = [row.id for row in queries.criteria_of(candidacy.workshop_id, "en")]
        for number, key in enumerate(plan["reviewers"]):
            with clock.at(closes + timedelta(days=2 + number)):
                points = dict(zip(ids, one["points"][number], strict=True))
                note = one["notes"][number]
                applying.give_review(candidacy, points, note=note, by=self.readers[key])
