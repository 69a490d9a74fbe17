"""What all letters have in common: the name that managers gave the site, the recipient's language, digits and zone."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from forum.accounts import mailings as accounts
from forum.core import clock
from forum.core.db import db
from forum.core.mail import Letter, Secret
from forum.joining import mailings as joining
from forum.joining.models import Application, Invitation
from forum.members import mailings
from forum.members.models import Member as Row

NAMES = {"ar": "شبكة المدن", "en": "Cities’ Circle", "fr": "Cercle des villes", "tr": "Kentler Çemberi"}
UNTIL = datetime(2030, 5, 1, 21, tzinfo=UTC)


def secret():
    """Of a token that nobody made."""
    return Secret(bytes(16), clock.now())


def written(app):
    """All letters, the oldest first."""
    with app.app_context():
        return list(db.session.scalars(select(Letter).order_by(Letter.id)))


@pytest.mark.parametrize("language", ["ar", "en", "fr", "tr"])
def test_letters_call_the_site_as_its_managers_do(app, make, language):
    make.site(names=NAMES)
    member, town = make.member("Claire", language=language), make.municipality()
    applying = make.application(language=language, municipality_id=town.id)
    inviting = make.invitation(municipality=town, language=language)
    before = len(written(app))
    with make.writing():
        row = db.session.get_one(Row, member.id)
        application = db.session.get_one(Application, applying)
        invitation = db.session.get_one(Invitation, inviting)
        mailings.reset(mailings.to(row), secret=secret())
        mailings.welcome(row, secret())
        mailings.confirm_email(row, "new@example.org", secret=secret(), void=False)
        mailings.email_changed(row, "old@example.org", secret=secret())
        for stays_here in (True, False):
            mailings.password_changed(row, stays_here=stays_here)
        mailings.personal(row, sender=row, subject="S", words="W", language="en")
        for until in (None, UNTIL):
            mailings.suspended(row, why="Why", until=until, ask=[])
        mailings.recovery_code_used(row, left=3)
        joining.confirm(application, secret())
        joining.known_already(application, language=language, member_id=member.id, secret=secret())
        joining.declined(application)
        joining.somebody_waits(row, 2)
        joining.invited(invitation, by="Mona", secret=secret())
        accounts.export_ready(row, secret=secret())
        for by_themselves in (True, False):
            accounts.erasure_asked(row, UNTIL, secret=secret(), by_themselves=by_themselves)
        accounts.accounts_merged(row, "other@example.org")
    letters = written(app)[before:]
    assert len(letters) == 20 and {one.language for one in letters} == {language}
    for one in letters:
        said = one.subject + one.text.rpartition("-- ")[0]
        assert NAMES[language] in said, said
        assert "Multaqa" not in one.text and "ملتقى" not in one.text and "%(" not in one.text


def test_dates_come_in_the_recipients_digits_and_zone(app, make):
    member = make.member("رنا", language="ar")
    with make.writing():
        row = db.session.get_one(Row, member.id)
        row.digits, row.zone = "arab", "Asia/Amman"
        accounts.erasure_asked(row, UNTIL, secret=secret(), by_themselves=True)
    said = written(app)[-1].text
    assert "٢٠٣٠" in said and "2030" not in said.rpartition("-- ")[0]
    assert "٢ أيار" in said, "it is past midnight there"


def test_a_letter_greets_by_name_and_no_name_makes_a_link(app, make):
    member = make.member("Claire www.evil.example/x")
    with make.writing():
        mailings.suspension_over(db.session.get_one(Row, member.id))
        joining.invited(Invitation(email="a@b.org", display_name="", language="en"), by="X", secret=secret())
    named, nameless = written(app)[-2:]
    assert named.text.splitlines()[2] == "Dear \u2068Claire evil example/x\u2069," and "evil.example" not in named.text
    assert nameless.text.splitlines()[2] == "Hello,"
