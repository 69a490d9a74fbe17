"""JSON: members, what they say of themselves, writing to them, shutting them out, their office."""

from flask import Response, jsonify, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from forum.core.api import PageOf, json_body, list_of
from forum.core.errors import NotFound
from forum.core.languages import current_speech
from forum.core.openapi import gives
from forum.core.web import current_reader, signed_in_reader
from forum.members import queries
from forum.members.api.blueprint import pages
from forum.members.forms import (
    MemberFilter,
    OfficeForm,
)
from forum.members.forms.profile import profile_in
from forum.members.forms.suspending import SuspensionForm
from forum.members.forms.writing import LetterForm
from forum.members.models import Member
from forum.members.queries import profiles, suspensions
from forum.members.shapes import (
    LetterSentShape,
    MemberShape,
    ProfileChangeShape,
    ProfileShape,
    SuspensionShape,
    member_shape,
    profile_shape,
    suspension_shape,
)
from forum.members.views.directory import asked_page
from forum.members.views.office import goer, leave_for, move_to, mover
from forum.members.views.profile import keep_profile
from forum.members.views.suspending import get_shut_out, lift_again, list_of_suspended, shut_out
from forum.members.views.writing import send
from forum.topics.queries.interests import interests_of


@pages.get("/members")
@gives(PageOf[MemberShape], query=MemberFilter)
def members() -> Response:
    """The directory by name; a name is found in either script and spelling."""
    return list_of(asked_page(MemberFilter(request.args)), member_shape)


@pages.get("/members/<id:member_id>")
@gives(ProfileShape)
def member(member_id: int) -> BaseResponse:
    """One member, as far as the reader may know them."""
    try:
        return _profile(queries.get_member(member_id))
    except NotFound:
        return redirect(url_for("members_api.member", member_id=queries.get_merged_into(member_id)), 301)


@pages.post("/members/<id:member_id>/letters")
@gives(LetterSentShape, 202, takes=LetterForm)
def write(member_id: int) -> Response:
    """Write to a member by e-mail, through the forum; neither sees the other's address."""
    signed_in_reader()
    send(queries.get_member(member_id), LetterForm.of_json(json_body()))
    response = jsonify({"state": "letter on its way"})
    response.status_code = 202
    return response


@pages.get("/suspensions")
@gives(PageOf[SuspensionShape], guests=False)
def suspended() -> Response:
    """Who is shut out now, the latest first; for managers."""
    return list_of(list_of_suspended(), lambda row: suspension_shape(row.member_id, row.display_name, row))


@pages.put("/members/<id:member_id>/suspension")
@gives(SuspensionShape, takes=SuspensionForm)
def suspend(member_id: int) -> Response:
    """Shut somebody out until the end of the last day, or until further notice; done again, it holds for the new
    time."""
    signed_in_reader()
    member = get_shut_out(member_id)
    shut_out(member, SuspensionForm.of_json(json_body()))
    found = suspensions.get_suspension(member.id)
    return jsonify(suspension_shape(member.id, member.display_name, found))


@pages.delete("/members/<id:member_id>/suspension")
@gives(None)
def lift(member_id: int) -> Response:
    """Let them in again; twice does no harm."""
    lift_again(get_shut_out(member_id))
    return Response(status=204)


@pages.get("/account/profile")
@gives(ProfileShape, guests=False)
def profile() -> Response:
    """The member's own profile, with the contacts that nobody else sees."""
    return _profile(queries.get_member(signed_in_reader().member_id))


@pages.patch("/account/profile")
@gives(ProfileShape, takes=ProfileChangeShape)
def change_profile() -> Response:
    """Change one's own profile; what is not named stays."""
    signed_in_reader()
    said, themes = profile_in(json_body())
    keep_profile(said, themes=themes)
    return profile()


def _profile(known: Member) -> Response:
    return jsonify(
        profile_shape(
            known,
            roles=queries.roles_of(known.id),
            reads=queries.reading_languages(known.id),
            lines=profiles.lines_of(known.id),
            contacts=profiles.contacts_of(known.id, reader=current_reader()),
            themes=[(theme.id, theme.name) for theme in interests_of(known.id, current_speech().locale)],
        )
    )


@pages.put("/members/<id:member_id>/office")
@gives(MemberShape, takes=OfficeForm)
def move(member_id: int) -> Response:
    """They work elsewhere now, and what they wrote stays where it was. For managers."""
    member, reader = mover(member_id)
    move_to(member, reader, OfficeForm.of_json({"post_held": member.post_held} | json_body()))
    return jsonify(member_shape(queries.get_member(member_id)))


@pages.delete("/members/<id:member_id>/office")
@gives(None)
def leave(member_id: int) -> Response:
    """They hold no post any more, and stay a member."""
    _member, reader = goer(member_id)
    leave_for(member_id, reader)
    return Response(status=204)
