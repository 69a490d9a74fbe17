"""Notes that members of the demonstration took together."""

from datetime import timedelta

from forum.core import clock
from forum.demo.discussing import read
from forum.demo.recording import Records
from forum.pads import actions as pads
from forum.pads.queries import notes_of
from forum.pads.rules import Subject
from forum.registering.queries import has_place
from forum.workshops.queries import get_workshop


class Notes(Records):
    """The part of the network that writes along."""

    def make_notes(self) -> None:
        """Each text so many minutes after its event began."""
        for plan in read("notes.toml")["notes"]:
            workshop = self.workshops[plan["workshop"]]
            for one in plan["text"]:
                reader = self.readers[one["member"]]
                seen = get_workshop(workshop.id, reader=reader, language="en")
                subject = Subject.of_workshop(seen, takes_part=has_place(workshop.id, reader))
                with clock.at(workshop.starts_at + timedelta(minutes=one["minutes"])):
                    version = notes_of(subject.kind, subject.id).version
                    pads.save(subject, words=one["words"], version=version, by=reader)
                    pads.put_pen_down(subject, by=reader)
