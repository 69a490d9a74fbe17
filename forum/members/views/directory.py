"""Who is here: the directory of members, and one member's profile."""

from collections.abc import Sequence

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse
from wtforms.fields import SelectChoice

from forum.core import clock
from forum.core.errors import NotFound
from forum.core.languages import current_speech, direction
from forum.core.languages import gettext as _
from forum.core.paging import Page
from forum.core.reader import Reader
from forum.core.text import excerpt
from forum.core.web import current_reader
from forum.members import queries, rules
from forum.members.forms import MemberFilter
from forum.members.models import Member
from forum.members.queries import names, profiles
from forum.members.queries.staff import is_staff
from forum.members.rules import may_move_member, may_suspend_member, may_write_to
from forum.members.views.blueprint import pages
from forum.topics.queries import Branch, subtree, theme_tree
from forum.topics.queries.contributions import posts_by, topics_by
from forum.topics.queries.interests import interested_in, interests_of
from forum.workshops.queries import around

FEW = 5  # topics and posts on a profile; the rest have pages of their own


@pages.get("/members")
def index() -> str:
    """All of them by name; `?name=` in either script, `?country=`, `?reads=`, `?theme=`, `?offers=`, `?needs=` leave
    fewer."""
    form, tree = MemberFilter(request.args), theme_tree(current_speech().locale)
    named = [SelectChoice(str(one.id), "\N{EM SPACE}" * one.depth + one.name) for one in tree if not one.is_retired]
    form.theme.choices = [SelectChoice("", _("All themes")), *named]
    return render_template("members/index.html", form=form, page=asked_page(form, tree), asked=form.asked())


def asked_page(form: MemberFilter, tree: Sequence[Branch] | None = None) -> Page:
    """The page of the directory that this request asks for; a theme stands for all below it."""
    language, asked = current_speech().locale, form.asked()
    theme, among = asked.pop("theme", ""), None
    if theme:
        known = theme_tree(language) if tree is None else tree
        is_id = theme.isascii() and theme.isdigit() and len(theme) < 18
        among = interested_in(subtree(known, int(theme)) if is_id else [])
    return names.directory(language, cursor=request.args.get("cursor"), among=among, **asked)


@pages.get("/members/<id:member_id>")
def show(member_id: int) -> str | BaseResponse:
    """A profile: what this reader may know of a member."""
    reader, language = current_reader(), current_speech().locale
    try:
        member, municipality, country = queries.get_profile(member_id, language)
    except NotFound:
        return redirect(url_for("members.show", member_id=queries.get_merged_into(member_id)), 301)
    roles = queries.roles_of(member_id)
    started = topics_by(member_id, reader=reader, language=language, size=FEW)
    written = posts_by(member_id, reader=reader, size=FEW)
    return render_template(
        "members/show.html",
        member=member,
        municipality=municipality,
        country=country,
        may_move=may_move_member(reader),
        about_direction=direction(member.about),
        post_direction=direction(member.post_held),
        roles=roles,
        reads=queries.reading_languages(member_id),
        lines=profiles.lines_of(member_id),
        contacts=profiles.contacts_of(member_id, reader=reader),
        may_write=may_write_to(reader, member),
        may_suspend=may_suspend_member(reader, member_id, roles),
        themes=interests_of(member_id, language),
        topics=started,
        around=around([row.id for row in started.items], language),
        posts=written,
        excerpts={row.id: excerpt(row.html) for row in written.items},
        may_reset_step=member.has_second_step and _may_reset_step(reader, member),
        now=clock.now(),
    )


def _may_reset_step(reader: Reader, member: Member) -> bool:
    """Nobody but admins costs a second statement."""
    may = rules.may_reset_second_step
    return may(reader, member, is_staff=False) and may(reader, member, is_staff=is_staff(member.id))
