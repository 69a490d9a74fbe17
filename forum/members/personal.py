"""What is held of a person here: the account, its profile, languages, roles, devices, passkeys, links of letters."""

from collections.abc import Mapping

from sqlalchemy import inspect

from forum.core.db import db
from forum.core.personal import Erased, Held, Merged, Part, Rows, Who
from forum.members.actions.photo import remove_photo
from forum.members.models import (
    Contact,
    HalfSignIn,
    Member,
    Passkey,
    ProfileLine,
    ReadingLanguage,
    RecoveryCode,
    Role,
    SecondStep,
    SignInSession,
    Suspension,
    Token,
)

# For finding and sorting: made from the names, which are given out.
DERIVED = ("password_hash", "sort_key", "folded_name", "folded_other_name", "skeleton", "coarse_skeleton", "version")

OPENS = "what opens an account is given to nobody twice"


def _profile(who: Who) -> Mapping[str, Rows]:
    member = db.session.get_one(Member, who.id)
    names = [column.key for column in inspect(Member).column_attrs if column.key not in DERIVED]
    return {"profile": [{name: getattr(member, name) for name in names}]}


def _take_photo_away(who: Who) -> None:
    remove_photo(db.session.get_one(Member, who.id))


PART = Part(
    held=(
        Held(
            Member.email,
            erased=Erased.STAYS,
            merged=Merged.STAYS,
            why="the row itself: `more` gives it out, `actions.leaving` empties it",
        ),
        Held(Member.merged_into_id, erased=Erased.STAYS, why="where the page of another account of theirs leads"),
        Held(ReadingLanguage.member_id, "reading_languages", merged=Merged.GOES),
        Held(ProfileLine.member_id, "offers_and_needs", without=("folded", "skeleton"), merged=Merged.GOES),
        Held(Contact.member_id, "contacts"),
        Held(Role.member_id, "roles"),
        Held(Suspension.member_id, "suspensions", without=("by_id", "ended_by_id"), merged=Merged.GOES),
        Held(Suspension.by_id, "suspensions_decided", erased=Erased.STAYS, without=("ended_by_id",)),
        Held(Suspension.ended_by_id, erased=Erased.STAYS, why="the one who decided has it in what they decided"),
        Held(SignInSession.member_id, "devices", without=("csrf",), merged=Merged.GOES),
        Held(HalfSignIn.member_id, merged=Merged.GOES, why="it is over after ten minutes"),
        Held(SecondStep.member_id, merged=Merged.GOES, why=OPENS),
        Held(RecoveryCode.member_id, merged=Merged.GOES, why=OPENS),
        Held(Passkey.member_id, "passkeys", merged=Merged.GOES),
        Held(Token.member_id, merged=Merged.GOES, why=OPENS),
        Held(Token.email, merged=Merged.GOES, why=OPENS),
    ),
    more=_profile,
    before_erasing=_take_photo_away,
    before_merging=lambda _stays, goes: _take_photo_away(goes),
)
