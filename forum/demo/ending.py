"""What came of an event of the demonstration."""

from datetime import timedelta
from typing import Any

from forum.attending import actions as attending
from forum.closing import actions as closing
from forum.core import clock
from forum.demo.discussing import read
from forum.demo.noting import Notes
from forum.workshops.queries import objective_ids_of


class Endings(Notes):
    """The part of the network that draws its conclusions."""

    def make_closings(self) -> None:
        """Each some days after its event."""
        for plan in read("closing.toml")["closing"]:
            workshop = self.workshops[plan["workshop"]]
            for key in plan["present"]:
                with clock.at(workshop.starts_at):
                    attending.note_member(workshop, member_id=self.members[key], by=self.readers["moderator"])
            outcomes = dict(
                zip(map(str, objective_ids_of(workshop.id)), map(self._outcome, plan["objectives"]), strict=True)
            )
            said = {name: plan[name] for name in ("summary", "recommendations")}
            with clock.at(workshop.ends_at + timedelta(days=plan["at_days_after"])):
                kept = closing.close(workshop, said | {"objectives": outcomes}, version=0, by=self.readers["manager"])
            if correction := plan.get("corrected"):
                for part in ("summary", "recommendations"):
                    said[part] = said[part] | correction.get(part, {})
                with clock.at(workshop.ends_at + timedelta(days=correction["at_days_after"])):
                    whole = said | {"objectives": outcomes}
                    closing.close(workshop, whole, version=kept.version, by=self.readers["manager"])

    def _outcome(self, plan: dict[str, Any]) -> dict[str, str]:
        addresses = [f"/topics/{self.topics[key]}/posts/{number}" for key, number in plan.get("posts", ())]
        return {"outcome": plan["outcome"], "words": plan["words"], "posts": "\n".join(addresses)}
