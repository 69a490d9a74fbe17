"""A question that came with a registration stays when the registration goes.

Revision ID: 0195
Revises: 0182
"""

import sqlalchemy as sa
from alembic import op

revision = "0195"
down_revision = "0182"
branch_labels = None
depends_on = None

QUESTIONS = "audience_questions"
KEY = f"fk_{QUESTIONS}_registration_id_registrations"


def upgrade() -> None:
    """It keeps in mind that it came with one, because nobody is told who asked it."""
    column = sa.Column("with_registration", sa.Boolean(), server_default=sa.false(), nullable=False)
    _point("SET NULL", lambda batch: batch.add_column(column))
    op.execute(f"UPDATE {QUESTIONS} SET with_registration = true WHERE registration_id IS NOT NULL")


def downgrade() -> None:
    """Of those whose registration is gone nobody may learn the asker, so they have none."""
    op.execute(f"UPDATE {QUESTIONS} SET asker_id = NULL WHERE with_registration AND registration_id IS NULL")
    _point("CASCADE", lambda batch: batch.drop_column("with_registration"))


def _point(ondelete: str, also) -> None:
    with op.batch_alter_table(QUESTIONS) as batch:
        also(batch)
        batch.drop_constraint(op.f(KEY), type_="foreignkey")
        batch.create_foreign_key(op.f(KEY), "registrations", ["registration_id"], ["id"], ondelete=ondelete)
