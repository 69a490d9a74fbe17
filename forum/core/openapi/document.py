"""The whole API as one OpenAPI 3.1 document, made from the routes, their descriptions and the types that they name."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from flask import Flask
from werkzeug.routing import Rule

from forum.core.api import ErrorShape
from forum.core.forms import Shape
from forum.core.languages import LANGUAGES
from forum.core.openapi.describing import Description
from forum.core.openapi.schemas import Schema, Schemas, field_schema, fields_of, form_schema, has_file, words_of
from forum.core.web import SAFE

ROOT = "/api/v1/"
SENTENCE = re.compile(r"(?:`[^`]*`|[^`])*?(?=[.;:] |$)")  # not inside of names between backticks
JSON = "application/json"

INTRODUCTION = """
The same nouns and the same rights as the pages have. Who signs in (`POST /api/v1/sessions`) gets a cookie; whatever
changes something then needs an `Origin` header with this site's own origin, and a body needs `Content-Type:
application/json`. Messages and names come in the language of `Accept-Language`, or of `?language=`. A list answers
`items` and `next`; `?cursor=` with the value of `next` asks for more, until `next` is null. What one may not see is
not there: 404. Each refusal is `{"error": {"code", "message", "fields", "request"}}`, where `fields` names what has
to be put right. Who writes too often gets 429, with the seconds to wait in `Retry-After`. Moments are RFC 3339 in
UTC. The `ETag` of an answer, sent as `If-None-Match`, is answered 304 while nothing has changed. Fields that are not
described are ignored; answers may get more fields.
"""

SAID = {
    400: "This cannot be read, or cannot be done as it was asked.",
    401: "For members: sign in first.",
    403: "The reader may not do this, or it did not come from our own pages.",
    404: "Not there, or not open to this reader.",
    409: "Changed in the meantime, or this key came with other words before.",
    410: "The link was used already, or is too old.",
    413: "Too long or too large.",
    415: "The body is of another kind.",
    422: "Something has to be put right; `fields` says what.",
    428: "Say with `If-Match` which version you saw.",
    429: "Too often; wait as long as `Retry-After` says.",
}
RETRY = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}}
IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": "The version that was seen.",
    "schema": {"type": "string"},
}
ORIGIN = {
    "name": "Origin",
    "in": "header",
    "description": "This site's own origin; with a session's cookie it is needed.",
    "schema": {"type": "string"},
}
CURSOR = {"name": "cursor", "in": "query", "description": "`next` of the page before.", "schema": {"type": "string"}}
LANGUAGE = {
    "name": "language",
    "in": "query",
    "description": "The language of messages and names.",
    "schema": {"enum": list(LANGUAGES)},
}


def operations(app: Flask) -> Iterator[tuple[Rule, str, Any]]:
    """(rule, method, function) of everything under the API's root, in the order of addresses."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda one: one.rule):
        if rule.rule.startswith(ROOT):
            for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):  # type: ignore[operator]
                yield rule, method, app.view_functions[rule.endpoint]


def path_of(rule: Rule) -> str:
    """The rule as the document writes it."""
    return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)


def undescribed(app: Flask) -> list[str]:
    """The addresses whose function says nothing of what it answers."""
    return [f"{method} {rule.rule}" for rule, method, view in operations(app) if not hasattr(view, "description")]


def document(app: Flask) -> dict[str, Any]:
    """The document; made once, in a request or an application context."""
    if "openapi" not in app.extensions:
        app.extensions["openapi"] = _Making(app).document()
    made: dict[str, Any] = app.extensions["openapi"]
    return made


class _Making:
    """One document that is being made."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.schemas = Schemas()
        self.error = self.schemas.of(ErrorShape)

    def document(self) -> dict[str, Any]:
        paths: dict[str, dict[str, Any]] = {}
        for rule, method, view in operations(self.app):
            if hasattr(view, "description"):
                paths.setdefault(path_of(rule), {})[method.lower()] = self._operation(
                    rule, method, view, view.description
                )
        cookie = {"type": "apiKey", "in": "cookie", "name": self.app.config["SIGN_IN_COOKIE"]}
        return {
            "openapi": "3.1.0",
            "info": {"title": "Multaqa", "version": "1", "description": " ".join(INTRODUCTION.split())},
            "servers": [{"url": "/"}],
            "paths": paths,
            "components": {
                "schemas": dict(sorted(self.schemas.components.items())),
                "responses": {str(status): self._refusal(status) for status in SAID} | {"other": self._refusal()},
                "parameters": {"If-Match": IF_MATCH, "Origin": ORIGIN, "cursor": CURSOR, "language": LANGUAGE},
                "securitySchemes": {"session": cookie},
            },
        }

    def _refusal(self, status: int | None = None, kind: Any = None) -> Schema:
        said = SAID.get(status or 0, "Another refusal, or an accident on our side.")
        schema = {"anyOf": [self.schemas.of(kind), self.error]} if kind else self.error
        made: Schema = {"description": said, "content": {JSON: {"schema": schema}}}
        return made | ({"headers": RETRY} if status == 429 else {})

    def _operation(self, rule: Rule, method: str, view: Any, told: Description) -> Schema:
        words = words_of(view)
        name = rule.endpoint.replace("_api.", ".")
        guests = told.lets_guests(method)
        made: Schema = {
            "operationId": name,
            "tags": [name.split(".")[0]],
            "summary": SENTENCE.match(words)[0].rstrip("."),  # type: ignore[index]
            "description": words,
            "security": [*([{}] if guests else []), {"session": []}],
            "parameters": [*self._path(rule), *self._query(told), *self._headers(method, told)],
        }
        if told.takes is not None:
            made["requestBody"] = self._body(told.takes)
        return made | {"responses": self._responses(rule, method, told, guests=guests)}

    @staticmethod
    def _path(rule: Rule) -> Iterator[Schema]:
        for name in re.findall(r"<(?:\w+:)?(\w+)>", rule.rule):
            is_id = f"<id:{name}>" in rule.rule
            schema: Schema = {"type": "integer", "minimum": 1} if is_id else {"type": "string"}
            yield {"name": name, "in": "path", "required": True, "schema": schema}

    def _query(self, told: Description) -> Iterator[Schema]:
        if isinstance(told.query, Mapping):
            fields = {name: self.schemas.of(kind) for name, kind in told.query.items()}
        else:
            fields = {name: field_schema(one) for name, one in fields_of(told.query).items()} if told.query else {}
        for name, schema in fields.items():
            if isinstance(schema.get("type"), list):
                schema["type"] = schema["type"][0]
            if None in schema.get("enum", ()):
                schema["enum"].remove(None)
            made = {"name": name, "in": "query", "schema": schema}
            yield made | ({"description": schema.pop("description")} if "description" in schema else {})
        if self._is_paged(told):
            yield {"$ref": "#/components/parameters/cursor"}
        if "language" not in fields:
            yield {"$ref": "#/components/parameters/language"}

    @staticmethod
    def _is_paged(told: Description) -> bool:
        return getattr(getattr(told.answer, "__origin__", None), "__name__", "") == "PageOf"

    @staticmethod
    def _headers(method: str, told: Description) -> Iterator[Schema]:
        if method not in SAFE:
            yield {"$ref": "#/components/parameters/Origin"}
        if told.if_match:
            yield {"$ref": "#/components/parameters/If-Match"}

    def _body(self, takes: Any) -> Schema:
        is_form = isinstance(takes, type) and issubclass(takes, Shape)
        schema = form_schema(takes) if is_form else self.schemas.of(takes)
        media = "multipart/form-data" if is_form and has_file(takes) else JSON
        return {"required": bool(schema.get("required")), "content": {media: {"schema": schema}}}

    def _responses(self, rule: Rule, method: str, told: Description, *, guests: bool) -> Schema:
        made: Schema = {str(told.status): self._success(told)}
        usual = {
            401: not guests,
            403: method not in SAFE or not guests,
            404: bool(rule.arguments) or self._is_paged(told),
            409: told.if_match,
            **dict.fromkeys((400, 413, 415, 422), told.takes is not None),
            428: told.if_match,
            429: method not in SAFE,
        }
        for status in sorted({*told.refuses, *(status for status, holds in usual.items() if holds)}):
            kind = told.refuses.get(status)
            made[str(status)] = self._refusal(status, kind) if kind else {"$ref": f"#/components/responses/{status}"}
        return made | {"default": {"$ref": "#/components/responses/other"}}

    def _success(self, told: Description) -> Schema:
        if told.answer is None:
            return {"description": "Done."}
        if isinstance(told.answer, str):
            return {"description": "The file.", "content": {told.answer: {}}}
        return {"description": "Done.", "content": {JSON: {"schema": self.schemas.of(told.answer)}}}
