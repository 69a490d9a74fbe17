"""A call with its applicants, for the tests of this folder."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select

from forum.core import clock
from forum.core.db import db
from forum.core.mail import Letter
from forum.core.personal import Who, erase_everywhere, make_over
from forum.registering.models import Registration
from tests.asking import Client
from tests.making import Making, Member


class Choosing:
    """Five applicants for two places: two are to be selected, two to wait (the second of them first), one is not."""

    WORDS = ("selected", "selected", "waiting", "waiting", "declined")

    def __init__(
        self, app: Flask, make: Making, sign_in: Callable[..., Client], *, languages: Sequence[str] = ("en",) * 5
    ) -> None:
        self.app, self.make, self.sign_in = app, make, sign_in
        starts = (clock.now() + timedelta(days=10)).replace(tzinfo=None, microsecond=0)
        self.workshop = make.workshop("The workshop", starts=starts)
        make.call(self.workshop, seats=2, closed=True)
        self.members = [
            make.member(f"Applicant {number}", municipality=make.municipality(), language=language)
            for number, language in enumerate(languages)
        ]
        self.ids = [make.candidacy(self.workshop, one, f"Words of {one.name}.") for one in self.members]
        self.page, self.api = f"/en/workshops/{self.workshop.id}", f"/api/v1/workshops/{self.workshop.id}"
        self.manager = sign_in(make.manager())

    def client(self, number: int) -> Client:
        """An applicant, signed in."""
        return self.sign_in(self.members[number])

    def decide(self, id: int, decision: str, rank: int | None = None) -> None:
        """A proposal."""
        self.make.decide(self.workshop, id, decision, rank)

    def decide_all(self) -> None:
        """As WORDS say."""
        for id, word, rank in zip(self.ids, self.WORDS, (None, None, 2, 1, None), strict=True):
            self.decide(id, word, rank)

    def propose(self, id: int, decision: str, **more: Any) -> Any:
        """The answer of the API."""
        path = f"{self.api}/applications/{id}/decision"
        return self.manager.json("PUT", path, {"decision": decision} | more)

    def told(self, what: str, number: int) -> Any:
        """What an applicant learns."""
        return self.client(number).get(f"{self.api}/application").json[what]

    def places(self) -> dict[int, str]:
        """{number of the applicant: place}."""
        numbers = {one.id: number for number, one in enumerate(self.members)}
        with self.app.app_context():
            query = select(Registration.member_id, Registration.place)
            rows = db.session.execute(query.where(Registration.workshop_id == self.workshop.id)).all()
        return {numbers[row.member_id]: str(row.place) for row in rows}

    def letters(self) -> dict[int, list[Letter]]:
        """{number of the applicant: letters, the first first}."""
        found: dict[int, list[Letter]] = defaultdict(list)
        numbers = {one.id: number for number, one in enumerate(self.members)}
        with self.app.app_context():
            for one in db.session.scalars(select(Letter).order_by(Letter.id)):
                if one.member_id in numbers:
                    found[numbers[one.member_id]].append(one)
        return found

    def who(self, member: Member) -> Who:
        """As tables name them."""
        return Who(member.id, member.email, (member.name,))

    def erase(self, number: int) -> None:
        """All that is held of them."""
        with self.make.writing():
            erase_everywhere(self.who(self.members[number]))

    def merge(self, *, stays: int, goes: int) -> None:
        """Two accounts of one person."""
        with self.make.writing():
            make_over(self.who(self.members[stays]), self.who(self.members[goes]))
