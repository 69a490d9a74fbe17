"""What was said at events of the demonstration, and what those who were there would have it say."""

from datetime import timedelta

from forum.core import clock
from forum.demo.discussing import read
from forum.demo.requesting import Requests
from forum.records import actions as records
from forum.records.queries import get_line, get_record


class Records(Requests):
    """The part of the network that remembers."""

    def make_records(self) -> None:
        """Each some days after its event."""
        for plan in read("records.toml")["record"]:
            workshop = self.workshops[plan["workshop"]]
            kept_at = workshop.ends_at + timedelta(days=plan["at_days_after"])
            with clock.at(kept_at):
                said = {"text": plan["text"], "language": plan["language"], "kind": plan["kind"]}
                record = records.keep_record(workshop, by=self.readers["manager"], **said)
            for one in plan.get("corrections", ()):
                reader = self.readers[one["member"]]
                with clock.at(kept_at + timedelta(hours=9)):
                    row = get_record(record.id, reader=reader)
                    records.correct(row, get_line(row, one["line"]), words=one["words"], by=reader)
            if plan.get("published"):
                with clock.at(record.open_until):
                    records.publish(record, by=None)
