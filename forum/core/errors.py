"""Refusals: an action raises one, a face shows it in the reader's language. Nothing of ours ever shows internals."""

import logging
import secrets
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, g, has_request_context, jsonify, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from forum.core.db import db, is_too_large, is_unreachable
from forum.core.languages import gettext as _
from forum.core.reader import GUEST

log = logging.getLogger(__name__)

SECRET = ("password", "current")  # fields of forms that are never shown again


class Refused(Exception):
    """Something that we will not do, said politely. `fields` are {form field: message}."""

    status = 400
    code = "refused"
    template = "errors/error.html"

    def __init__(self, message: str | None = None, *, fields: dict[str, str] | None = None, **extra: Any) -> None:
        self.message = message or self.said()
        self.fields = fields or {}
        self.extra = extra
        super().__init__(self.message)

    def said(self) -> str:
        """What we say when the one who refuses has nothing more exact to say."""
        return _("This cannot be done as it was asked.")

    @property
    def headers(self) -> dict[str, str]:
        """What the answer carries besides."""
        return {}

    @property
    def heading(self) -> str | None:
        """The heading of its page; None: that of its status."""
        return None

    def as_json(self) -> dict[str, Any]:
        """The shape for API and sockets."""
        return {"error": {"code": self.code, "message": self.message, "fields": self.fields, **self.extra}}


class SignInNeeded(Refused):
    """Guests may not, members may."""

    status, code = 401, "sign_in"

    def said(self) -> str:
        return _("Please sign in first.")


class Forbidden(Refused):
    """The reader may know that this is there, but may not do it."""

    status, code = 403, "forbidden"

    def said(self) -> str:
        return _("You may not do this here.")


class StaleForm(Forbidden):
    """The form's token is of another sign-in, or too old; what was written into it can be sent anew."""

    @property
    def heading(self) -> str | None:
        return _("This form was open too long")

    def said(self) -> str:
        return _(
            "This form was open too long, or in another sign-in. Go back, load the page again and send it once more."
        )


class NotFound(Refused):
    """Not there, or hidden from this reader: the same answer for both."""

    status, code = 404, "not_found"

    def said(self) -> str:
        return _("There is nothing at this address, or it is not open to you.")


class Conflict(Refused):
    """Somebody else was faster, or the same key came with other words."""

    status, code = 409, "conflict"

    def said(self) -> str:
        return _("This was changed in the meantime.")

    @property
    def heading(self) -> str | None:
        return _("Somebody was faster") if self.message == self.said() else None


class LinkOver(Refused):
    """A link from a letter that was used, is too old, or was replaced by a newer one: the same answer for all."""

    status, code = 410, "link_over"
    template = "errors/link_over.html"

    def __init__(self, *, renewable: str = "") -> None:
        """`renewable`: the link itself, where one can have another in its place."""
        super().__init__()
        self.renewable = renewable

    def said(self) -> str:
        return _("This link has been used already, or is too old.")


class NotJson(Refused):
    """The API takes JSON."""

    status, code = 415, "not_json"

    def said(self) -> str:
        return _("This address takes JSON only.")


class Invalid(Refused):
    """A form that needs another look; each field says why."""

    status, code = 422, "invalid"

    def said(self) -> str:
        return _("Please check what is marked.")


class TooMany(Refused):
    """Too often; come back after `retry_after` seconds."""

    status, code = 429, "too_many"

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after=retry_after)

    def said(self) -> str:
        return _("That was too often. Please wait a little and try again.")

    @property
    def headers(self) -> dict[str, str]:
        return {"Retry-After": str(self.extra["retry_after"])}


class Unavailable(Refused):
    """The database is away; we are back in a moment."""

    status, code = 503, "unavailable"

    def said(self) -> str:
        return _("We are back in a moment. Nothing that you sent before is lost; please try again.")

    @property
    def headers(self) -> dict[str, str]:
        return {"Retry-After": "5"}


def new_request_id() -> str:
    """A short name for one request, shown on error pages and written in the log."""
    return secrets.token_hex(6)


def request_id() -> str:
    """This request's name."""
    if "request_id" not in g:
        g.request_id = new_request_id()
    name: str = g.request_id
    return name


def init_app(app: Flask) -> None:
    """Answer every refusal and every accident."""
    app.register_error_handler(Refused, answer)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _accident)


def wants_json() -> bool:
    """Does this request speak to the API?"""
    return has_request_context() and request.path.startswith("/api/")


def answer(refused: Refused) -> Response:
    """The refusal as a page or as JSON, with its status."""
    db.session.rollback()
    if wants_json():
        body = refused.as_json()
        body["error"]["request"] = request_id()
        response = jsonify(body)
    else:
        status = HTTPStatus(refused.status)
        response = make_response(
            render_template(
                refused.template,
                refused=refused,
                status=status,
                request_id=request_id(),
                kept_words=_words_sent(),
            )
        )
    response.status_code = refused.status
    response.headers.update(refused.headers)
    return response


def _words_sent() -> str:
    """What somebody wrote into the form that is refused, text below text; a body that cannot be read holds none. A text
    is what has a space in it: tokens, numbers and choices have none."""
    if not has_request_context():
        return ""
    try:
        sent = [(name, text.strip()) for name, text in request.form.items(multi=True)]
    except HTTPException:
        return ""
    return "\n\n".join(text for name, text in sent if name not in SECRET and (" " in text or name == "words"))


def _http(error: HTTPException) -> Response:
    """Werkzeug's and Flask's own errors in our words; their redirects pass."""
    if error.response is not None or (error.code or 500) < 400:
        return error.get_response()  # type: ignore[return-value]
    ours = {401: SignInNeeded, 403: Forbidden, 404: NotFound, 415: NotJson}
    refused: Refused = ours.get(error.code or 500, Refused)()
    refused.status = error.code or 500
    if error.code == HTTPStatus.METHOD_NOT_ALLOWED:
        refused.message, refused.code = _("This address does not take that."), "method_not_allowed"
    elif error.code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        is_file = request.mimetype == "multipart/form-data"
        refused.message = _("A file has at most %(num)s MB.", num=10) if is_file else _("That is too long.")
        refused.code = "too_long"
    response = answer(refused)
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response


def _accident(error: Exception) -> Response:
    if is_unreachable(error):
        log.error("request %s: the database is away: %s", request_id(), error)
        g._login_user = GUEST  # Flask-Login's place: the error page must not ask the database who reads
        return answer(Unavailable())
    if is_too_large(error):
        return answer(NotFound())
    log.exception("request %s failed", request_id())
    broken = Refused(_("Something went wrong on our side. What you wrote is still in the form: go back and try again."))
    broken.status, broken.code = 500, "accident"
    return answer(broken)
