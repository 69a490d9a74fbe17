"""Python's types and our forms as JSON Schema."""

import inspect
from collections.abc import Mapping, Sequence
from enum import Enum
from types import NoneType, UnionType
from typing import (
    Any,
    Literal,
    NotRequired,
    Required,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

from wtforms import BooleanField, Field, FileField, RadioField, SelectMultipleField, SubmitField
from wtforms.fields.core import UnboundField

from forum.core.api import Instant
from forum.core.forms import IdChoice, IdField, Key, LanguageField, Needed, Several, Shape, Whole, Wholes
from forum.core.languages import LANGUAGES
from forum.core.submissions import LONGEST_KEY

Schema = dict[str, Any]

PLAIN: Mapping[Any, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    NoneType: {"type": "null"},
    None: {"type": "null"},
    dict: {"type": "object"},
    list: {"type": "array"},
    Any: {},
    Instant: {"type": "string", "format": "date-time"},
}


class Schemas:
    """The types of one document; each TypedDict stands in `components` once, without the "Shape" of its name."""

    def __init__(self) -> None:
        self.components: dict[str, Schema] = {}
        self._named: dict[str, Any] = {}

    def of(self, kind: Any) -> Schema:
        """The schema of a type; raises ValueError for what JSON has no word for."""
        origin, inside = get_origin(kind), get_args(kind)
        if is_typeddict(origin or kind):
            return self._object(origin, inside) if origin else self._named_object(kind)
        if origin in (NotRequired, Required):
            return self.of(inside[0])
        if origin is Literal:
            return {"enum": list(inside)}
        if origin in (Union, UnionType):
            return {"anyOf": [self.of(one) for one in inside]}
        if origin in (list, Sequence):
            return {"type": "array", "items": self.of(inside[0])}
        if origin in (dict, Mapping):
            return {"type": "object", "additionalProperties": self.of(inside[1])}
        if isinstance(kind, type) and issubclass(kind, Enum):
            return {"enum": [one.value for one in kind]}
        if kind in PLAIN:
            return dict(PLAIN[kind])
        raise ValueError(f"{kind!r} has no schema")

    def _named_object(self, kind: Any) -> Schema:
        name = kind.__name__.removesuffix("Shape")
        if self._named.setdefault(name, kind) is not kind:
            raise ValueError(f"{kind.__module__}.{kind.__name__}: another shape has this name already")
        if name not in self.components:
            self.components[name] = {}  # its place, for a type that holds itself
            self.components[name] = self._object(kind, ())
        return {"$ref": f"#/components/schemas/{name}"}

    def _object(self, kind: Any, inside: tuple[Any, ...]) -> Schema:
        hints = get_type_hints(kind, include_extras=True)
        if inside:
            hints = {name: one[inside] if getattr(one, "__parameters__", ()) else one for name, one in hints.items()}
        schema: Schema = {"type": "object", "properties": {name: self.of(one) for name, one in hints.items()}}
        if needed := [name for name in hints if name in kind.__required_keys__]:
            schema["required"] = needed
        return schema | ({"description": words} if (words := words_of(kind)) else {})


def words_of(documented: Any) -> str:
    """Its docstring in one line; a class without one has none, whatever it is made from."""
    return " ".join(inspect.cleandoc(documented.__doc__ or "").split())


def form_schema(form: type[Shape]) -> Schema:
    """What a form reads from JSON."""
    fields = fields_of(form)
    schema: Schema = {"type": "object", "properties": {name: field_schema(one) for name, one in fields.items()}}
    texts = {"type": "object", "properties": {language: {"type": ["string", "null"]} for language in LANGUAGES}}
    schema["properties"] |= {name: texts | {"type": ["object", "null"]} for name in form.in_languages}
    if needed := [name for name, one in fields.items() if is_needed(one)]:
        schema["required"] = needed
    return schema


def fields_of(form: type[Shape]) -> dict[str, UnboundField]:
    """The fields that a client may send, in their order; buttons and what only pages use are none."""
    hidden = {name for one in form.__mro__ for name in vars(one).get("of_pages", ())}
    hidden |= {f"{single}_{language}" for single in form.in_languages.values() for language in LANGUAGES}
    found = {name: getattr(form, name) for name in dir(form) if hasattr(getattr(form, name), "_formfield")}
    return {
        name: one
        for name, one in sorted(found.items(), key=lambda pair: pair[1].creation_counter)
        if name not in hidden and not issubclass(one.field_class, SubmitField)
    }


def is_needed(field: UnboundField) -> bool:
    """Is it refused when it is empty?"""
    given = [*field.args[1:2], field.kwargs.get("validators") or ()]
    return any(isinstance(one, Needed) for validators in given for one in validators)


def has_file(form: type[Shape]) -> bool:
    """Is it sent as multipart?"""
    return any(issubclass(one.field_class, FileField) for one in fields_of(form).values())


def field_schema(field: UnboundField) -> Schema:
    """One field; what may be left out may be null too."""
    schema = _schema_of_field(field)
    label = field.args[0] if field.args else field.kwargs.get("label")
    if not is_needed(field) and "type" in schema:
        schema["type"] = [schema["type"], "null"]
    elif not is_needed(field) and "enum" in schema:
        schema["enum"] = [*schema["enum"], None]
    return schema | ({"description": words} if (words := getattr(label, "msgid", label)) else {})


def _schema_of_field(field: UnboundField) -> Schema:
    kind: type[Field] = field.field_class
    if issubclass(kind, Whole | IdField | IdChoice):
        return {"type": "integer"}
    if issubclass(kind, Several | SelectMultipleField):
        return {"type": "array", "items": {"type": "integer" if issubclass(kind, Wholes) else "string"}}
    if issubclass(kind, BooleanField):
        return {"type": "boolean"}
    if issubclass(kind, FileField):
        return {"type": "string", "contentMediaType": "application/octet-stream"}
    if issubclass(kind, LanguageField):
        return {"enum": list(LANGUAGES)}
    if issubclass(kind, RadioField):  # few and fixed; a SelectField may offer what is in the database
        offered = field.kwargs["choices"]
        return {"enum": [choice.value for choice in (offered() if callable(offered) else offered)]}
    if issubclass(kind, Key):
        return {"type": "string", "maxLength": LONGEST_KEY}
    return {"type": "string"}
