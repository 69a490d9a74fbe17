"""What becomes of answers and focal points when two municipalities become one."""

from sqlalchemy import delete, select, update

from forum.core import clock
from forum.core.db import db
from forum.inquiries.models import FOCAL, SUBJECT, Survey
from forum.members.models import Role
from forum.municipalities.events import MunicipalityMerged
from forum.questionnaires.actions import remove_sheet
from forum.questionnaires.models import AnswerSheet, HolderKind, Questionnaire, SheetState

FURTHEST = (SheetState.SENT, SheetState.PROPOSED, SheetState.DRAFT)


def follow_merger(happened: MunicipalityMerged) -> None:
    """Together: two municipalities have one sheet, the one that is further, or else the newer. What was closed before
    stays as it was counted. Focal points of the one are those of the other."""
    both = (happened.municipality_id, happened.into_id)
    query = (
        select(AnswerSheet)
        .join(Questionnaire, Questionnaire.id == AnswerSheet.questionnaire_id)
        .join(Survey, (Questionnaire.subject_kind == SUBJECT) & (Survey.id == Questionnaire.subject_id))
        .where(AnswerSheet.holder_kind == HolderKind.MUNICIPALITY, AnswerSheet.holder_id.in_(both))
        .where(Survey.closes_at > clock.now())
    )
    sheets: dict[int, list[AnswerSheet]] = {}
    for sheet in db.session.scalars(query.order_by(AnswerSheet.changed_at.desc(), AnswerSheet.id.desc())):
        sheets.setdefault(sheet.questionnaire_id, []).append(sheet)
    for theirs in sheets.values():
        first, *rest = sorted(theirs, key=lambda one: FURTHEST.index(SheetState(one.state)))
        for sheet in rest:
            remove_sheet(sheet)
        db.session.flush()
        first.holder_id = happened.into_id
    db.session.flush()
    named = (Role.role == FOCAL, Role.scope_kind == "municipality")
    already = select(Role.member_id).where(*named, Role.scope_id == happened.into_id)
    old = (*named, Role.scope_id == happened.municipality_id)
    twice = list(db.session.scalars(select(Role.id).where(*old, Role.member_id.in_(already))))
    db.session.execute(delete(Role).where(Role.id.in_(twice)))
    moved = update(Role).where(*old).values(scope_id=happened.into_id)
    db.session.execute(moved.execution_options(synchronize_session=False))
