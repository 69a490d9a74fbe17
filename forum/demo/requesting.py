"""What the demonstration network asks for, who stands behind it, and what became of it."""

from datetime import timedelta
from typing import Any

from forum.agenda import actions as agenda
from forum.agenda.actions.asking import Said
from forum.agenda.queries import get_request
from forum.core import clock
from forum.demo.discussing import Discussions, read


class Requests(Discussions):
    """The part of the network that asks; people, events and topics are there already, by their keys."""

    def make_requests(self) -> None:
        """All of them: first asked, then decided."""
        made: dict[str, int] = {}
        plans = read("requests.toml")["request"]
        for plan in plans:
            made[plan["key"]] = self._ask(plan)
        for plan in plans:
            if "decided_days_ago" in plan:
                with clock.at(self.now - timedelta(days=plan["decided_days_ago"])):
                    self._decide(plan, made)

    def _ask(self, plan: dict[str, Any]) -> int:
        asked_at = self.now - timedelta(days=plan["days_ago"])
        with clock.at(asked_at):
            said = Said(title=plan["title"], words=plan["words"])
            request_id = agenda.ask(said, space_id=self.spaces["network"].id, by=self.readers[plan["asker"]])
        for number, key in enumerate(plan["seconded"], start=1):
            reader = self.readers[key]
            with clock.at(asked_at + timedelta(hours=7 * number)):
                agenda.second(get_request(request_id, reader=reader), by=reader)
        return request_id

    def _decide(self, plan: dict[str, Any], made: dict[str, int]) -> None:
        by = self.readers["manager"]
        request = get_request(made[plan["key"]], reader=by)
        if "workshop" in plan:
            agenda.schedule(request, workshop_id=self.workshops[plan["workshop"]].id, by=by)
        elif "merged_into" in plan:
            agenda.merge(request, into=get_request(made[plan["merged_into"]], reader=by), by=by)
        elif "topic" in plan:
            agenda.answer(request, link=f"/topics/{self.topics[plan['topic']]}", words=plan["answer"], by=by)
        else:
            agenda.decline(request, reason=plan["reason"], by=by)
