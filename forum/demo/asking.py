"""What the audience asks at events of the demonstration, who was there, and what there is to read."""

from datetime import datetime, timedelta
from typing import Any

from forum.attending import actions as attending
from forum.attending.queries import get_question
from forum.core import clock
from forum.demo.choosing import Calls
from forum.demo.discussing import read
from forum.workshops.models import Workshop
from forum.workshops.queries import talk_ids_of


class Audience(Calls):
    """The part of the network that sits in the hall."""

    def make_audience(self) -> None:
        """Event by event: asked, seconded, answered; came; to be read."""
        for plan in read("questions.toml")["event"]:
            workshop = self.workshops[plan["workshop"]]
            base = min(self.now, workshop.starts_at)
            for one in plan["question"]:
                self._ask_at(workshop, one, base - timedelta(days=one["days"]))
            for place, key in enumerate(plan.get("here", ())):
                with clock.at(workshop.starts_at + timedelta(minutes=2 * place - 5)):
                    attending.arrive(workshop, by=self.readers[key])
            for key in plan.get("noted", ()):
                with clock.at(workshop.ends_at):
                    member_id = self.members[key]
                    attending.note_member(workshop, member_id=member_id, by=self.readers["moderator"])
            for one in plan.get("reading", ()):
                link = one["link"] if "link" in one else f"/topics/{self.topics[one['topic']]}"
                attending.add_reading(workshop, link=link, titles=one.get("titles", {}), by=self.readers["manager"])

    def _ask_at(self, workshop: Workshop, plan: dict[str, Any], asked_at: datetime) -> None:
        talks = talk_ids_of(workshop.id)
        with clock.at(asked_at):
            said = attending.Said(plan["words"], talk_id=talks[plan["talk"] - 1] if "talk" in plan else None)
            id = attending.ask(workshop, said, by=self.readers[plan["member"]])
        for number, key in enumerate(plan["seconded"], start=1):
            reader = self.readers[key]
            with clock.at(asked_at + timedelta(hours=3 * number)):
                attending.second(workshop, get_question(workshop.id, id, reader=reader), by=reader)
        by = self.readers["moderator"]
        question = get_question(workshop.id, id, reader=by)
        if "hidden" in plan:
            with clock.at(asked_at + timedelta(hours=1)):
                attending.hide(question, reason=plan["hidden"], by=by)
        if "answer" in plan:
            with clock.at(workshop.ends_at):
                attending.answer(question, words=plan["answer"], by=by)
