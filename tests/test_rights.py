"""One door: every address for every kind of reader, and nothing of a private space anywhere else.

An address without an entry in RIGHTS fails, so that a new one cannot be forgotten; `make rights` then writes
docs/rights.md anew.
"""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from html import unescape
from typing import Any

import pytest
from sqlalchemy import delete, func, select

from forum.core.db import db
from forum.core.openapi import undescribed
from forum.core.openapi.document import operations
from forum.holding.models import HeldPost
from forum.members.forms.stepping import ApiSignInForm
from forum.members.models import SignInSession
from forum.notifications.models import Notice
from forum.questionnaires.actions import QuestionPlan
from forum.workshops.models import Workshop as WorkshopRow
from tests import samples
from tests.asking import Client
from tests.counting import statements
from tests.making import Making, Member, Space, Survey, Topic

GUESTS = ("guest", "suspended")
STAFF = ("moderator", "manager", "admin")
MANAGERS = ("manager", "admin")
ROLES = (*GUESTS, "member", "outsider", "group", "translator", *STAFF)
SIDES = ("public", "private")

MARK = "Zaytouna7351"  # stands in everything that only the group may see

# What each kind of reader gets, {role: status}, of something public and of something in the private space. `member`
# wrote the public things, `group` the private ones. Who is no longer a member is a guest.
Rights = dict[str, dict[str, int]]


def everybody(ok: int = 200) -> Rights:
    """No door at all."""
    return {side: dict.fromkeys(ROLES, ok) for side in SIDES}


def members(ok: int = 200) -> Rights:
    """Whoever is signed in."""
    return {side: {role: 401 if role in GUESTS else ok for role in ROLES} for side in SIDES}


def readers(ok: int = 200) -> Rights:
    """Whoever sees the space."""
    return {
        "public": dict.fromkeys(ROLES, ok),
        "private": {role: ok if role == "group" else 404 for role in ROLES},
    }


def reading_members(ok: int = 200) -> Rights:
    """Whoever sees the space and is signed in."""
    return {
        "public": {role: 401 if role in GUESTS else ok for role in ROLES},
        "private": {role: 401 if role in GUESTS else ok if role == "group" else 404 for role in ROLES},
    }


def authors(ok: int = 200) -> Rights:
    """Who wrote it, and staff where they may read."""
    return {
        "public": {role: 401 if role in GUESTS else ok if role in ("member", *STAFF) else 403 for role in ROLES},
        "private": {role: 401 if role in GUESTS else ok if role == "group" else 404 for role in ROLES},
    }


def writers(ok: int = 200) -> Rights:
    """Who wrote it and nobody else."""
    return {
        "public": {role: 401 if role in GUESTS else ok if role == "member" else 403 for role in ROLES},
        "private": {role: 401 if role in GUESTS else ok if role == "group" else 404 for role in ROLES},
    }


def others(ok: int = 200) -> Rights:
    """Whoever sees the space and did not write it."""
    return {
        "public": {role: 401 if role in GUESTS else 403 if role == "member" else ok for role in ROLES},
        "private": {role: 401 if role in GUESTS else 403 if role == "group" else 404 for role in ROLES},
    }


def staff(ok: int = 200) -> Rights:
    """Staff where they may read."""
    return {
        "public": {role: 401 if role in GUESTS else ok if role in STAFF else 403 for role in ROLES},
        "private": {role: 401 if role in GUESTS else 403 if role == "group" else 404 for role in ROLES},
    }


def managers(ok: int = 200) -> Rights:
    """Managers and admins of the site, whatever the space."""
    return {
        side: {role: 401 if role in GUESTS else ok if role in MANAGERS else 403 for role in ROLES} for side in SIDES
    }


def admins(ok: int = 200) -> Rights:
    """Admins alone."""
    return {side: {role: 401 if role in GUESTS else ok if role == "admin" else 403 for role in ROLES} for side in SIDES}


def owners(ok: int = 200) -> Rights:
    """Whose it is, and for all others it is not there."""
    return {
        side: {role: 401 if role in GUESTS else ok if role == owner else 404 for role in ROLES}
        for side, owner in (("public", "member"), ("private", "group"))
    }


def keepers(ok: int = 200) -> Rights:
    """Managers and admins; where a private space is meant, others but its members do not even know of it."""
    return {
        "public": {role: 401 if role in GUESTS else ok if role in MANAGERS else 403 for role in ROLES},
        "private": {
            role: 401 if role in GUESTS else ok if role in MANAGERS else 403 if role == "group" else 404
            for role in ROLES
        },
    }


def managing_readers(ok: int = 200) -> Rights:
    """Managers and admins where they may read."""
    return {
        "public": {role: 401 if role in GUESTS else ok if role in MANAGERS else 403 for role in ROLES},
        "private": {role: 401 if role in GUESTS else 403 if role == "group" else 404 for role in ROLES},
    }


def corrected(ok: int = 200) -> Rights:
    """Managers where they may read; who proposed it may not decide, and for all others it is not there."""
    return {
        "public": {
            role: 401 if role in GUESTS else ok if role in MANAGERS else 403 if role == "member" else 404
            for role in ROLES
        },
        "private": {role: 401 if role in GUESTS else 403 if role == "group" else 404 for role in ROLES},
    }


def own_or_managers(ok: int = 200) -> Rights:
    """The member of each side about whom it is, and those who manage."""
    return {
        side: {role: 401 if role in GUESTS else ok if role in (owner, *MANAGERS) else 403 for role in ROLES}
        for side, owner in (("public", "member"), ("private", "group"))
    }


def the_two(ok: int = 200) -> Rights:
    """Those whom it is about, and those who manage; for all others it is not there."""
    return {
        side: {role: 401 if role in GUESTS else ok if role in (owner, *MANAGERS) else 404 for role in ROLES}
        for side, owner in (("public", "member"), ("private", "group"))
    }


def held(ok: int = 200, *, staff: int | None = None) -> Rights:
    """Who wrote it, and staff where they may read; for all others it is not there."""
    others = ok if staff is None else staff
    shared = dict.fromkeys(GUESTS, 401) | dict.fromkeys(("outsider", "translator"), 404)
    return {
        "public": shared | {"member": ok, "group": 404} | dict.fromkeys(STAFF, others),
        "private": shared | {"member": 404, "group": ok} | dict.fromkeys(STAFF, 404),
    }


def reviewers(ok: int = 200) -> Rights:
    """Who reviews it, and managers where they may read; for all others it is not there."""
    hidden = {role: 401 if role in GUESTS else 404 for role in ROLES}
    return {
        "public": hidden | dict.fromkeys(("member", *MANAGERS), ok),
        "private": hidden | {"group": ok},
    }


def deciding(ok: int = 200) -> Rights:
    """Staff where they may read."""
    shared = {role: 401 if role in GUESTS else 403 for role in ROLES}
    return {"public": shared | dict.fromkeys(STAFF, ok), "private": shared | dict.fromkeys(STAFF, 404)}


def knowing(ok: int = 200, *, guests: int = 200) -> Rights:
    """Whoever may know that the space is there: its readers and managers."""
    private = {role: ok if role in ("group", *MANAGERS) else 404 for role in ROLES}
    hidden = 404 if guests == 200 else guests
    return {
        "public": {role: guests if role in GUESTS else ok for role in ROLES},
        "private": private | dict.fromkeys(GUESTS, hidden),
    }


def staff_of_all(ok: int = 200) -> Rights:
    """Staff, of what belongs to no space."""
    return {side: {role: 401 if role in GUESTS else ok if role in STAFF else 403 for role in ROLES} for side in SIDES}


@dataclass(frozen=True)
class Entry:
    """Who may, and what is sent to find out."""

    rights: Rights
    body: dict[str, Any] = field(default_factory=dict)


FILE = {"file": b"A file."}
PHOTO = {"file": samples.picture()}
REPLY = {"words": "A reply.", "language": "en"}
INVITATION = {"guests": "guest@example.org, A Guest", "municipality": "1", "language": "en"}
START = {"title": "A topic", "words": "Its first post.", "language": "en"}
SPACE = {"kind": "private", "joining": "invitation", "name_en": "A space", "name": "A space"}
WORKSHOP = {
    "kind": "webinar",
    "zone": "Asia/Amman",
    "starts": "2031-04-01T09:00",
    "ends": "2031-04-01T17:00",
    "title_en": "A webinar",
    "summary_en": "What it is about.",
    "colour": "teal",
    "space": "999999",
}
SESSION = {"starts": "", "ends": "", "title_en": "A session"}  # refused for its times, by whoever may
TALK = {"title_en": "A talk"}
MATERIAL = {"title": "To read", "language": "en", "link": "https://example.org/read"}
COMING = {"answer": "yes"}
COMING_GUEST = {"answer": "yes", "display_name": "A Guest", "email": "guest@example.org"}
NOTES = {"words": "Noted.", "version": "1"}
ASKED = {"words": "Why is it so?"}
READING = {"link": "nowhere"}  # refused for it, by whoever may
REQUEST = {"title": "We need a talk", "anyway": "1"}
POLL = {"question": "Shall we meet?"}
QUESTION = {"kind": "text", "words_en": "What do you need?"}
QUESTION_TOLD = {"kind": "text", "words": {"en": "What do you need?"}}
THEME = {"name_ar": "ماء", "name_en": "Water", "name_fr": "Eau", "name_tr": "Su", "parent": "", "position": "1"}
SITE = {
    "languages": "en",
    "starters": "members",
    "posts_per_minute": "15",
    "topics_per_hour": "10",
    "letters_per_day": "20",
    "newcomer_days": "1",
    "newcomer_posts": "20",
    "newcomer_topics": "3",
    "newcomer_letters": "3",
    "newcomer_links": "2",
    "newcomer_mentions": "3",
    "files_per_hour": "60",
    "newcomer_files": "20",
    "member_files_mb": "200",
    "site_files_mb": "20000",
    "held_posts": "0",
}
APPLICATION = {
    "town": "Deir Alla",
    "country": "JO",
    "display_name": "An Applicant",
    "email": "applicant@example.org",
    "reason": "We host many families.",
    "language": "en",
}
NEW_TOWN = {
    "name_ar": "دير علا",
    "name_en": "Deir Alla",
    "name_fr": "Deir Alla",
    "name_tr": "Deir Alla",
    "country": "JO",
}
TOWN = {"name_ar": "عمان", "name_en": "Amman", "name_fr": "Amman", "name_tr": "Amman", "country": "JO"}
TABLE = {"table": "Name,E-mail\nA Guest,guest@example.org", "language": "en"}
COLUMNS = {"column_name": "0", "column_email": "1", "language": "en"}
SETTINGS = {
    "display_name": "The same",
    "language": "en",
    "digits": "latn",
    "zone": "Asia/Amman",
    "reads_1": "en",
    "reads_2": "",
    "reads_3": "",
    "reads_4": "",
}
LETTER = {"subject": "A question", "words": "May I ask you something?"}
PROFILE = {
    "post_held": "A planner",
    "letters": "y",
    **dict.fromkeys(("email_shown_to", "phone_shown_to", "other_shown_to"), "members"),
}

CALLS = re.compile(r"workshop_id>/(call|application|applications(\.csv)?|reviews|balance|decisions)(/|$)")

RIGHTS = {
    # home, assets
    "GET /": Entry(everybody(302)),
    "GET /<language:language>/": Entry(everybody()),
    "GET /<language:language>/help": Entry(everybody()),
    "GET /<language:language>/help/api": Entry(everybody()),
    "GET /<language:language>/conduct": Entry(everybody()),
    "GET /<language:language>/privacy": Entry(everybody()),
    "GET /assets/<path:name>": Entry(everybody()),
    "GET /favicon.svg": Entry(everybody()),
    "GET /icon-180.png": Entry(everybody()),
    "GET /icon-512.png": Entry(everybody()),
    "GET /robots.txt": Entry(everybody()),
    "GET /sitemap.xml": Entry(everybody()),
    "GET /sitemap/places.xml": Entry(everybody()),
    "GET /sitemap/topics-<id:part>.xml": Entry(everybody()),
    "GET /<language:language>/site.webmanifest": Entry(everybody()),
    "GET /health": Entry(everybody()),
    "GET /ready": Entry(everybody()),
    "GET /api/v1/openapi.json": Entry(everybody()),
    # files; what a post shows cannot be deleted
    "GET /files/<id:file_id>": Entry(readers()),
    "GET /files/<id:file_id>/<id:width>": Entry(readers()),
    "GET /<language:language>/files": Entry(members()),
    "POST /<language:language>/files": Entry(members(303), FILE),
    "DELETE /<language:language>/files/<id:file_id>": Entry(owners(422)),
    "GET /api/v1/files": Entry(members()),
    "POST /api/v1/files": Entry(members(201), FILE),
    "GET /api/v1/files/<id:file_id>": Entry(readers()),
    "DELETE /api/v1/files/<id:file_id>": Entry(owners(422)),
    # members
    "GET /<language:language>/sign-in": Entry(
        {side: {role: 200 if role in GUESTS else 302 for role in ROLES} for side in SIDES}
    ),
    "POST /<language:language>/sign-in": Entry(everybody(401), {"email": "nobody@example.org", "password": "wrong"}),
    "POST /<language:language>/sign-out": Entry(everybody(303)),
    "GET /<language:language>/reset": Entry(everybody()),
    "POST /<language:language>/reset": Entry(everybody(303), {"email": "nobody@example.org"}),
    "GET /<language:language>/reset/<token>": Entry(everybody(410)),
    "POST /<language:language>/reset/<token>": Entry(everybody(410), {"password": "a longer password"}),
    "GET /<language:language>/letters": Entry(managers()),
    "GET /<language:language>/letters/<id:letter_id>": Entry(managers()),
    "GET /<language:language>/members": Entry(everybody()),
    "GET /<language:language>/members/<id:member_id>": Entry(everybody()),
    "GET /<language:language>/members/<id:member_id>/posts": Entry(everybody()),
    "GET /<language:language>/members/<id:member_id>/topics": Entry(everybody()),
    "GET /<language:language>/members/<id:member_id>/letter": Entry(members()),
    "POST /<language:language>/members/<id:member_id>/letters": Entry(members(303), LETTER),
    "POST /api/v1/members/<id:member_id>/letters": Entry(members(202), LETTER),
    "GET /<language:language>/suspensions": Entry(managers()),
    "GET /<language:language>/members/<id:member_id>/suspension": Entry(managers()),
    "PUT /<language:language>/members/<id:member_id>/suspension": Entry(managers(303), {"why": "a test"}),
    "DELETE /<language:language>/members/<id:member_id>/suspension": Entry(managers(303)),
    "GET /api/v1/suspensions": Entry(managers()),
    "PUT /api/v1/members/<id:member_id>/suspension": Entry(managers(), {"why": "a test"}),
    "DELETE /api/v1/members/<id:member_id>/suspension": Entry(managers(204)),
    "GET /<language:language>/settings/profile": Entry(members()),
    "PUT /<language:language>/settings/profile": Entry(members(303), PROFILE),
    "GET /api/v1/members/<id:member_id>/posts": Entry(everybody()),
    "GET /api/v1/members/<id:member_id>/topics": Entry(everybody()),
    "GET /api/v1/account/profile": Entry(members()),
    "PATCH /api/v1/account/profile": Entry(members(), {"post_held": "A planner"}),
    "GET /<language:language>/devices": Entry(members()),
    "DELETE /<language:language>/devices": Entry(members(303)),
    "DELETE /<language:language>/devices/<id:session_id>": Entry(owners(303)),
    "GET /<language:language>/settings": Entry(members()),
    "POST /<language:language>/settings": Entry(members(303), SETTINGS),
    "GET /<language:language>/keys": Entry(everybody()),
    "PUT /<language:language>/keys": Entry(members(303)),
    "DELETE /<language:language>/keys": Entry(members(303)),
    "GET /<language:language>/settings/password": Entry(members()),
    "POST /<language:language>/settings/password": Entry(members(422), {"current": "wrong", "password": "a new one"}),
    "GET /<language:language>/settings/email": Entry(members()),
    "POST /<language:language>/settings/email": Entry(members(422), {"current": "wrong", "email": "a@example.org"}),
    # The second step of signing in: what changes it asks first who sits there, so nothing here is changed.
    "GET /<language:language>/sign-in/step": Entry(everybody(302)),
    "POST /<language:language>/sign-in/step": Entry(everybody(303), {"code": "123456"}),
    "POST /<language:language>/sign-in/step/options": Entry(everybody(401)),
    "POST /<language:language>/sign-in/passkey": Entry(everybody(401), {"passkey": "{}"}),
    "POST /<language:language>/sign-in/passkey/options": Entry(everybody()),
    "GET /<language:language>/settings/confirm": Entry(members()),
    "POST /<language:language>/settings/confirm": Entry(members(422), {"current": "wrong"}),
    "POST /<language:language>/settings/confirm/options": Entry(members()),
    "GET /<language:language>/settings/second-step": Entry(members()),
    "DELETE /<language:language>/settings/second-step": Entry(members(303)),
    "POST /<language:language>/settings/second-step/app": Entry(members(303)),
    "PUT /<language:language>/settings/second-step/app": Entry(members(303), {"code": "123456"}),
    "DELETE /<language:language>/settings/second-step/app": Entry(members(303)),
    "POST /<language:language>/settings/second-step/recovery-codes": Entry(members(303)),
    "POST /<language:language>/settings/second-step/passkeys": Entry(members(303), {"name": "A", "passkey": "{}"}),
    "POST /<language:language>/settings/second-step/passkeys/options": Entry(members(303)),
    "PUT /<language:language>/settings/second-step/passkeys/<id:passkey_id>": Entry(members(303), {"name": "A"}),
    "DELETE /<language:language>/settings/second-step/passkeys/<id:passkey_id>": Entry(members(303)),
    "GET /<language:language>/members/<id:member_id>/second-step": Entry(admins()),
    "DELETE /<language:language>/members/<id:member_id>/second-step": Entry(admins(422), {"why": "Lost."}),
    "PUT /api/v1/sessions/current/confirmation": Entry(members(422), {"current": "wrong"}),
    "GET /api/v1/account/second-step": Entry(members()),
    "DELETE /api/v1/account/second-step": Entry(members(428)),
    "POST /api/v1/account/second-step/app": Entry(members(428)),
    "PUT /api/v1/account/second-step/app": Entry(members(428), {"code": "123456"}),
    "DELETE /api/v1/account/second-step/app": Entry(members(428)),
    "POST /api/v1/account/second-step/recovery-codes": Entry(members(428)),
    "PATCH /api/v1/account/second-step/passkeys/<id:passkey_id>": Entry(members(428), {"name": "A"}),
    "DELETE /api/v1/account/second-step/passkeys/<id:passkey_id>": Entry(members(428)),
    "DELETE /api/v1/members/<id:member_id>/second-step": Entry(admins(422), {"why": "Lost."}),
    "GET /<language:language>/email/<token>": Entry(everybody(410)),
    "POST /<language:language>/links/<token>/renewal": Entry(everybody(410)),
    "POST /<language:language>/email/<token>": Entry(everybody(410)),
    "GET /api/v1/account/settings": Entry(members()),
    "PATCH /api/v1/account/settings": Entry(members(), {"digits": "arab"}),
    "POST /api/v1/reset": Entry(everybody(202), {"email": "nobody@example.org"}),
    "POST /api/v1/reset/<token>": Entry(everybody(410), {"password": "a longer password"}),
    "POST /api/v1/links/<token>/renewal": Entry(everybody(410)),
    "GET /api/v1/devices": Entry(members()),
    "DELETE /api/v1/devices": Entry(members(204)),
    "DELETE /api/v1/devices/<id:session_id>": Entry(owners(204)),
    "GET /api/v1/letters": Entry(managers()),
    "GET /api/v1/letters/<id:letter_id>": Entry(managers()),
    "PUT /api/v1/account/password": Entry(members(422), {"current": "wrong", "password": "a new password"}),
    "PUT /api/v1/account/email": Entry(members(422), {"current": "wrong", "email": "a@example.org"}),
    "GET /<language:language>/members/<id:member_id>/office": Entry(own_or_managers()),
    "PUT /<language:language>/members/<id:member_id>/office": Entry(managers(303), {"municipality": "1"}),
    "DELETE /<language:language>/members/<id:member_id>/office": Entry(own_or_managers(303)),
    "PUT /api/v1/members/<id:member_id>/office": Entry(managers(), {"municipality": "1"}),
    "DELETE /api/v1/members/<id:member_id>/office": Entry(own_or_managers(204)),
    "GET /<language:language>/settings/photo": Entry(members()),
    "POST /<language:language>/settings/photo": Entry(members(303), PHOTO),
    "DELETE /<language:language>/settings/photo": Entry(members(303)),
    "POST /api/v1/account/photo": Entry(members(201), PHOTO),
    "DELETE /api/v1/account/photo": Entry(members(204)),
    "GET /api/v1/members": Entry(everybody()),
    "GET /api/v1/members/<id:member_id>": Entry(everybody()),
    "POST /api/v1/sessions": Entry(everybody(401), {"email": "nobody@example.org", "password": "wrong"}),
    "PUT /api/v1/account/shortcuts": Entry(members(204)),
    "DELETE /api/v1/account/shortcuts": Entry(members(204)),
    "GET /api/v1/sessions/current": Entry(members()),
    "DELETE /api/v1/sessions/current": Entry(everybody(204)),
    # accounts as a whole
    "GET /<language:language>/settings/data": Entry(members()),
    "POST /<language:language>/exports": Entry(members(422), {"current": "wrong"}),
    "GET /<language:language>/exports/<token>": Entry(members(410)),
    "POST /<language:language>/exports/<token>": Entry(members(410)),
    "GET /api/v1/exports": Entry(members()),
    "POST /api/v1/exports": Entry(members(422), {"current": "wrong"}),
    "POST /api/v1/exports/<token>": Entry(members(410)),
    "GET /<language:language>/settings/erasure": Entry(members()),
    "PUT /<language:language>/erasure": Entry(members(422), {"current": "wrong"}),
    "DELETE /<language:language>/erasure": Entry(members(303)),
    "GET /<language:language>/erasure/<token>": Entry(everybody(410)),
    "POST /<language:language>/erasure/<token>": Entry(everybody(410)),
    "GET /<language:language>/members/<id:member_id>/erasure": Entry(managers()),
    "PUT /<language:language>/members/<id:member_id>/erasure": Entry(managers(422), {"why": ""}),
    "DELETE /<language:language>/members/<id:member_id>/erasure": Entry(managers(303)),
    "GET /api/v1/erasure": Entry(members()),
    "PUT /api/v1/erasure": Entry(members(422), {"current": "wrong"}),
    "DELETE /api/v1/erasure": Entry(members(204)),
    "PUT /api/v1/members/<id:member_id>/erasure": Entry(managers(422), {"why": ""}),
    "DELETE /api/v1/members/<id:member_id>/erasure": Entry(managers(204)),
    "GET /<language:language>/members/<id:member_id>/merging": Entry(managers()),
    "POST /<language:language>/members/<id:member_id>/merging": Entry(managers(422), {"other": ""}),
    "POST /api/v1/members/<id:member_id>/merging": Entry(managers(422), {"other": "x"}),
    # joining
    "GET /<language:language>/apply": Entry(everybody()),
    "POST /<language:language>/apply": Entry(everybody(303), APPLICATION),
    "GET /<language:language>/apply/<token>": Entry(everybody(410)),
    "POST /<language:language>/apply/<token>": Entry(everybody(410)),
    "GET /<language:language>/site": Entry(managers()),
    "PUT /<language:language>/site": Entry(managers(303), SITE),
    "GET /api/v1/site": Entry(managers()),
    "PATCH /api/v1/site": Entry(managers(), {"newcomer_links": 3}),
    "GET /<language:language>/applications": Entry(managers()),
    "GET /<language:language>/applications/<id:application_id>": Entry(managers()),
    "PUT /<language:language>/applications/<id:application_id>/approval": Entry(managers(303), NEW_TOWN),
    "PUT /<language:language>/applications/<id:application_id>/refusal": Entry(managers(303), {"answer": "Not now."}),
    "GET /<language:language>/invitations": Entry(managers()),
    "POST /<language:language>/invitations": Entry(managers(303), INVITATION),
    "DELETE /<language:language>/invitations/<id:invitation_id>": Entry(managers(303)),
    "GET /<language:language>/invitation/<token>": Entry(everybody(410)),
    "POST /<language:language>/invitation/<token>": Entry(everybody(410)),
    "GET /api/v1/invitations": Entry(managers()),
    "POST /api/v1/invitations": Entry(managers(201), INVITATION),
    "DELETE /api/v1/invitations/<id:invitation_id>": Entry(managers(204)),
    "GET /<language:language>/imports": Entry(managers()),
    "POST /<language:language>/imports": Entry(managers(303), TABLE),
    "GET /<language:language>/imports/<id:import_id>": Entry(managers()),
    "PUT /<language:language>/imports/<id:import_id>/columns": Entry(managers(303), COLUMNS),
    "PUT /<language:language>/imports/<id:import_id>/start": Entry(managers(303), {"way": "invitations"}),
    "PUT /<language:language>/imports/<id:import_id>/letters": Entry(managers(409)),
    "DELETE /<language:language>/imports/<id:import_id>": Entry(managers(303)),
    "GET /<language:language>/imports/<id:import_id>/refused.csv": Entry(managers()),
    "GET /api/v1/imports": Entry(managers()),
    "POST /api/v1/imports": Entry(managers(201), TABLE),
    "GET /api/v1/imports/<id:import_id>": Entry(managers()),
    "GET /api/v1/imports/<id:import_id>/lines": Entry(managers()),
    "PUT /api/v1/imports/<id:import_id>/columns": Entry(managers(), COLUMNS),
    "PUT /api/v1/imports/<id:import_id>/start": Entry(managers(), {"way": "invitations"}),
    "PUT /api/v1/imports/<id:import_id>/letters": Entry(managers(409)),
    "DELETE /api/v1/imports/<id:import_id>": Entry(managers(204)),
    "POST /api/v1/applications": Entry(everybody(202), APPLICATION),
    "GET /api/v1/applications": Entry(managers()),
    "GET /api/v1/applications/<id:application_id>": Entry(managers()),
    "PUT /api/v1/applications/<id:application_id>/approval": Entry(managers(), NEW_TOWN),
    "PUT /api/v1/applications/<id:application_id>/refusal": Entry(managers(), {"answer": "Not now."}),
    # municipalities
    "GET /<language:language>/municipalities": Entry(everybody()),
    "GET /<language:language>/municipalities/<id:municipality_id>": Entry(everybody()),
    "GET /<language:language>/municipalities/new": Entry(managers()),
    "POST /<language:language>/municipalities": Entry(managers(422), {"name_en": "A town"}),
    "GET /<language:language>/municipalities/<id:municipality_id>/edit": Entry(managers()),
    "PUT /<language:language>/municipalities/<id:municipality_id>": Entry(managers(303), TOWN),
    "GET /<language:language>/municipalities/<id:municipality_id>/merger": Entry(managers()),
    "PUT /<language:language>/municipalities/<id:municipality_id>/merger": Entry(managers(422), {"into": "0"}),
    "GET /<language:language>/municipalities/proposed": Entry(managers()),
    "GET /<language:language>/applications/<id:application_id>/town": Entry(managers()),
    "PUT /<language:language>/applications/<id:application_id>/town": Entry(managers(303), NEW_TOWN),
    "PUT /<language:language>/applications/<id:application_id>/town/refusal": Entry(managers(303), {"answer": "No."}),
    "POST /api/v1/municipalities": Entry(managers(422), {"name_en": "A town"}),
    "PATCH /api/v1/municipalities/<id:municipality_id>": Entry(managers(), TOWN),
    "PUT /api/v1/municipalities/<id:municipality_id>/merger": Entry(managers(422), {"into": "0"}),
    "GET /api/v1/towns": Entry(managers()),
    "PUT /api/v1/applications/<id:application_id>/town": Entry(managers(), NEW_TOWN),
    "PUT /api/v1/applications/<id:application_id>/town/refusal": Entry(managers(), {"answer": "No."}),
    "GET /api/v1/municipalities": Entry(everybody()),
    "GET /api/v1/municipalities/<id:municipality_id>": Entry(everybody()),
    # spaces
    "GET /<language:language>/spaces": Entry(everybody()),
    "GET /<language:language>/spaces/new": Entry(managers()),
    "POST /<language:language>/spaces": Entry(managers(303), SPACE),
    "GET /<language:language>/spaces/<id:space_id>": Entry(knowing()),
    "GET /<language:language>/spaces/<id:space_id>/edit": Entry(keepers()),
    "PUT /<language:language>/spaces/<id:space_id>": Entry(keepers(303), SPACE),
    "GET /<language:language>/spaces/<id:space_id>/members": Entry(knowing(guests=401)),
    "PUT /<language:language>/spaces/<id:space_id>/members/<id:member_id>": Entry(keepers(303)),
    "DELETE /<language:language>/spaces/<id:space_id>/members/<id:member_id>": Entry(keepers(303)),
    "PUT /<language:language>/spaces/<id:space_id>/request": Entry(knowing(403, guests=401)),
    "DELETE /<language:language>/spaces/<id:space_id>/request": Entry(knowing(303, guests=401)),
    "DELETE /<language:language>/spaces/<id:space_id>/requests/<id:member_id>": Entry(keepers(303)),
    "GET /<language:language>/spaces/<id:space_id>/topics/new": Entry(reading_members()),
    "POST /<language:language>/spaces/<id:space_id>/topics": Entry(reading_members(303), START),
    "GET /api/v1/spaces": Entry(everybody()),
    "POST /api/v1/spaces": Entry(managers(201), SPACE),
    "GET /api/v1/spaces/<id:space_id>": Entry(knowing()),
    "PATCH /api/v1/spaces/<id:space_id>": Entry(keepers(), SPACE),
    "GET /api/v1/spaces/<id:space_id>/members": Entry(knowing(guests=401)),
    "PUT /api/v1/spaces/<id:space_id>/members/<id:member_id>": Entry(keepers()),
    "DELETE /api/v1/spaces/<id:space_id>/members/<id:member_id>": Entry(keepers(204)),
    "PUT /api/v1/spaces/<id:space_id>/request": Entry(knowing(403, guests=401)),
    "DELETE /api/v1/spaces/<id:space_id>/request": Entry(knowing(204, guests=401)),
    "GET /api/v1/spaces/<id:space_id>/requests": Entry(keepers()),
    "DELETE /api/v1/spaces/<id:space_id>/requests/<id:member_id>": Entry(keepers(204)),
    "GET /api/v1/spaces/<id:space_id>/topics": Entry(readers()),
    "POST /api/v1/spaces/<id:space_id>/topics": Entry(reading_members(201), START),
    # workshops
    "PUT /<language:language>/workshops/<id:workshop_id>/audience": Entry(managing_readers(303), {"kind": "public"}),
    "PUT /api/v1/workshops/<id:workshop_id>/audience": Entry(managing_readers(), {"kind": "public"}),
    "GET /<language:language>/workshops": Entry(everybody()),
    "GET /<language:language>/workshops/<id:workshop_id>": Entry(readers()),
    "GET /<language:language>/workshops/<id:workshop_id>/calendar.ics": Entry(readers()),
    "GET /<language:language>/workshops/<id:workshop_id>/sessions/<id:session_id>/calendar.ics": Entry(readers()),
    "GET /<language:language>/workshops/new": Entry(managers()),
    "POST /<language:language>/workshops": Entry(managers(422), WORKSHOP),
    "GET /<language:language>/workshops/<id:workshop_id>/edit": Entry(managing_readers()),
    "PUT /<language:language>/workshops/<id:workshop_id>": Entry(managing_readers(303), WORKSHOP),
    "GET /<language:language>/workshops/<id:workshop_id>/programme": Entry(managing_readers()),
    "POST /<language:language>/workshops/<id:workshop_id>/sessions": Entry(managing_readers(422), SESSION),
    "GET /<language:language>/workshops/<id:workshop_id>/sessions/<id:session_id>/edit": Entry(managing_readers()),
    "PUT /<language:language>/workshops/<id:workshop_id>/sessions/<id:session_id>": Entry(
        managing_readers(422), SESSION
    ),
    "DELETE /<language:language>/workshops/<id:workshop_id>/sessions/<id:session_id>": Entry(managing_readers(303)),
    "POST /<language:language>/workshops/<id:workshop_id>/talks": Entry(managing_readers(303), TALK),
    "GET /<language:language>/workshops/<id:workshop_id>/talks/<id:talk_id>/edit": Entry(managing_readers()),
    "PUT /<language:language>/workshops/<id:workshop_id>/talks/<id:talk_id>": Entry(managing_readers(303), TALK),
    "DELETE /<language:language>/workshops/<id:workshop_id>/talks/<id:talk_id>": Entry(managing_readers(303)),
    "GET /<language:language>/workshops/<id:workshop_id>/cancellation": Entry(managing_readers()),
    "PUT /<language:language>/workshops/<id:workshop_id>/cancellation": Entry(managing_readers(303)),
    "DELETE /<language:language>/workshops/<id:workshop_id>/cancellation": Entry(managing_readers(303)),
    "PUT /api/v1/workshops/<id:workshop_id>/cancellation": Entry(managing_readers()),
    "DELETE /api/v1/workshops/<id:workshop_id>/cancellation": Entry(managing_readers()),
    "POST /api/v1/workshops": Entry(managers(422), WORKSHOP),
    "PUT /api/v1/workshops/<id:workshop_id>": Entry(managing_readers(), WORKSHOP),
    "PATCH /api/v1/workshops/<id:workshop_id>": Entry(managing_readers(), {"title_en": "Another title"}),
    "POST /api/v1/workshops/<id:workshop_id>/sessions": Entry(managing_readers(422), SESSION),
    "PUT /api/v1/workshops/<id:workshop_id>/sessions/<id:session_id>": Entry(managing_readers(422), SESSION),
    "DELETE /api/v1/workshops/<id:workshop_id>/sessions/<id:session_id>": Entry(managing_readers()),
    "POST /api/v1/workshops/<id:workshop_id>/talks": Entry(managing_readers(201), TALK),
    "PUT /api/v1/workshops/<id:workshop_id>/talks/<id:talk_id>": Entry(managing_readers(), TALK),
    "DELETE /api/v1/workshops/<id:workshop_id>/talks/<id:talk_id>": Entry(managing_readers()),
    "GET /<language:language>/workshops/<id:workshop_id>/announcement": Entry(readers()),
    "GET /<language:language>/workshops/<id:workshop_id>/materials": Entry(managing_readers()),
    "POST /<language:language>/workshops/<id:workshop_id>/materials": Entry(managing_readers(303), MATERIAL),
    "DELETE /<language:language>/workshops/<id:workshop_id>/materials/<id:material_id>": Entry(managing_readers(303)),
    "POST /api/v1/workshops/<id:workshop_id>/materials": Entry(managing_readers(201), MATERIAL),
    "DELETE /api/v1/workshops/<id:workshop_id>/materials/<id:material_id>": Entry(managing_readers()),
    # who comes
    "GET /<language:language>/workshops/<id:workshop_id>/registration": Entry(readers()),
    "PUT /<language:language>/workshops/<id:workshop_id>/registration": Entry(reading_members(303), COMING),
    "DELETE /<language:language>/workshops/<id:workshop_id>/registration": Entry(reading_members(303)),
    "POST /<language:language>/workshops/<id:workshop_id>/registrations": Entry(readers(303), COMING_GUEST),
    "GET /<language:language>/workshops/<id:workshop_id>/registrations/sent": Entry(readers()),
    "GET /<language:language>/workshops/<id:workshop_id>/registrations/<token>": Entry(readers(410)),
    "POST /<language:language>/workshops/<id:workshop_id>/registrations/<token>": Entry(readers(410)),
    "GET /<language:language>/workshops/<id:workshop_id>/join": Entry(readers(403)),
    "GET /<language:language>/workshops/<id:workshop_id>/join/<id:registration_id>/<token>": Entry(everybody(410)),
    "POST /<language:language>/workshops/<id:workshop_id>/join/<id:registration_id>/<token>": Entry(everybody(410)),
    "GET /<language:language>/workshops/<id:workshop_id>/registrations": Entry(managing_readers()),
    "GET /<language:language>/workshops/<id:workshop_id>/registrations.csv": Entry(managing_readers()),
    "PUT /<language:language>/workshops/<id:workshop_id>/admission": Entry(managing_readers(303), {"capacity": "900"}),
    "GET /api/v1/workshops/<id:workshop_id>/registration": Entry(reading_members()),
    "PUT /api/v1/workshops/<id:workshop_id>/registration": Entry(reading_members(), COMING),
    "DELETE /api/v1/workshops/<id:workshop_id>/registration": Entry(reading_members()),
    "POST /api/v1/workshops/<id:workshop_id>/registrations": Entry(readers(202), COMING_GUEST),
    "GET /api/v1/workshops/<id:workshop_id>/registrations": Entry(managing_readers()),
    "GET /api/v1/workshops/<id:workshop_id>/registrations.csv": Entry(managing_readers()),
    "GET /api/v1/workshops/<id:workshop_id>/admission": Entry(managing_readers()),
    "PUT /api/v1/workshops/<id:workshop_id>/admission": Entry(managing_readers(), {"capacity": 900}),
    "GET /<language:language>/calendar": Entry(everybody()),
    "GET /<language:language>/calendar.ics": Entry(everybody()),
    "GET /<language:language>/calendar/<token>.ics": Entry(everybody(404)),
    "GET /<language:language>/calendar/address": Entry(members()),
    "PUT /<language:language>/calendar/address": Entry(members(303)),
    "DELETE /<language:language>/calendar/address": Entry(members(303)),
    "GET /api/v1/account/calendar": Entry(members()),
    "PUT /api/v1/account/calendar": Entry(members()),
    "DELETE /api/v1/account/calendar": Entry(members()),
    "GET /<language:language>/workshops/<id:workshop_id>/topics/new": Entry(reading_members()),
    "POST /<language:language>/workshops/<id:workshop_id>/topics": Entry(reading_members(303), START),
    "GET /api/v1/workshops": Entry(everybody()),
    "GET /api/v1/workshops/<id:workshop_id>": Entry(readers()),
    "GET /api/v1/workshops/<id:workshop_id>/topics": Entry(readers()),
    "POST /api/v1/workshops/<id:workshop_id>/topics": Entry(reading_members(201), START),
    # notes that are taken together: staff write, and who has a place, which nobody here has
    "GET /<language:language>/workshops/<id:workshop_id>/notes": Entry(readers()),
    "GET /<language:language>/workshops/<id:workshop_id>/notes/part": Entry(readers()),
    "PUT /<language:language>/workshops/<id:workshop_id>/notes": Entry(staff(303), NOTES),
    "PUT /<language:language>/workshops/<id:workshop_id>/notes/pen": Entry(staff(303)),
    "DELETE /<language:language>/workshops/<id:workshop_id>/notes/pen": Entry(staff(303)),
    "PUT /<language:language>/workshops/<id:workshop_id>/notes/pen/request": Entry(staff(303)),
    "DELETE /<language:language>/workshops/<id:workshop_id>/notes/pen/request": Entry(staff(303)),
    "GET /<language:language>/workshops/<id:workshop_id>/notes/history": Entry(reading_members()),
    "PUT /<language:language>/workshops/<id:workshop_id>/notes/versions/<id:number>/return": Entry(staff(303)),
    "GET /api/v1/workshops/<id:workshop_id>/notes": Entry(readers()),
    "PUT /api/v1/workshops/<id:workshop_id>/notes": Entry(staff(), {"words": "Noted.", "version": 1}),
    "PUT /api/v1/workshops/<id:workshop_id>/notes/pen": Entry(staff()),
    "DELETE /api/v1/workshops/<id:workshop_id>/notes/pen": Entry(staff()),
    "PUT /api/v1/workshops/<id:workshop_id>/notes/pen/request": Entry(staff()),
    "DELETE /api/v1/workshops/<id:workshop_id>/notes/pen/request": Entry(staff()),
    "GET /api/v1/workshops/<id:workshop_id>/notes/versions": Entry(reading_members()),
    "GET /api/v1/workshops/<id:workshop_id>/notes/versions/<id:number>": Entry(reading_members()),
    "PUT /api/v1/workshops/<id:workshop_id>/notes/versions/<id:number>/return": Entry(staff()),
    # calls for applications: the owner of a side has applied, or reviews what somebody else sent
    "GET /<language:language>/workshops/<id:workshop_id>/call": Entry(readers()),
    "GET /<language:language>/workshops/<id:workshop_id>/call/edit": Entry(managing_readers()),
    "PUT /<language:language>/workshops/<id:workshop_id>/call": Entry(managing_readers(422), {"seats": "0"}),
    "DELETE /<language:language>/workshops/<id:workshop_id>/call": Entry(managing_readers(303)),
    "GET /<language:language>/workshops/<id:workshop_id>/application": Entry(reading_members()),
    "PUT /<language:language>/workshops/<id:workshop_id>/application": Entry(reading_members(422), {"words": ""}),
    "DELETE /<language:language>/workshops/<id:workshop_id>/application": Entry(reading_members(303)),
    "PUT /<language:language>/workshops/<id:workshop_id>/application/confirmation": Entry(reading_members(404)),
    "GET /<language:language>/workshops/<id:workshop_id>/reviews": Entry(writers()),
    "GET /<language:language>/workshops/<id:workshop_id>/applications": Entry(managing_readers()),
    "GET /<language:language>/workshops/<id:workshop_id>/applications.csv": Entry(managing_readers()),
    "GET /<language:language>/workshops/<id:workshop_id>/balance": Entry(managing_readers()),
    "GET /<language:language>/workshops/<id:workshop_id>/decisions": Entry(managing_readers()),
    "PUT /<language:language>/workshops/<id:workshop_id>/decisions": Entry(managing_readers(303)),
    "PUT /<language:language>/workshops/<id:workshop_id>/decisions/publication": Entry(managing_readers(409)),
    "GET /<language:language>/workshops/<id:workshop_id>/applications/<id:candidacy_id>": Entry(reviewers()),
    "PUT /<language:language>/workshops/<id:workshop_id>/applications/<id:candidacy_id>/review": Entry(owners(422)),
    "DELETE /<language:language>/workshops/<id:workshop_id>/applications/<id:candidacy_id>/place": Entry(
        managing_readers(409)
    ),
    "GET /api/v1/workshops/<id:workshop_id>/call": Entry(readers()),
    "PUT /api/v1/workshops/<id:workshop_id>/call": Entry(managing_readers(422), {"seats": 0}),
    "DELETE /api/v1/workshops/<id:workshop_id>/call": Entry(managing_readers(204)),
    "GET /api/v1/workshops/<id:workshop_id>/application": Entry(owners()),
    "PUT /api/v1/workshops/<id:workshop_id>/application": Entry(reading_members(422), {"words": ""}),
    "DELETE /api/v1/workshops/<id:workshop_id>/application": Entry(reading_members(204)),
    "PUT /api/v1/workshops/<id:workshop_id>/application/confirmation": Entry(reading_members(404)),
    "GET /api/v1/workshops/<id:workshop_id>/reviews": Entry(writers()),
    "GET /api/v1/workshops/<id:workshop_id>/applications": Entry(managing_readers()),
    "GET /api/v1/workshops/<id:workshop_id>/applications.csv": Entry(managing_readers()),
    "GET /api/v1/workshops/<id:workshop_id>/balance": Entry(managing_readers()),
    "PUT /api/v1/workshops/<id:workshop_id>/decisions/publication": Entry(managing_readers(409)),
    "GET /api/v1/workshops/<id:workshop_id>/applications/<id:candidacy_id>": Entry(reviewers()),
    "PUT /api/v1/workshops/<id:workshop_id>/applications/<id:candidacy_id>/review": Entry(owners(422)),
    "PUT /api/v1/workshops/<id:workshop_id>/applications/<id:candidacy_id>/decision": Entry(
        managing_readers(), {"decision": "selected"}
    ),
    "DELETE /api/v1/workshops/<id:workshop_id>/applications/<id:candidacy_id>/place": Entry(managing_readers(409)),
    # closing: these events are still to come, so that there is nothing to close; tests/closing/ closes some
    "GET /<language:language>/workshops/<id:workshop_id>/closing": Entry(managing_readers(409)),
    "PUT /<language:language>/workshops/<id:workshop_id>/closing": Entry(managing_readers(409)),
    "DELETE /<language:language>/workshops/<id:workshop_id>/closing/publication": Entry(managing_readers(303)),
    "GET /api/v1/workshops/<id:workshop_id>/closing": Entry(managing_readers(409)),
    "PUT /api/v1/workshops/<id:workshop_id>/closing": Entry(managing_readers(409)),
    "PUT /api/v1/workshops/<id:workshop_id>/closing/publication": Entry(managing_readers(409)),
    "DELETE /api/v1/workshops/<id:workshop_id>/closing/publication": Entry(managing_readers(204)),
    "GET /api/v1/workshops/<id:workshop_id>/closing/editions": Entry(managing_readers()),
    "GET /api/v1/workshops/<id:workshop_id>/outcome": Entry(everybody(404)),
    "GET /api/v1/workshops/<id:workshop_id>/outcome/editions": Entry(everybody(404)),
    "GET /api/v1/workshops/<id:workshop_id>/outcome/editions/<id:number>": Entry(everybody(404)),
    "PUT /api/v1/workshops/<id:workshop_id>/outcome/editions/<id:number>/withdrawal": Entry(managing_readers(404)),
    "DELETE /api/v1/workshops/<id:workshop_id>/outcome/editions/<id:number>/withdrawal": Entry(managing_readers(404)),
    "PUT /<language:language>/workshops/<id:workshop_id>/outcome/editions/<id:number>/withdrawal": Entry(
        managing_readers(404)
    ),
    "DELETE /<language:language>/workshops/<id:workshop_id>/outcome/editions/<id:number>/withdrawal": Entry(
        managing_readers(404)
    ),
    "GET /<language:language>/workshops/<id:workshop_id>/outcome/editions": Entry(everybody(404)),
    "GET /<language:language>/workshops/<id:workshop_id>/outcome/editions/<id:number>": Entry(everybody(404)),
    "GET /<language:language>/workshops/<id:workshop_id>/recording": Entry(managing_readers(409)),
    "PUT /<language:language>/workshops/<id:workshop_id>/recording": Entry(managing_readers(409)),
    "DELETE /<language:language>/workshops/<id:workshop_id>/recording": Entry(managing_readers()),
    "GET /api/v1/workshops/<id:workshop_id>/recording": Entry(everybody(404)),
    "PUT /api/v1/workshops/<id:workshop_id>/recording": Entry(managing_readers(409)),
    "DELETE /api/v1/workshops/<id:workshop_id>/recording": Entry(managing_readers(204)),
    "GET /recordings/<id:recording_id>": Entry(readers()),
    # records; these are published: what is not yet, tests/records/ tries, and handing in at events that have begun
    "GET /<language:language>/records/<id:record_id>": Entry(readers()),
    "DELETE /<language:language>/records/<id:record_id>": Entry(managing_readers(303)),
    "PUT /<language:language>/records/<id:record_id>/publication": Entry(managing_readers(303)),
    "GET /<language:language>/records/<id:record_id>/corrections": Entry(managing_readers()),
    "GET /<language:language>/records/<id:record_id>/lines/<id:number>/correction": Entry(managing_readers(409)),
    "PUT /<language:language>/records/<id:record_id>/lines/<id:number>/correction": Entry(
        managing_readers(409), {"words": "Other words."}
    ),
    "PUT /<language:language>/corrections/<id:correction_id>/approval": Entry(corrected(303)),
    "PUT /<language:language>/corrections/<id:correction_id>/refusal": Entry(corrected(303)),
    "GET /<language:language>/workshops/<id:workshop_id>/records/new": Entry(managing_readers(409)),
    "POST /<language:language>/workshops/<id:workshop_id>/records": Entry(managing_readers(409)),
    "GET /api/v1/workshops/<id:workshop_id>/records": Entry(readers()),
    "POST /api/v1/workshops/<id:workshop_id>/records": Entry(managing_readers(409)),
    "GET /api/v1/records/<id:record_id>": Entry(readers()),
    "DELETE /api/v1/records/<id:record_id>": Entry(managing_readers(204)),
    "PUT /api/v1/records/<id:record_id>/publication": Entry(managing_readers()),
    "GET /api/v1/records/<id:record_id>/lines": Entry(readers()),
    "GET /api/v1/records/<id:record_id>/captions": Entry(readers()),
    "GET /api/v1/records/<id:record_id>/corrections": Entry(managing_readers()),
    "PUT /api/v1/records/<id:record_id>/lines/<id:number>/correction": Entry(
        managing_readers(409), {"words": "Other words."}
    ),
    "PUT /api/v1/corrections/<id:correction_id>/approval": Entry(corrected()),
    "PUT /api/v1/corrections/<id:correction_id>/refusal": Entry(corrected()),
    # being there; the event of these is in 2031, so its doors are closed: what one tap does, tests/attending/ tries
    "GET /<language:language>/workshops/<id:workshop_id>/live": Entry(readers()),
    "GET /<language:language>/workshops/<id:workshop_id>/live/questions": Entry(readers()),
    "GET /<language:language>/workshops/<id:workshop_id>/questions/new": Entry(reading_members()),
    "POST /<language:language>/workshops/<id:workshop_id>/questions": Entry(reading_members(303), ASKED),
    "GET /<language:language>/workshops/<id:workshop_id>/questions/<id:question_id>": Entry(readers()),
    "PUT /<language:language>/workshops/<id:workshop_id>/questions/<id:question_id>": Entry(writers(303), ASKED),
    "DELETE /<language:language>/workshops/<id:workshop_id>/questions/<id:question_id>": Entry(writers(303)),
    "PUT /<language:language>/workshops/<id:workshop_id>/questions/<id:question_id>/voice": Entry(others(303)),
    "DELETE /<language:language>/workshops/<id:workshop_id>/questions/<id:question_id>/voice": Entry(others(303)),
    "PUT /<language:language>/workshops/<id:workshop_id>/questions/<id:question_id>/hiding": Entry(
        staff(303), {"reason": "Asked already."}
    ),
    "DELETE /<language:language>/workshops/<id:workshop_id>/questions/<id:question_id>/hiding": Entry(staff(303)),
    "PUT /<language:language>/workshops/<id:workshop_id>/questions/<id:question_id>/answer": Entry(
        staff(303), {"words": "So."}
    ),
    "DELETE /<language:language>/workshops/<id:workshop_id>/questions/<id:question_id>/answer": Entry(staff(303)),
    "PUT /<language:language>/workshops/<id:workshop_id>/attendance/mine": Entry(reading_members(409)),
    "DELETE /<language:language>/workshops/<id:workshop_id>/attendance/mine": Entry(reading_members(409)),
    "GET /<language:language>/workshops/<id:workshop_id>/attendance": Entry(staff()),
    "PUT /<language:language>/workshops/<id:workshop_id>/attendance/members/<id:member_id>": Entry(staff(303)),
    "DELETE /<language:language>/workshops/<id:workshop_id>/attendance/members/<id:member_id>": Entry(staff(303)),
    "PUT /<language:language>/workshops/<id:workshop_id>/attendance/registrations/<id:registration_id>": Entry(
        staff(303)
    ),
    "DELETE /<language:language>/workshops/<id:workshop_id>/attendance/registrations/<id:registration_id>": Entry(
        staff(303)
    ),
    "GET /<language:language>/workshops/<id:workshop_id>/reading": Entry(readers()),
    "POST /<language:language>/workshops/<id:workshop_id>/reading": Entry(staff(422), READING),
    "DELETE /<language:language>/workshops/<id:workshop_id>/reading/<id:entry_id>": Entry(staff(303)),
    "PUT /<language:language>/workshops/<id:workshop_id>/reading/<id:entry_id>/place": Entry(
        staff(303), {"place": "1"}
    ),
    "PUT /<language:language>/workshops/<id:workshop_id>/talk-topics": Entry(staff(303)),
    "GET /api/v1/workshops/<id:workshop_id>/questions": Entry(readers()),
    "POST /api/v1/workshops/<id:workshop_id>/questions": Entry(reading_members(201), ASKED),
    "GET /api/v1/workshops/<id:workshop_id>/questions/<id:question_id>": Entry(readers()),
    "PUT /api/v1/workshops/<id:workshop_id>/questions/<id:question_id>": Entry(writers(), ASKED),
    "DELETE /api/v1/workshops/<id:workshop_id>/questions/<id:question_id>": Entry(writers(204)),
    "PUT /api/v1/workshops/<id:workshop_id>/questions/<id:question_id>/voice": Entry(others()),
    "DELETE /api/v1/workshops/<id:workshop_id>/questions/<id:question_id>/voice": Entry(others()),
    "PUT /api/v1/workshops/<id:workshop_id>/questions/<id:question_id>/hiding": Entry(
        staff(), {"reason": "Asked already."}
    ),
    "DELETE /api/v1/workshops/<id:workshop_id>/questions/<id:question_id>/hiding": Entry(staff()),
    "PUT /api/v1/workshops/<id:workshop_id>/questions/<id:question_id>/answer": Entry(staff(), {"words": "So."}),
    "DELETE /api/v1/workshops/<id:workshop_id>/questions/<id:question_id>/answer": Entry(staff()),
    "GET /api/v1/workshops/<id:workshop_id>/attendance/mine": Entry(readers()),
    "PUT /api/v1/workshops/<id:workshop_id>/attendance/mine": Entry(reading_members(409)),
    "DELETE /api/v1/workshops/<id:workshop_id>/attendance/mine": Entry(reading_members(409)),
    "GET /api/v1/workshops/<id:workshop_id>/attendance": Entry(staff()),
    "GET /api/v1/workshops/<id:workshop_id>/attendance/expected": Entry(staff()),
    "PUT /api/v1/workshops/<id:workshop_id>/attendance/members/<id:member_id>": Entry(staff(204)),
    "DELETE /api/v1/workshops/<id:workshop_id>/attendance/members/<id:member_id>": Entry(staff(204)),
    "PUT /api/v1/workshops/<id:workshop_id>/attendance/registrations/<id:registration_id>": Entry(staff(204)),
    "DELETE /api/v1/workshops/<id:workshop_id>/attendance/registrations/<id:registration_id>": Entry(staff(204)),
    "GET /api/v1/workshops/<id:workshop_id>/reading": Entry(readers()),
    "POST /api/v1/workshops/<id:workshop_id>/reading": Entry(staff(422), READING),
    "DELETE /api/v1/workshops/<id:workshop_id>/reading/<id:entry_id>": Entry(staff(204)),
    "PUT /api/v1/workshops/<id:workshop_id>/reading/<id:entry_id>/place": Entry(staff(), {"place": 1}),
    "PUT /api/v1/workshops/<id:workshop_id>/talk-topics": Entry(staff()),
    # agenda; a request with one voice can be changed by its asker alone, and managers decide
    "GET /<language:language>/requests": Entry(everybody()),
    "GET /<language:language>/requests/new": Entry(members()),
    "POST /<language:language>/requests": Entry(members(303), REQUEST),
    "GET /<language:language>/requests/<id:request_id>": Entry(readers()),
    "GET /<language:language>/requests/<id:request_id>/edit": Entry(writers()),
    "PUT /<language:language>/requests/<id:request_id>": Entry(writers(303), REQUEST),
    "DELETE /<language:language>/requests/<id:request_id>": Entry(writers(303)),
    "PUT /<language:language>/requests/<id:request_id>/voice": Entry(reading_members(303)),
    "DELETE /<language:language>/requests/<id:request_id>/voice": Entry(reading_members(303)),
    "PUT /<language:language>/requests/<id:request_id>/answer": Entry(managing_readers(303), {"link": "/topics/1"}),
    "PUT /<language:language>/requests/<id:request_id>/schedule": Entry(managing_readers(303), {"workshop": "1"}),
    "PUT /<language:language>/requests/<id:request_id>/refusal": Entry(managing_readers(303), {"reason": "No means."}),
    "PUT /<language:language>/requests/<id:request_id>/merger": Entry(managing_readers(422), {"into": "999999"}),
    "DELETE /<language:language>/requests/<id:request_id>/decision": Entry(managing_readers(303)),
    "GET /api/v1/requests": Entry(everybody()),
    "GET /api/v1/requests/like": Entry(everybody()),
    "POST /api/v1/requests": Entry(members(201), REQUEST),
    "GET /api/v1/requests/<id:request_id>": Entry(readers()),
    "PUT /api/v1/requests/<id:request_id>": Entry(writers(), REQUEST),
    "DELETE /api/v1/requests/<id:request_id>": Entry(writers(204)),
    "PUT /api/v1/requests/<id:request_id>/voice": Entry(reading_members()),
    "DELETE /api/v1/requests/<id:request_id>/voice": Entry(reading_members()),
    "PUT /api/v1/requests/<id:request_id>/answer": Entry(managing_readers(), {"link": "/topics/1"}),
    "PUT /api/v1/requests/<id:request_id>/schedule": Entry(managing_readers(), {"workshop": 1}),
    "PUT /api/v1/requests/<id:request_id>/refusal": Entry(managing_readers(), {"reason": "No means."}),
    "PUT /api/v1/requests/<id:request_id>/merger": Entry(managing_readers(422), {"into": 999999}),
    "DELETE /api/v1/requests/<id:request_id>/decision": Entry(managing_readers()),
    # topics
    "GET /<language:language>/topics": Entry(everybody()),
    "GET /<language:language>/topics/unread": Entry(members()),
    "GET /<language:language>/topics/<id:topic_id>": Entry(readers()),
    "GET /<language:language>/topics/<id:topic_id>-<slug>": Entry(readers(302)),
    "PUT /<language:language>/topics/<id:topic_id>": Entry(authors(303), {"title": "Another title"}),
    "GET /<language:language>/topics/<id:topic_id>/edit": Entry(authors()),
    "PUT /<language:language>/topics/<id:topic_id>/closing": Entry(authors(303)),
    "DELETE /<language:language>/topics/<id:topic_id>/closing": Entry(authors(303)),
    "GET /<language:language>/topics/<id:topic_id>/continue": Entry(reading_members(302)),
    "GET /<language:language>/topics/<id:topic_id>/reply": Entry(reading_members()),
    "GET /<language:language>/topics/<id:topic_id>/posts": Entry(readers()),
    "POST /<language:language>/topics/<id:topic_id>/posts": Entry(reading_members(303), REPLY),
    "GET /<language:language>/topics/<id:topic_id>/posts/<id:number>": Entry(readers(302)),
    "PUT /<language:language>/topics/<id:topic_id>/read": Entry(reading_members(303), {"number": "1"}),
    "PUT /<language:language>/topics/<id:topic_id>/follow": Entry(reading_members(303), {"level": "mentions"}),
    "DELETE /<language:language>/topics/<id:topic_id>/follow": Entry(reading_members(303)),
    "GET /<language:language>/posts/<id:post_id>": Entry(readers(302)),
    "GET /<language:language>/posts/<id:post_id>/menu": Entry(readers()),
    "GET /<language:language>/posts/<id:post_id>/edit": Entry(authors()),
    "PUT /<language:language>/posts/<id:post_id>": Entry(authors(303), {"words": "Other words.", "version": "1"}),
    "PUT /<language:language>/posts/<id:post_id>/deletion": Entry(writers(303)),
    "DELETE /<language:language>/posts/<id:post_id>/deletion": Entry(writers(303)),
    "GET /<language:language>/posts/<id:post_id>/history": Entry(reading_members()),
    "GET /api/v1/posts/<id:post_id>": Entry(readers()),
    "PATCH /api/v1/posts/<id:post_id>": Entry(authors(), {"words": "Other words."}),
    "DELETE /api/v1/posts/<id:post_id>": Entry(writers(204)),
    "DELETE /api/v1/posts/<id:post_id>/deletion": Entry(writers(204)),
    "GET /api/v1/posts/<id:post_id>/versions": Entry(reading_members()),
    "PUT /<language:language>/posts/<id:post_id>/hiding": Entry(staff(303), {"why": "a test"}),
    "DELETE /<language:language>/posts/<id:post_id>/hiding": Entry(staff(303)),
    "GET /<language:language>/posts/<id:post_id>/answers": Entry(readers()),
    "GET /<language:language>/posts/<id:post_id>/reactions": Entry(readers()),
    "GET /api/v1/posts/<id:post_id>/answers": Entry(readers()),
    "GET /api/v1/posts/<id:post_id>/quote": Entry(reading_members()),
    "PUT /<language:language>/posts/<id:post_id>/reactions/<kind>": Entry(others(303)),
    "DELETE /<language:language>/posts/<id:post_id>/reactions/<kind>": Entry(others(303)),
    "GET /api/v1/posts/<id:post_id>/reactions": Entry(readers()),
    "PUT /api/v1/posts/<id:post_id>/reactions/<kind>": Entry(others()),
    "DELETE /api/v1/posts/<id:post_id>/reactions/<kind>": Entry(others()),
    "GET /api/v1/topics": Entry(everybody()),
    "GET /api/v1/topics/unread": Entry(members()),
    "GET /api/v1/topics/<id:topic_id>/posts/<id:number>": Entry(readers()),
    "PUT /api/v1/topics/<id:topic_id>/read": Entry(reading_members(), {"number": 1}),
    "PUT /api/v1/topics/<id:topic_id>/closing": Entry(authors()),
    "DELETE /api/v1/topics/<id:topic_id>/closing": Entry(authors()),
    "PUT /api/v1/posts/<id:post_id>/hiding": Entry(staff(204), {"why": "a test"}),
    "DELETE /api/v1/posts/<id:post_id>/hiding": Entry(staff(204)),
    "GET /api/v1/topics/<id:topic_id>": Entry(readers()),
    "GET /api/v1/topics/<id:topic_id>/posts": Entry(readers()),
    "POST /api/v1/topics/<id:topic_id>/posts": Entry(reading_members(201), REPLY),
    "PUT /api/v1/topics/<id:topic_id>/follow": Entry(reading_members(), {"level": "muted"}),
    "DELETE /api/v1/topics/<id:topic_id>/follow": Entry(reading_members(204)),
    "POST /api/v1/preview": Entry(members(), REPLY),
    "GET /api/v1/mentions": Entry(members()),
    # bookmarks, related topics; who removes a bookmark need not see the post any more
    "GET /<language:language>/bookmarks": Entry(members()),
    "PUT /<language:language>/posts/<id:post_id>/bookmark": Entry(reading_members(303), {"note": "Mine"}),
    "DELETE /<language:language>/posts/<id:post_id>/bookmark": Entry(members(303)),
    "GET /api/v1/bookmarks": Entry(members()),
    "PUT /api/v1/posts/<id:post_id>/bookmark": Entry(reading_members(), {"note": "Mine"}),
    "DELETE /api/v1/posts/<id:post_id>/bookmark": Entry(members(204)),
    "GET /<language:language>/topics/<id:topic_id>/related": Entry(readers()),
    "GET /<language:language>/topics/<id:topic_id>/print": Entry(readers()),
    "GET /api/v1/topics/<id:topic_id>/related": Entry(readers()),
    "GET /<language:language>/topics/<id:topic_id>/jump": Entry(readers(302)),
    # polls
    "GET /<language:language>/topics/<id:topic_id>/polls/new": Entry(authors()),
    "POST /<language:language>/topics/<id:topic_id>/polls": Entry(authors(303), POLL | {"lines": "Yes\nNo"}),
    "GET /<language:language>/polls/<id:poll_id>": Entry(readers()),
    "PUT /<language:language>/polls/<id:poll_id>/vote": Entry(reading_members(422)),
    "DELETE /<language:language>/polls/<id:poll_id>/vote": Entry(reading_members(303)),
    "PUT /<language:language>/polls/<id:poll_id>/closing": Entry(authors(303)),
    "GET /<language:language>/polls/<id:poll_id>/results.csv": Entry(readers()),
    "GET /api/v1/topics/<id:topic_id>/polls": Entry(readers()),
    "POST /api/v1/topics/<id:topic_id>/polls": Entry(authors(201), POLL | {"options": ["Yes", "No"]}),
    "GET /api/v1/polls/<id:poll_id>": Entry(readers()),
    "PUT /api/v1/polls/<id:poll_id>/vote": Entry(reading_members(422), {"options": []}),
    "DELETE /api/v1/polls/<id:poll_id>/vote": Entry(reading_members()),
    "PUT /api/v1/polls/<id:poll_id>/closing": Entry(authors()),
    # surveys: who is asked, and managers where they may read; whoever is asked belongs to the space
    "GET /<language:language>/surveys": Entry(members()),
    "GET /<language:language>/surveys/new": Entry(managers()),
    "POST /<language:language>/surveys": Entry(managers(422)),
    "GET /<language:language>/surveys/<id:survey_id>": Entry(reading_members()),
    "GET /<language:language>/surveys/<id:survey_id>/edit": Entry(managing_readers()),
    "PUT /<language:language>/surveys/<id:survey_id>": Entry(managing_readers(422)),
    "PUT /<language:language>/surveys/<id:survey_id>/closing": Entry(managing_readers(303)),
    "GET /<language:language>/surveys/<id:survey_id>/answers": Entry(reading_members()),
    "PUT /<language:language>/surveys/<id:survey_id>/answers": Entry(reading_members(303), {"do": "send"}),
    "PUT /<language:language>/surveys/<id:survey_id>/approval": Entry(reading_members(404), {"sheet": "0"}),
    "GET /<language:language>/surveys/<id:survey_id>/results": Entry(reading_members(403)),
    "GET /<language:language>/surveys/<id:survey_id>/results.csv": Entry(reading_members(403)),
    "POST /<language:language>/surveys/<id:survey_id>/questions/<id:question_id>/topic": Entry(managing_readers(409)),
    "GET /<language:language>/municipalities/<id:municipality_id>/focal-points": Entry(managers()),
    "PUT /<language:language>/municipalities/<id:municipality_id>/focal-points/<id:member_id>": Entry(managers(303)),
    "DELETE /<language:language>/municipalities/<id:municipality_id>/focal-points/<id:member_id>": Entry(managers(303)),
    "GET /api/v1/surveys": Entry(members()),
    "POST /api/v1/surveys": Entry(managers(422)),
    "GET /api/v1/surveys/<id:survey_id>": Entry(reading_members()),
    "PUT /api/v1/surveys/<id:survey_id>": Entry(managing_readers(422)),
    "PUT /api/v1/surveys/<id:survey_id>/closing": Entry(managing_readers()),
    "GET /api/v1/surveys/<id:survey_id>/answers": Entry(reading_members()),
    "PUT /api/v1/surveys/<id:survey_id>/answers": Entry(reading_members(), {"answers": []}),
    "GET /api/v1/surveys/<id:survey_id>/approval": Entry(reading_members()),
    "PUT /api/v1/surveys/<id:survey_id>/approval": Entry(reading_members(404), {"sheet": 0}),
    "GET /api/v1/surveys/<id:survey_id>/results": Entry(reading_members(403)),
    "POST /api/v1/surveys/<id:survey_id>/questions/<id:question_id>/topic": Entry(managing_readers(409)),
    "GET /api/v1/municipalities/<id:municipality_id>/focal-points": Entry(managers()),
    "PUT /api/v1/municipalities/<id:municipality_id>/focal-points/<id:member_id>": Entry(managers()),
    "DELETE /api/v1/municipalities/<id:municipality_id>/focal-points/<id:member_id>": Entry(managers()),
    # questionnaires: whoever may design what they belong to
    "GET /<language:language>/questionnaires/<id:questionnaire_id>": Entry(managing_readers()),
    "GET /<language:language>/questionnaires/<id:questionnaire_id>/preview": Entry(managing_readers()),
    "GET /<language:language>/questionnaires/<id:questionnaire_id>/questions/new": Entry(managing_readers()),
    "POST /<language:language>/questionnaires/<id:questionnaire_id>/questions": Entry(managing_readers(303), QUESTION),
    "GET /<language:language>/questionnaires/<id:questionnaire_id>/questions/<id:question_id>": Entry(
        managing_readers()
    ),
    "PUT /<language:language>/questionnaires/<id:questionnaire_id>/questions/<id:question_id>": Entry(
        managing_readers(303), QUESTION
    ),
    "DELETE /<language:language>/questionnaires/<id:questionnaire_id>/questions/<id:question_id>": Entry(
        managing_readers(303)
    ),
    "PUT /<language:language>/questionnaires/<id:questionnaire_id>/questions/<id:question_id>/position": Entry(
        managing_readers(303), {"to": "up"}
    ),
    "GET /api/v1/questionnaires/<id:questionnaire_id>": Entry(managing_readers()),
    "POST /api/v1/questionnaires/<id:questionnaire_id>/questions": Entry(managing_readers(201), QUESTION_TOLD),
    "PUT /api/v1/questionnaires/<id:questionnaire_id>/questions/<id:question_id>": Entry(
        managing_readers(), QUESTION_TOLD
    ),
    "DELETE /api/v1/questionnaires/<id:questionnaire_id>/questions/<id:question_id>": Entry(managing_readers()),
    "PUT /api/v1/questionnaires/<id:questionnaire_id>/questions/<id:question_id>/position": Entry(
        managing_readers(), {"to": "up"}
    ),
    # questions
    "PUT /<language:language>/posts/<id:post_id>/acceptance": Entry(authors(303)),
    "DELETE /<language:language>/posts/<id:post_id>/acceptance": Entry(authors(303)),
    "PUT /api/v1/posts/<id:post_id>/acceptance": Entry(authors()),
    "DELETE /api/v1/posts/<id:post_id>/acceptance": Entry(authors()),
    # themes and tags
    "GET /<language:language>/themes": Entry(everybody()),
    "GET /<language:language>/themes/new": Entry(staff_of_all()),
    "POST /<language:language>/themes": Entry(staff_of_all(303), THEME),
    "GET /<language:language>/themes/<id:theme_id>/edit": Entry(staff_of_all()),
    "PUT /<language:language>/themes/<id:theme_id>": Entry(staff_of_all(303), THEME),
    "PUT /<language:language>/themes/<id:theme_id>/retirement": Entry(staff_of_all(303)),
    "DELETE /<language:language>/themes/<id:theme_id>/retirement": Entry(staff_of_all(303)),
    "GET /api/v1/themes": Entry(everybody()),
    "POST /api/v1/themes": Entry(staff_of_all(201), THEME),
    "PATCH /api/v1/themes/<id:theme_id>": Entry(staff_of_all(), THEME),
    "PUT /api/v1/themes/<id:theme_id>/retirement": Entry(staff_of_all()),
    "DELETE /api/v1/themes/<id:theme_id>/retirement": Entry(staff_of_all()),
    "GET /api/v1/tags": Entry(everybody()),
    "PATCH /api/v1/topics/<id:topic_id>": Entry(authors(), {"title": "Another title", "tags": ["water"]}),
    # handovers: the two whom it is about, and managers; the successor alone answers
    "GET /<language:language>/members/<id:member_id>/handover": Entry(own_or_managers()),
    "PUT /<language:language>/members/<id:member_id>/handover": Entry(own_or_managers(422), {"successor": "0"}),
    "DELETE /<language:language>/members/<id:member_id>/handover": Entry(own_or_managers(404)),
    "GET /api/v1/members/<id:member_id>/handover": Entry(own_or_managers(404)),
    "PUT /api/v1/members/<id:member_id>/handover": Entry(own_or_managers(422), {"successor": "0"}),
    "DELETE /api/v1/members/<id:member_id>/handover": Entry(own_or_managers(404)),
    "GET /<language:language>/handovers/<id:handover_id>": Entry(the_two()),
    "PUT /<language:language>/handovers/<id:handover_id>/confirmation": Entry(the_two(403)),
    "PUT /<language:language>/handovers/<id:handover_id>/refusal": Entry(the_two(403)),
    "GET /api/v1/handovers/<id:handover_id>": Entry(the_two()),
    "PUT /api/v1/handovers/<id:handover_id>/confirmation": Entry(the_two(403)),
    "PUT /api/v1/handovers/<id:handover_id>/refusal": Entry(the_two(403)),
    # held posts: their authors, and staff who may read where they are meant to stand
    "GET /<language:language>/held": Entry(staff_of_all()),
    "GET /<language:language>/held/mine": Entry(members()),
    "GET /<language:language>/held/<id:held_id>": Entry(held()),
    "PUT /<language:language>/held/<id:held_id>/approval": Entry(deciding(303)),
    "PUT /<language:language>/held/<id:held_id>/refusal": Entry(deciding(303), {"reason": "Not here."}),
    "DELETE /<language:language>/held/<id:held_id>": Entry(held(303, staff=403)),
    "GET /api/v1/held": Entry(staff_of_all()),
    "GET /api/v1/held/mine": Entry(members()),
    "GET /api/v1/held/<id:held_id>": Entry(held()),
    "PUT /api/v1/held/<id:held_id>/approval": Entry(deciding()),
    "PUT /api/v1/held/<id:held_id>/refusal": Entry(deciding(204), {"reason": "Not here."}),
    "DELETE /api/v1/held/<id:held_id>": Entry(held(204, staff=403)),
    # drafts: only ever one's own, whatever they are meant for
    "GET /<language:language>/drafts": Entry(members()),
    "DELETE /<language:language>/drafts/<subject>/<id:subject_id>": Entry(members(303)),
    "GET /api/v1/drafts": Entry(members()),
    "GET /api/v1/drafts/<subject>/<id:subject_id>": Entry(members(404)),
    "PUT /api/v1/drafts/<subject>/<id:subject_id>": Entry(members(204), {"words": "Not yet."}),
    "DELETE /api/v1/drafts/<subject>/<id:subject_id>": Entry(members(204)),
    # notices
    "GET /<language:language>/notices": Entry(members()),
    "PUT /<language:language>/notices/read": Entry(members(303)),
    "PUT /<language:language>/notices/<id:notice_id>/read": Entry(owners(303)),
    "GET /api/v1/notices": Entry(members()),
    "PUT /api/v1/notices/read": Entry(members()),
    "PUT /api/v1/notices/<id:notice_id>/read": Entry(owners()),
}


# Who is answered on the sockets; tests/live/test_rights_of_events.py tries them.
EVENTS = {
    "topic:join": readers(),
    "topic:leave": everybody(),
    "pad:join": readers(),
    "pad:leave": everybody(),
    "workshop:join": readers(),
    "workshop:leave": everybody(),
}


def addresses(app) -> list[tuple[str, str]]:
    """(method, rule) of everything that the application answers."""
    found = []
    for rule in app.url_map.iter_rules():
        found += [(method, rule.rule) for method in sorted(rule.methods - {"HEAD", "OPTIONS"})]
    return sorted(found)


def told(answer: Any) -> str:
    """All that was answered."""
    return answer.get_data().decode("utf-8", "replace") + str(answer.headers)


class World:
    """A public and a private space with the same things in both, and somebody of each kind."""

    def __init__(self, app, make: Making, sign_in: Callable[..., Client], work: Callable[[], int]) -> None:
        self.app, self.make, self.sign_in = app, make, sign_in
        self.municipality = make.municipality("Amman")
        self.members: dict[str, Member] = {}
        for role in ROLES[1:]:
            roles = [role] if role in ("translator", *STAFF) else []
            self.members[role] = make.member(f"The {role}", roles=roles, municipality=self.municipality)
        self.spaces = {
            "public": make.public(),
            "private": make.space("private", members=[self.members["group"], self.members["suspended"]]),
        }
        day = {"starts": datetime(2031, 4, 1, 9), "ends": datetime(2031, 4, 1, 17)}
        self.workshops = {side: make.workshop(self.title(side), space=self.spaces[side], **day) for side in SIDES}
        self.clients = {role: sign_in(self.members[role]) for role in ROLES[1:]}
        self.clients["guest"] = app.test_client()
        self.make.suspend(self.members["suspended"])
        self.notices = self._notices(work)
        self.theme = make.theme("Water")
        self.files = {side: self._file(side) for side in SIDES}
        make.member_list(TABLE["table"])
        page = self.clients["guest"].get("/en/").text
        self.asset = re.search(r"/assets/([^\"#]+\.css)", page)[1]

    @staticmethod
    def title(side: str) -> str:
        """What is private carries the mark."""
        return MARK if side == "private" else "Open to all"

    def owner(self, side: str) -> Member:
        """Who writes on this side."""
        return self.members["group" if side == "private" else "member"]

    def topic(self, side: str) -> Topic:
        """A fresh topic with a second post, which another member mentions nobody in."""
        topic = self.make.topic(
            self.title(side),
            words=f"Words {self.title(side)}",
            author=self.owner(side),
            workshop=self.workshops[side],
            tags=[self.title(side)],
            kind="question",
        )
        self.make.reply(topic, f"More {self.title(side)}", author=self.owner(side))
        return topic

    def _notices(self, work: Callable[[], int]) -> dict[str, int]:
        """A notice of each side's owner."""
        for side in SIDES:
            other = self.make.member("The other", space=self.spaces["private"])
            topic = self.topic(side)
            work()
            self.make.reply(topic, f"An answer, {self.title(side)}", author=other)
        work()
        with self.app.app_context():
            return {
                side: db.session.scalars(select(Notice.id).where(Notice.member_id == self.owner(side).id)).one()
                for side in SIDES
            }

    def _file(self, side: str) -> int:
        """A picture in a post of this side."""
        sent = samples.multipart(
            samples.picture(size=(700, 20)), f"{self.title(side)}.png", description=self.title(side)
        )
        said = self.clients["group" if side == "private" else "member"].post("/api/v1/files", **sent).json
        topic = self.topic(side)
        self.make.reply(topic, said["markdown"], author=self.owner(side))
        return said["id"]

    def _noted(self, side: str) -> int:
        """A fresh workshop of this side with notes in one text, whose pen nobody has."""
        workshop = self.make.workshop(self.title(side), space=self.spaces[side])
        writer = self.make.member("The writer", space=self.spaces["private"])
        self.make.registration(workshop, writer)
        self.make.notes(workshop, f"Noted {self.title(side)}", by=writer)
        return workshop.id

    def _record(self, side: str, *, published: bool = True, timed: bool = False) -> int:
        """What was said at a fresh workshop of this side."""
        workshop = self.make.workshop(self.title(side), space=self.spaces[side])
        self.record_of = workshop
        when = "WEBVTT\n\n00:01.000 --> 00:02.000\n" if timed else ""
        return self.make.record(workshop, f"{when}Said {self.title(side)}", published=published)

    def _call(self, rule: str, side: str) -> tuple[int, int]:
        """A fresh event of this side with a call, and an application: the owner's, or for the owner to review."""
        workshop = self.make.workshop(self.title(side), space=self.spaces[side])
        if "/call" in rule:
            self.make.call(workshop)
            return workshop.id, 0
        owner = self.owner(side)
        reviews = "applications" in rule or "/reviews" in rule
        self.make.call(workshop, closed=True, reviewers=[owner] if reviews else [])
        if reviews:
            applicant = self.make.member(municipality=self.make.municipality())
        else:
            applicant = owner
            self.make.move(owner, self.municipality)  # an address before this one may have taken them out
        made = self.make.candidacy(workshop, applicant)
        self.make.assign(workshop)
        return workshop.id, made

    def _request(self, side: str) -> int:
        """What the owner's municipality needs; on the private side in a space that was closed since."""
        inside = [self.members["group"], self.members["suspended"]] if side == "private" else []
        self.make.move(self.owner(side), self.municipality)  # an address before this one may have taken them out
        space = self.make.space("public", members=inside)
        made = self.make.request(self.title(side), asker=self.owner(side), space=space)
        if side == "private":
            self.make.change_space(space, "private")
        return made

    def _survey(self, side: str) -> Survey:
        """What members are asked; on the private side in a space that was closed since, after its staff made it."""
        inside = [self.members["group"], self.members["suspended"]] if side == "private" else []
        space = self.make.space("public", members=inside)
        plan = QuestionPlan("text", {"en": f"Asked {self.title(side)}"})
        made = self.make.survey(plan, title=self.title(side), space=space)
        if side == "private":
            self.make.change_space(space, "private")
        return made

    def other_session(self, side: str) -> int:
        """The id of another device of the side's owner."""
        self.sign_in(self.owner(side))
        with self.app.app_context():
            query = select(SignInSession.id).where(SignInSession.member_id == self.owner(side).id)
            return db.session.scalars(query.order_by(SignInSession.id.desc())).first()

    def fill(self, rule: str, side: str) -> str:
        """The rule with the things of one side in its places."""
        values: dict[str, Any] = {
            "language": "en",
            "slug": "another-slug",
            "number": 2,
            "kind": "agree",
            "name": self.asset,
            "workshop_id": self.workshops[side].id,
            "municipality_id": self.municipality.id,
            "member_id": self.owner(side).id,
            "notice_id": self.notices[side],
            "token": "no-such-token",
            "subject": "topic",
            "subject_id": 1,
            "theme_id": self.theme.id,
            "file_id": self.files[side],
            "width": 640,
            "part": 1,
            "passkey_id": 1,
        }
        if "invitation_id" in rule:
            values["invitation_id"] = self.make.invitation(municipality=self.municipality)
        if "held_id" in rule:
            with self.make.writing():  # a member has few waiting at a time
                db.session.execute(delete(HeldPost).where(HeldPost.author_id == self.owner(side).id))
            values["held_id"] = self.make.held(self.topic(side), f"Held {self.title(side)}", author=self.owner(side))
        if "import_id" in rule:
            values["import_id"] = self.make.member_list()
        if "handover_id" in rule:
            self.make.move(self.owner(side), self.municipality)  # an address before this one may have taken them out
            colleague = self.make.member("A colleague", municipality=self.municipality)
            values["handover_id"] = self.make.handover(self.owner(side), colleague)
        if "letter_id" in rule:
            values["letter_id"] = self.make.letter()
        if "application_id" in rule:
            values["application_id"] = self.make.application()
        if "space_id" in rule:
            inside = [self.members["group"], self.members["suspended"]] if side == "private" else []
            values["space_id"] = self.make.space(side, members=inside).id
            values["member_id"] = self.make.member("Somebody else").id
        if re.search("member_id>/(letter|suspension)", rule):
            values["member_id"] = self.make.member("Somebody else").id
        if "material_id" in rule:
            values["material_id"] = self.make.material(self.workshops[side], self.title(side))
        if "talk_id" in rule:
            values["talk_id"] = self.make.talk(self.workshops[side])
        if "workshop_id" in rule and "session_id" in rule:
            values["session_id"] = self.make.session(self.workshops[side])
        elif "session_id" in rule:
            values["session_id"] = self.other_session(side)
        if "topic_id" in rule or "post_id" in rule:
            topic = self.topic(side)
            values["topic_id"] = topic.id
            values["post_id"] = topic.post.id + 1
        if "/notes" in rule:
            values["workshop_id"] = self._noted(side)
            values["number"] = 1
        if "recording_id" in rule:
            workshop = self.make.over(self.title(side), space=self.spaces[side])
            values["recording_id"] = self.make.recording(workshop, name=f"{self.title(side)}.mp3")
            self.make.closed(workshop)
        if "record_id" in rule:
            values["record_id"] = self._record(side, timed="captions" in rule)
            values["number"] = 1
        if "correction_id" in rule:
            values["record_id"] = self._record(side, published=False)
            self.make.registration(self.record_of, self.owner(side))
            values["correction_id"] = self.make.correction(values["record_id"], 1, "Other words.", by=self.owner(side))
        if CALLS.search(rule):
            values["workshop_id"], values["candidacy_id"] = self._call(rule, side)
        if "request_id" in rule:
            values["request_id"] = self._request(side)
        if "survey_id" in rule:
            self.survey = self._survey(side)
            values["survey_id"] = self.survey.id
            values["question_id"] = self.make.question_ids(self.survey.questionnaire_id)[0]
        if "focal-points" in rule:
            self.make.move(self.owner(side), self.municipality)  # an address before this one may have taken them out
        if "questionnaire_id" in rule:
            inside = [self.members["group"], self.members["suspended"]] if side == "private" else []
            plan = QuestionPlan("text", {"en": f"Asked {self.title(side)}"})
            values["questionnaire_id"] = self.make.questionnaire(self.make.space(side, members=inside), plan)
            values["question_id"] = self.make.question_ids(values["questionnaire_id"])[0]
        if "workshop_id" in rule and "question_id" in rule:
            asked = self.make.question(self.workshops[side], f"Asked {self.title(side)}", asker=self.owner(side))
            values["question_id"] = asked
        if "registration_id" in rule:
            values["registration_id"] = self.make.registration(self.workshops[side], self.owner(side))
        if "entry_id" in rule:
            values["entry_id"] = self.make.reading(self.workshops[side], self.title(side))
        if "poll_id" in rule:
            values["poll_id"] = self.make.poll(self.topic(side), self.title(side)).id
        return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(values[found[1]]), rule)

    def ask(self, client: Client, method: str, path: str, body: dict[str, Any]) -> Any:
        """Send it as a page's form or as JSON, with what is right."""
        if method == "GET":
            return client.get(f"{path}?since=1" if re.fullmatch(r"/en/topics/\d+/posts", path) else path)
        if path.startswith("/api/") and "file" in body:
            return client.post(path, **samples.multipart(body["file"]))
        if path.startswith("/api/"):
            sent = {**body, "key": f"key-{self.make._next()}"} if body else None
            return client.json(method, path, sent, headers=self._seen(method, path))
        if "file" in body:
            return client.post(path, **samples.multipart(body["file"], csrf_token=client.token()))
        return client.form(path, {**body, "key": f"key-{self.make._next()}"}, method=method)

    def _seen(self, method: str, path: str) -> dict[str, str] | None:
        """The version that the sender saw: the last one."""
        if method in ("PUT", "PATCH") and (found := re.fullmatch(r"/api/v1/workshops/(\d+)", path)):
            with self.app.app_context():
                seen = db.session.get(WorkshopRow, int(found[1]))
                return {"If-Match": str(seen.revision if seen else 0)}
        return {"If-Match": "1"} if method == "PATCH" else None


@pytest.fixture
def world(app, make, sign_in, work) -> World:
    """The world of one test."""
    return World(app, make, sign_in, work)


def test_every_address_has_an_entry_and_every_entry_an_address(app):
    asked = {f"{method} {rule}" for method, rule in addresses(app)}
    assert asked - set(RIGHTS) == set(), "these addresses say nowhere who may"
    assert set(RIGHTS) - asked == set(), "these entries have no address"


def test_every_address_of_the_api_says_what_it_takes_and_answers(app):
    silent = undescribed(app)
    assert not silent, (
        "write @gives(…) between the route and the function (forum/core/openapi/describing.py; core/api has PageOf and "
        f"AllOf, shapes.py the TypedDict of the answer): {', '.join(silent)}"
    )


def test_the_description_of_the_api_knows_who_has_to_sign_in(app):
    wrong = []
    for rule, method, view in operations(app):
        name = f"{method} {rule.rule}"
        needed = RIGHTS[name].rights["public"]["guest"] == 401 and view.description.takes is not ApiSignInForm
        if needed == view.description.lets_guests(method):
            wrong.append(f"{name}: @gives(…, guests={not needed})")
    assert not wrong, "\n" + "\n".join(wrong)


def ends_the_session(rule: str) -> bool:
    """Asked last, by a client of its own."""
    return rule.endswith(("/sign-out", "/sessions/current", "/devices"))


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("face", ["pages", "api"])
def test_every_address_for_every_kind_of_reader(world, side, face):
    wrong = []
    for name, entry in RIGHTS.items():
        method, rule = name.split(" ", 1)
        if (face == "api") != rule.startswith("/api/"):
            continue
        path, changed = world.fill(rule, side), False
        for role in ROLES:
            if changed:  # what somebody changed is made anew for the next
                path = world.fill(rule, side)
            client = world.clients[role]
            if ends_the_session(rule) and method != "GET" and role not in GUESTS:
                client = world.clients[role] = world.sign_in(world.members[role])
            answer = world.ask(client, method, path, entry.body)
            changed = method != "GET" and answer.status_code < 400
            if rule.endswith(("/sign-out", "/sessions/current")) and method != "GET" and role not in GUESTS:
                world.clients[role] = world.sign_in(world.members[role])
            wanted = entry.rights[side][role]
            same = answer.status_code == wanted or {answer.status_code, wanted} == {302, 303}
            if not same:
                wrong.append(f"{name} of the {side} side as {role}: {answer.status_code}, not {wanted}")
            if side == "private" and role != "group" and MARK in told(answer):
                wrong.append(f"{name} shows {role} what is private")
    assert not wrong, "\n" + "\n".join(wrong)


def test_what_the_group_may_not_do_is_not_done(app, world):
    """The statuses above are not only said: nothing changes."""
    topic = world.topic("private")
    path = f"/api/v1/topics/{topic.id}"
    before = world.clients["group"].get(path).json
    for role in ROLES:
        if role == "group":
            continue
        for name, entry in RIGHTS.items():
            method, rule = name.split(" ", 1)
            if method != "GET" and "topic_id" in rule:
                asked = rule.replace("<language:language>", "en").replace("<id:topic_id>", str(topic.id))
                world.ask(world.clients[role], method, asked, entry.body)
    assert world.clients["group"].get(path).json == before


# Hidden is absent

ABSENT = 987_654_321


def neutral(answer: Any, id: int) -> tuple[int, str]:
    """Status and body without the name of the request, the token and the id that was asked for."""
    body = answer.text.replace(answer.headers["X-Request-Id"], "REQUEST")
    body = re.sub(r'(value|data-csrf)="[^"]{60,}"', "TOKEN", body)
    return answer.status_code, re.sub(rf"(topics|posts|workshops|spaces)(/|%2F){id}(?!\d)", r"\1/ID", body)


def test_hidden_and_absent_are_one_answer_and_cost_the_same(app, world):
    topic = world.topic("private")
    hidden = {"topic_id": topic.id, "post_id": topic.post.id, "workshop_id": world.workshops["private"].id}
    hidden["space_id"] = world.spaces["private"].id
    different = []
    for name, entry in RIGHTS.items():
        method, rule = name.split(" ", 1)
        kind = next((kind for kind in hidden if kind in rule), None)
        if kind is None:
            continue
        pattern = rule.replace("<language:language>", "en").replace("<slug>", "a-slug").replace("<id:number>", "1")
        pattern = pattern.replace("<kind>", "agree")
        pattern = pattern.replace("<id:member_id>", str(world.members["outsider"].id))
        for role in ("guest", "suspended", "outsider", "moderator", "admin"):
            if kind == "space_id" and role in MANAGERS:
                continue  # they keep all spaces
            client = world.clients[role]
            client.token()
            told, cost = [], []
            for id in (hidden[kind], ABSENT, hidden[kind], ABSENT):
                with statements(app) as counted:
                    answer = world.ask(client, method, pattern.replace(f"<id:{kind}>", str(id)), entry.body)
                told.append(neutral(answer, id))
                cost.append(counted.number)
            if told[2] != told[3]:
                different.append(f"{name} as {role}: {told[2][0]} and {told[3][0]}, or other bodies")
            if cost[2] != cost[3]:
                different.append(f"{name} as {role}: {cost[2]} statements for what is hidden, {cost[3]} for absent")
    assert not different, "\n" + "\n".join(different)


# Crawling

LINK = re.compile(r'(?:href|action|src)="([^"]+)"')


def crawl(client: Client, starts: list[str]) -> dict[str, str]:
    """{address: body} of every page and list that can be reached."""
    waiting, seen = list(starts), {}
    while waiting:
        path = waiting.pop().split("#")[0]
        if not path.startswith("/") or path.startswith(("/assets/", "/favicon", "/icon-")) or path in seen:
            continue
        if re.match(r"/(?:ar|fr|tr)/", path):
            continue
        answer = client.get(path)
        seen[path] = told(answer)
        assert answer.status_code < 500, path
        if "Location" in answer.headers:
            waiting.append(answer.headers["Location"])
        if answer.mimetype == "text/html":
            # The calendar leads from month to month for two thousand years.
            waiting += [unescape(link) for link in LINK.findall(answer.text) if "?month=" not in link]
    return seen


def starts(app) -> list[str]:
    """Every address that can be read, with every id that there may be."""
    found = ["/en/", "/en/topics?cursor=", "/api/v1/topics"]
    highest = highest_ids(app)
    for method, rule in addresses(app):
        if method != "GET" or "<path" in rule:
            continue
        path = rule.replace("<language:language>", "en").replace("-<slug>", "").replace("<id:number>", "1")
        things = [highest.get(name, IDS) for name in re.findall(r"<id:(\w+)>", path)]
        found += [re.sub(r"<id:\w+>", str(id), path) for id in range(1, min(things, default=1) + 1)]
    found = [f"{path}?since=1" if re.fullmatch(r"/en/topics/\d+/posts", path) else path for path in found]
    return found


IDS = 6  # how many of each kind are asked for
SEVERAL = ("question", "session")  # words that more than one table goes by


def highest_ids(app) -> dict[str, int]:
    """{"topic_id": …} of what has a table of its own; nothing stands behind a higher one. Where there is none, the
    first is asked for all the same."""
    found = {}
    with app.app_context():
        for name, table in db.metadata.tables.items():
            one = f"{name[:-3]}y" if name.endswith("ies") else name.removesuffix("s")
            if "id" in table.c and one not in SEVERAL:
                found[f"{one}_id"] = min(db.session.scalar(select(func.max(table.c.id))) or 1, IDS)
    return found


def hits(seen: dict[str, str]) -> list[str]:
    """Where the mark stands."""
    return sorted(path for path, body in seen.items() if MARK in body)


@pytest.mark.parametrize("role", ["guest", "outsider", "suspended", "moderator", "admin"])
def test_a_crawl_finds_nothing_of_a_private_space(app, world, role):
    world.topic("private")
    seen = crawl(world.clients[role], starts(app))
    assert len(seen) > 60
    assert hits(seen) == []


def test_a_crawl_of_the_group_finds_it_and_after_leaving_finds_nothing(app, world):
    topic = world.topic("private")
    client = world.clients["group"]
    found = hits(crawl(client, starts(app)))
    for path in (
        "/en/",
        "/en/topics",
        "/en/workshops",
        "/en/notices",
        "/api/v1/topics",
        f"/en/topics/{topic.id}",
        f"/en/topics/{topic.id}/posts?since=1",
        f"/api/v1/topics/{topic.id}/posts",
        f"/en/members/{topic.author.id}",
    ):
        assert path in found
    assert client.get("/api/v1/sessions/current").json
    world.make.remove_from_space(world.spaces["private"], world.members["group"])
    found = hits(crawl(client, starts(app)))
    assert [path for path in found if "/files" not in path] == []  # uploads stay one's own
    assert client.get("/api/v1/notices").json["items"] == []


def test_a_space_that_closes_is_closed_for_cached_pages_too(app, world):
    topic = world.topic("public")
    path = f"/en/topics/{topic.id}"
    outsider = world.clients["outsider"]
    for _ in range(3):
        assert topic.title in outsider.get(path).text
    world.make.change_space(Space(world.spaces["public"].id, "public"), "private")
    answer = outsider.get(path)
    assert answer.status_code == 404
    assert topic.title not in answer.text


def test_a_role_that_is_taken_is_gone_with_the_next_request(world):
    topic = world.topic("public")
    moderator = world.clients["moderator"]
    path = f"/en/posts/{topic.post.id + 1}/hiding"
    world.make.take_role(world.members["moderator"], "moderator")
    assert moderator.form(path, {"why": "x"}, method="PUT").status_code == 403


def test_a_hidden_posts_words_are_nowhere(app, world):
    topic = world.topic("public")
    post = world.make.reply(topic, f"to be hidden {MARK}", author=world.members["outsider"])
    assert hits(crawl(world.clients["guest"], starts(app))) != []
    world.make.hide(post)
    time.sleep(1.05)  # what guests are shown may be a second old
    for role in ("guest", "outsider", "member"):
        assert hits(crawl(world.clients[role], starts(app))) == []
