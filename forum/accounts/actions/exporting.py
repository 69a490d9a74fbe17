"""Exports: asked for, made in the background, fetched once.

Making one takes as long as a member has written; so it is an errand with short transactions of its own, and none while
it reads and packs. A process that dies meanwhile leaves a claim behind, which counts for nothing after a while.
"""

import logging
from datetime import timedelta

from sqlalchemy import and_, or_, select, update

from forum.accounts import mailings
from forum.accounts.events import ExportAsked
from forum.accounts.models import Export, ExportState
from forum.accounts.queries import EXPORT, UNDER_WAY
from forum.core import audit, clock, limits
from forum.core.db import db, transaction
from forum.core.errors import Conflict
from forum.core.events import record
from forum.core.jobs import current_jobs
from forum.core.languages import current_speech, speaking
from forum.core.languages import gettext as _
from forum.core.personal import Who, contents_of, files_of
from forum.core.personal.packing import pack, throw_away
from forum.core.site import current_site
from forum.members import queries as members
from forum.members.actions.tokens import make_token, use_token, void_tokens
from forum.members.models import Member, Token

log = logging.getLogger(__name__)

LIFE = timedelta(hours=1)
PER_DAY = 3  # exports of one member
IN_DOUBT = timedelta(minutes=30)  # a claim older than this was left by a crash
MOST_TRIES = 3
FETCHING = timedelta(hours=1)  # the slowest line has a whole copy by then


def ask_export(member: Member) -> Export:
    """Have everything that is held of a member packed for them, one at a time; an earlier copy ends."""
    db.session.get(Member, member.id, with_for_update=True, populate_existing=True)  # two forms at once take turns
    if db.session.scalar(select(Export.id).where(Export.member_id == member.id, Export.state.in_(UNDER_WAY))):
        raise Conflict(_("Your data is being packed already. A letter comes when it is ready."))
    limits.refuse_above(PER_DAY, f"export:{member.id}", window=timedelta(days=1))
    limits.count(f"export:{member.id}", window=timedelta(days=1))
    earlier = select(Export).where(Export.member_id == member.id, Export.state == ExportState.READY)
    for export in db.session.scalars(earlier):
        end_export(export)
    export = Export(member_id=member.id, asked_at=clock.now())
    db.session.add(export)
    db.session.flush()
    audit.note("export asked", actor_id=member.id, subject=("member", member.id))
    record(ExportAsked(export.id))
    return export


def hurry(_asked: ExportAsked) -> None:
    """At once: have the jobs make it without waiting for the clock."""
    current_jobs().run_soon(make_exports)


def make_exports() -> None:
    """Errand: make what was asked for."""
    while (export := _claim()) is not None:
        try:
            file, size = _make(export.member_id)
        except Exception:
            log.exception("export %d failed", export.id)
            _put_back(export.id)
        else:
            _finish(export.id, file, size)


def _claim() -> Export | None:
    with transaction() as session:
        now = clock.now()
        due = or_(
            Export.state == ExportState.WAITING,
            and_(Export.state == ExportState.MAKING, Export.claimed_at <= now - IN_DOUBT),
        )
        query = select(Export).where(due, Export.tries < MOST_TRIES).order_by(Export.id).limit(1)
        export = session.scalar(query.with_for_update(skip_locked=True))
        if export is not None:
            export.state, export.claimed_at, export.tries = ExportState.MAKING, now, export.tries + 1
        return export


def _make(member_id: int) -> tuple[str, int]:
    reader = members.reader_for(member_id)
    member = members.get_member(member_id)
    with speaking(member.language):
        readme = _explained()
    who = Who(member.id, member.email, reader=reader)
    return pack(files_of(who), contents=contents_of(who), readme=readme)


def _explained() -> str:
    """What stands beside the files."""
    return "\n".join(
        [
            _(
                "This is what %(site)s holds of you, a file for each kind of thing.",
                site=current_site().name(current_speech().language),
            ),
            "",
            _("The files hold JSON, which every text editor opens. Times are in UTC."),
            _("What you uploaded is in the folder “uploads”."),
            _("Of other people there is only what you quoted in your own posts."),
            _("Left out is what opens an account (passwords, links, keys) and what is made for searching and sorting."),
            "",
        ]
    )


def _put_back(export_id: int) -> None:
    with transaction() as session:
        export = session.get_one(Export, export_id, populate_existing=True)
        export.state = ExportState.FAILED if export.tries >= MOST_TRIES else ExportState.WAITING


def _finish(export_id: int, file: str, size: int) -> None:
    """Tell the member, unless the account or its owner's wish is gone meanwhile."""
    with transaction() as session:
        export = session.get(Export, export_id, populate_existing=True)
        if export is None or export.state != ExportState.MAKING:
            throw_away(file)
            return
        member = members.get_member(export.member_id)
        secret = make_token(EXPORT, member.email, life=LIFE, member_id=member.id, subject_id=export.id)
        export.state, export.file, export.size = ExportState.READY, file, size
        export.ready_at, export.expires_at = clock.now(), secret.expires_at
        mailings.export_ready(member, secret=secret)


def fetch_export(token: str, export: Export) -> None:
    """The member takes it; the link has done its work."""
    use_token(token, EXPORT)
    export.state, export.expires_at = ExportState.FETCHED, clock.now() + FETCHING
    audit.note("export fetched", actor_id=export.member_id, subject=("member", export.member_id))


def end_export(export: Export) -> None:
    """Nobody fetches it any more."""
    throw_away(export.file)
    export.state, export.file = ExportState.OVER, ""
    void_tokens(Token.purpose == EXPORT, Token.subject_id == export.id)


def forget_exports() -> None:
    """Clock: what was fetched, or was not in time, is removed; what was tried too often is said to have failed."""
    now = clock.now()
    query = select(Export).where(Export.expires_at <= now, Export.file != "")
    for export in db.session.scalars(query):
        if export.state == ExportState.READY:
            end_export(export)
        throw_away(export.file)
        export.file = ""
    lost = and_(Export.state == ExportState.MAKING, Export.claimed_at <= now - IN_DOUBT, Export.tries >= MOST_TRIES)
    db.session.execute(update(Export).where(lost).values(state=ExportState.FAILED))
    old = select(Export).where(Export.file == "", Export.asked_at < now - timedelta(days=30))
    for export in db.session.scalars(old):
        db.session.delete(export)
