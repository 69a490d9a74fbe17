"""Members as JSON. Addresses never leave the house."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NotRequired, TypedDict

from sqlalchemy import Row

from forum.core.api import Instant, NamedShape, RefusalShape, moment
from forum.core.mail import Letter, LetterState
from forum.core.reader import Reader
from forum.members.models import Contact, LineKind, Member, ProfileLine, ShownTo, Suspension


class MemberShape(TypedDict):
    """What everybody may know of a member; `municipality` is its id."""

    id: int
    name: str
    other_name: str
    name_language: str
    post_held: str
    municipality: int | None


class LineShape(TypedDict):
    """Something that a member offers or needs."""

    words: str
    language: str
    direction: Literal["ltr", "rtl"]


class ContactShape(TypedDict):
    """A way to reach somebody, and who sees it."""

    value: str
    shown_to: ShownTo


class ContactsShape(TypedDict, total=False):
    """The contacts that the reader may see."""

    email: ContactShape
    phone: ContactShape
    other: ContactShape


class ProfileShape(MemberShape):
    """One member with what their profile says to this reader; `reads` are the languages they read, the dearest
    first, `letters` whether they take letters from members."""

    about: str
    roles: list[str]
    reads: list[str]
    demonstration: bool
    offers: list[LineShape]
    needs: list[LineShape]
    letters: bool
    contacts: ContactsShape
    themes: list[NamedShape]


class SaidLineShape(TypedDict):
    """A line of a profile; its language is detected where it is not said."""

    words: str
    language: NotRequired[str | None]


class SaidContactShape(TypedDict):
    """A way to reach the member; nobody sees it where nothing else is said."""

    value: str
    shown_to: NotRequired[ShownTo]


class SaidContactsShape(TypedDict, total=False):
    """Contacts; null takes one away."""

    email: SaidContactShape | None
    phone: SaidContactShape | None
    other: SaidContactShape | None


class ProfileChangeShape(TypedDict, total=False):
    """What shall be otherwise; `themes` are ids."""

    post_held: str | None
    about: str | None
    offers: list[str | SaidLineShape] | None
    needs: list[str | SaidLineShape] | None
    letters: bool | None
    contacts: SaidContactsShape | None
    themes: list[int] | None


class SuspensionShape(TypedDict):
    """A member is shut out, `until` a moment or, where it is null, until further notice."""

    member: NamedShape
    why: str
    began_at: Instant
    until: Instant | None


class AskedShape(NamedShape):
    """Somebody who looks after the network; `email` is what they show to everybody."""

    email: str | None


class SuspendedRefusalShape(RefusalShape):
    """The password is right, and the account suspended."""

    until: Instant | None
    ask: list[AskedShape]


class SuspendedShape(TypedDict):
    """A refusal, with whom to ask."""

    error: SuspendedRefusalShape


class SignedInShape(TypedDict):
    """Who signed in."""

    member: MemberShape


class OneselfShape(TypedDict):
    """The member who asks; their own address tells more."""

    id: int
    name: str
    municipality: int | None


class SessionShape(TypedDict):
    """Who is signed in here, and how they want to be spoken to; `roles` hold on the whole site. Where a second step is
    owed, no role holds and nothing but the own account is open until it is set up."""

    member: OneselfShape
    roles: list[str]
    second_step_owed: bool
    language: str | None
    digits: str
    zone: str | None
    shortcuts: bool


class LetterSentShape(TypedDict):
    """The rest happens by a letter."""

    state: Literal["letter on its way"]


def member_shape(member: Member | Row) -> MemberShape:
    """Of a row or an entity."""
    return {
        "id": member.id,
        "name": member.display_name,
        "other_name": member.other_name,
        "name_language": member.name_language,
        "post_held": member.post_held,
        "municipality": member.municipality_id,
    }


def profile_shape(
    member: Member,
    *,
    roles: Sequence[str],
    reads: Sequence[str],
    lines: Mapping[LineKind, Sequence[ProfileLine]],
    contacts: Iterable[Contact],
    themes: Iterable[tuple[int, str]],
) -> ProfileShape:
    """What it says to this reader; `themes` are (id, name)."""
    return member_shape(member) | {
        "about": member.about,
        "roles": list(roles),
        "reads": list(reads),
        "demonstration": member.is_demonstration,
        "offers": [line_shape(line) for line in lines[LineKind.OFFER]],
        "needs": [line_shape(line) for line in lines[LineKind.NEED]],
        "letters": member.takes_letters,
        "contacts": {one.kind: {"value": one.value, "shown_to": one.shown_to} for one in contacts},
        "themes": [{"id": id, "name": name} for id, name in themes],
    }


def line_shape(line: ProfileLine) -> LineShape:
    """An offer or a need."""
    return {"words": line.words, "language": line.language, "direction": line.direction}


def suspension_shape(member_id: int, name: str, found: Suspension | Row) -> SuspensionShape:
    """Of a row or an entity."""
    return {
        "member": {"id": member_id, "name": name},
        "why": found.why,
        "began_at": moment(found.began_at),
        "until": moment(found.until),
    }


def session_shape(reader: Reader) -> SessionShape:
    """Of whoever asks."""
    return {
        "member": {"id": reader.id, "name": reader.name, "municipality": reader.municipality_id},
        "roles": sorted({role for role, kind, _id in reader.roles if kind == "site"}),
        "second_step_owed": reader.owes_second_step,
        "language": reader.language,
        "digits": reader.digits,
        "zone": reader.zone,
        "shortcuts": reader.shortcuts,
    }


class PhotoShape(TypedDict):
    """The address of a member's photo, 192 pixels wide; null where the initials stand."""

    photo: str | None


def photo_of(photo_id: int | None) -> str | None:
    """Where the photo is."""
    return f"/files/{photo_id}/192" if photo_id else None


class SettingsShape(TypedDict):
    """How a member is called and spoken to; `reads` are the languages they read, the dearest first, and `saves_data`
    whether pictures are loaded only when they are asked for."""

    display_name: str
    other_name: str
    language: str
    digits: Literal["latn", "arab"]
    zone: str
    saves_data: bool
    reads: list[str]


class LetterRowShape(TypedDict):
    """A letter of the site, how far it came and what went wrong."""

    id: int
    kind: str
    address: str
    language: str
    subject: str
    state: LetterState
    tries: int
    error: str
    created_at: Instant


class LetterShape(LetterRowShape):
    """A letter with its words; links are known to the recipient alone, and so is what members write to one another."""

    words: str


def letter_shape(letter: Row | Letter, *, is_open: bool) -> LetterRowShape:
    """Of the list's row, or of the whole; `is_open`: the reader may know what it says."""
    return {
        "id": letter.id,
        "kind": letter.kind,
        "address": letter.address,
        "language": letter.language,
        "subject": letter.subject if is_open else "",
        "state": letter.state,
        "tries": letter.tries,
        "error": letter.error,
        "created_at": moment(letter.created_at),
    }
