"""What every page and API answer has in common: language of the address, who asks, forgery checks, headers, the log."""

import logging
import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from flask import (
    Flask,
    Request,
    Response,
    current_app,
    g,
    redirect,
    request,
)
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_login import LoginManager, current_user
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import BaseConverter, RequestRedirect, ValidationError
from werkzeug.wrappers import Response as BaseResponse

from forum.core import arriving, errors, forgery, site, uploads
from forum.core.addressing import LateRule
from forum.core.languages import (
    LANGUAGES,
    PSEUDO,
    Speech,
    begin_speech,
    choose_language,
    end_speech,
)
from forum.core.languages import gettext as _
from forum.core.languages.speech import DEFAULT_REGION
from forum.core.methods import LARGEST_BODY, MethodOverride
from forum.core.reader import GUEST, Reader
from forum.core.settings import Settings

log = logging.getLogger("forum.requests")

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
READER = "multaqa.reader"  # (token, reader) in the environment, when the quick way had to step aside
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
FOR_ALL = frozenset(
    {"assets", "favicon", "icon_180", "icon_512", "home.health"}
    | {f"finding.{name}" for name in ("robots", "sitemap", "places", "some_topics", "manifest")}
)
"""What is the same for everybody: nobody asks who asks, and an answer that is kept may serve any reader."""
PRIVATE = {"Cache-Control": "no-store", "Vary": "Cookie, Accept-Language, Accept-Encoding"}
PUBLIC = {"Cache-Control": "no-cache", "Vary": "Cookie, Accept-Language, Accept-Encoding"}
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


class FlashSession(SecureCookieSessionInterface):
    """Flask's session in a signed cookie, left alone where nobody asks who asks: the answer does not vary by it."""

    def save_session(self, app: Flask, session: SessionMixin, response: BaseResponse) -> None:  # type: ignore[override]
        """Set the cookie where something was put into it."""
        if request.endpoint not in FOR_ALL:
            super().save_session(app, session, response)  # type: ignore[arg-type]


def init_app(app: Flask, settings: Settings, *, find_reader: Callable[[str], Reader | None]) -> None:
    """`find_reader(session token)` gives the member behind a session cookie, or None."""
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.session_interface = FlashSession()
    app.config["SESSION_COOKIE_NAME"] = "flash"  # holds words of the moment only: sign-ins are rows, see members
    app.config["SESSION_COOKIE_SAMESITE"] = "Lax"
    app.config["SESSION_COOKIE_SECURE"] = settings.tls
    app.config["SIGN_IN_COOKIE"] = "__Host-session" if settings.tls else "session"
    app.url_rule_class = LateRule
    app.url_map.pseudo_locales = settings.mode == "test"  # type: ignore[attr-defined]
    app.url_map.converters.update(id=IdConverter, language=LanguageConverter)
    app.jinja_env.autoescape = True
    login = LoginManager(app)
    login._session_identifier_generator = lambda: None  # for Flask's own sessions, which we do not sign in with
    login.anonymous_user = lambda: GUEST
    login.request_loader(lambda request: _reader_of(request, app.config["SIGN_IN_COOKIE"], find_reader))
    app.before_request(_begin)
    app.after_request(_finish)
    app.teardown_request(_end_speech)
    app.url_value_preprocessor(_take_language)
    app.url_defaults(_add_language)
    app.register_error_handler(404, _without_language)
    forgery.init_app(app, settings)
    app.wsgi_app = MethodOverride(app.wsgi_app)  # type: ignore[method-assign]
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]


def current_reader() -> Reader:
    """Who is asking."""
    reader: Reader = current_user._get_current_object()
    return reader


def saves_data(reader: Reader, headers: Mapping[str, str]) -> bool:
    """Shall pictures wait until they are asked for? The member chose it, or the browser asks for it."""
    return reader.saves_data or headers.get("Save-Data", "").strip().lower() == "on"


def signed_in_reader() -> Reader:
    """The member who is asking; raises SignInNeeded for guests."""
    reader = current_reader()
    if reader.id is None:
        raise errors.SignInNeeded
    return reader


def _reader_of(asked: Request, cookie: str, find_reader: Callable[[str], Reader | None]) -> Reader | None:
    token = asked.cookies.get(cookie)
    known_token, known = asked.environ.get(READER, (None, None))
    if token and token == known_token:
        return known
    return find_reader(token) if token else None


def _begin() -> BaseResponse | None:
    g.began = time.perf_counter()
    if request.endpoint in FOR_ALL:
        g._login_user = GUEST
    settings: Settings = current_app.config["SETTINGS"]
    if request.host.lower() not in settings.hosts:
        raise errors.Refused(_("This site has another address."))
    first = request.path.split("/", 2)[1]  # an address that leads nowhere has a language too
    if first in LANGUAGES:
        g.setdefault("address_language", first)
    language = g.get("address_language") or _asked_language()
    _speak(Speech(language or choose_language(request.headers.get("Accept-Language", ""))))
    _speak(_speech_of(current_reader(), language))
    if uploads.is_upload() and current_reader().is_authenticated:
        uploads.make_room()
        arriving.make_room(current_reader())
    if request.method not in SAFE:
        has_session = bool(request.cookies.get(current_app.config["SIGN_IN_COOKIE"]))
        forgery.current_forgery().check(request, current_reader(), has_session=has_session)
    return None


def _asked_language() -> str | None:
    """API addresses carry no language; `?language=` says in which one messages and names come."""
    asked = request.args.get("language")
    return asked if asked in LANGUAGES and errors.wants_json() else None


def _take_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Views need not name the language of their address: it becomes the request's speech."""
    if values and "language" in values:
        g.address_language = values.pop("language")


def _add_language(endpoint: str, values: dict[str, Any]) -> None:
    if "language" not in values and current_app.url_map.is_endpoint_expecting(endpoint, "language"):
        values["language"] = g.get("address_language") or preferred_language()


def preferred_language() -> str:
    """The member's choice, else the browser's."""
    offered = site.current_site().languages
    return current_reader().language or choose_language(request.headers.get("Accept-Language", ""), offered=offered)


def _speech_of(reader: Reader, language: str | None) -> Speech:
    return Speech(
        language=language or preferred_language(),
        digits=reader.digits,
        zone=reader.zone or current_app.config["SITE_ZONE"],
        region=reader.region or DEFAULT_REGION,
    )


def _speak(speech: Speech) -> None:
    """From now on this request speaks so. Done twice: errors before the reader is known need a language too."""
    _end_speech()
    g.speech = begin_speech(speech)


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


def safe_next(target: str | None) -> str | None:
    """Where to go after signing in: a path of ours, never another site."""
    if not target or not target.startswith("/") or target.startswith("//") or "\\" in target or len(target) > 500:
        return None
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or any(ord(c) < 32 for c in target) or not _is_page(parts.path):
        return None
    return target


def _is_page(path: str) -> bool:
    """Can a person look at it? Not at JSON, and not at an address that only takes forms."""
    if path.split("/", 2)[1] not in LANGUAGES:
        path = f"/{preferred_language()}{path}"
    try:
        _endpoint, values = current_app.create_url_adapter(request).match(path, method="GET")  # type: ignore[union-attr]
    except RequestRedirect:
        return True
    except HTTPException:
        return False
    return "language" in values


def never_kept(page: str, status: int = 200) -> BaseResponse:
    """A page whose address is a secret, or that shows one: no cache keeps it."""
    response = Response(page, status)
    response.headers.update(PRIVATE)
    return response


def headers_for(settings: Settings) -> list[tuple[str, str]]:
    """The headers of a member's page that is answered before Flask: the same as `_finish` gives it."""
    headers = [("Content-Type", "text/html; charset=utf-8"), *HEADERS.items(), *PRIVATE.items()]
    return [*headers, ("Strict-Transport-Security", HSTS)] if settings.tls else headers


def _finish(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)  # a view may be stricter
    if current_app.config["SETTINGS"].tls:
        response.headers["Strict-Transport-Security"] = HSTS
    if "Cache-Control" not in response.headers:
        is_private = current_reader().is_authenticated or "Set-Cookie" in response.headers
        response.headers.update(PRIVATE if is_private else PUBLIC)
    response.headers["X-Request-Id"] = errors.request_id()
    if log.isEnabledFor(logging.INFO):
        took = (time.perf_counter() - g.get("began", time.perf_counter())) * 1000
        log.info(
            "request",
            extra={
                "request": errors.request_id(),
                "method": request.method,
                "path": _path_to_log(),
                "status": response.status_code,
                "member": current_reader().id,
                "ms": round(took, 1),
            },
        )
    return response


def _path_to_log() -> str:
    """The path; a token from a letter is as good as a password and stands in no log."""
    token = (request.view_args or {}).get("token")
    return request.path.replace(str(token), "…") if token else request.path
