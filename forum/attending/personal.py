"""What is held of a person here: what they asked, the voices that they gave, and where they were."""

from sqlalchemy import select

from forum.attending.actions.seconding import count_voices
from forum.attending.models import Attendance, AudienceQuestion, QuestionVoice
from forum.core.db import db
from forum.core.personal import Erased, Held, Part, Who

DECIDED = ("hidden_by_id", "answered_by_id", "registration_id")


def _count_once(stays: Who, goes: Who) -> None:
    """Of two voices that one person gave to a question one counts, and none to a question of their own."""
    voice, both = QuestionVoice, (stays.id, goes.id)
    own = select(AudienceQuestion.id).where(AudienceQuestion.asker_id.in_(both))
    twice = select(voice.question_id).where(voice.member_id == stays.id)
    theirs = (voice.member_id == goes.id) & voice.question_id.in_(twice)
    to_own = voice.member_id.in_(both) & voice.question_id.in_(own)
    surplus = db.session.scalars(select(voice).where(theirs | to_own)).all()
    for one in surplus:
        db.session.delete(one)
    db.session.flush()
    count_voices({one.question_id for one in surplus})


PART = Part(
    held=(
        Held(AudienceQuestion.asker_id, "audience_questions", erased=Erased.STAYS, without=DECIDED),
        Held(AudienceQuestion.hidden_by_id, erased=Erased.STAYS, why="said in the audit log; the row is about another"),
        Held(
            AudienceQuestion.answered_by_id, erased=Erased.STAYS, why="said in the audit log; the row is about another"
        ),
        Held(QuestionVoice.member_id, "audience_voices", erased=Erased.STAYS),
        Held(Attendance.member_id, "attendances", erased=Erased.STAYS, without=("noted_by_id",)),
        Held(Attendance.noted_by_id, erased=Erased.STAYS, why="said in the audit log; the row is about another"),
    ),
    before_merging=_count_once,
)
