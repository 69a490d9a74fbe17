"""A short letter from member to member: it goes by e-mail, and neither sees the other's address."""

from datetime import timedelta

from forum.core import audit, limits, pace
from forum.core.db import db
from forum.core.errors import Forbidden, Invalid
from forum.core.languages import LANGUAGES, clean_body, clean_title, detect, has_visible
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.core.site import current_site
from forum.core.submissions import body_hash, find_earlier, remember
from forum.core.text.addresses import ADDRESS
from forum.members import mailings, rules
from forum.members.models import Member, name_language_of

LONGEST_SUBJECT = 120
LONGEST_WORDS = 3000
PER_PAIR = 3  # letters from one member to another in a day; the settings of the site say how many to all
DAY = timedelta(days=1)


def check_writing(to: Member, *, by: Reader) -> Member:
    """The member who writes; raises Forbidden when they may not, or could not be answered."""
    sender = db.session.get(Member, by.id) if by.id else None
    if sender is None or not rules.may_write_to(by, to):
        raise Forbidden(_("This member takes no letters through the forum."))
    if not sender.takes_letters:
        raise Forbidden(_("Whoever writes must be within reach of an answer. Allow letters in your profile first."))
    return sender


def write_letter(
    to: Member, *, by: Reader, subject: str, words: str, language: str | None = None, key: str | None = None
) -> None:
    """Send it, in the recipient's language around the sender's own words. The same key sends it once."""
    sender = check_writing(to, by=by)
    subject, words = clean_title(subject), clean_body(words)
    _check(subject, words, language, by)
    body = body_hash("letter", to.id, subject, words, language)
    if find_earlier(member_id=sender.id, key=key, body=body) is not None:
        return
    pair = f"written:{sender.id}:{to.id}"
    limits.refuse_above(PER_PAIR, pair, window=DAY)
    limits.count(pair, window=DAY)
    written_in = language or detect(words, fallback=None) or name_language_of(words, sender.language)
    letter = mailings.personal(to, sender=sender, subject=subject, words=words, language=written_in)
    audit.note("letter written", actor_id=sender.id, subject=("member", to.id))
    remember(member_id=sender.id, key=key, body=body, subject_id=letter.id)


def _check(subject: str, words: str, language: str | None, by: Reader) -> None:
    wrong = {}
    if not has_visible(subject):
        wrong["subject"] = _("Say in a few words what it is about.")
    elif len(subject) > LONGEST_SUBJECT:
        wrong["subject"] = _("At most %(num)s characters.", num=LONGEST_SUBJECT)
    links = len(ADDRESS.findall(f"{subject} {words}"))
    if not has_visible(words):
        wrong["words"] = _("Write a few words first.")
    elif len(words) > LONGEST_WORDS:
        wrong["words"] = _("At most %(num)s characters.", num=LONGEST_WORDS)
    elif pace.is_new(by) and links > current_site().newcomer_links:
        wrong["words"] = _(
            "While you are new here a letter holds at most %(num)s links.", num=current_site().newcomer_links
        )
    if language and language not in LANGUAGES:
        wrong["language"] = _("Choose one of the four languages.")
    if wrong:
        raise Invalid(fields=wrong)
