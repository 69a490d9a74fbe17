"""Every answer of the API that a test gets is held against the document that describes it."""

import copy
import json
import re
from typing import Any

import jsonschema_rs
from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from forum.core.openapi import document
from forum.core.openapi.document import ROOT, path_of

JSON = "application/json"
REF = re.compile('"#/components/schemas/([^"]+)"')


class Answers:
    """What one application's document promises. Compiled as it is needed and kept: all applications have the same."""

    def __init__(self, app: Flask) -> None:
        with app.app_context():
            self.described = _strict(copy.deepcopy(document(app)))
        self.compiled: dict[str, Any] = {}

    def fault(self, path: str, method: str, status: int, body: Any) -> str:
        """What is wrong with an answer, or nothing; `body` is None where there is none."""
        told = self.described["paths"][path][method.lower()]["responses"]
        where = str(status) if str(status) in told else "default"
        if where == "default" and status < 400:
            return "its description does not name this status"
        name = told[where].get("$ref", "").removeprefix("#/components/responses/")
        content = (self.described["components"]["responses"][name] if name else told[where]).get("content", {})
        if JSON not in content:
            return "its description has no JSON here" if body is not None else ""
        found = next(self._validator(content[JSON]["schema"]).iter_errors(body), None)
        return "" if found is None else f"/{'/'.join(map(str, found.instance_path))}: {found.message}"

    def _validator(self, schema: dict[str, Any]) -> Any:
        key = json.dumps(schema)
        if key not in self.compiled:
            whole = schema | {
                "components": {"schemas": self._named_in(schema, {})}
            }  # a validator keeps all it is given
            self.compiled[key] = jsonschema_rs.Draft202012Validator(whole, validate_formats=True)
        return self.compiled[key]

    def _named_in(self, schema: Any, found: dict[str, Any]) -> dict[str, Any]:
        """{name: schema} of all that this one refers to, however far."""
        for name in REF.findall(json.dumps(schema)):
            if name not in found:
                found[name] = self.described["components"]["schemas"][name]
                self._named_in(found[name], found)
        return found


def _strict(part: Any) -> Any:
    """The same document, where an object has the fields that are described and no others."""
    if isinstance(part, dict):
        if part.get("type") == "object" and "properties" in part:
            part.setdefault("additionalProperties", False)
        for inside in part.values():
            _strict(inside)
    elif isinstance(part, list):
        for inside in part:
            _strict(inside)
    return part


_known: list[Answers] = []


def _place(app: Flask, path: str, method: str) -> str | None:
    """The path in the document, or None: what leads nowhere is in none."""
    if not path.startswith(ROOT) or method in ("HEAD", "OPTIONS"):
        return None
    try:
        rule, _values = app.url_map.bind("").match(path, method, return_rule=True)
    except HTTPException:
        return None
    return path_of(rule) if hasattr(app.view_functions[rule.endpoint], "description") else None


def _answers(app: Flask) -> Answers:
    if not _known:
        _known.append(Answers(app))
    return _known[0]


def check(app: Flask, answer: TestResponse) -> None:
    """Fail unless this answer is as the document says."""
    path, method = answer.request.path, answer.request.method
    place = _place(app, path, method)
    if place is None or 300 <= answer.status_code < 400 or answer.headers.get("Content-Encoding"):
        return
    body = json.loads(answer.data) if answer.mimetype == JSON and answer.data else None
    fault = _answers(app).fault(place, method, answer.status_code, body)
    assert not fault, f"{method} {path} answered {answer.status_code}, but {fault}"
