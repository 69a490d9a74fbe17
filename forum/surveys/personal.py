"""What is held of a person here: polls that they opened, and their voices."""

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import select

from forum.core.db import db
from forum.core.personal import Erased, Held, Merged, Part, Rows, Who
from forum.surveys.actions import make_votes_over, take_back_open_votes
from forum.surveys.models import Ballot, Choice, Poll, PollOption
from forum.topics.models import Topic
from forum.topics.queries import visible_topics


def _voices(who: Who) -> Mapping[str, Rows]:
    """Each voice with the options chosen; what poll and options say only where the topic is still open to them."""
    seen = visible_topics(who.reader).label("seen")
    query = (
        select(Ballot.id, Ballot.poll_id, Ballot.cast_at, Poll.question, seen)
        .join(Poll, Poll.id == Ballot.poll_id)
        .join(Topic, Topic.id == Poll.topic_id)
        .where(Ballot.member_id == who.id)
        .order_by(Ballot.id)
    )
    ballots = db.session.execute(query).all()
    chosen = (
        select(Choice.ballot_id, Choice.rank, Choice.option_id, PollOption.words)
        .join(PollOption, PollOption.id == Choice.option_id)
        .join(Ballot, Ballot.id == Choice.ballot_id)
        .where(Ballot.member_id == who.id)
        .order_by(Choice.ballot_id, Choice.rank, Choice.option_id)
    )
    choices = defaultdict(list)
    for row in db.session.execute(chosen):
        choices[row.ballot_id].append(row)
    return {
        "votes": [
            {
                "poll": ballot.poll_id,
                "question": ballot.question if ballot.seen else None,
                "cast_at": ballot.cast_at,
                "chosen": [
                    {"option": one.option_id, "words": one.words if ballot.seen else None, "rank": one.rank}
                    for one in choices[ballot.id]
                ],
            }
            for ballot in ballots
        ]
    }


def _take_back(who: Who) -> None:
    take_back_open_votes(who.id)


def _make_over(stays: Who, goes: Who) -> None:
    make_votes_over(stays.id, goes.id)


PART = Part(
    held=(
        Held(Poll.author_id, "polls", erased=Erased.STAYS),
        Held(Ballot.member_id, erased=Erased.STAYS, why="`more` gives out each voice with what it chose"),
        Held(
            Ballot.voter_id,
            erased=Erased.STAYS,
            merged=Merged.STAYS,
            why="names a member in some polls and a municipality in others",
        ),
    ),
    more=_voices,
    before_erasing=_take_back,
    before_merging=_make_over,
)
