"""From the data files to the network, action by action, each at its moment."""

import tomllib
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from forum.core import clock, jobs
from forum.core.db import db, transaction
from forum.core.reader import Reader
from forum.members import actions as members
from forum.members import passwords
from forum.members import queries as members_read
from forum.municipalities import actions as municipalities
from forum.spaces import actions as spaces
from forum.spaces.models import Joining, Space, SpaceKind
from forum.topics import actions as topics
from forum.topics import queries as topics_read
from forum.topics.models import ReactionKind
from forum.workshops import actions as workshops
from forum.workshops import queries as workshops_read
from forum.workshops.actions import SpeakerPlan, TalkPlan, WorkshopPlan
from forum.workshops.models import Workshop, WorkshopKind

DATA = Path(__file__).parent / "data"
FOUNDED = datetime(2016, 6, 1, 9, 0, tzinfo=UTC)  # the network's first month


class RealMembersHere(Exception):
    """This database belongs to real people."""


def make_network() -> bool:
    """Make the network; False when it was there already. Raises RealMembersHere."""
    if members_read.count_real_members():
        raise RealMembersHere("This database has real members; the demonstration is not for it.")
    if members_read.count_demonstration_members():
        return False
    _Network().make()
    return True


def _read(name: str) -> dict[str, Any]:
    with (DATA / name).open("rb") as file:
        return tomllib.load(file)


class _Network:
    """What was made so far, by the keys of the data files."""

    def __init__(self) -> None:
        self.now = clock.now()
        self.municipalities: dict[str, int] = {}
        self.members: dict[str, int] = {}
        self.readers: dict[str, Reader] = {}
        self.spaces: dict[str, Space] = {}
        self.workshops: dict[str, Workshop] = {}

    def make(self) -> None:
        """Everything, in one transaction: a demonstration is there or not."""
        with transaction():
            with clock.at(FOUNDED):
                self._make_municipalities()
                self._make_members()
                self._make_spaces()
                self._make_workshops()
            for plan in _read("topics.toml")["topic"]:
                self._make_topic(plan)
        jobs.work()

    def _make_municipalities(self) -> None:
        for one in _read("municipalities.toml")["municipality"]:
            made = municipalities.add_municipality(
                country=one["country"],
                zone=one["zone"],
                names=one["names"],
                population=one.get("population"),
                hosted_population=one.get("hosted_population"),
                population_year=one.get("population_year"),
                population_source=one.get("source", ""),
            )
            self.municipalities[one["key"]] = made.id

    def _make_members(self) -> None:
        for one in _read("members.toml")["member"]:
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

    def _make_spaces(self) -> None:
        for one in _read("spaces.toml")["space"]:
            joining = Joining(one.get("joining", Joining.INVITATION))
            space = spaces.open_space(kind=SpaceKind(one["kind"]), names=one["names"], joining=joining, by=None)
            for key in one.get("members", ()):
                spaces.add_to_space(space, member_id=self.members[key], by=None)
            for asked in one.get("asks", ()):
                with clock.at(self.now - timedelta(days=1)):
                    spaces.ask_to_join(space, reader=self.readers[asked["member"]], why=asked["why"])
            self.spaces[one["key"]] = space

    def _make_workshops(self) -> None:
        plans = _read("workshops.toml")["workshop"]
        for one in plans:
            space = self.spaces[one["space"]]
            self.workshops[one["key"]] = workshops.add_workshop(self._plan(one), space_id=space.id, by=None)
        for one in plans:
            for key in one.get("prepares", ()):
                workshops.link_workshops(self.workshops[one["key"]], prepares=self.workshops[key])
            for key in one.get("follows", ()):
                workshops.link_workshops(self.workshops[key], prepares=self.workshops[one["key"]])

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
            talks=[self._talk(talk) for talk in one.get("talk", ())],
        )

    def _times(self, one: dict[str, Any]) -> tuple[datetime, datetime]:
        """Wall times: real events keep their dates, the others stand around today."""
        if "start" in one:
            return datetime.fromisoformat(one["start"]), datetime.fromisoformat(one["end"])
        day = self.now.astimezone(ZoneInfo(one["zone"])).date() + timedelta(days=one["in_days"])
        starts = datetime.combine(day, time.fromisoformat(one["start_time"]))
        return starts, starts + timedelta(hours=one["hours"])

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

    def _make_topic(self, plan: dict[str, Any]) -> None:
        posts = _read(f"posts/{plan['key']}.toml")["post"]
        first = posts[0]
        author = self.readers[plan["author"]]
        texts = {"title": plan["title"], "words": first["words"], "language": plan["language"]}
        with clock.at(self._moment(first)):
            if "workshop" in plan:
                workshop = workshops_read.get_workshop(
                    self.workshops[plan["workshop"]].id, reader=author, language="en"
                )
                done = workshops.start_topic(workshop, author=author, **texts)
            else:
                done = topics.start_topic(space_id=self.spaces[plan["space"]].id, author=author, **texts)
        for post in posts[1:]:
            self._reply(done.id, post)
        for number, post in enumerate(posts, start=1):
            if "edited" in post:
                self._edit(done.id, number, post)
            self._react(done.id, number, post.get("reactions", {}), self._moment(post) + timedelta(hours=2))
        if plan.get("closed"):
            with clock.at(self._moment(posts[-1]) + timedelta(days=1)):
                topics.close_topic(topics_read.get_topic(done.id, reader=author), by=author)

    def _reply(self, topic_id: int, post: dict[str, Any]) -> None:
        author = self.readers[post["author"]]
        with clock.at(self._moment(post)):
            topic = topics_read.get_topic(topic_id, reader=author)
            done = topics.reply(
                topic,
                author=author,
                words=post["words"],
                language=post["language"],
                reply_to=post.get("reply_to"),
            )
            topics.mark_read(topic, reader=author, number=done.number)

    def _edit(self, topic_id: int, number: int, post: dict[str, Any]) -> None:
        author = self.readers[post["author"]]
        with clock.at(self._moment(post) + timedelta(minutes=12)):
            topic = topics_read.get_topic(topic_id, reader=author)
            written = topics_read.find_post_numbered(topic, number)
            if written is not None:
                topics.edit_post(topic, written, by=author, words=post["edited"], version=written.version)

    def _react(self, topic_id: int, number: int, reactions: dict[str, list[str]], at: datetime) -> None:
        for kind, keys in reactions.items():
            for reader in (self.readers[key] for key in keys):
                with clock.at(at):
                    topic = topics_read.get_topic(topic_id, reader=reader)
                    written = topics_read.find_post_numbered(topic, number)
                    if written is not None:
                        topics.react(topic, written, by=reader, kind=ReactionKind(kind))

    def _moment(self, post: dict[str, Any]) -> datetime:
        if "at" in post:
            return datetime.fromisoformat(post["at"]).replace(tzinfo=UTC)
        return self.now - timedelta(days=post["days_ago"])
