"""From the data files to the network, action by action, each at its moment."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from forum.core import clock, jobs
from forum.core.db import db, transaction
from forum.core.reader import Reader
from forum.demo.discussing import DATA, read
from forum.demo.surveying import Surveys
from forum.handovers import actions as handovers
from forum.joining.actions import applying, importing, inviting
from forum.joining.actions.applying import Asked
from forum.joining.actions.importing.reading import read_table
from forum.members import actions as members
from forum.members import passwords
from forum.members import queries as members_read
from forum.members.actions.profile import Line, Way, change_profile
from forum.members.models import ContactKind, LineKind
from forum.municipalities import actions as municipalities
from forum.registering import actions as registering
from forum.spaces import actions as spaces
from forum.spaces.models import Joining, Space, SpaceKind
from forum.topics import actions as topics
from forum.workshops import actions as workshops
from forum.workshops import queries as workshops_read
from forum.workshops.actions import SessionPlan, SpeakerPlan, TalkPlan, WorkshopPlan
from forum.workshops.models import Workshop, WorkshopKind

FOUNDED = datetime(2016, 6, 1, 9, 0, tzinfo=UTC)  # the network's first month


class RealMembersHere(Exception):
    """This database belongs to real people."""


def make_network() -> bool:
    """Make the network; False when it was there already. Raises RealMembersHere."""
    if members_read.count_demonstration_members():
        return False  # real people may have joined it since
    if members_read.count_real_members():
        raise RealMembersHere("This database has real members; the demonstration is not for it.")
    _Network().make()
    return True


class _Network(Surveys):
    """What was made so far, by the keys of the data files."""

    def __init__(self) -> None:
        self.now = clock.now()
        self.municipalities: dict[str, int] = {}
        self.members: dict[str, int] = {}
        self.readers: dict[str, Reader] = {}
        self.spaces: dict[str, Space] = {}
        self.workshops: dict[str, Workshop] = {}
        self.topics: dict[str, int] = {}
        self.themes: dict[str, int] = {}

    def make(self) -> None:
        """Everything, in one transaction: a demonstration is there or not."""
        with transaction():
            with clock.at(FOUNDED):
                self._make_municipalities()
                self._make_members()
                self._make_spaces()
                self._make_workshops()
                self._make_materials()
                self._make_themes()
                self._make_profiles()
            for plan in read("topics.toml")["topic"]:
                self.make_topic(plan)
            for plan in read("polls.toml")["poll"]:
                self.make_poll(plan)
            for plan in read("held.toml")["held"]:
                self.make_held(plan)
            self._make_registrations()
            self.make_requests()
            self.make_records()
            self.make_notes()
            self.make_calls()
            self.make_audience()
            self.make_closings()
            self.make_surveys()
            self._make_applications()
            self._make_invitations()
            self._make_import()
            self._make_handovers()
        jobs.work()

    def _make_municipalities(self) -> None:
        for one in read("municipalities.toml")["municipality"]:
            made = municipalities.add_municipality(
                country=one["country"],
                zone=one["zone"],
                names=one.get("formerly", one["names"]),
                population=one.get("population"),
                hosted_population=one.get("hosted_population"),
                population_year=one.get("population_year"),
                population_source=one.get("source", ""),
            )
            if "formerly" in one:  # so that the old names are found
                municipalities.rename_municipality(made, names=one["names"])
            self.municipalities[one["key"]] = made.id

    def _make_members(self) -> None:
        for one in read("members.toml")["member"]:
            member = members.add_member(
                email=one["email"],
                password=passwords.DEMONSTRATION,
                display_name=one["name"],
                other_name=one.get("other_name", ""),
                name_language=one["name_language"],
                municipality_id=self.municipalities.get(one.get("municipality", "")),
                post_held=one.get("post_held", ""),
                about=one.get("about", ""),
                language=one["language"],
                reads=one["reads"],
                digits=one.get("digits", "latn"),
                zone=one["zone"],
                is_demonstration=True,
            )
            for role in one.get("roles", ()):
                members.give_role(member, role, by=None)
            db.session.flush()
            self.members[one["key"]] = member.id
            self.readers[one["key"]] = members_read.reader_for(member.id)

    def _make_applications(self) -> None:
        for one in read("applications.toml")["application"]:
            asked_at = self.now - timedelta(hours=one.pop("hours_ago"))
            town = self.municipalities.get(one.pop("municipality", ""))
            with clock.at(asked_at):
                asked = Asked(**one, municipality_id=town)
                applying.receive(applying.apply(asked, address="demonstration"))

    def _make_invitations(self) -> None:
        manager = self.readers["manager"]
        for one in read("applications.toml")["invitation"]:
            guest = inviting.Guest(one["email"], one["name"])
            town = self.municipalities[one["municipality"]]
            with clock.at(self.now - timedelta(days=one["days_ago"])):
                inviting.invite([guest], by=manager, municipality_id=town, language=one["language"])

    def _make_import(self) -> None:
        """A list that was looked at, and waits for somebody to say what becomes of it; people in it know the network
        in every way that a line can."""
        table = DATA / "members-2019.csv"
        with clock.at(self.now - timedelta(hours=20)):
            rows = read_table(table.read_bytes())
            importing.take_table(rows, name=table.name, language="en", by=self.readers["manager"])

    def _make_handovers(self) -> None:
        for one in read("members.toml")["handover"]:
            leaver = members_read.get_member(self.members[one["leaver"]])
            with clock.at(self.now - timedelta(hours=one["hours_ago"])):
                by, successor = self.readers[one["leaver"]], self.members[one["successor"]]
                handovers.name_successor(leaver, successor_id=successor, by=by)

    def _make_spaces(self) -> None:
        for one in read("spaces.toml")["space"]:
            joining = Joining(one.get("joining", Joining.INVITATION))
            space = spaces.open_space(kind=SpaceKind(one["kind"]), names=one["names"], joining=joining, by=None)
            for key in one.get("members", ()):
                spaces.add_to_space(space, member_id=self.members[key], by=None)
            for asked in one.get("asks", ()):
                with clock.at(self.now - timedelta(days=1)):
                    spaces.ask_to_join(space, reader=self.readers[asked["member"]], why=asked["why"])
            self.spaces[one["key"]] = space

    def _make_workshops(self) -> None:
        plans = read("workshops.toml")["workshop"]
        for one in plans:
            space = self.spaces[one["space"]]
            self.workshops[one["key"]] = workshops.add_workshop(self._plan(one), space_id=space.id, by=None)
        for one in plans:
            for key in one.get("prepares", ()):
                workshops.link_workshops(self.workshops[one["key"]], prepares=self.workshops[key])
            for key in one.get("follows", ()):
                workshops.link_workshops(self.workshops[key], prepares=self.workshops[one["key"]])

    def _make_materials(self) -> None:
        for one in read("materials.toml")["material"]:
            workshop = self.workshops[one.pop("workshop")]
            workshops.add_material(workshop, **one, by=self.readers["manager"])

    def _make_registrations(self) -> None:
        """Who comes to which event."""
        for one in read("registrations.toml")["event"]:
            workshop = self.workshops[one["workshop"]]
            talks, base = workshops_read.talk_ids_of(workshop.id), min(self.now, workshop.starts_at)
            with clock.at(base - timedelta(days=30)):
                link = one["joining_link"]
                registering.set_admission(workshop.id, capacity=one.get("capacity"), joining_link=link, by=None)
            for said in (*one["answer"], *one.get("guest", ())):
                talk = talks[said["talk"] - 1] if "talk" in said else None
                given = registering.Given(said["answer"], said.get("wants", ""), said.get("question", ""), talk)
                with clock.at(base - timedelta(days=said["days"])):
                    if "member" in said:
                        registering.register(workshop, given, by=self.readers[said["member"]])
                        continue
                    who = {name: said[name] for name in ("email", "name", "language", "organisation", "country")}
                    asked = registering.ask_guest(workshop, given, registering.Guest(**who), address="demonstration")
                    registering.take_guest(workshop, asked)

    def _plan(self, one: dict[str, Any]) -> WorkshopPlan:
        starts, ends = self._times(one)
        texts = one["texts"]

        def by_language(part: str) -> dict[str, str]:
            return {language: text[part] for language, text in texts.items()}

        return WorkshopPlan(
            kind=WorkshopKind(one["kind"]),
            zone=one["zone"],
            starts=starts,
            ends=ends,
            is_online=one["online"],
            colour=one["colour"],
            title=by_language("title"),
            summary=by_language("summary"),
            words=by_language("words"),
            place=one.get("place", {}),
            country=one.get("country"),
            is_date_approximate=one.get("date_note") == "approximate",
            spoken=one.get("spoken", ()),
            interpretation=one.get("interpretation", ()),
            objectives=one.get("objectives", ()),
            sessions=[self._session(session) for session in one.get("session", ())],
            talks=[self._talk(talk) for talk in one.get("talk", ())],
        )

    def _times(self, one: dict[str, Any]) -> tuple[datetime, datetime]:
        """Wall times: real events keep their dates, the others stand around today."""
        if "start" in one:
            return datetime.fromisoformat(one["start"]), datetime.fromisoformat(one["end"])
        day = self.now.astimezone(ZoneInfo(one["zone"])).date() + timedelta(days=one["in_days"])
        starts = datetime.combine(day, time.fromisoformat(one["start_time"]))
        return starts, starts + timedelta(hours=one["hours"])

    @staticmethod
    def _session(one: dict[str, Any]) -> SessionPlan:
        starts, ends = (datetime.fromisoformat(one[end]) for end in ("start", "end"))
        return SessionPlan(title=one["titles"], starts=starts, ends=ends)

    def _talk(self, one: dict[str, Any]) -> TalkPlan:
        speakers = [
            SpeakerPlan(
                name=speaker.get("name", {}),
                role=speaker.get("role", {}),
                organisation=speaker.get("organisation", {}),
                member_id=self.members.get(speaker.get("member", "")),
            )
            for speaker in one.get("speakers", ())
        ]
        return TalkPlan(title=one["titles"], languages=one["languages"], speakers=speakers)

    def _make_themes(self) -> None:
        for place, one in enumerate(read("themes.toml")["theme"], start=1):
            parent = self.themes.get(one.get("parent", ""))
            theme = topics.add_theme(names=one["names"], parent_id=parent, position=place, by=None)
            self.themes[one["key"]] = theme.id

    def _make_profiles(self) -> None:
        for one in read("profiles.toml")["profile"]:
            offers, needs = (tuple(map(Line, one.get(name, ()))) for name in ("offers", "needs"))
            change_profile(
                members_read.get_member(self.members[one["member"]]),
                lines={LineKind.OFFER: offers, LineKind.NEED: needs},
                contacts={ContactKind(kind): Way(*way) for kind, way in one.get("contacts", {}).items()},
            )
            topics.choose_interests([self.themes[key] for key in one["themes"]], by=self.readers[one["member"]])
