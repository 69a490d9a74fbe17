"""A member of whom something is held in every table, with a mark in everything that says who they are."""

from collections.abc import Callable
from dataclasses import dataclass

from forum.core.languages import LANGUAGES
from forum.core.text.quotes import quote
from forum.joining.actions import deciding, inviting
from forum.members import passwords
from forum.members.actions import resetting, securing
from forum.spaces import actions as spaces
from forum.spaces.models import Joining, SpaceKind
from forum.workshops.actions import SpeakerPlan, TalkPlan
from tests.asking import Client
from tests.making import PASSWORD, Making, Member, Municipality, Poll, Post, Space, Topic, Workshop

MARK = "Zaytouna"
NAME, OTHER_NAME = f"{MARK} Qamar", "زيتونة قمر"
EMAIL = "zaytouna.qamar@example.org"
MARKS = (MARK, "زيتونة", "qamar@", "Beekeeper7351", "Officer7351")

# A table that is not named here may be empty for this member.
TABLES = frozenset(
    """
    letters audit_entries submissions members reading_languages roles sessions tokens exports applications invitations
    space_members space_requests follows drafts topics posts post_versions accepted_answers mentions reactions bookmarks
    read_marks profile_lines contacts theme_interests polls poll_ballots speakers notices told_posts handovers
    """.split()  # noqa: SIM905
)


@dataclass
class Whole:
    """The member, and where to find them."""

    member: Member
    client: Client
    town: Municipality
    topic: Topic  # theirs, a question
    reply: Post  # theirs, in somebody else's topic
    theirs: Topic  # that topic
    poll: Poll  # in it, open, with a voice of theirs
    own_poll: Poll
    workshop: Workshop
    group: Space


def join(make: Making, town: Municipality, *, name: str = NAME, email: str = EMAIL) -> Member:
    """A member who applied, with a profile."""
    make.invitation(email, municipality=town)
    id = make.application(name, email=email, municipality_id=town.id, other_name=OTHER_NAME, post_held="Officer7351")
    by, hashed = make.reader(make.manager()), passwords.hash_password(PASSWORD)
    with make.writing():
        row = deciding.approve(id, by=by, municipality_id=town.id)
        row.about = "Beekeeper7351"
        securing.change_password(row, hashed=hashed, but=None)
        resetting.ask_reset(email, address="127.0.0.1")
        return Member(row.id, email, name)


def _manage(make: Making, member: Member, town: Municipality) -> None:
    """They were a manager for a day, and are a translator."""
    make.role(member, "manager")
    waiting, by = make.application("Somebody", municipality_id=town.id), make.reader(member)
    with make.writing():
        deciding.decline(waiting, by=by, answer="Not now.")
        guest = inviting.Guest("invited@example.org", "A Guest")
        inviting.invite([guest], by=by, municipality_id=town.id, language="en")
    make.take_role(member, "manager")
    make.role(member, "translator")


def _change_post(make: Making, member: Member, client: Client, town: Municipality) -> None:
    """They took over from a colleague, and ask another one to take over from them."""
    gone, coming = make.member("A Colleague", municipality=town), make.member("Another", municipality=town)
    make.topic("Asked before", author=gone, kind="question")
    client.json("PUT", f"/api/v1/handovers/{make.handover(gone, member)}/confirmation")
    make.handover(member, coming)


def a_whole_member(make: Making, sign_in: Callable[..., Client], work: Callable[[], int]) -> Whole:
    """Through the doors that everybody takes."""
    town = make.municipality("Mafraq")
    other = make.author()
    member = join(make, town)
    _manage(make, member, town)
    client = sign_in(member)
    insider = make.member("An Insider")
    group = make.space("private", members=[member, insider])
    workshop = make.workshop(
        talks=[
            TalkPlan(
                title=dict.fromkeys(LANGUAGES, "A talk"),
                languages=["en"],
                speakers=[
                    SpeakerPlan(
                        role=dict.fromkeys(LANGUAGES, "Officer7351"),
                        organisation=dict.fromkeys(LANGUAGES, "Town of Mafraq"),
                        member_id=member.id,
                    )
                ],
            )
        ]
    )
    inside = make.topic("Said among us", words="Only for the circle.", author=insider, space=group)
    make.reply(inside, "My own words in the circle.", author=member)
    topic = make.topic("Mine to ask", words="What shall we do?", author=member, kind="question")
    answer = make.reply(topic, "Dig a well.", author=other)
    make.accept(answer, by=member)
    theirs = make.topic("Somebody else's", author=other)
    make.follow(theirs, member)
    made = client.json("POST", f"/api/v1/topics/{theirs.id}/posts", {"words": "Into the sea.", "key": "a-key"})
    reply = Post(made.json["id"], made.json["number"], theirs.id, member)
    make.edit(reply, "Into the valley, rather.")
    make.reply(theirs, f"@{member.name} is right", author=other, reply_to=reply.number)
    quoting = quote("Into the valley, rather.", id=reply.id, number=reply.number, name=member.name)
    make.reply(theirs, f"{quoting}\n\nYes.", author=other)
    make.react(theirs.post, "agree", by=member)
    make.react(theirs.post, "agree", by=make.member("A Third"))
    client.json("PUT", f"/api/v1/posts/{theirs.post.id}/bookmark", {"note": "A note of mine"})
    client.json("PUT", f"/api/v1/drafts/topic/{theirs.id}", {"words": "Begun and not sent"})
    said = {"offers": ["Beekeeper7351"], "needs": ["A valley"], "themes": [make.theme("Water").id]}
    contacts = {"email": {"value": EMAIL, "shown_to": "members"}}
    client.json("PATCH", "/api/v1/account/profile", said | {"contacts": contacts})
    client.json("POST", f"/api/v1/members/{other.id}/letters", {"subject": "Bees", "words": "May I visit yours?"})
    poll, own_poll = make.poll(theirs), make.poll(topic)
    client.json("PUT", f"/api/v1/polls/{poll.id}/vote", {"options": [poll.options[0]]})
    with make.writing():
        asked = spaces.open_space(
            kind=SpaceKind.PRIVATE, names=dict.fromkeys(LANGUAGES, "A circle"), joining=Joining.REQUEST, by=None
        ).id
    client.json("PUT", f"/api/v1/spaces/{asked}/request", {"why": "I keep bees."})
    work()
    _change_post(make, member, client, town)
    make.reply(theirs, "And then?", author=other)
    work()
    client.json("POST", "/api/v1/exports", {"current": PASSWORD})
    work()
    return Whole(member, client, town, topic, reply, theirs, poll, own_poll, workshop, group)
