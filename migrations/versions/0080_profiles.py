"""What members say of themselves: offers and needs, contacts, themes of interest; their posts, the latest first.

Revision ID: 0080
Revises: 0100
"""

import sqlalchemy as sa
from alembic import op

revision = "0080"
down_revision = "0100"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "contacts",
        sa.Column("member_id", Id, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("value", sa.String(length=254), nullable=False),
        sa.Column("shown_to", sa.String(length=10), nullable=False),
        _of_member("contacts"),
        sa.PrimaryKeyConstraint("member_id", "kind", name=op.f("pk_contacts")),
    )
    op.create_table(
        "profile_lines",
        sa.Column("member_id", Id, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("is_declared", sa.Boolean(), nullable=False),
        sa.Column("direction", sa.String(length=3), nullable=False),
        sa.Column("folded", sa.String(length=400), nullable=False),
        sa.Column("skeleton", sa.String(length=400), nullable=False),
        _of_member("profile_lines"),
        sa.PrimaryKeyConstraint("member_id", "kind", "position", name=op.f("pk_profile_lines")),
    )
    op.create_table(
        "theme_interests",
        sa.Column("member_id", Id, nullable=False),
        sa.Column("theme_id", Id, nullable=False),
        _of_member("theme_interests"),
        sa.ForeignKeyConstraint(["theme_id"], ["themes.id"], name=op.f("fk_theme_interests_theme_id_themes")),
        sa.PrimaryKeyConstraint("member_id", "theme_id", name=op.f("pk_theme_interests")),
    )
    op.create_index("ix_posts_author_latest", "posts", ["author_id", "created_at", "id"])
    op.create_index("ix_theme_interests_theme", "theme_interests", ["theme_id", "member_id"])


def _of_member(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["member_id"], ["members.id"], name=op.f(f"fk_{table}_member_id_members"), ondelete="CASCADE"
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_posts_author_latest", table_name="posts")
    op.drop_index("ix_theme_interests_theme", table_name="theme_interests")
    op.drop_table("theme_interests")
    op.drop_table("profile_lines")
    op.drop_table("contacts")
