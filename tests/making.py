"""Plain builders: each calls the action that the forum itself would call, and gives back ids."""

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import pyotp
from flask import Flask
from sqlalchemy import func, select

from forum.agenda import actions as agenda
from forum.agenda import queries as agenda_read
from forum.agenda.actions.asking import Said
from forum.applying import actions as applying_to
from forum.applying import queries as applying_read
from forum.attending import actions as attending
from forum.attending import queries as attending_read
from forum.closing import actions as closing
from forum.closing import queries as closing_read
from forum.core import clock, mail
from forum.core.db import db, transaction
from forum.core.languages import LANGUAGES, speaking, utc_to_wall
from forum.core.mail import Words
from forum.core.reader import Reader
from forum.core.site import change_site
from forum.core.storage import arrivals, fresh_name
from forum.following import actions as following
from forum.following.models import Level
from forum.handovers import actions as handovers
from forum.holding import actions as holding
from forum.inquiries import actions as inquiries
from forum.inquiries import queries as inquiries_read
from forum.inquiries.actions import SurveyPlan
from forum.joining.actions import applying, importing, inviting
from forum.joining.actions.applying import Asked
from forum.joining.actions.importing.reading import read_table
from forum.joining.models import Invitation
from forum.members import actions as members
from forum.members import codes
from forum.members import queries as members_read
from forum.members.actions import moving, second_step, suspending
from forum.members.models import Member as MemberRow
from forum.members.models import Passkey, SignInWay
from forum.members.passwords import hash_password
from forum.municipalities import actions as municipalities
from forum.municipalities.models import Municipality as MunicipalityRow
from forum.pads import actions as pads
from forum.pads.queries import notes_of
from forum.pads.rules import Subject
from forum.questionnaires import actions as questionnaires
from forum.questionnaires import queries as questionnaires_read
from forum.questionnaires import rules as questionnaires_rules
from forum.questionnaires.actions import QuestionPlan
from forum.questionnaires.models import AnswerSheet
from forum.records import actions as records
from forum.records import queries as records_read
from forum.registering import actions as registering
from forum.registering import queries as registering_read
from forum.spaces import actions as spaces
from forum.spaces import queries as spaces_read
from forum.spaces.models import Space as SpaceRow
from forum.spaces.models import SpaceKind
from forum.surveys import actions as surveys
from forum.surveys.models import PollOption
from forum.topics import actions as topics
from forum.topics import queries as topics_read
from forum.topics.models import Post as PostRow
from forum.topics.models import ReactionKind
from forum.workshops import actions as workshops
from forum.workshops import queries as workshops_read
from forum.workshops.actions import SessionPlan, TalkPlan, WorkshopPlan
from forum.workshops.models import Workshop as WorkshopRow
from forum.workshops.models import WorkshopKind
from tests import samples

PASSWORD = "a good password"

hashed = cache(hash_password)  # each password once: it was a quarter of the time of all tests


@dataclass(frozen=True)
class Municipality:
    """A municipality that was made."""

    id: int
    names: dict[str, str]


@dataclass(frozen=True)
class Member:
    """A member who was made."""

    id: int
    email: str
    name: str
    password: str = PASSWORD


@dataclass
class Phone:
    """An app that shows codes, and the recovery codes that came with it."""

    key: str
    recovery_codes: list[str]
    step: int  # of the last code that was used

    def code(self) -> str:
        """One that was not used yet. Two are left after the one that set the app up: more need another time."""
        now = int(clock.now().timestamp()) // codes.LIFE
        self.step = max(self.step + 1, now)
        assert self.step <= now + codes.AROUND, "no code is left for now"
        return code_at(self.key, self.step)


def code_at(key: str, step: int) -> str:
    """What an app with this key shows in this half minute since 1970."""
    return pyotp.TOTP(key.replace(" ", "")).generate_otp(step)


@dataclass(frozen=True)
class Space:
    """A space that was made."""

    id: int
    kind: SpaceKind


@dataclass(frozen=True)
class Workshop:
    """A workshop that was made."""

    id: int
    space_id: int
    title: str


@dataclass(frozen=True)
class Post:
    """A post that was made."""

    id: int
    number: int
    topic_id: int
    author: Member


@dataclass(frozen=True)
class Theme:
    """A theme that was made."""

    id: int
    name: str


@dataclass(frozen=True)
class Survey:
    """A survey, with its questionnaire."""

    id: int
    questionnaire_id: int
    title: str


@dataclass(frozen=True)
class Poll:
    """A poll, with the ids of its options."""

    id: int
    options: list[int]


@dataclass(frozen=True)
class Topic:
    """A topic that was made; `post` is its first."""

    id: int
    title: str
    space_id: int
    author: Member
    post: Post

    @property
    def path(self) -> str:
        """Its address without language."""
        return f"/topics/{self.id}"


class Making:
    """Builders on one application. What is not named is made: a topic has an author and a public space."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self._count = 0
        self._author: Member | None = None
        self._manager: Member | None = None
        self._public: Space | None = None

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A context and a transaction, as a face opens them."""
        with self.app.app_context(), transaction():
            yield

    def _next(self) -> int:
        self._count += 1
        return self._count

    def letter(self, address: str = "somebody@example.org", subject: str = "A subject", **texts: Any) -> int:
        """A letter that waits; its id."""
        with self.writing(), speaking(texts.pop("language", "en")):
            return mail.queue("test", address, Words(subject, texts.pop("before", ["A paragraph."]), **texts)).id

    def letters(self, kind: str) -> list[mail.Letter]:
        """All of one kind that were written."""
        with self.app.app_context():
            return list(
                db.session.scalars(select(mail.Letter).where(mail.Letter.kind == kind).order_by(mail.Letter.id))
            )

    def application(self, name: str = "An Applicant", *, confirmed: bool = True, **said: Any) -> int:
        """An application, for a town that the network does not know unless it says otherwise; its id."""
        number = self._next()
        given = {"email": f"applicant{number}@example.org", "language": "en", "town": "Deir Alla", "country": "JO"}
        if "municipality_id" in said:
            given |= {"town": "", "country": ""}
        with self.writing():
            asked = Asked(**({"display_name": name, "reason": "We host many families."} | given | said))
            made = applying.apply(asked, address="127.0.0.1")
            if confirmed:
                applying.receive(made)
            return made.id

    def invitation(self, email: str | None = None, *, municipality: Municipality | None = None, **more: Any) -> int:
        """An open invitation; its id."""
        by, town = self.reader(self.manager()), municipality or self.municipality()
        guest = inviting.Guest(email or f"guest{self._next()}@example.org", more.pop("name", ""))
        with self.writing():
            inviting.invite([guest], by=by, municipality_id=town.id, language=more.pop("language", "en"))
            return db.session.scalar(select(func.max(Invitation.id))) or 0

    def member_list(self, table: str | None = None) -> int:
        """A list of members that was looked at; its id."""
        by = self.reader(self.manager())
        text = table or f"Name,E-mail\nA Guest,guest{self._next()}@example.org"
        with self.writing():
            return importing.take_table(read_table(text), name="members.csv", language="en", by=by)[0]

    def phone(self, member: Member) -> Phone:
        """The member sets up an app for codes, on a device of its own."""
        with self.writing(), clock.at(clock.now()):
            step = int(clock.now().timestamp()) // codes.LIFE - codes.AROUND
            row = members_read.get_member(member.id)
            device = {"way": SignInWay.PASSWORD, "address": "192.0.2.77", "agent": "a phone"}
            members.sign_in(row, **device)
            db.session.flush()
            session = members_read.sessions_of(member.id)[0]
            key = codes.key_of(second_step.begin_app(row).new_salt or b"")
            changed = second_step.confirm_app(row, session, code_at(key, step))
            return Phone(key, changed.recovery_codes, step)

    def passkeys(self, member: Member, number: int) -> None:
        """So many, that no device holds."""
        with self.writing():
            for _n in range(number):
                db.session.add(
                    Passkey(
                        member_id=member.id,
                        credential_id=secrets.token_bytes(16),
                        public_key=b"",
                        sign_count=0,
                        name="A passkey",
                        created_at=clock.now(),
                    )
                )

    # People and places

    def municipality(self, name: str | None = None, *, country: str = "JO", **texts: Any) -> Municipality:
        """A municipality; `name` is taken in all four languages unless `names` says otherwise."""
        names = texts.pop("names", None) or dict.fromkeys(LANGUAGES, name or f"Town {self._next()}")
        with self.writing():
            made = municipalities.add_municipality(
                country=country, zone=texts.pop("zone", "Asia/Amman"), names=names, **texts
            )
            return Municipality(made.id, names)

    def rename_municipality(self, municipality: Municipality, name: str) -> None:
        """Another name in all four languages."""
        with self.writing():
            row = db.session.get_one(MunicipalityRow, municipality.id)
            municipalities.rename_municipality(row, names=dict.fromkeys(LANGUAGES, name))

    def member(
        self,
        name: str | None = None,
        *,
        roles: Sequence[str] = (),
        municipality: Municipality | None = None,
        space: Space | None = None,
        email: str | None = None,
        language: str = "en",
        **texts: Any,
    ) -> Member:
        """A member who signs in with PASSWORD; with `space`, one who belongs to it."""
        number = self._next()
        name = name or f"Member {number}"
        email = email or f"member{number}.{secrets.token_hex(3)}@example.org"
        with self.writing():
            row = members.add_member(
                email=email,
                password=hashed(texts.pop("password", PASSWORD)),
                is_hashed=True,
                display_name=name,
                name_language=texts.pop("name_language", "en"),
                language=language,
                zone=texts.pop("zone", "Asia/Amman"),
                municipality_id=municipality.id if municipality else None,
                **texts,
            )
            for role in roles:
                members.give_role(row, role, by=None)
            made = Member(row.id, email, name)
        if space is not None:
            self.add_to_space(space, made)
        return made

    def author(self) -> Member:
        """Who writes when nobody is named."""
        self._author = self._author or self.member("Amal Haddad")
        return self._author

    def manager(self) -> Member:
        """Who manages when nobody is named."""
        self._manager = self._manager or self.member("The Manager", roles=["manager", "admin"])
        return self._manager

    def reader(self, member: Member) -> Reader:
        """The member as a reader, as they are now."""
        with self.app.app_context():
            return members_read.reader_for(member.id)

    def rename(self, member: Member, name: str) -> None:
        """Another name."""
        with self.writing():
            members.rename_member(db.session.get_one(MemberRow, member.id), display_name=name)

    def role(self, member: Member, role: str, scope: tuple[str, int] = ("site", 0)) -> None:
        """A right more."""
        with self.writing():
            members.give_role(db.session.get_one(MemberRow, member.id), role, by=None, scope=scope)

    def take_role(self, member: Member, role: str) -> None:
        """A right less."""
        by = self.reader(self.manager())
        with self.writing():
            members.take_role(db.session.get_one(MemberRow, member.id), role, by=by)

    def suspend(self, member: Member, *, until: datetime | None = None) -> None:
        """Signed out everywhere, and no way in."""
        by = self.reader(self.manager())
        with self.writing():
            suspending.suspend_member(db.session.get_one(MemberRow, member.id), by=by, why="a test", until=until)

    def move(self, member: Member, municipality: Municipality | None) -> None:
        """To another municipality, or out of office."""
        by = self.reader(self.manager())
        with self.writing():
            row = db.session.get_one(MemberRow, member.id)
            if municipality is None:
                moving.leave_office(row, by=by)
            else:
                moving.move_member(row, municipality_id=municipality.id, post_held=row.post_held, by=by)

    def handover(
        self, leaver: Member, successor: Member, *, drafts: Sequence[tuple[str, int]] = (), by: Member | None = None
    ) -> int:
        """A handover that waits for the successor; its id."""
        reader = self.reader(by or leaver)
        with self.writing():
            row = db.session.get_one(MemberRow, leaver.id)
            return handovers.name_successor(row, successor_id=successor.id, drafts=drafts, by=reader).id

    # Spaces

    def space(self, kind: str = "public", *, members: Sequence[Member] = ()) -> Space:
        """A space with these members."""
        with self.writing():
            row = spaces.open_space(kind=SpaceKind(kind), names=dict.fromkeys(LANGUAGES, f"A {kind} space"), by=None)
            for member in members:
                spaces.add_to_space(row, member_id=member.id, by=None)
            return Space(row.id, SpaceKind(kind))

    def public(self) -> Space:
        """The public space of this test."""
        self._public = self._public or self.space("public")
        return self._public

    def add_to_space(self, space: Space, member: Member) -> None:
        """May see it from now on."""
        with self.writing():
            spaces.add_to_space(db.session.get_one(SpaceRow, space.id), member_id=member.id, by=None)

    def remove_from_space(self, space: Space, member: Member) -> None:
        """May see it no more."""
        with self.writing():
            spaces.remove_from_space(db.session.get_one(SpaceRow, space.id), member_id=member.id, by=None)

    def change_space(self, space: Space, kind: str) -> None:
        """Open to others than before."""
        with self.writing():
            spaces.change_kind(db.session.get_one(SpaceRow, space.id), kind=SpaceKind(kind), by=None)

    # Workshops

    def workshop(self, title: str | None = None, *, space: Space | None = None, **plan: Any) -> Workshop:
        """A webinar tomorrow for two hours, in the public space, unless the plan says otherwise."""
        space = space or self.public()
        title = title or f"Webinar {self._next()}"
        starts = plan.pop("starts", (clock.now() + timedelta(days=1)).replace(tzinfo=None, second=0, microsecond=0))
        given: dict[str, Any] = {
            "kind": WorkshopKind.WEBINAR,
            "zone": "Asia/Amman",
            "starts": starts,
            "ends": starts + timedelta(hours=2),
            "is_online": True,
            "colour": "teal",
            "title": plan.pop("titles", None) or dict.fromkeys(LANGUAGES, title),
            "summary": dict.fromkeys(LANGUAGES, "What it is about."),
            "words": dict.fromkeys(LANGUAGES, "What it is about, at length."),
            "spoken": ("ar", "en"),
            "interpretation": ("fr",),
        }
        with self.writing():
            row = workshops.add_workshop(WorkshopPlan(**(given | plan)), space_id=space.id, by=None)
            return Workshop(row.id, space.id, title)

    def session(
        self, workshop: Workshop, title: str | None = None, *, starts: datetime | None = None, minutes: int = 1
    ) -> int:
        """A session, after those that are there unless the plan says when, within the workshop; its id."""
        with self.writing():
            row = db.session.get_one(WorkshopRow, workshop.id)
            last = workshops_read.session_plans_of(workshop.id)
            starts = starts or datetime.fromisoformat(last[-1].ends_wall if last else row.starts_wall)
            ends = starts + timedelta(minutes=minutes)
            plan = SessionPlan(title={"en": title or f"Session {self._next()}"}, starts=starts, ends=ends)
            return workshops.add_session(row, plan, by=None).id

    def talk(self, workshop: Workshop, title: str | None = None) -> int:
        """A talk in English without a speaker; its id."""
        plan = TalkPlan(title={"en": title or f"Talk {self._next()}"}, languages=("en",), speakers=())
        with self.writing():
            return workshops.add_talk(db.session.get_one(WorkshopRow, workshop.id), plan, by=None).id

    def link(self, workshop: Workshop, *, prepares: Workshop) -> None:
        """The one prepares the other."""
        with self.writing():
            first, second = (db.session.get_one(WorkshopRow, one.id) for one in (workshop, prepares))
            workshops.link_workshops(first, prepares=second)

    def material(self, workshop: Workshop, title: str = "To read", *, language: str = "en") -> int:
        """A link; its id."""
        by = self.reader(self.manager())
        with self.writing():
            row = db.session.get_one(WorkshopRow, workshop.id)
            link = "https://example.org/read"
            return workshops.add_material(row, title=title, language=language, link=link, by=by).id

    def admission(self, workshop: Workshop, *, capacity: int | None = None, link: str = "") -> None:
        """So many places, and how one joins."""
        with self.writing():
            registering.set_admission(workshop.id, capacity=capacity, joining_link=link, by=None)

    def registration(self, workshop: Workshop, member: Member, answer: str = "yes", **said: Any) -> int:
        """A member's answer; its id."""
        reader = self.reader(member)
        with self.writing():
            row = db.session.get_one(WorkshopRow, workshop.id)
            return registering.register(row, registering.Given(answer, **said), by=reader).id

    # Notes that are taken together

    def notes(self, workshop: Workshop, words: str, *, by: Member, pen: bool = False) -> None:
        """Somebody with a place, or of the staff, notes these words over what is there; with `pen` they go on."""
        reader = self.reader(by)
        with self.writing():
            seen = workshops_read.get_workshop(workshop.id, reader=reader, language="en")
            subject = Subject.of_workshop(seen, takes_part=registering_read.has_place(workshop.id, reader))
            pads.save(subject, words=words, version=notes_of(subject.kind, subject.id).version, by=reader)
            if not pen:
                pads.put_pen_down(subject, by=reader)

    # Calls for applications

    def call(
        self,
        workshop: Workshop,
        *,
        seats: int = 2,
        reviewers: Sequence[Member] = (),
        criteria: Sequence[tuple[str, int]] = (("What they bring", 5), ("What they take home", 10)),
        closed: bool = False,
        words: dict[str, str] | None = None,
    ) -> None:
        """A call that closes in half a day; `closed`: it did an hour ago, and `candidacy` still works."""
        by, now = self.reader(self.manager()), clock.now()
        closes = now - timedelta(hours=1) if closed else now + timedelta(hours=12)
        plan = applying_to.CallPlan(
            closes=utc_to_wall(closes, "Asia/Amman").replace(second=0, microsecond=0),
            zone="Asia/Amman",
            seats=seats,
            words=words or dict.fromkeys(LANGUAGES, "Who works on this should apply."),
            criteria=[applying_to.CriterionPlan(dict.fromkeys(LANGUAGES, name), most) for name, most in criteria],
            reviewer_ids=[one.id for one in reviewers],
        )
        with self.writing(), clock.at(closes - timedelta(days=2)):
            applying_to.set_call(db.session.get_one(WorkshopRow, workshop.id), plan, by=by)

    def candidacy(self, workshop: Workshop, member: Member, words: str = "We host many families.", **said: Any) -> int:
        """A member's application, sent while the call was open; its id."""
        by = self.reader(member)
        with self.writing():
            row = db.session.get_one(WorkshopRow, workshop.id)
            with clock.at(applying_read.get_call(workshop.id).closes_at - timedelta(hours=1)):
                return applying_to.apply(row, applying_to.Presented(words, **said), by=by).id

    def assign(self, workshop: Workshop) -> None:
        """The clock closes what is due, and reviewers get theirs."""
        with self.writing():
            applying_to.close_calls()

    def decide(self, workshop: Workshop, candidacy_id: int, decision: str, rank: int | None = None) -> None:
        """A proposal."""
        by = self.reader(self.manager())
        with self.writing():
            row = applying_read.get_candidacy(workshop.id, candidacy_id)
            applying_to.decide(row, decision, rank=rank, by=by)

    def tell(self, workshop: Workshop) -> None:
        """Everybody is told."""
        by = self.reader(self.manager())
        with self.writing():
            applying_to.tell_everybody(db.session.get_one(WorkshopRow, workshop.id), by=by)

    # After an event

    def over(self, title: str | None = None, *, days: int = 3, **plan: Any) -> Workshop:
        """An event that ended some days ago, with two objectives."""
        starts = (clock.now() - timedelta(days=days)).replace(tzinfo=None, second=0, microsecond=0)
        aims = [{"en": "Compare costs", "ar": "مقارنة الكلفة"}, {"en": "Agree on a first step"}]
        return self.workshop(title, starts=starts, **{"objectives": aims} | plan)

    def objectives(self, workshop: Workshop) -> list[int]:
        """Their ids."""
        with self.app.app_context():
            return workshops_read.objective_ids_of(workshop.id)

    def closed(self, workshop: Workshop, *, by: Member | None = None, **said: Any) -> None:
        """Its record is published."""
        outcomes = {str(id): {"outcome": "met", "words": {}, "posts": ""} for id in self.objectives(workshop)}
        given = {"summary": {"en": "What came of it."}, "objectives": outcomes} | said
        reader = self.reader(by or self.manager())
        with self.writing():
            row, version = db.session.get_one(WorkshopRow, workshop.id), closing_read.draft_of(workshop.id).version
            closing.close(row, given, version=version, by=reader)

    def recording(self, workshop: Workshop, content: bytes = b"", *, name: str = "talk.mp3") -> int:
        """The file of a recording is handed in; its id."""
        by, content = self.reader(self.manager()), content or samples.mp3()
        with self.app.app_context():
            path = arrivals() / fresh_name()
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            stored = closing.store_recording(path, name=name, size=len(content))
        with self.writing():
            return closing.hand_in(db.session.get_one(WorkshopRow, workshop.id), stored, by=by).id

    # Records

    def record(self, workshop: Workshop, text: str = "What was said.", *, language: str = "en", **said: Any) -> int:
        """What was said at a workshop, which begins if it has not yet; its id. `published`: at once."""
        published = said.pop("published", False)
        with self.app.app_context():
            begins_at = db.session.get_one(WorkshopRow, workshop.id).starts_at
        with clock.at(max(clock.now(), begins_at)), self.writing():
            row = db.session.get_one(WorkshopRow, workshop.id)
            made = records.keep_record(row, text=text, language=language, kind=said.pop("kind", "transcript"), by=None)
            if published:
                records.publish(made, by=None)
            return made.id

    def correction(self, record_id: int, number: int, words: str, *, by: Member) -> int:
        """A correction that waits; its id."""
        reader = self.reader(by)
        with self.writing():
            record = records_read.get_record(record_id, reader=reader)
            line = records_read.get_line(record, number)
            return records.correct(record, line, words=words, by=reader).id

    # Questionnaires

    def questionnaire(self, space: Space | None = None, *plans: QuestionPlan) -> int:
        """One that belongs to a space, whose readers may all see its name and whose managers design it; its id."""
        questionnaires_rules.SUBJECTS["space"] = _space_of_questions
        space = space or self.public()
        with self.writing():
            made = questionnaires.begin_questionnaire("space", space.id)
            for plan in plans or (QuestionPlan("choice", {"en": "Shall we?"}, options=({"en": "Yes"}, {"en": "No"})),):
                questionnaires.add_question(made, plan, by=None)
            return made.id

    def question_ids(self, questionnaire_id: int) -> list[int]:
        """What it asks now, in order."""
        with self.app.app_context():
            one = questionnaires_read.get_questionnaire(questionnaire_id)
            return [asked.id for asked in questionnaires_read.asked_of(one, "en")]

    def asked(self, questionnaire_id: int) -> list[questionnaires_read.Asked]:
        """What it asks now, in English."""
        with self.app.app_context():
            return questionnaires_read.asked_of(questionnaires_read.get_questionnaire(questionnaire_id), "en")

    def edition(self, questionnaire_id: int) -> int:
        """The version of its questions."""
        with self.app.app_context():
            return questionnaires_read.get_questionnaire(questionnaire_id).version

    def answers(self, questionnaire_id: int, member: Member, *values: Any, **said: Any) -> int:
        """A member's sheet, with what they choose (words of options), say or count, question by question; its id."""
        by = self.reader(member)
        with self.writing():
            one = questionnaires_read.get_questionnaire(questionnaire_id)
            asked = questionnaires_read.asked_of(one, "en")
            sent = {}
            for question, value in zip(asked, values, strict=False):
                words = {option.words: str(option.lineage) for option in question.options}
                for row in question.rows:
                    sent[question.row_name(row)] = [words[value[row.words]]] if row.words in (value or {}) else []
                given = value if isinstance(value, list) else [] if value is None or question.rows else [str(value)]
                sent[question.name] = [words.get(text, text) for text in given]
            answers, errors = questionnaires.read_answers(asked, sent)
            assert not errors, errors
            return questionnaires.keep_sheet(one, answers, by=by, language="en", **said).id

    def sheet(self, sheet_id: int) -> AnswerSheet:
        """What is on it besides answers."""
        with self.app.app_context():
            return questionnaires_read.get_sheet(sheet_id)

    # Surveys

    def survey(self, *plans: QuestionPlan, title: str = "What do you lack?", **said: Any) -> Survey:
        """One that is open to the members of the network and asks this, in the public space unless it is of an event;
        `previous` copies instead."""
        workshop, space = said.pop("workshop", None), said.pop("space", None) or self.public()
        by, now = self.reader(self.manager()), clock.now()
        given = {"occasion": "after" if workshop else "yearly", "voice": "member", "title": {"en": title}}
        given |= {"workshop_id": workshop.id if workshop else None, "space_id": space.id}
        given |= {"opens_at": now - timedelta(hours=1), "closes_at": now + timedelta(days=7)} | said
        with self.writing():
            made = inquiries.add_survey(SurveyPlan(**given), by=by)
            asked = questionnaires_read.find_questionnaire("survey", made.id)
            default = QuestionPlan("choice", {"en": "Shall we?"}, options=({"en": "Yes"}, {"en": "No"}))
            for plan in plans or (() if "previous_id" in given else (default,)):
                questionnaires.add_question(asked, plan, by=None)
            return Survey(made.id, asked.id, title)

    def close_survey(self, survey: Survey) -> None:
        """No answers any more."""
        by = self.reader(self.manager())
        with self.writing():
            inquiries.close_survey(inquiries_read.get_row(survey.id), by=by)

    def focal_point(self, member: Member, municipality: Municipality) -> None:
        """Who stands behind what the municipality answers."""
        with self.writing():
            row = db.session.get_one(MemberRow, member.id)
            inquiries.name_focal_point(row, municipality.id, by=None)

    # Requests

    def request(
        self, title: str | None = None, *, asker: Member | None = None, space: Space | None = None, words: str = ""
    ) -> int:
        """Something that the asker's municipality needs; its id."""
        said = Said(title=title or f"We need number {self._next()}", words=words, language="en")
        by, space = self.reader(asker or self.author()), space or self.public()
        with self.writing():
            return agenda.ask(said, space_id=space.id, by=by)

    def second(self, request_id: int, member: Member) -> None:
        """The member's municipality needs it too."""
        by = self.reader(member)
        with self.writing():
            agenda.second(agenda_read.get_request(request_id, reader=by), by=by)

    # Being there

    def question(
        self, workshop: Workshop, words: str | None = None, *, asker: Member | None = None, **said: Any
    ) -> int:
        """A question of the audience; its id."""
        by, asked = self.reader(asker or self.author()), attending.Said(words or f"What of {self._next()}?", **said)
        with self.writing():
            return attending.ask(workshops_read.get_row(workshop.id), asked, by=by)

    def voice(self, workshop: Workshop, question_id: int, member: Member) -> None:
        """The member seconds it."""
        by = self.reader(member)
        with self.writing():
            question = attending_read.get_question(workshop.id, question_id, reader=by)
            attending.second(workshops_read.get_row(workshop.id), question, by=by)

    def answered(self, workshop: Workshop, question_id: int, words: str = "", *, link: str = "") -> None:
        """A moderator marks it answered."""
        by = self.reader(self.manager())
        with self.writing():
            question = attending_read.get_question(workshop.id, question_id, reader=by)
            attending.answer(question, words=words, link=link, by=by)

    def reading(self, workshop: Workshop, title: str = "To read") -> int:
        """A link on its reading list; its id."""
        by, titles = self.reader(self.manager()), {"en": title}
        with self.writing():
            row = workshops_read.get_row(workshop.id)
            link = f"https://example.org/read/{self._next()}"
            return attending.add_reading(row, link=link, titles=titles, by=by).id

    def attendance(self, workshop: Workshop, member: Member) -> None:
        """Staff notes that the member was there."""
        by = self.reader(self.manager())
        with self.writing():
            attending.note_member(workshops_read.get_row(workshop.id), member_id=member.id, by=by)

    # Topics

    def theme(self, name: str | None = None, *, below: Theme | None = None, position: int = 0) -> Theme:
        """A theme of the tree; `name` is taken in all four languages."""
        name = name or f"Theme {self._next()}"
        with self.writing():
            row = topics.add_theme(
                names=dict.fromkeys(LANGUAGES, name), parent_id=below.id if below else None, position=position, by=None
            )
            return Theme(row.id, name)

    def topic(
        self,
        title: str | None = None,
        *,
        words: str = "Where does the water go?",
        author: Member | None = None,
        space: Space | None = None,
        workshop: Workshop | None = None,
        language: str | None = "en",
        replies: int = 0,
        key: str | None = None,
        **labels: Any,
    ) -> Topic:
        """A topic, perhaps in a workshop, perhaps with some replies by its author; `labels` are themes, tags, kind."""
        author = author or self.author()
        title = title or f"Topic {self._next()}"
        reader = self.reader(author)
        texts = {"author": reader, "title": title, "words": words, "language": language, "key": key, **labels}
        space_id = workshop.space_id if workshop else (space or self.public()).id
        with self.writing():
            if workshop:
                row = workshops_read.get_workshop(workshop.id, reader=reader, language="en")
                done = workshops.start_topic(row, **texts)
            else:
                done = topics.start_topic(space_id=space_id, **texts)
        with self.app.app_context():
            first = db.session.scalar(select(func.min(PostRow.id)).where(PostRow.topic_id == done.id))
        made = Topic(done.id, title, space_id, author, Post(first, 1, done.id, author))
        if replies:
            self.replies(made, replies, author=author)
        return made

    def reply(
        self, topic: Topic, words: str = "Into the valley.", *, author: Member | None = None, **more: Any
    ) -> Post:
        """A reply; `more` is what the action takes: language, reply_to, key."""
        author = author or self.author()
        reader = self.reader(author)
        with self.writing():
            seen = topics_read.get_topic(topic.id, reader=reader)
            done = topics.reply(seen, author=reader, words=words, **({"language": "en"} | more))
        return Post(done.id, done.number, topic.id, author)

    def held(self, topic: Topic, words: str = "My first words.", *, author: Member) -> int:
        """A reply that waits for a moderator, whatever the settings say; its id."""
        reader = self.reader(author)
        with self.writing():
            said = {"words": words, "html": f"<p>{words}</p>", "language": "en", "direction": "ltr"}
            return holding.hold(reader, topic_id=topic.id, space_id=topic.space_id, **said)

    def site(self, **settings: Any) -> None:
        """Other settings of the site."""
        by = self.reader(self.manager())
        with self.writing():
            change_site(settings, by=by)

    def replies(self, topic: Topic, number: int, *, author: Member | None = None) -> list[Post]:
        """Many replies, in one transaction."""
        author = author or self.author()
        reader = self.reader(author)
        with self.writing():
            seen = topics_read.get_topic(topic.id, reader=reader)
            done = [
                topics.reply(seen, author=reader, words=f"Reply {count}.", language="en")
                for count in range(1, number + 1)
            ]
        return [Post(one.id, one.number, topic.id, author) for one in done]

    def edit(self, post: Post, words: str, *, by: Member | None = None) -> None:
        """Other words."""
        reader = self.reader(by or post.author)
        with self.writing():
            row = topics_read.get_post(post.id, reader=reader)
            seen = topics_read.get_topic(row.topic_id, reader=reader)
            topics.edit_post(seen, row, by=reader, words=words, version=row.version)

    def hide(self, post: Post, *, by: Member | None = None) -> None:
        """Out of sight."""
        reader = self.reader(by or self.manager())
        with self.writing():
            row = topics_read.get_post(post.id, reader=reader)
            topics.hide_post(topics_read.get_topic(row.topic_id, reader=reader), row, by=reader, why="a test")

    def accept(self, post: Post, *, by: Member) -> None:
        """Accept the post as the answer to its topic's question."""
        reader = self.reader(by)
        with self.writing():
            row = topics_read.get_post(post.id, reader=reader)
            topics.accept_answer(topics_read.get_topic(row.topic_id, reader=reader), row, by=reader)

    def poll(
        self, topic: Topic, question: str = "Shall we meet?", options: Sequence[str] = ("Yes", "No"), **more: Any
    ) -> Poll:
        """A poll of the topic's author; `more` is what the action takes. Its `options` are ids."""
        reader = self.reader(more.pop("by", topic.author))
        with self.writing():
            seen = topics_read.get_topic(topic.id, reader=reader)
            id = surveys.open_poll(seen, by=reader, question=question, options=options, **more)
        with self.app.app_context():
            query = select(PollOption.id).where(PollOption.poll_id == id).order_by(PollOption.position)
            return Poll(id, list(db.session.scalars(query)))

    def react(self, post: Post, kind: str, *, by: Member) -> None:
        """Say it without words."""
        reader = self.reader(by)
        with self.writing():
            row = topics_read.get_post(post.id, reader=reader)
            topics.react(topics_read.get_topic(row.topic_id, reader=reader), row, by=reader, kind=ReactionKind(kind))

    def show(self, post: Post, *, by: Member | None = None) -> None:
        """Back again."""
        reader = self.reader(by or self.manager())
        with self.writing():
            row = topics_read.get_post(post.id, reader=reader)
            topics.show_post(topics_read.get_topic(row.topic_id, reader=reader), row, by=reader)

    def rename_topic(self, topic: Topic, title: str) -> None:
        """Another title."""
        reader = self.reader(topic.author)
        with self.writing():
            topics.edit_topic(topics_read.get_topic(topic.id, reader=reader), by=reader, title=title)

    def close(self, topic: Topic) -> None:
        """No replies any more."""
        reader = self.reader(topic.author)
        with self.writing():
            topics.close_topic(topics_read.get_topic(topic.id, reader=reader), by=reader)

    def follow(self, topic: Topic, member: Member, level: str = "all") -> None:
        """Hears of it."""
        with self.writing():
            following.follow(member.id, "topic", topic.id, level=Level(level))

    def read(self, topic: Topic, member: Member, number: int) -> None:
        """Has read up to here."""
        reader = self.reader(member)
        with self.writing():
            topics.mark_read(topics_read.get_topic(topic.id, reader=reader), reader=reader, number=number)


def moment(*parts: int) -> datetime:
    """A moment in UTC."""
    return datetime(*parts, tzinfo=UTC)


def _space_of_questions(id: int, reader: Reader, language: str) -> questionnaires_rules.Seen:
    space = spaces_read.get_readable_space(id, reader=reader, language=language)
    may = reader.has_role("manager", "admin")
    return questionnaires_rules.Seen(space.name, language, "spaces.show", {"space_id": id}, may)
