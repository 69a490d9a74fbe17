"""What there is to read and to look at before, during and after a workshop: files of ours, and links."""

from sqlalchemy import func, select

from forum.core import audit
from forum.core.db import db
from forum.core.errors import Invalid, NotFound
from forum.core.languages import LANGUAGES, clean_title
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.files.actions import drop_use, use_files
from forum.files.queries import get_own
from forum.workshops import queries
from forum.workshops.actions.links import is_link
from forum.workshops.actions.programme import check_manager
from forum.workshops.models import LONGEST_LINK, LONGEST_WORKSHOP_TITLE, Material, Workshop

MATERIAL = "material"  # what uses such a file
MOST_MATERIALS = 100  # of one workshop; its page shows them all


def add_material(
    workshop: Workshop, *, title: str, language: str, link: str = "", file_id: int | None = None, by: Reader
) -> Material:
    """Put a link, or an upload of the manager's own, at the end of the materials. Raises Forbidden and Invalid."""
    check_material(title=title, language=language, link=link, has_file=file_id is not None, by=by)
    if file_id is not None:
        try:
            get_own(file_id, reader=by)
        except NotFound:
            raise Invalid(fields={"file": _("Choose one of your own uploads.")}) from None
    number, last = db.session.execute(
        select(func.count(), func.max(Material.position)).where(Material.workshop_id == workshop.id)
    ).one()
    if number >= MOST_MATERIALS:
        raise Invalid(fields={"title": _("At most %(num)s materials.", num=MOST_MATERIALS)})
    material = Material(
        workshop_id=workshop.id,
        position=(last or 0) + 1,
        language=language,
        title=clean_title(title),
        link=link.strip(),
        file_id=file_id,
    )
    db.session.add(material)
    db.session.flush()
    if file_id is not None:
        use_files(MATERIAL, material.id, [file_id])
    audit.note("material added", actor_id=by.id, subject=("workshop", workshop.id))
    return material


def copy_materials(source: Workshop, workshop: Workshop) -> None:
    """Bring the materials of another workshop along, if the same people see both: nobody sees more than before."""
    if source.space_id != workshop.space_id:
        return
    for one in db.session.scalars(
        select(Material).where(Material.workshop_id == source.id).order_by(Material.position)
    ):
        copied = {name: getattr(one, name) for name in ("position", "language", "title", "link", "file_id")}
        material = Material(workshop_id=workshop.id, **copied)
        db.session.add(material)
        db.session.flush()
        if one.file_id is not None:
            use_files(MATERIAL, material.id, [one.file_id])


def check_material(*, title: str, language: str, link: str, has_file: bool, by: Reader) -> None:
    """Raise what is to be said before a file is taken in."""
    check_manager(by)
    wrong = {}
    if not clean_title(title).strip():
        wrong["title"] = _("Please fill this in.")
    elif len(title) > LONGEST_WORKSHOP_TITLE:
        wrong["title"] = _("At most %(num)s characters.", num=LONGEST_WORKSHOP_TITLE)
    if language not in LANGUAGES:
        wrong["language"] = _("Choose one of the four languages.")
    if bool(link.strip()) == has_file:
        wrong["link"] = _("Give a link or a file: one of the two.")
    elif link.strip() and not is_link(link.strip(), longest=LONGEST_LINK):
        wrong["link"] = _("A web address that begins with https, please.")
    if wrong:
        raise Invalid(fields=wrong)


def remove_material(workshop: Workshop, material_id: int, *, by: Reader) -> None:
    """Take it away; a file that nothing else uses goes, bytes and all."""
    check_manager(by)
    material = queries.find_material(workshop.id, material_id)
    if material is None:
        raise NotFound
    file_id = material.file_id
    db.session.delete(material)
    db.session.flush()
    if file_id is not None:
        drop_use(MATERIAL, material_id, file_id)
    audit.note("material removed", actor_id=by.id, subject=("workshop", workshop.id))
