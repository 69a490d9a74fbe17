"""What a member may be called, and by what they are found."""

from forum.core.errors import Invalid
from forum.core.languages import (
    clean_name,
    coarse_skeleton,
    fold,
    has_hidden,
    has_visible,
    is_one_script,
    skeleton,
    sort_key,
)
from forum.core.languages import gettext as _
from forum.members.models import LONGEST_NAME, Member


def wrong_names(display_name: str, other_name: str) -> dict[str, str]:
    """{field: why} of names that cannot be."""
    name, other = clean_name(display_name), clean_name(other_name)
    wrong = {}
    if not has_visible(name) or not fold(name).strip() or len(name) > LONGEST_NAME or has_hidden(display_name):
        wrong["display_name"] = _("A name has 1 to 80 characters and no hidden signs.")
    if (other and not fold(other).strip()) or len(other) > LONGEST_NAME or has_hidden(other_name):
        wrong["other_name"] = _("A name has at most 80 characters and no hidden signs.")
    for field, said in (("display_name", name), ("other_name", other)):
        if field not in wrong and not is_one_script(said):
            wrong[field] = _("A name is written in one script; your name in another one has a field of its own.")
    return wrong


def set_names(member: Member, display_name: str, other_name: str) -> None:
    """Put both names into the row, with all that they are found and sorted by; raises Invalid."""
    if wrong := wrong_names(display_name, other_name):
        raise Invalid(fields=wrong)
    name, other = clean_name(display_name), clean_name(other_name)
    member.display_name, member.other_name = name, other
    # One letter can fold to many (ﷺ is a sentence), so that 80 of them may outgrow their column.
    member.sort_key = sort_key(name, member.name_language)[: Member.sort_key.type.length]
    member.folded_name = fold(name)[: Member.folded_name.type.length]
    member.folded_other_name = fold(other)[: Member.folded_other_name.type.length]
    member.skeleton = skeleton(name)[: Member.skeleton.type.length]
    member.coarse_skeleton = coarse_skeleton(name)[: Member.coarse_skeleton.type.length]
