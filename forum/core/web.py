"""What every page and API answer has in common: language of the address, who asks, forgery checks, headers, the log."""

import base64
import hashlib
import hmac
import io
import logging
import secrets
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, has_request_context, redirect, render_template, request, url_for
from flask_login import LoginManager, current_user
from jinja2 import pass_context
from markupsafe import Markup
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import BaseConverter, RequestRedirect, ValidationError
from werkzeug.wrappers import Response as BaseResponse

from forum.core import errors
from forum.core.languages import (
    LANGUAGES,
    NAMES,
    PSEUDO,
    Speech,
    begin_speech,
    choose_language,
    current_speech,
    end_speech,
)
from forum.core.languages import gettext as _
from forum.core.languages.countries import country_name
from forum.core.languages.speech import DEFAULT_REGION
from forum.core.reader import GUEST, Reader
from forum.core.settings import Settings

log = logging.getLogger("forum.requests")

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
LARGEST_BODY = 512 * 1024  # bytes; 20,000 characters of any script fit four times
GUEST_TOKEN_AGE = 12 * 3600  # seconds that a form for guests stays good
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self'; object-src 'none'; base-uri 'none'; "
        "frame-ancestors 'none'; form-action 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
HSTS = "max-age=31536000; includeSubDomains"


class IdConverter(BaseConverter):
    """A row's id: ASCII digits only and no leading zero, so that one page has one address."""

    regex = "[1-9][0-9]{0,17}"

    def to_python(self, value: str) -> int:
        """The number; other scripts' digits are not ours."""
        if not value.isascii():
            raise ValidationError
        return int(value)


class LanguageConverter(BaseConverter):
    """The interface language that an address carries."""

    def __init__(self, url_map: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(url_map, *args, **kwargs)
        known = LANGUAGES + (PSEUDO if url_map.pseudo_locales else ())
        self.regex = "|".join(known)


def init_app(app: Flask, settings: Settings, *, find_reader: Callable[[str], Reader | None]) -> None:
    """`find_reader(session token)` gives the member behind a session cookie, or None."""
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.config["SESSION_COOKIE_NAME"] = "flash"  # holds words of the moment only: sign-ins are rows, see members
    app.config["SESSION_COOKIE_SAMESITE"] = "Lax"
    app.config["SESSION_COOKIE_SECURE"] = settings.tls
    app.config["SIGN_IN_COOKIE"] = "__Host-session" if settings.tls else "session"
    app.url_map.pseudo_locales = settings.mode == "test"  # type: ignore[attr-defined]
    app.url_map.converters.update(id=IdConverter, language=LanguageConverter)
    app.jinja_env.autoescape = True
    login = LoginManager(app)
    login.session_protection = None
    login.anonymous_user = lambda: GUEST
    login.request_loader(lambda request: _reader_of(request.cookies.get(app.config["SIGN_IN_COOKIE"]), find_reader))
    app.before_request(_begin)
    app.after_request(_finish)
    app.teardown_request(_end_speech)
    app.url_value_preprocessor(_take_language)
    app.url_defaults(_add_language)
    app.register_error_handler(404, _without_language)
    app.context_processor(_page_words)
    app.jinja_env.filters["country"] = pass_context(lambda _context, code: country_name(code))
    app.jinja_env.filters["clean_html"] = Markup  # of our own sanitised HTML only: posts and texts as they are stored
    app.wsgi_app = MethodOverride(app.wsgi_app)  # type: ignore[method-assign]
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]


def _page_words() -> dict[str, Any]:
    """What every template may use."""
    return {
        "reader": current_reader() if has_request_context() else GUEST,
        "viewer_part": viewer_part,
        "csrf_token": csrf_token,
        "speech": current_speech(),
        "site": {"name": _("Multaqa")},
        "demo": current_app.config["SETTINGS"].demo,
        "alternates": alternates() if has_request_context() else [],
    }


def current_reader() -> Reader:
    """Who is asking."""
    reader: Reader = current_user._get_current_object()
    return reader


def signed_in_reader() -> Reader:
    """The member who is asking; raises SignInNeeded for guests."""
    reader = current_reader()
    if reader.id is None:
        raise errors.SignInNeeded
    return reader


def _reader_of(token: str | None, find_reader: Callable[[str], Reader | None]) -> Reader | None:
    return find_reader(token) if token else None


def _begin() -> BaseResponse | None:
    g.began = time.perf_counter()
    settings: Settings = current_app.config["SETTINGS"]
    if request.host not in settings.hosts:
        raise errors.Refused(_("This site has another address."))
    _set_speech(request.view_args.get("language") if request.view_args else g.get("address_language"))
    if request.method not in SAFE:
        _refuse_forgery(settings)
    return None


def _take_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Views need not name the language of their address: it becomes the request's speech."""
    if values and "language" in values:
        g.address_language = values.pop("language")


def _add_language(endpoint: str, values: dict[str, Any]) -> None:
    if "language" not in values and current_app.url_map.is_endpoint_expecting(endpoint, "language"):
        values["language"] = g.get("address_language") or preferred_language()


def preferred_language() -> str:
    """The member's choice, else the browser's."""
    return current_reader().language or choose_language(request.headers.get("Accept-Language", ""))


def _set_speech(language: str | None) -> None:
    reader = current_reader()
    _end_speech()
    g.speech = begin_speech(
        Speech(
            language=language or preferred_language(),
            digits=reader.digits,
            zone=reader.zone or current_app.config["SITE_ZONE"],
            region=reader.region or DEFAULT_REGION,
        )
    )


def _end_speech(_error: BaseException | None = None) -> None:
    if speech := g.pop("speech", None):
        end_speech(speech)


def _without_language(error: HTTPException) -> BaseResponse:
    """An address without its language leads to the same one in the reader's language, if there is such a page."""
    first = request.path.split("/", 2)[1]
    if first not in LANGUAGES and first not in ("api", "static", "socket.io"):
        path = f"/{preferred_language()}{request.path}"
        adapter = current_app.create_url_adapter(request)
        try:
            if adapter is not None:
                adapter.match(path, method=request.method)
                query = request.query_string.decode("latin-1")
                code = 302 if request.method in SAFE else 307
                answer = redirect(path + (f"?{query}" if query else ""), code)
                answer.headers["Vary"] = "Cookie, Accept-Language"
                return answer
        except (HTTPException, RequestRedirect):
            pass
    return errors._http(error)


def _refuse_forgery(settings: Settings) -> None:
    """A change must come from our own pages: a right Origin, and a token where a form could be forged."""
    origin = request.headers.get("Origin")
    has_session = bool(request.cookies.get(current_app.config["SIGN_IN_COOKIE"]))
    if origin is None and request.headers.get("Sec-Fetch-Site") == "same-origin":
        origin = settings.origin
    if request.path.startswith("/api/"):
        if request.content_length and request.mimetype != "application/json":
            raise errors.Refused(_("This address takes JSON only."))
        if (origin is not None or has_session) and origin not in settings.origins:
            raise errors.Forbidden(_("This did not come from our own pages."))
        return
    if origin not in settings.origins:
        raise errors.Forbidden(_("This did not come from our own pages."))
    token = request.headers.get("X-CSRF-Token") or request.form.get("csrf_token", "")
    if not _is_right(token, current_reader()):
        raise errors.Forbidden(
            _("This form was open too long, or in another sign-in. Go back, load the page again and send it once more.")
        )


def csrf_token(reader: Reader | None = None) -> str:
    """A token for the forms of this page, masked anew each time so that compression gives nothing away."""
    reader = reader or current_reader()
    secret = _secret_of(reader, int(time.time()))
    mask = secrets.token_bytes(len(secret))
    masked = bytes(a ^ b for a, b in zip(mask, secret, strict=True))
    return base64.urlsafe_b64encode(mask + masked).decode()


def _secret_of(reader: Reader, at: int) -> bytes:
    """A member's token holds as long as the sign-in; a guest's carries its time."""
    if reader.csrf:
        return _signed(b"member" + reader.csrf.encode())
    moment = at.to_bytes(8, "big")
    return moment + _signed(b"guest" + moment)


def _signed(data: bytes) -> bytes:
    key: bytes = current_app.config["SECRET_KEY"].encode()
    return hmac.new(key, b"csrf" + data, hashlib.sha256).digest()


def _is_right(token: str, reader: Reader) -> bool:
    try:
        raw = base64.urlsafe_b64decode(token.encode("ascii"))
    except (ValueError, UnicodeEncodeError):
        return False
    half = len(raw) // 2
    secret = bytes(a ^ b for a, b in zip(raw[:half], raw[half:], strict=False))
    at = int.from_bytes(secret[:8], "big") if not reader.csrf else 0
    if not reader.csrf and not 0 <= time.time() - at <= GUEST_TOKEN_AGE:
        return False
    return hmac.compare_digest(secret, _secret_of(reader, at))


def viewer_part(reader: Reader, token: str | None = None) -> str:
    """The part of the frame that is the viewer's own: bell and menu, or the way in."""
    viewer = None
    if reader.is_authenticated:
        viewer = {
            "id": reader.id,
            "name": reader.name,
            "municipality_id": reader.municipality_id,
            "unread": reader.brought.get("unread", 0),
            "csrf": token or csrf_token(reader),
        }
    return render_template("_viewer.html", viewer=viewer)


def safe_next(target: str | None) -> str | None:
    """Where to go after signing in: a path of ours, never another site."""
    if not target or not target.startswith("/") or target.startswith("//") or "\\" in target or len(target) > 500:
        return None
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or any(ord(c) < 32 for c in target):
        return None
    return target


def alternates() -> list[dict[str, str]]:
    """This page in each language, for the language switch and for search engines."""
    from_here = dict(request.view_args or {}) | request.args.to_dict()
    endpoint = request.endpoint
    if endpoint is None or not current_app.url_map.is_endpoint_expecting(endpoint, "language"):
        endpoint, from_here = "home.show", {}
    from_here.pop("language", None)
    return [
        {"language": one, "name": NAMES[one], "url": url_for(endpoint, language=one, **from_here)} for one in LANGUAGES
    ]


def _finish(response: Response) -> Response:
    response.headers.update(HEADERS)
    if current_app.config["SETTINGS"].tls:
        response.headers["Strict-Transport-Security"] = HSTS
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store" if current_reader().is_authenticated else "no-cache"
        response.headers["Vary"] = "Cookie, Accept-Language"
    response.headers["X-Request-Id"] = errors.request_id()
    if log.isEnabledFor(logging.INFO):
        took = (time.perf_counter() - g.get("began", time.perf_counter())) * 1000
        log.info(
            "request",
            extra={
                "request": errors.request_id(),
                "method": request.method,
                "path": request.path,
                "status": response.status_code,
                "member": current_reader().id,
                "ms": round(took, 1),
            },
        )
    return response


class MethodOverride:
    """Forms can only GET and POST: `_method=PUT` or `_method=DELETE` in a form says what is meant."""

    MARK = b"_method="

    def __init__(self, app: Callable[..., Any]) -> None:
        self.app = app

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        """Read the form once, here, and give it on unread."""
        if environ["REQUEST_METHOD"] == "POST" and environ.get("CONTENT_TYPE", "").startswith(
            "application/x-www-form-urlencoded"
        ):
            self._override(environ)
        return self.app(environ, start_response)

    def _override(self, environ: dict[str, Any]) -> None:
        length = environ.get("CONTENT_LENGTH") or ""
        if not length.isdigit() or int(length) > LARGEST_BODY:
            return
        body = environ["wsgi.input"].read(int(length))
        environ["wsgi.input"] = io.BytesIO(body)
        for part in body.split(b"&"):
            if part in (b"_method=PUT", b"_method=DELETE", b"_method=PATCH"):
                environ["REQUEST_METHOD"] = part.removeprefix(self.MARK).decode()
