"""The API's description of itself: it is valid, whole, and says nothing of the insides."""

import json
import re
from enum import StrEnum
from typing import Any, Generic, Literal, NotRequired, TypedDict, TypeVar

import pytest
from openapi_spec_validator import validate
from wtforms import BooleanField, FileField, RadioField, SelectMultipleField, StringField, SubmitField
from wtforms.fields import SelectChoice

from forum.core.api import Instant
from forum.core.forms import ForGuests, IdField, Key, LanguageField, Needed, Shape, Texts, Whole, Wholes
from forum.core.openapi import document
from forum.core.openapi.document import ROOT, path_of
from forum.core.openapi.schemas import Schemas, form_schema, has_file


@pytest.fixture
def described(client):
    """The document, as it is answered."""
    return client.get("/api/v1/openapi.json").json


def test_the_document_is_valid(described):
    validate(described)
    assert described["openapi"].startswith("3.1")


def test_every_address_of_the_api_is_in_it_and_nothing_else(app, described):
    rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith(ROOT)]
    asked = {(method, path_of(rule)) for rule in rules for method in rule.methods - {"HEAD", "OPTIONS"}}
    told = {(method.upper(), path) for path, methods in described["paths"].items() for method in methods}
    assert told == asked


def test_everything_says_what_it_does(described):
    for path, methods in described["paths"].items():
        for method, told in methods.items():
            assert re.fullmatch(r"[A-Z].*[^.;:]", told["summary"]), (method, path, told["summary"])
            assert "default" in told["responses"]


def test_it_names_nothing_of_the_insides(described):
    text = json.dumps(described)
    for word in ("forum.", "sqlalchemy", "Traceback", "flask", "werkzeug", "website", "csrf", "/work/", "_api"):
        assert word not in text


def test_who_knows_it_already_is_told_so(client):
    first = client.get("/api/v1/openapi.json")
    again = client.get("/api/v1/openapi.json", headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code, again.data) == (200, 304, b"")


def test_who_has_an_answer_already_is_told_so_until_it_changes(make, client, sign_in):
    topic = make.topic()
    for asked in (client, sign_in(topic.author)):
        first = asked.get("/api/v1/topics")
        known = {"If-None-Match": first.headers["ETag"], "If-Match": '"x"'}
        again = asked.get("/api/v1/topics", headers=known)
        assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
        make.reply(topic)
        assert asked.get("/api/v1/topics", headers=known).status_code == 200


def test_the_session_is_the_cookie_that_is_set(make_app):
    for tls, name in ((False, "session"), (True, "__Host-session")):
        app = make_app(base_url="https://127.0.0.1:5000") if tls else make_app()
        with app.app_context():
            assert document(app)["components"]["securitySchemes"]["session"]["name"] == name


# Types and forms

Item = TypeVar("Item")


class Colour(StrEnum):
    """Some."""

    RED = "red"
    BLUE = "blue"


class HouseShape(TypedDict):
    """A house,
    and where it stands."""

    id: int
    colour: Colour
    built_at: Instant | None
    rooms: list["RoomShape"]
    sizes: dict[str, float]
    kind: Literal["big", "small"]
    note: NotRequired[str]
    anything: Any


class RoomShape(TypedDict):
    """A room of a house."""

    house: "HouseShape"


class ListOf(TypedDict, Generic[Item]):
    """Some of them."""

    items: list[Item]


def test_types_become_schemas():
    schemas = Schemas()
    ref = {"$ref": "#/components/schemas/House"}
    assert schemas.of(HouseShape) == ref
    assert schemas.of(ListOf[HouseShape]) == {
        "type": "object",
        "properties": {"items": {"type": "array", "items": ref}},
        "required": ["items"],
        "description": "Some of them.",
    }
    house = schemas.components["House"]
    assert house["required"] == ["id", "colour", "built_at", "rooms", "sizes", "kind", "anything"]
    assert house["description"] == "A house, and where it stands."
    assert house["properties"] == {
        "id": {"type": "integer"},
        "colour": {"enum": ["red", "blue"]},
        "built_at": {"anyOf": [{"type": "string", "format": "date-time"}, {"type": "null"}]},
        "rooms": {"type": "array", "items": {"$ref": "#/components/schemas/Room"}},
        "sizes": {"type": "object", "additionalProperties": {"type": "number"}},
        "kind": {"enum": ["big", "small"]},
        "note": {"type": "string"},
        "anything": {},
    }
    assert schemas.components["Room"]["properties"] == {"house": ref}


def test_what_json_has_no_word_for_is_refused():
    with pytest.raises(ValueError, match="no schema"):
        Schemas().of(set[int])


def test_two_shapes_of_one_name_are_refused():
    schemas = Schemas()
    schemas.of(RoomShape)
    with pytest.raises(ValueError, match="another shape"):
        schemas.of(TypedDict("RoomShape", {"id": int}))


class PaintForm(ForGuests):
    """Paint a house."""

    in_languages = {"names": "name"}
    of_pages = ("labels",)

    house = IdField()
    colour = RadioField(validate_choice=False, choices=[SelectChoice("red"), SelectChoice("blue")])
    words = StringField("What to write on it", [Needed()])
    language = LanguageField("")
    rooms = Wholes()
    tags = Texts()
    boxes = SelectMultipleField(validate_choice=False, choices=[])
    coats = Whole(validators=[Needed()])
    dry = BooleanField()
    labels = StringField()
    name_ar = StringField()
    name_en = StringField()
    name_fr = StringField()
    name_tr = StringField()
    key = Key()
    preview = SubmitField()


def test_forms_become_schemas(app):
    text = {"type": ["string", "null"]}
    assert form_schema(PaintForm) == {
        "type": "object",
        "properties": {
            "house": {"type": ["integer", "null"]},
            "colour": {"enum": ["red", "blue", None]},
            "words": {"type": "string", "description": "What to write on it"},
            "language": {"enum": ["ar", "en", "fr", "tr", None]},
            "rooms": {"type": ["array", "null"], "items": {"type": "integer"}},
            "tags": {"type": ["array", "null"], "items": {"type": "string"}},
            "boxes": {"type": ["array", "null"], "items": {"type": "string"}},
            "coats": {"type": "integer"},
            "dry": {"type": ["boolean", "null"]},
            "key": {"type": ["string", "null"], "maxLength": 64},
            "names": {"type": ["object", "null"], "properties": dict.fromkeys(("ar", "en", "fr", "tr"), text)},
        },
        "required": ["words", "coats"],
    }


def test_what_json_sends_reaches_the_fields(app):
    sent = {"names": {"ar": "دار", "xx": "?"}, "dry": True, "boxes": ["a", "b"], "preview": True, "words": "x"}
    with app.test_request_context():
        form = PaintForm.of_json(sent)
    assert (form.name_ar.data, form.name_en.data) == ("دار", None)
    assert (form.dry.data, form.boxes.data, form.preview.data) == (True, ["a", "b"], False)


def test_a_form_with_a_file_is_sent_in_parts():
    class FileForm(Shape):
        file = FileField()

    assert has_file(FileForm) and not has_file(PaintForm)
    assert form_schema(FileForm)["properties"]["file"]["contentMediaType"] == "application/octet-stream"
