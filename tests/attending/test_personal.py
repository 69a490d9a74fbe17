"""What is held of a person here: kept without a name, and counted once where two accounts become one."""

from sqlalchemy import select

from forum.accounts.actions import erasing
from forum.accounts.models import Erasure
from forum.attending import queries
from forum.attending.models import AudienceQuestion, QuestionVoice
from forum.core import clock
from forum.core.db import db
from forum.core.reader import GUEST


def merge(make, sign_in, stays, goes):
    """Two accounts of one person become one."""
    manager = sign_in(make.member(roles=["manager"]))
    sent = {"other": goes.id, "why": "Asked by telephone."}
    assert manager.json("POST", f"/api/v1/members/{stays.id}/merging", sent).status_code == 200


def test_two_accounts_of_one_person_have_one_voice_and_none_for_themselves(app, make, sign_in):
    event, asker, stays, goes = make.workshop(), make.member(), make.member(), make.member()
    others, own = make.question(event, asker=asker), make.question(event, asker=goes)
    for member in (stays, goes, make.member()):
        make.voice(event, others, member)
    make.voice(event, own, stays)
    for member in (stays, goes):
        make.attendance(event, member)
    merge(make, sign_in, stays, goes)
    with app.app_context():
        rows = {row.id: row for row in queries.questions_of(event.id, reader=GUEST, language="en").items}
        assert (rows[others].seconds, rows[own].seconds, rows[own].member_id) == (2, 0, stays.id)
        assert queries.count_here(event.id) == 1 and queries.members_here(event.id) == [stays.id]


def test_a_question_stays_under_former_member_and_voices_stay_counted(app, make, sign_in):
    event, asker = make.workshop(), make.member("Zaytouna", municipality=make.municipality("Mafraq"))
    question = make.question(event, "Why so?", asker=asker)
    make.voice(event, question, make.member())
    make.registration(event, asker, question="And that?")
    manager = sign_in(make.member(roles=["manager"]))
    with make.writing():
        now = clock.now()
        db.session.add(Erasure(member_id=asker.id, asked_by_id=asker.id, asked_at=now, due_at=now))
    with app.app_context():
        erasing.do_erasures()
    page = manager.get(f"/en/workshops/{event.id}/live").text
    assert "Why so?" in page and "Zaytouna" not in page and "Former member" in page and page.count("And that?") == 1
    with app.app_context():
        assert db.session.get_one(AudienceQuestion, question).seconds == 1
        assert len(db.session.scalars(select(QuestionVoice)).all()) == 1
