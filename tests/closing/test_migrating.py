"""Words about an objective that were given before they had languages are kept, and on the way back, too."""

from flask_migrate import downgrade, upgrade
from sqlalchemy import text

from forum.closing.queries import draft_of, find_record
from forum.core.db import db

ARABIC, ENGLISH = "لم تبدأ أي بلدية بخطة كبيرة.", "Nobody began with a large plan."


def test_words_are_kept_in_their_language_up_and_down(app, make):
    workshop = make.over()
    first, second = make.objectives(workshop)
    words = {first: {"ar": ARABIC, "en": ENGLISH}, second: {"fr": "Rien."}}
    make.closed(workshop, objectives={str(id): {"outcome": "met", "words": said} for id, said in words.items()})
    with app.app_context():
        db.session.remove()
        downgrade(revision="0195")
        held = db.session.scalar(text("SELECT draft FROM closings"))
        assert "Rien." in str(held) and "Nobody" in str(held)
        db.session.remove()
        upgrade()
        for said in (draft_of(workshop.id).said, find_record(workshop.id).content):
            after = [said["objectives"][str(id)]["words"] for id in (first, second)]
            assert after == [{"ar": f"{ENGLISH}\n\n{ARABIC}"}, {"en": "Rien."}]
        assert draft_of(workshop.id).said["summary"] == {"en": "What came of it."}
