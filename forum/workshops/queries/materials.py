"""The materials of workshops."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Row, exists, select

from forum.core.db import db
from forum.core.reader import Reader
from forum.files.models import File
from forum.spaces.queries import visible_to
from forum.workshops.models import Material, Workshop


def materials_of(workshop_id: int) -> Sequence[Row]:
    """Its materials in order: id, title, language, link, file_id, and of a file its kind and size."""
    query = (
        select(Material.id, Material.title, Material.language, Material.link, Material.file_id, File.kind, File.size)
        .outerjoin(File, File.id == Material.file_id)
        .where(Material.workshop_id == workshop_id)
    )
    return db.session.execute(query.order_by(Material.position, Material.id)).all()


def find_material(workshop_id: int, material_id: int) -> Material | None:
    """The material, if it is one of this workshop."""
    return db.session.scalar(select(Material).where(Material.id == material_id, Material.workshop_id == workshop_id))


def sees_material(reader: Reader, material_id: ColumnElement[int]) -> ColumnElement[bool]:
    """For the door of files: who sees the workshop sees its materials."""
    return exists().where(
        Material.id == material_id, Workshop.id == Material.workshop_id, visible_to(reader, Workshop.space_id)
    )
