"""Topics of the demonstration: started, answered, edited, reacted to, each at its moment."""

import tomllib
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from forum.core import clock
from forum.core.reader import Reader
from forum.core.text import quote
from forum.core.uploads import Sent
from forum.drafts.actions import keep_draft
from forum.drafts.models import DraftKind
from forum.files.actions import attach
from forum.holding.actions import hold
from forum.spaces.models import Space
from forum.surveys import actions as surveys
from forum.surveys import queries as surveys_read
from forum.topics import actions as topics
from forum.topics import queries as topics_read
from forum.topics.actions.texts import check_title, check_words
from forum.topics.models import ReactionKind, TopicKind
from forum.topics.queries import TopicSeen
from forum.workshops import actions as workshops
from forum.workshops import queries as workshops_read
from forum.workshops.models import Workshop

DATA = Path(__file__).parent / "data"


def read(name: str) -> dict[str, Any]:
    """A data file."""
    with (DATA / name).open("rb") as file:
        return tomllib.load(file)


class Discussions:
    """The part of the network that talks; people, spaces and workshops are there already, by their keys."""

    now: datetime
    members: dict[str, int]
    readers: dict[str, Reader]
    spaces: dict[str, Space]
    workshops: dict[str, Workshop]
    topics: dict[str, int]
    themes: dict[str, int]

    def make_topic(self, plan: dict[str, Any]) -> None:
        """One topic with all that happened in it."""
        posts = read(f"posts/{plan['key']}.toml")["post"]
        first = posts[0]
        author = self.readers[plan["author"]]
        texts = {
            "title": plan["title"],
            "words": self._with_files(first["words"], first),
            "language": plan["language"],
            "themes": [self.themes[key] for key in plan["themes"]],
            "tags": plan["tags"],
            "kind": plan.get("kind"),
        }
        with clock.at(self._moment(first)):
            if "workshop" in plan:
                workshop = workshops_read.get_workshop(
                    self.workshops[plan["workshop"]].id, reader=author, language="en"
                )
                done = workshops.start_topic(workshop, author=author, **texts)
            else:
                done = topics.start_topic(space_id=self.spaces[plan["space"]].id, author=author, **texts)
        self.topics[plan["key"]] = done.id
        for post in posts[1:]:
            self._reply(done.id, post)
        for number, post in enumerate(posts, start=1):
            if "edited" in post:
                self._edit(done.id, number, post)
            self._react(done.id, number, post.get("reactions", {}), self._moment(post) + timedelta(hours=2))
        for number, post in enumerate(posts, start=1):
            self._keep(done.id, number, post.get("kept", {}))
        if "accepted" in plan:
            with clock.at(self._moment(posts[-1]) + timedelta(hours=4)):
                topic = topics_read.get_topic(done.id, reader=author)
                answer = topics_read.find_post_numbered(topic, plan["accepted"])
                if answer is not None:
                    topics.accept_answer(topic, answer, by=author)
        if "draft" in plan:
            self._make_draft(plan)
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
                words=self._with_files(
                    self._quote(topic, post.get("quotes")) + post["words"] + self._links(post.get("links", ())), post
                ),
                language=post["language"],
                reply_to=post.get("reply_to"),
            )
            topics.mark_read(topic, reader=author, number=done.number)

    def _with_files(self, words: str, post: dict[str, Any]) -> str:
        """These words, and below them what the author uploads to the post: pictures with a description, documents."""
        for file in post.get("files", ()):
            sent = Sent(file["name"], (DATA / "files" / file["name"]).read_bytes())
            words = attach(words, sent, owner=self.readers[post["author"]], description=file.get("description", ""))
        return words

    def make_held(self, plan: dict[str, Any]) -> None:
        """What a newcomer wrote and no moderator has looked at: a reply, or a topic of a workshop."""
        author = self.readers[plan["author"]]
        with clock.at(self.now - timedelta(hours=plan["hours_ago"])):
            if "topic" in plan:
                topic = topics_read.get_topic(self.topics[plan["topic"]], reader=author)
                where = {"topic_id": topic.id, "space_id": topic.space_id}
            else:
                workshop = self.workshops[plan["workshop"]]
                title, asks = check_title(plan["title"]), TopicKind.QUESTION
                where = {"workshop_id": workshop.id, "space_id": workshop.space_id, "title": title, "kind": asks}
            text = check_words(plan["words"], language=plan["language"], author=author)
            hold(author, chosen=plan["language"], **text.held(), **where)

    def _make_draft(self, plan: dict[str, Any]) -> None:
        draft = plan["draft"]
        with clock.at(self.now - timedelta(hours=3)):
            kind, topic_id = DraftKind.TOPIC, self.topics[plan["key"]]
            keep_draft(self.members[draft["author"]], kind, topic_id, words=draft["words"], language=draft["language"])

    def _quote(self, topic: TopicSeen, quoted: dict[str, Any] | None) -> str:
        """Markdown that quotes words of a post, by its number in the same topic."""
        if quoted is None:
            return ""
        post = topics_read.find_post_numbered(topic, quoted["number"])
        if post is None:
            raise KeyError(quoted["number"])
        name = topics_read.names_of_quoted([post.id])[0].name
        return quote(quoted["words"], id=post.id, number=post.number, name=name)

    def _links(self, links: Iterable[dict[str, str]]) -> str:
        """Markdown that links to topics and workshops by their keys, each in a paragraph of its own."""
        paths = []
        for link in links:
            id = self.topics[link["key"]] if link["kind"] == "topics" else self.workshops[link["key"]].id
            paths.append(f"/{link['kind']}/{id}")
        return "".join(f"\n\n[{path}]({path})" for path in paths)

    def _edit(self, topic_id: int, number: int, post: dict[str, Any]) -> None:
        author = self.readers[post["author"]]
        with clock.at(self._moment(post) + timedelta(minutes=12)):
            topic = topics_read.get_topic(topic_id, reader=author)
            written = topics_read.find_post_numbered(topic, number)
            if written is not None:
                topics.edit_post(
                    topic,
                    written,
                    by=author,
                    words=post["edited"],
                    version=written.version,
                    reason=post.get("edit_reason", ""),
                )

    def _react(self, topic_id: int, number: int, reactions: dict[str, list[str]], at: datetime) -> None:
        for kind, keys in reactions.items():
            for reader in (self.readers[key] for key in keys):
                with clock.at(at):
                    topic = topics_read.get_topic(topic_id, reader=reader)
                    written = topics_read.find_post_numbered(topic, number)
                    if written is not None:
                        topics.react(topic, written, by=reader, kind=ReactionKind(kind))

    def _keep(self, topic_id: int, number: int, notes: dict[str, str]) -> None:
        """Bookmarks: {member: note}."""
        for key, note in notes.items():
            reader = self.readers[key]
            topic = topics_read.get_topic(topic_id, reader=reader)
            written = topics_read.find_post_numbered(topic, number)
            if written is not None:
                topics.bookmark(topic, written, by=reader, note=note)

    def make_poll(self, plan: dict[str, Any]) -> None:
        """A poll with its votes, which name the options by their places."""
        author = self.readers[plan["author"]]
        closes_at = self.now + timedelta(days=plan["closes_in_days"]) if "closes_in_days" in plan else None
        asked = {name: plan[name] for name in ("question", "options", "kind", "voice", "results") if name in plan}
        with clock.at(self.now - timedelta(hours=3)):
            topic = topics_read.get_topic(self.topics[plan["topic"]], reader=author)
            poll_id = surveys.open_poll(topic, by=author, closes_at=closes_at, **asked)
            poll = surveys_read.get_poll(poll_id, reader=author)
            options = [option.id for option in surveys_read.options_of(poll)]
            for key, places in plan["votes"].items():
                surveys.vote(topic, poll, by=self.readers[key], options=[options[place - 1] for place in places])

    def _moment(self, post: dict[str, Any]) -> datetime:
        if "at" in post:
            return datetime.fromisoformat(post["at"]).replace(tzinfo=UTC)
        return self.now - timedelta(days=post["days_ago"])
