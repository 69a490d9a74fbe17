"""Staff who owe a second step: they are signed in, but reach only what sets it up, their settings and the way out."""

from flask import redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from forum.core.errors import Refused, wants_json
from forum.core.languages import gettext as _
from forum.core.web import SAFE, current_reader
from forum.members.views.blueprint import pages

# The first words of the addresses that stay open: the second step and the rest of one's own account, the door, and what
# letters about it lead to.
OPEN = frozenset({"settings", "devices", "email", "reset", "sign-in", "sign-out", "sessions", "account"})
FOR_ALL = frozenset({"assets", "favicon.svg", "health", "ready"})


class SecondStepOwed(Refused):
    """The roles of this member are not in force until they have set up a second step."""

    status, code = 403, "second_step_owed"

    def said(self) -> str:
        return _("Your role needs a second step of signing in. Set it up first; then everything is open to you.")


@pages.before_app_request
def lead_to_setting_up() -> BaseResponse | None:
    """All other pages lead to the one where it is done."""
    if request.url_rule is None or not current_reader().owes_second_step:
        return None
    path = request.url_rule.rule.removeprefix("/<language:language>").removeprefix("/api/v1")
    if path.split("/")[1] in OPEN | FOR_ALL:
        return None
    if request.method in SAFE and not wants_json():
        return redirect(url_for("members.second_step"))
    raise SecondStepOwed
