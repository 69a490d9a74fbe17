"""Calls for applications of the demonstration: opened, answered, reviewed, decided, told."""

from datetime import datetime, timedelta
from typing import Any

from forum.applying import actions as applying
from forum.applying import queries
from forum.core import clock
from forum.core.languages import wall_to_utc
from forum.demo.discussing import read
from forum.demo.ending import Endings
from forum.registering.actions import withdraw


class Calls(Endings):
    """The part of the network that applies for places."""

    themes: dict[str, int]

    def make_calls(self) -> None:
        """All of them, each at its moments."""
        for plan in read("calls.toml")["call"]:
            self._make_call(plan)

    def _make_call(self, plan: dict[str, Any]) -> None:
        workshop, zone, manager = self.workshops[plan["workshop"]], plan["zone"], self.readers["manager"]
        closes = wall_to_utc(datetime.fromisoformat(plan["closes"]), zone)
        with clock.at(wall_to_utc(datetime.fromisoformat(plan["opened"]), zone)):
            criteria = [
                applying.CriterionPlan(words, most) for words, most in zip(plan["criteria"], plan["most"], strict=True)
            ]
            call = applying.CallPlan(
                closes=datetime.fromisoformat(plan["closes"]),
                zone=zone,
                seats=plan["seats"],
                words=plan["words"],
                criteria=criteria,
                reviewer_ids=[self.members[key] for key in plan["reviewers"]],
            )
            applying.set_call(workshop, call, by=manager)
        made = {}
        for one in plan["candidacy"]:
            with clock.at(closes - timedelta(days=one["days"])):
                theme_id = self.themes[one["theme"]] if "theme" in one else None
                said = applying.Presented(one["words"], one.get("gender", ""), theme_id)
                made[one["member"]] = applying.apply(workshop, said, by=self.readers[one["member"]])
        with clock.at(closes):
            applying.close_calls()
        told = wall_to_utc(datetime.fromisoformat(plan["told"]), zone)
        for one in plan["candidacy"]:
            candidacy = made[one["member"]]
            self._review(plan, one, candidacy, closes)
            with clock.at(told - timedelta(days=1)):
                applying.decide(candidacy, one["decision"], rank=one.get("rank"), by=manager)
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
