"""Who is here: the directory of members, and one member's profile."""

from flask import render_template, request

from forum.core import clock
from forum.core.languages import current_speech, direction
from forum.core.paging import Page
from forum.core.web import current_reader
from forum.members import queries
from forum.members.forms import MemberFilter
from forum.members.queries import names
from forum.members.views.blueprint import pages
from forum.topics import queries as topics
from forum.workshops.queries import around


@pages.get("/members")
def index() -> str:
    """All of them by name; `?name=` in either script, `?country=` and `?reads=` leave fewer."""
    form = MemberFilter(request.args)
    return render_template("members/index.html", form=form, page=asked_page(form), asked=form.asked())


def asked_page(form: MemberFilter) -> Page:
    """The page of the directory that this request asks for."""
    return names.directory(current_speech().locale, cursor=request.args.get("cursor"), **form.asked())


@pages.get("/members/<id:member_id>")
def show(member_id: int) -> str:
    """A profile: what everybody may know of a member."""
    reader, language = current_reader(), current_speech().locale
    member, municipality, country = queries.get_profile(member_id, language)
    started = topics.by_member(member_id, reader=reader, language=language)
    return render_template(
        "members/show.html",
        member=member,
        municipality=municipality,
        country=country,
        about_direction=direction(member.about),
        post_direction=direction(member.post_held),
        roles=queries.roles_of(member_id),
        reads=queries.reading_languages(member_id),
        topics=started,
        around=around([row.id for row in started.items], language),
        now=clock.now(),
    )
