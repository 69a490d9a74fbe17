"""Space requests: asking to belong to a space, notices of spaces, a workshop's topics in a space of their own.

Revision ID: 0050
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0011"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UNREAD = sa.text("read_at IS NULL")


def upgrade() -> None:
    """Make the table and the columns; notices may now be of a space instead of a topic."""
    op.create_table(
        "space_requests",
        sa.Column("space_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("why", sa.String(length=500), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["space_id"], ["spaces.id"], name=op.f("fk_space_requests_space_id_spaces"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_space_requests_member_id_members"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("space_id", "member_id", name=op.f("pk_space_requests")),
    )
    op.create_index(op.f("ix_space_requests_member_id"), "space_requests", ["member_id"])
    with op.batch_alter_table("spaces") as batch:
        batch.add_column(sa.Column("joining", sa.String(length=12), nullable=False, server_default="invitation"))
    with op.batch_alter_table("workshops") as batch:
        batch.add_column(sa.Column("topics_space_id", Id, nullable=True))
        batch.create_foreign_key(op.f("fk_workshops_topics_space_id_spaces"), "spaces", ["topics_space_id"], ["id"])
        batch.create_index(op.f("ix_workshops_topics_space_id"), ["topics_space_id"])
    with op.batch_alter_table("notices") as batch:
        batch.alter_column("topic_id", existing_type=Id, nullable=True)
        batch.alter_column("last_post_id", existing_type=Id, nullable=True)
        batch.add_column(sa.Column("space_id", Id, nullable=True))
        batch.add_column(sa.Column("actor_id", Id, nullable=True))
        batch.create_foreign_key(op.f("fk_notices_space_id_spaces"), "spaces", ["space_id"], ["id"], ondelete="CASCADE")
        batch.create_foreign_key(
            op.f("fk_notices_actor_id_members"), "members", ["actor_id"], ["id"], ondelete="CASCADE"
        )
        batch.create_index(op.f("ix_notices_space_id"), ["space_id"])
        batch.create_index(op.f("ix_notices_actor_id"), ["actor_id"])
        batch.create_index(
            "uq_notices_unread_space",
            ["member_id", "space_id", "kind", "actor_id"],
            unique=True,
            sqlite_where=UNREAD,
            postgresql_where=UNREAD,
        )


def downgrade() -> None:
    """Drop them; notices of spaces go with them, and a workshop's topics stay in the space where they are."""
    op.execute("DELETE FROM notices WHERE topic_id IS NULL")
    with op.batch_alter_table("notices") as batch:
        batch.drop_index("uq_notices_unread_space")
        batch.drop_index(op.f("ix_notices_actor_id"))
        batch.drop_index(op.f("ix_notices_space_id"))
        batch.drop_constraint(op.f("fk_notices_actor_id_members"), type_="foreignkey")
        batch.drop_constraint(op.f("fk_notices_space_id_spaces"), type_="foreignkey")
        batch.drop_column("actor_id")
        batch.drop_column("space_id")
        batch.alter_column("last_post_id", existing_type=Id, nullable=False)
        batch.alter_column("topic_id", existing_type=Id, nullable=False)
    with op.batch_alter_table("workshops") as batch:
        batch.drop_index(op.f("ix_workshops_topics_space_id"))
        batch.drop_constraint(op.f("fk_workshops_topics_space_id_spaces"), type_="foreignkey")
        batch.drop_column("topics_space_id")
    with op.batch_alter_table("spaces") as batch:
        batch.drop_column("joining")
    op.drop_index(op.f("ix_space_requests_member_id"), table_name="space_requests")
    op.drop_table("space_requests")
